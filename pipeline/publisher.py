"""Who publishes the site, as mkdocs.yml says. All of it may be missing until a release."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Publisher:
    site: str = ""
    """The site's address."""
    directories: bool = True
    """Whether its pages are folders or files: ``use_directory_urls`` of mkdocs.yml."""
    problems: str = ""
    """Where readers report problems in any masterclass: an e-mail address or an address beginning with https://."""
    name: str = ""
    email: str = ""
    phone: str = ""
    answers_within: str = ""
    """In words: "5 working days"."""

    @property
    def reachable(self) -> bool:
        return bool(self.name and (self.email or self.phone))


NOBODY = Publisher()
