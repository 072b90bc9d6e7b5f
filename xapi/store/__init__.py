"""Where statements and documents are kept.

A `Store` runs functions over a `Database`: many at once that only read, and one after the other those that write. What
the functions do is in this package's other modules and the same for every database; only the SQL differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar

T = TypeVar("T")

Row = tuple[Any, ...]


def up_to(most: int, rows: Iterable[Row]) -> tuple[list[Row], bool]:
    """The first rows, until their last columns come to `most` bytes; and whether that left any."""
    found: list[Row] = []
    size = 0
    for row in rows:
        if size >= most:
            return found, True
        found.append(row)
        size += len(row[-1])
    return found, False


class Database(Protocol):
    """One connection. Queries are called by their names in the .sql files; a list is a value like any other."""

    definitions: dict[str, Any]
    """Definitions of activities as this connection last wrote or read them; emptied when a change is undone."""

    def rows(self, query: str, **values: Any) -> list[Row]: ...

    def rows_up_to(self, most: int, query: str, **values: Any) -> tuple[list[Row], bool]:
        """Rows until their last columns come to `most` bytes, and whether there are more. Memory holds no others."""
        ...

    def run(self, query: str, **values: Any) -> None: ...

    def many(self, query: str, rows: Iterable[Row]) -> None: ...

    def reserve(self, count: int) -> int:
        """The first of `count` instants in microseconds, later than every one given before: sequence and `stored`."""
        ...


class Store(Protocol):
    async def read(self, task: Callable[[Database], T]) -> T: ...

    async def write(self, task: Callable[[Database], T]) -> T:
        """Returns when the change is on disk. What the task raises undoes that task alone.

        A task that shared a commit with one that failed may be called once more, after all it did was undone.
        """
        ...

    async def consistent_through(self, *, writing: bool = False) -> int:
        """Every statement stored before this instant, now or ever, can be read now.

        After a write an earlier instant does that costs nothing, as long as it is later than what was written.
        """
        ...

    def close(self) -> None: ...
