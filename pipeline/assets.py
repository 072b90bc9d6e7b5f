"""Where the files for the browser are: `site/` beside this package in a checkout, inside it in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "site"
_SITE = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "site"
_DIST = _SITE / "player" / "dist"


def theme() -> Path:
    """Overrides of Material's templates, with their styles and scripts."""
    return _SITE / "theme"


def blocks() -> Path:
    """One template per block and question type."""
    return _SITE / "blocks"


def package() -> Path:
    """The page inside an LMS, and the manifests' templates."""
    return _SITE / "package"


def script(name: str) -> Path:
    """player.js, or a bundle that it fetches where a page needs it; made by the build hook, so a wheel has them."""
    return _DIST / name


def reports() -> Path:
    """The pages of reports: templates, styles and the script that sorts."""
    return _SITE / "reports"


def self_check() -> Path:
    """self-check.js, for two pages of the site; made together with them."""
    return _DIST / "self-check.js"


def schemas(name: str) -> Path:
    """The folder of XSDs of `scorm12` or `scorm2004` (4th edition)."""
    return _DIST / "schemas" / name
