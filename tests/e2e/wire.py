"""Whether a word that a learner typed has left the browser: in any request, to an LMS or to an LRS, as it is or encoded."""

from __future__ import annotations

import json
from base64 import b64encode
from binascii import hexlify
from typing import Any
from urllib.parse import quote, quote_plus

from playwright.sync_api import BrowserContext, Page, Request

from fake_server import Server


class Wire:
    """Begin it before the first page is opened: ``Wire(context, server, channel)``; then ask ``wire.leaks("word", …)``."""

    def __init__(self, context: BrowserContext, server: Server, channel: Any = None) -> None:
        self._server = server
        self._channel = channel
        self._asked: list[tuple[str, str]] = []
        context.on("request", self._request)
        context.on("page", self._page)

    def _request(self, request: Request) -> None:
        body = (request.post_data_buffer or b"").decode("latin-1")
        self._asked.append((f"{request.method} {request.url}", f"{request.url} {request.headers} {body}"))

    def _page(self, page: Page) -> None:
        page.on("websocket", lambda socket: self._asked.append(("websocket", socket.url)))

    def sent(self) -> list[tuple[str, str]]:
        """All that left so far: where it was seen, and the text of it."""
        arrived = [
            (
                f"{one.method} {one.path}",
                f"{one.path} {dict(one.query)} {dict(one.headers)} {one.body.decode('latin-1')}",
            )
            for one in self._server.requests
        ]
        return [*self._asked, *arrived, *_on_record(self._channel)]

    def leaks(self, *words: str) -> list[str]:
        """A line for every place where one of the words was seen."""
        assert words and all(len(word) >= 6 for word in words), "short words are found by chance"
        sent = [(place, text.casefold()) for place, text in self.sent()]
        assert sent, "nothing was watched"
        forms = {form.casefold(): word for word in words for form in encoded(word)}
        return sorted({f"{word}: {place}" for form, word in forms.items() for place, text in sent if form in text})


def encoded(word: str) -> set[str]:
    """How a word can be written on its way: plain, escaped, in base64 (wherever it begins in a longer text), in hex."""
    raw = word.encode()
    base64 = {
        b64encode(b"\0" * lead + raw).decode()[-(-lead * 8 // 6) : (lead + len(raw)) * 8 // 6] for lead in range(3)
    }
    return {
        word, quote(word), quote_plus(word), json.dumps(word)[1:-1], raw.decode("latin-1"), hexlify(raw).decode(), *base64,
    }  # fmt: skip


def _on_record(channel: Any) -> list[tuple[str, str]]:
    """What an LMS or an LRS has kept, in the words of its fake; the site has neither."""
    found: list[tuple[str, str]] = []
    if hasattr(channel, "tracks"):
        found += [(f"LMS {name}", str(value)) for name, value in channel.tracks.values.items()]
    if hasattr(channel, "lrs"):
        found += [(f"statement {one['verb']['id']}", json.dumps(one)) for one in channel.lrs.statements]
        found += [(f"document {key}", body.decode("latin-1")) for key, (body, _) in channel.lrs.documents.items()]
    return found
