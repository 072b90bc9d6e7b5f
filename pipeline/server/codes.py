"""Codes that carry a learner to another device: short enough to type, good for one use and a few minutes.

They are kept as hashes with who people are, so that every server process knows them, and a restart ends none.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable

from xapi.people.registers import Register

# Nothing that looks like something else.
LETTERS = "ABCDEFGHJKMNPQRTUVWXYZ2346789"
LENGTH = 8
MINUTES = 10
# Wrong guesses a minute, by everybody together: 29^8 codes are not found that way.
GUESSES = 60


class Codes:
    def __init__(self, register: Register, key: bytes, clock: Callable[[], float] = time.time) -> None:
        self._register = register
        self._key = key
        self._clock = clock

    def issue(self, account: str) -> str:
        """The account's one code; an earlier one is no longer good."""
        now = int(self._clock())
        code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        with self._register.opened() as page:
            page.run("drop_codes", now=now, account=account)
            page.run("add_code", hash=self._hashed(code), account=account, until=now + MINUTES * 60)
        return f"{code[:4]}-{code[4:]}"

    def redeem(self, typed: str) -> str | None:
        """Whose code it is; None when it is nobody's, has been used or is too old, or there was too much guessing."""
        now = int(self._clock())
        code = self._hashed("".join(letter for letter in typed.upper() if letter in LETTERS))
        with self._register.opened() as page:
            page.run("drop_guesses", before=now - 60)
            if page.rows("guesses")[0][0] >= GUESSES:
                return None
            found = page.rows("code", hash=code, now=now)
            # Whoever removes it has used it: two at once do not both.
            if not found or not page.run("use_code", hash=code):
                page.run("note_guess", at=now)
                return None
        account: str = found[0][0]
        return account

    def _hashed(self, code: str) -> bytes:
        """With the server's key: there are too few codes for a hash without one."""
        return hmac.digest(self._key, f"code.{code}".encode(), "sha256")
