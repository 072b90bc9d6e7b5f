"""What earlier builds worked out, by a digest of what it was worked out from.

Kept beside the output, one file per masterclass. A cache may be deleted at any time; a damaged one is ignored.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Callable
from functools import cache as once
from pathlib import Path
from typing import Any, TypeVar

from . import assets

T = TypeVar("T")


def digest(*parts: str | bytes) -> str:
    found = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        found.update(len(content).to_bytes(8, "big") + content)
    return found.hexdigest()


@once
def _compiler() -> str:
    """Changes when the compiler or a template does, so that no cache outlives what made it."""
    here = Path(__file__).parent
    files = [*here.rglob("*.py"), *assets.blocks().iterdir(), *assets.package().iterdir()]
    stamps = sorted((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in files)
    return digest(repr(stamps))


class Cache:
    """Values of one masterclass. Only what a run has used is kept for the next."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._old: dict[str, Any] = _read(path) if path else {}
        self._used: dict[str, Any] = {}
        self._new = False

    def get(self, key: str, make: Callable[[], T]) -> T:
        if key not in self._used:
            if key in self._old:
                self._used[key] = self._old[key]
            else:
                self._used[key] = make()
                self._new = True
        value: T = self._used[key]
        return value

    def save(self) -> None:
        if self.path and (self._new or len(self._used) < len(self._old)):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            part = self.path.with_suffix(".part")
            part.write_bytes(pickle.dumps((_compiler(), self._used), protocol=5))
            part.replace(self.path)
        self._old, self._used, self._new = self._old | self._used, {}, False


class _OnlyOurs(pickle.Unpickler):
    """Refuses everything but this compiler's records, so that a foreign file cannot run code."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("pipeline.") or (module, name) in {("decimal", "Decimal"), ("markupsafe", "Markup")}:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def _read(path: Path) -> dict[str, Any]:
    try:
        compiler, values = _OnlyOurs(io.BytesIO(path.read_bytes())).load()
    except (OSError, ValueError, TypeError, EOFError, AttributeError, ImportError, IndexError, pickle.UnpicklingError):
        return {}
    return values if compiler == _compiler() and isinstance(values, dict) else {}
