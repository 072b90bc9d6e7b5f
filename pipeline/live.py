"""Live preview: what an author saves is in the browser a moment later, or the problem is.

A change inside known pages re-renders those pages only; anything else builds the site again. Browsers listen on an
event stream and load the page again, where they were.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from watchfiles import awatch

from . import accessibility, project
from .build import CACHES
from .known import Known
from .plugin.live import LiveSite
from .problems import ERROR, Problem, has_errors
from .server.journal import log
from .settings import Settings, Unusable

_TURN = 0.0005
"""Seconds after which the thread that builds lets those go on that answer browsers, who ask for a dozen files at once."""
_SCRIPT = '<script src="/masterclass/live.js" data-shown="{}" defer></script></body>'
CLIENT = """\
new EventSource(`/masterclass/live?shown=${document.currentScript.dataset.shown}`).onmessage = (event) => {
  const problems = JSON.parse(event.data);
  const panel = document.getElementById("masterclass-live") ?? document.body.appendChild(Object.assign(document.createElement("pre"), { id: "masterclass-live", role: "alert" }));
  if (problems === null) location.reload();
  panel.textContent = (problems ?? []).join("\\n\\n");
  panel.hidden = !panel.textContent;
  Object.assign(panel.style, { position: "fixed", inset: "auto 0 0 0", maxHeight: "60vh", overflow: "auto", margin: 0, padding: "1rem", zIndex: 99, whiteSpace: "pre-wrap", font: "15px/1.5 ui-monospace, Consolas, monospace", background: "var(--wrong-soft, #fff3f0)", color: "var(--wrong, #5c0a00)", borderTop: "4px solid" });
};
"""


class Live:
    def __init__(self, settings: Settings, out: Path) -> None:
        self.settings = replace(settings, caches=out / CACHES)
        self.known = Known()
        self.site = LiveSite(self.settings, out / "site")
        self.changed = asyncio.Event()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.stopped = asyncio.Event()
        self.message: list[str] = []
        self.shown = 0
        """How often there was something new to look at: a page may have been read before the last time."""

    def build(self) -> None:
        """Bring the site up to date; without touching it when there are errors."""
        try:
            self._build()
        except Unusable as error:
            self._tell([error.message])
        except Exception as error:  # a file that is gone while it is read, say: the preview goes on
            log.error("the preview could not be built", exc_info=error)
            self._tell([f"The preview could not be built: {type(error).__name__}: {error}"])

    def _build(self) -> None:
        problems: list[Problem] = []
        checked = project.courses(self.settings, (), problems, read=self.known.checked)
        if has_errors(problems):
            errors = sorted(p for p in problems if p.level == ERROR)
            self._tell([f"{p.source.path}:{p.source.line}: {p.message}\n{p.hint}".strip() for p in errors])
            return
        rendered = [self.known.rendered(each) for each in checked]
        self.site.show(rendered, lambda: self._tell(None))

    def _tell(self, message: list[str] | None) -> None:
        """Problems, or None when there is something new to look at; from the thread that builds."""
        self.message = message or []
        self.shown += message is None
        if self.loop:
            self.loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        self.changed.set()
        self.changed = asyncio.Event()

    async def watch(self) -> None:
        self.loop = asyncio.get_running_loop()
        sys.setswitchinterval(_TURN)
        folders = [path for path in (self.settings.masterclasses, *self.site.watched()) if path.exists()]
        beside = self._beside()
        # Files beside mkdocs.yml are looked at now and then: to watch their folder would be to watch all that is built there.
        changes = awatch(
            *folders, debounce=50, step=20, stop_event=self.stopped, rust_timeout=500, yield_on_timeout=True
        )
        async for changed in changes:
            before, beside = beside, self._beside()
            if changed or beside != before:
                await asyncio.to_thread(self.build)

    def _beside(self) -> int | None:
        path = self.settings.root / accessibility.FILE
        return path.stat().st_mtime_ns if path.is_file() else None

    def stop(self) -> None:
        self.stopped.set()
        self.changed.set()

    async def events(self, request: Request) -> Response:
        seen = request.query_params.get("shown")

        async def stream() -> AsyncIterator[str]:
            while not self.stopped.is_set():
                changed = self.changed  # before looking, so that nothing falls between
                news = self.message if seen == str(self.shown) else None
                yield f"data: {json.dumps(news)}\n\n"
                await changed.wait()

        return StreamingResponse(stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    def pages(self, site: ASGIApp) -> ASGIApp:
        """The site with the listening script on each page."""

        async def served(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["path"] == "/masterclass/live.js":
                await Response(CLIENT, media_type="text/javascript")(scope, receive, send)
                return
            shown = self.shown
            page = await asyncio.to_thread(self.site.page, scope["path"])
            if page is None:
                await site(scope, receive, send)
            else:
                text = page.replace(b"</body>", _SCRIPT.format(shown).encode(), 1)
                await HTMLResponse(text, headers={"Cache-Control": "no-store"})(scope, receive, send)

        return served
