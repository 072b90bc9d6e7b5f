"""Codes that carry a learner to another device: short enough to type, good for one use and a few minutes.

They live in this process: after a restart the learner asks for another.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

# Nothing that looks like something else.
LETTERS = "ABCDEFGHJKMNPQRTUVWXYZ2346789"
LENGTH = 8
MINUTES = 10
# Wrong guesses a minute, by everybody together: 29^8 codes are not found that way.
GUESSES = 60


class Codes:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._accounts: dict[str, tuple[str, float]] = {}
        self._wrong: list[float] = []

    def issue(self, account: str) -> str:
        """The account's one code; an earlier one is no longer good."""
        now = self._clock()
        self._accounts = {
            code: (whose, until) for code, (whose, until) in self._accounts.items() if until > now and whose != account
        }
        code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        self._accounts[code] = (account, now + MINUTES * 60)
        return f"{code[:4]}-{code[4:]}"

    def redeem(self, typed: str) -> str | None:
        """Whose code it is; None when it is nobody's, has been used or is too old, or there was too much guessing."""
        now = self._clock()
        self._wrong = [at for at in self._wrong if at > now - 60]
        if len(self._wrong) >= GUESSES:
            return None
        code = "".join(letter for letter in typed.upper() if letter in LETTERS)
        account, until = self._accounts.pop(code, ("", 0.0))
        if until <= now:
            self._wrong.append(now)
            return None
        return account
