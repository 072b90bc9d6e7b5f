"""Manifests from their templates, and the schema files that SCORM packages carry at their root."""

from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .. import assets
from ..files import File


@cache
def _environment() -> Environment:
    # Not Jinja's own escaping: it writes quotes as numeric character references, which some LMSs do not read.
    return Environment(
        loader=FileSystemLoader(assets.package()),
        autoescape=False,
        finalize=lambda value: escape(str(value), {'"': "&quot;"}),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def xml(template: str, **values: Any) -> str:
    return _environment().get_template(template).render(**values)


@cache
def schema_files(name: str) -> tuple[File, ...]:
    folder = assets.schemas(name)
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".xsd", ".dtd"))
    return tuple(File(path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths)
