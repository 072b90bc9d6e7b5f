"""What ``mkdocs.yml`` says under ``masterclass``, and the settings that it amounts to."""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.config.base import Config
from mkdocs.config.config_options import Optional, SubConfig, Type
from mkdocs.config.defaults import MkDocsConfig

from .. import load, side_channel
from ..publisher import Publisher
from ..records import ADDRESS
from ..settings import INVALID_BASE, Settings, Unusable


class PublisherConfig(Config):  # type: ignore[no-untyped-call]
    name = Type(str, default="")
    email = Type(str, default="")
    phone = Type(str, default="")
    answers_within = Type(str, default="")


class PluginConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs types most of itself
    masterclasses = Type(str, default="masterclasses")
    iri_base = Optional(Type(str))
    problems = Type(str, default="")
    publisher = SubConfig(PublisherConfig)
    lrs = Optional(Type(dict))


def configured(ours: PluginConfig, config: MkDocsConfig) -> Settings:
    root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
    masterclasses = root / ours.masterclasses
    try:
        names = [folder.name for folder in load.find([masterclasses])]
        lrs = side_channel.read(ours.lrs, names) if ours.lrs is not None else None
    except side_channel.Wrong as wrong:
        raise Unusable(f"{Path(config.config_file_path).name} cannot be used: {wrong}") from wrong
    return Settings(
        root=root,
        masterclasses=masterclasses,
        lrs=lrs,
        iri_base=(ours.iri_base or config.site_url or INVALID_BASE).rstrip("/"),
        config_file=Path(config.config_file_path) if config.config_file_path else None,
        publisher=_publisher(ours, config),
        repository=(config.repo_url or "").rstrip("/"),
    )


def _publisher(ours: PluginConfig, config: MkDocsConfig) -> Publisher:
    if ours.problems and not re.fullmatch(ADDRESS.pattern, ours.problems):
        raise Unusable(
            f"mkdocs.yml: 'problems' of the masterclass plugin must be {ADDRESS.what}, found '{ours.problems}'"
        )
    return Publisher(
        site=config.site_url or "", directories=config.use_directory_urls, problems=ours.problems, **ours.publisher
    )
