"""How likely a pattern is by chance: the two distributions that bank rules need."""

from __future__ import annotations

from math import erfc, exp, pi, sqrt


def chi_squared(counts: list[int]) -> tuple[float, float]:
    """The statistic of `counts` against equal shares, and the chance of one at least as great."""
    expected = sum(counts) / len(counts)
    statistic = sum((count - expected) ** 2 for count in counts) / expected
    return statistic, survival(statistic, len(counts) - 1)


def survival(statistic: float, freedom: int) -> float:
    """P(X ≥ statistic) for a chi-squared variable, by the recurrence over its degrees of freedom.

    Q(x; 1) = erfc(√(x/2)), Q(x; 2) = e^(−x/2), and Q(x; k + 2) = Q(x; k) + (x/2)^(k/2) e^(−x/2) / Γ(k/2 + 1).
    """
    half = statistic / 2
    k, total = (1, erfc(sqrt(half))) if freedom % 2 else (2, exp(-half))
    term = exp(-half) * (2 * sqrt(half / pi) if freedom % 2 else half)
    while k < freedom:
        total += term
        k += 2
        term *= half / (k / 2)
    return total


def at_least(hits: int, chances: list[float]) -> float:
    """P(at least `hits` successes) of independent trials with these chances each."""
    spread = [1.0]
    for chance in chances:
        spread = [
            (spread[n] if n < len(spread) else 0) * (1 - chance) + (spread[n - 1] * chance if n else 0)
            for n in range(len(spread) + 1)
        ]
    return sum(spread[hits:])
