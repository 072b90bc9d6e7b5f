"""Staff's personal links: how they are given, what they open, how they end, and who can see who opened what."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from pipeline.cli import cli
from pipeline.server.app import app
from pipeline.server.kept import Kept
from pipeline.server.sessions import staff_sessions
from pipeline.server.staff import Door, Recognised, staff
from there import there
from xapi.people.grants import DAY, LOG_DAYS, Grants
from xapi.people.registers import FILE, register
from xapi_servers import free_port

ROOT = Path(__file__).resolve().parent.parent
COOKIE = staff_sessions(b"").cookie
OWN = {"Origin": "http://testserver"}

Run = Callable[..., Result]
Visit = Callable[..., TestClient]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(cli, ["access", *arguments])


@pytest.fixture
def visit(run: Run, tmp_path: Path) -> Iterator[Visit]:
    served = app(tmp_path, Kept.at("data"))
    with TestClient(served):
        yield lambda client="203.0.113.7": TestClient(served, headers=OWN, client=(client, 1), follow_redirects=False)


def link(run: Run, name: str, role: str = "manager", *more: str) -> str:
    made = run("grant", name, "--role", role, "--site", "http://testserver", *more)
    assert made.exit_code == 0, made.output
    return made.stdout.strip().removeprefix("http://testserver")


def rows(done: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(done.stdout.splitlines()))


def come_in(client: TestClient, link: str) -> TestClient:
    assert client.post(link).status_code == 303
    return client


def test_a_link_lets_in_only_who_continues(run: Run, visit: Visit) -> None:
    path = link(run, "Ada <b>Byron</b>", "manager", "--cohort", "2027")
    client = visit()
    page = client.get(path)
    assert "Continue as Ada &lt;b&gt;Byron&lt;/b&gt;</button>" in page.text
    assert "cohort <strong>2027</strong>" in page.text
    assert (page.headers.get("set-cookie"), page.headers["Cache-Control"]) == (None, "no-store")
    assert client.get("/reports/").status_code == 401, "looking is not coming in"
    came = client.post(path)
    assert (came.status_code, came.headers["Location"]) == (303, "/reports/")
    cookie = came.headers["set-cookie"].split("; ")
    assert {"HttpOnly", "SameSite=lax", "Path=/", "Max-Age=43200"} <= set(cookie)
    assert (
        "Ada &lt;b&gt;Byron&lt;/b&gt;</strong>, manager, for cohort <strong>2027</strong>" in client.get("/staff/").text
    )
    assert visit().get("/reports/").status_code == 401, "another browser is not in"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_sites_form_neither_lets_in_nor_out(run: Run, visit: Visit, headers: dict[str, str]) -> None:
    path = link(run, "Ada")
    client = visit()
    assert client.post(path, headers=headers).status_code == 403
    assert COOKIE not in client.cookies
    come_in(client, path)
    assert client.post("/staff/out", headers=headers).status_code == 403
    assert client.get("/staff/").status_code == 200
    assert client.post("/staff/out").status_code == 303
    assert client.get("/staff/").status_code == 401


def test_reports_without_a_session_say_how_to_get_in(run: Run, visit: Visit) -> None:
    answer = visit().get("/reports/cohorts/?x=1")
    assert answer.status_code == 401
    assert "They open with a personal link." in answer.text
    moved = [visit().get(path).headers["Location"] for path in ("/reports", "/staff")]
    assert moved == ["/reports/", "/staff/"]


@pytest.mark.parametrize("role", ["manager", "tutor", "evaluator"])
def test_every_role_has_reports(run: Run, visit: Visit, role: str) -> None:
    client = come_in(visit(), link(run, "Ada", role, "--cohort", "2027"))
    answer = client.get("/reports/")
    assert (answer.status_code, ">Ada</a>" in answer.text) == (200, True)
    assert "set-cookie" not in answer.headers


def test_revoked_and_expired_are_out_at_once(run: Run, visit: Visit) -> None:
    path, other = link(run, "Ada"), link(run, "Ben")
    client, standing = come_in(visit(), path), come_in(visit(), other)
    assert run("revoke", "Ada").output == "The access of Ada is ended.\n"
    assert [each.get("/reports/").status_code for each in (client, standing)] == [401, 200]
    assert (client.get(path).status_code, client.post(path).status_code) == (404, 404)
    assert run("revoke", "Ada").output == "Error: nobody by the name of Ada has access\n"
    assert come_in(visit(), link(run, "Ada")).get("/reports/").status_code == 200, "a new link is good"


def test_links_end_by_themselves(tmp_path: Path) -> None:
    now = 1_800_000_000.0
    grants = Grants(register(str(tmp_path)), lambda: now)
    token = there(grants.add("Ada", "manager", "", 90))
    grant = there(grants.holder(token))
    now += 90 * DAY - 1
    assert grants.standing(grant.id) == grant
    now += 1
    assert (grants.holder(token), grants.standing(grant.id)) == (None, None)


def test_who_has_access_has_one_link(run: Run) -> None:
    link(run, "Ada")
    again = run("grant", "Ada", "--role", "tutor", "--cohort", "x")
    assert again.stderr == "Error: Ada has access already: end it first with 'masterclass access revoke'\n"
    assert (again.exit_code, run("grant", "Ben", "--role", "tutor").exit_code) == (1, 2)
    assert run("grant", "Ben", "--role", "owner").exit_code == 2


def test_the_list_and_the_log(run: Run, visit: Visit) -> None:
    client = come_in(visit(), link(run, "Ada", "manager", "--days", "1"))
    come_in(visit(), link(run, "Ben", "tutor", "--cohort", "2027"))
    client.get("/reports/")
    run("revoke", "Ben")
    listed = rows(run("list"))
    assert [[each[key] for key in ("name", "role", "cohort", "access")] for each in listed] == [
        ["Ada", "manager", "", "in use"],
        ["Ben", "tutor", "2027", "ended"],
    ]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", each["last"]) for each in listed)
    logged = [[each[key] for key in ("name", "role", "cohort", "what")] for each in rows(run("log"))]
    came = [["Ada", "manager", "", "came in"], ["Ben", "tutor", "2027", "came in"]]
    # Times are of seconds; what happened within one stands in the order of names.
    assert sorted(logged) == sorted([*came, ["Ada", "manager", "", "/reports/"]])


def test_what_a_door_opens_is_in_the_log_before_it_is_seen(tmp_path: Path) -> None:
    seen: list[str] = []
    grants = Grants(register(str(tmp_path)))

    def report(request: Request) -> Response:
        seen.append(there(staff(request)).name)
        kind = "text/css" if request.url.path.endswith(".css") else "text/html"
        return PlainTextResponse("…", 404 if "gone" in request.url.path else 200, media_type=kind)

    inside = Starlette(routes=[Route("/{rest:path}", report)])
    served = Starlette(routes=[Mount("/reports", Door(inside, grants, "manager"))])
    served.add_middleware(Recognised, grants=grants, sessions=staff_sessions(b"key"))
    client = TestClient(served)
    grant = there(grants.holder(there(grants.add("Ada", "manager", "", 1))))
    begun = Response()
    staff_sessions(b"key").begin(Request({"type": "http", "path": "/", "headers": []}), begun, grant.id)
    client.headers["Cookie"] = begun.headers["set-cookie"].partition(";")[0]
    for path in ("/reports/", "/reports/items.csv?cohort=2027", "/reports/look.css", "/reports/gone"):
        assert client.get(path).headers["Cache-Control"] == "no-store"
    assert [visit.what for visit in grants.log()] == ["/reports/", "/reports/items.csv"]
    assert seen == ["Ada"] * 4


def test_the_log_is_kept_for_400_days(tmp_path: Path) -> None:
    now = 1_800_000_000.0
    grants = Grants(register(str(tmp_path)), lambda: now)
    ids = [there(grants.holder(there(grants.add(name, "manager", "", 1)))).id for name in ("Ada", "Ben")]
    grants.note(ids[0], "came in")
    now += (LOG_DAYS + 2) * DAY
    assert len(grants.all()) == 2
    grants.note(ids[1], "came in")
    assert [(visit.name, visit.at) for visit in grants.log()] == [("Ben", int(now))]
    assert [grant.name for grant in grants.all()] == ["Ben"], "whose access ended long ago, and who is in no log"


def test_this_computers_link_is_new_each_time_and_for_this_computer_only(run: Run, visit: Visit) -> None:
    grants = Grants(register("data"))
    first, second = (f"/staff/me/{grants.add_local()}" for _ in range(2))
    here = visit("127.0.0.1")
    assert visit("127.0.0.1").get(first).status_code == 404
    come_in(here, second)
    third = f"/staff/me/{grants.add_local()}"
    assert here.get("/reports/").status_code == 200, "a session goes on when the server starts again"
    assert visit("203.0.113.7").post(third).status_code == 404
    for proxied in ("X-Forwarded-For", "Forwarded", "Via"):
        assert visit("127.0.0.1").post(third, headers={proxied: "127.0.0.1"}).status_code == 404
    assert visit("::1").get(third).status_code == 200
    link(run, "Ada")
    assert (visit("127.0.0.1").post(third).status_code, here.get("/reports/").status_code) == (404, 401)
    assert grants.add_local() is None, "somebody has been given access"


SERVED = """
import sys, uvicorn
from pathlib import Path
from pipeline.settings import Settings
from pipeline.server.serve import serve
uvicorn.Server.run = lambda *_, **__: None
serve(Settings(Path(), Path()), Path("build"), sys.argv[1], int(sys.argv[2]), sys.argv[3], False)
"""


def served(folder: Path, host: str = "127.0.0.1") -> list[str]:
    """What `masterclass serve` says before it serves."""
    (folder / "build" / "site").mkdir(parents=True, exist_ok=True)
    (folder / "build" / "site" / "index.html").write_text("", encoding="utf-8")
    command = [sys.executable, "-c", SERVED, host, str(free_port()), "data"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.check_output(command, cwd=folder, env=environment, text=True).splitlines()


def test_serving_on_ones_own_computer_says_how_to_get_in(run: Run, tmp_path: Path) -> None:
    links = []
    for _ in range(2):
        _, said = served(tmp_path)
        found = re.fullmatch(
            r"Reports, for a browser on this computer, today: http://127.0.0.1:\d+/staff/me/([\w-]{32})", said
        )
        assert found
        links.append(found[1])
    grants = Grants(register("data"))
    assert [grants.holder(token) is None for token in links] == [True, False]
    by_name = "Reports open with a personal link: masterclass access grant NAME --role manager"
    assert served(tmp_path, "0.0.0.0")[1] == by_name, "others could open it from elsewhere"
    link(run, "Ada")
    assert served(tmp_path)[1] == by_name
    assert grants.holder(links[1]) is None


def test_one_kind_of_session_is_not_the_other(run: Run, visit: Visit) -> None:
    client = come_in(visit(), link(run, "Ada"))
    client.post("/learner/session", json={})
    staffs, learners = client.cookies[COOKIE], client.cookies["masterclass_learner"]
    client.cookies.clear()
    client.cookies.set(COOKIE, learners)
    client.cookies.set("masterclass_learner", staffs)
    assert client.get("/reports/").status_code == 401
    assert client.get("/learner/session").json() == {"actor": None}


def test_a_link_is_kept_as_a_hash(run: Run, tmp_path: Path) -> None:
    token = link(run, "Ada").rpartition("/")[2]
    assert len(token) == 32
    assert token.encode() not in (tmp_path / "data" / FILE).read_bytes()
