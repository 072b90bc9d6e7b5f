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
    """Values of one masterclass, each packed by itself: what a run does not ask for is neither unpacked nor packed again.

    Only what a run has asked for is kept for the next.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._old: dict[str, bytes] = _read(path) if path else {}
        self._used: dict[str, bytes] = {}

    def get(self, key: str, make: Callable[[], T]) -> T:
        if self.path is None:
            return make()
        packed = self._used.get(key) or self._old.get(key)
        if packed is not None:
            self._used[key] = packed
            kept: T = _OnlyOurs(io.BytesIO(packed)).load()
            return kept
        value = make()
        self._used[key] = pickle.dumps(value, protocol=5)
        return value

    def save(self) -> None:
        """Write what was asked for, and forget everything."""
        if self.path and self._used.keys() != self._old.keys():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            part = self.path.with_suffix(".part")
            with part.open("wb") as file:
                pickle.dump((_compiler(), self._used), file, protocol=5)
            part.replace(self.path)
        self._old, self._used = {}, {}


class Memory(Cache):
    """A preview's: what one build has worked out stays unpacked for the next. Only the first is written to disk."""

    def __init__(self, path: Path | None = None) -> None:
        super().__init__(path)
        self._kept: dict[str, Any] = {}
        self._asked: dict[str, Any] = {}

    def get(self, key: str, make: Callable[[], T]) -> T:
        if key not in self._asked:
            self._asked[key] = self._kept[key] if key in self._kept else super().get(key, make)
        found: T = self._asked[key]
        return found

    def save(self) -> None:
        super().save()
        self.path = None
        self._kept, self._asked = self._asked, {}


_VALUES = {("decimal", "Decimal"), ("fractions", "Fraction"), ("markupsafe", "Markup")}


class _OnlyOurs(pickle.Unpickler):
    """Refuses everything but this compiler's records, so that a foreign file cannot run code."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("pipeline.") or (module, name) in _VALUES:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def _read(path: Path) -> dict[str, bytes]:
    try:
        compiler, values = _OnlyOurs(io.BytesIO(path.read_bytes())).load()
    except (
        OSError,
        ValueError,
        TypeError,
        EOFError,
        AttributeError,
        ImportError,
        LookupError,
        ArithmeticError,
        MemoryError,
        pickle.UnpicklingError,
    ):
        return {}
    return values if compiler == _compiler() and isinstance(values, dict) else {}
