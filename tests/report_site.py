"""The dashboard over a programme made by hand, for somebody of the staff, without a store or a session."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from playwright.sync_api import BrowserContext, Route
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from pipeline.reports.dashboard import Dashboard
from pipeline.reports.sources import Sources
from pipeline.server.headers import Secured
from pipeline.server.staff import Staff
from report_programme import programme
from xapi.reports.connections import Connection

ORIGIN = "http://reports.test"

facts = cache(programme)


class Known:
    """Stands for a session: every request is this person's."""

    def __init__(self, app: ASGIApp, who: Staff) -> None:
        self._app = app
        self._who = who

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"] = {"staff": self._who}
        await self._app(scope, receive, send)


@contextmanager
def opened(refresh: bool) -> Iterator[Connection]:
    yield facts()


def site(role: str, ledger: Path, cohort: str = "") -> TestClient:
    dashboard = Dashboard(opened, ledger, Sources(Path(__file__).parent / "courses", "https://example.org/repository"))
    served = Starlette(routes=[Mount("/reports", dashboard.app())])
    served.add_middleware(Known, who=Staff("Ada Byron", role, cohort, "grant"))
    served.add_middleware(Secured)
    return TestClient(served, base_url=ORIGIN)


def shown_in(context: BrowserContext, client: TestClient) -> None:
    """Pages come from the application without a socket; whatever else is asked for fails."""

    def answer(route: Route) -> None:
        url = route.request.url
        if not url.startswith(ORIGIN):
            route.abort()
            return
        found = client.get(url.removeprefix(ORIGIN), follow_redirects=False)
        route.fulfill(status=found.status_code, headers=dict(found.headers), body=found.content)

    context.route("**/*", answer)
