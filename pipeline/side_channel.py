"""`lrs:` in the plugin's settings: an LRS that SCORM packages speak to beside the LMS they run in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

# What `masterclass lrs key add --publishable` makes.
KEY = re.compile(r"[A-Za-z0-9_-]{16}")
# Written into a Content-Security-Policy as it is: nothing that could end a source there.
_HOST = re.compile(r"[a-z0-9.-]+(:\d{1,5})?|\[[0-9a-f:]+\](:\d{1,5})?")
MAKE_ONE = "make one with: masterclass lrs key add NAME --publishable --course ID"


class Wrong(Exception):
    """What is wrong with the setting, in the words of whoever wrote it."""


@dataclass(frozen=True)
class SideChannel:
    endpoint: str
    keys: Mapping[str, str]
    """By masterclass; those without one tell their LMS alone."""

    @property
    def origin(self) -> str:
        parts = urlsplit(self.endpoint)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def secure(self) -> bool:
        return self.endpoint.startswith("https:")


@dataclass(frozen=True)
class Side:
    """Of one masterclass's packages."""

    endpoint: str
    origin: str
    key: str
    home_page: str
    """Of the account that a learner's id in an LMS becomes."""

    @classmethod
    def of(cls, channel: SideChannel, course: str, base: str) -> Side | None:
        key = channel.keys.get(course)
        return cls(channel.endpoint, channel.origin, key, f"{base}/") if key else None


def read(setting: Any, masterclasses: list[str]) -> SideChannel:
    """The setting, checked; a single key is enough where there is a single masterclass."""
    if not isinstance(setting, dict) or set(setting) != {"endpoint", "key"}:
        raise Wrong("lrs: expected endpoint and key, and nothing else")
    key = setting["key"]
    if isinstance(key, str):
        if len(masterclasses) > 1:
            raise Wrong(
                f"lrs.key: a key is good for one masterclass; expected one for each, as in key: {{{masterclasses[0]}: …}}"
            )
        key = dict.fromkeys(masterclasses, key)
    if not isinstance(key, dict) or not key:
        raise Wrong(f"lrs.key: expected a publishable key; {MAKE_ONE}")
    for name, each in key.items():
        if name not in masterclasses:
            raise Wrong(f"lrs.key: there is no masterclass '{name}'; there are: {', '.join(masterclasses)}")
        if not isinstance(each, str) or not KEY.fullmatch(each):
            raise Wrong(
                f"lrs.key: expected the 16 characters of a publishable key, and never a secret, since anyone can open a package; {MAKE_ONE}"
            )
    return SideChannel(_endpoint(setting["endpoint"]), key)


def _endpoint(text: Any) -> str:
    expected = "lrs.endpoint: expected an address such as https://learn.example.org/xapi/"
    if not isinstance(text, str) or text != text.strip():
        raise Wrong(f"{expected}, found {text!r}")
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        raise Wrong(f"{expected}, found '{text}'") from None
    if parts.scheme not in ("https", "http") or not _HOST.fullmatch(parts.netloc) or parts.query or parts.fragment:
        raise Wrong(f"{expected}, found '{text}'")
    if parts.scheme == "http" and not _is_local(host):
        raise Wrong(f"lrs.endpoint: expected https, since what learners do goes there; found '{text}'")
    return text if text.endswith("/") else f"{text}/"


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
