"""JSON read strictly, and kept as it was sent.

A statement must come back with the numbers it was sent with (`1.10`, `12345678901234567890`), so objects are also taken
apart into the text of their members, which can be put together again without going through Python's numbers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from math import isinf
from typing import Any, NoReturn

import msgspec

# Deeper than any statement; shallow enough that nothing that walks a value runs out of stack.
DEEPEST = 64

SPACE = re.compile(r"[ \t\n\r]*")
SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")

Members = dict[str, str]


class NotJson(ValueError):
    """Text that is not JSON as xAPI wants it, and why."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise NotJson(f"the key '{twice[:60]}' stands twice in one object")
    return found


def _constant(word: str) -> NoReturn:
    raise NotJson(f"{word} is not JSON")


def _finite(digits: str) -> float:
    value = float(digits)
    if isinf(value):
        raise NotJson(f"the number {digits[:20]} is too large")
    return value


_decoder = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_constant, parse_float=_finite)
_scan: Callable[[str, int], tuple[Any, int]] = vars(_decoder)["scan_once"]  # unlike raw_decode, it says where it failed


def decode(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise NotJson("the text is not UTF-8") from None


def _value(text: str, start: int) -> tuple[Any, int]:
    try:
        value, end = _scan(text, start)
    except StopIteration as stop:
        raise NotJson(f"expected a value at character {stop.value}") from None
    except json.JSONDecodeError as error:
        raise NotJson(f"not JSON at character {error.pos}") from None
    except RecursionError:
        raise NotJson(f"nested deeper than {DEEPEST} levels") from None
    except NotJson:
        raise
    except ValueError:
        raise NotJson("a number has too many digits") from None
    return value, end


def _checked(text: str, value: Any) -> str:
    """What the decoder lets through: deep nesting, and half a character written as an escape."""
    if text.count("[") + text.count("{") > DEEPEST:
        level = [value]
        for _ in range(DEEPEST):
            level = [item for outer in level for item in _inside(outer) if type(item) in (dict, list)]
        if level:
            raise NotJson(f"nested deeper than {DEEPEST} levels")
    if "\\u" in text and SURROGATE.search(text):
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise NotJson("an escape stands for half a character") from None
    return text


def _inside(value: Any) -> Any:
    return value.values() if type(value) is dict else value if type(value) is list else ()


def _space(text: str, start: int) -> int:
    found = SPACE.match(text, start)
    return found.end() if found else start


def _ended(text: str, end: int) -> None:
    if _space(text, end) != len(text):
        raise NotJson(f"more text after the value, at character {end}")


def parse(text: str) -> Any:
    value, end = _value(text, _space(text, 0))
    _ended(text, end)
    _checked(text, value)
    return value


def objects(text: str) -> tuple[list[tuple[dict[str, Any], str]], bool]:
    """An object, or an array of objects: each with its text; and whether it was an array."""
    found: list[tuple[dict[str, Any], str]] = []
    at = _space(text, 0)
    mark = text[at : at + 1]
    if mark == "{":
        value, end = _value(text, at)
        found.append((value, _checked(text[at:end], value)))
        at = end
    elif mark == "[":
        at = _space(text, at + 1)
        while text[at : at + 1] != "]":
            if text[at : at + 1] != "{":
                raise NotJson(f"expected an object at character {at}")
            value, end = _value(text, at)
            found.append((value, _checked(text[at:end], value)))
            at = _space(text, end)
            if text[at : at + 1] == ",":
                at = _space(text, at + 1)
                if text[at : at + 1] == "]":
                    raise NotJson(f"expected an object at character {at}")
            elif text[at : at + 1] != "]":
                raise NotJson(f"expected ',' or ']' at character {at}")
        at += 1
    else:
        raise NotJson("expected an object, or an array of objects")
    _ended(text, at)
    return found, mark == "["


def members(text: str) -> Members:
    """The text of each member of an object; of values that were not read before, nobody knows yet whether they are right."""
    try:
        found = _members(text)
    except msgspec.MsgspecError as problem:
        raise NotJson(f"expected an object: {problem}") from None
    return {key: bytes(raw).decode() for key, raw in found.items()}


# Looks no further into a value than to find its end.
_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


def join(parts: Members) -> str:
    return "{" + ",".join(f"{dumps(key)}:{text}" for key, text in parts.items()) + "}"


dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
