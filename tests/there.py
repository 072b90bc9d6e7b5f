"""What a test goes on with, and cannot go on without."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


def there(found: T | None) -> T:
    if found is None:
        raise AssertionError("found nothing")
    return found
