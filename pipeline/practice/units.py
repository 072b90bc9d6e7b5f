"""Units as authors write them: what they scale by, what may be added to what, and how a number with one is shown."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

Dimension = tuple[tuple[str, int], ...]
"""Words and their powers: £ a week is ``(("week", -1), ("£", 1))``."""
PLAIN: Dimension = ()

_MONEY = {
    "": 1, "k": 10**3, "m": 10**6, "bn": 10**9, " thousand": 10**3, " million": 10**6, " billion": 10**9,
}  # fmt: skip
_PER = re.compile(r"(\s+(?:per|an?|each)\s+|\s*/\s*)")
_WORDS = re.compile(r"(?!(?:per|an?|each)\b)[^\W\d_]+(?:[ -][^\W\d_]+)*")
_IRREGULAR = {"people": "person", "children": "child", "men": "man", "women": "woman"}


@dataclass(frozen=True)
class Unit:
    text: str
    """As the author wrote it."""
    scale: Fraction
    """What 1 of it counts as in formulas: £m counts in pounds, % in parts of one."""
    dimension: Dimension
    before: str
    after: str


def unit(text: str) -> Unit | None:
    """None when it cannot be read."""
    first, *rest = _PER.split(text.strip())
    below = rest[1::2]
    powers: Counter[str] = Counter()
    scale, before, after = Fraction(1), "", ""
    if first == "%":
        scale, after = Fraction(1, 100), "%"
    elif first.startswith("£") and first[1:] in _MONEY:
        scale, before, after = Fraction(_MONEY[first[1:]]), "£", first[1:]
        powers["£"] += 1
    elif _WORDS.fullmatch(first):
        after = f" {first}"
        powers[_singular(first)] += 1
    elif text.strip():
        return None
    for word in below:
        if not _WORDS.fullmatch(word):
            return None
        powers[_singular(word)] -= 1
    return Unit(text, scale, _dimension(powers), before, after + "".join(rest))


def _singular(words: str) -> str:
    *start, last = words.casefold().split(" ")
    one = _IRREGULAR.get(last) or (last[:-1] if len(last) > 2 and last.endswith("s") and last[-2] != "s" else last)
    return " ".join([*start, one])


def _dimension(powers: Counter[str]) -> Dimension:
    return tuple(sorted((word, power) for word, power in powers.items() if power))


def times(one: Dimension, other: Dimension, sign: int = 1) -> Dimension:
    powers = Counter(dict(one))
    for word, power in other:
        powers[word] += sign * power
    return _dimension(powers)


def root(of: Dimension) -> Dimension | None:
    """None when it has none: the root of £ is nothing."""
    if any(power % 2 for _, power in of):
        return None
    return tuple((word, power // 2) for word, power in of)


def named(dimension: Dimension) -> str:
    above = [word for word, power in dimension for _ in range(power)]
    below = [word for word, power in dimension for _ in range(-power)]
    if not above and not below:
        return "no unit"
    return " per ".join([" times ".join(above) or "1", *below])


def rounded(value: Fraction, decimals: int) -> Fraction:
    """As on paper: half away from zero."""
    grains = abs(value) * 10**decimals
    whole = (2 * grains.numerator + grains.denominator) // (2 * grains.denominator)
    return Fraction(-whole if value < 0 else whole, 10**decimals)


def shown(value: Fraction, of: Unit, decimals: int) -> str:
    """``−£1,250.50``, and whole pounds as ``£1,250``; the player's ``shown`` says the same."""
    near = rounded(value / of.scale, decimals)
    if of.before and of.scale == 1 and near.denominator == 1:
        decimals = 0
    digits = str(int(abs(near) * 10**decimals)).rjust(decimals + 1, "0")
    whole, fraction = (digits[:-decimals], f".{digits[-decimals:]}") if decimals else (digits, "")
    return f"{'−' if near < 0 else ''}{of.before}{int(whole):,}{fraction}{of.after}"


def exact(value: Fraction) -> str:
    """As formulas take it. Authors write decimals, and scales are powers of ten, so it ends."""
    return f"{(Decimal(value.numerator) / Decimal(value.denominator)).normalize():f}"


def places(number: Decimal) -> int:
    """How many decimals it was written with."""
    return max(0, -int(number.as_tuple().exponent))
