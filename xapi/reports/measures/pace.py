"""Where people leave, and how long it takes them."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
from ibis import _

from ..facts import IDLE, LMS
from ..filters import DIMENSIONS, Filters
from ..tables import Column
from .measure import Answer, By, Measure, Row, Tables, answer
from .quantiles import quartiles
from .scope import in_scope, keys, number, share, with_more, within

COMPLETED = "Completed"
IDLE_MINUTES = int(IDLE // 60)
ACTIVE = (
    f"Time on task is the sum of the intervals between a learner's statements, of each at most {IDLE_MINUTES} minutes; "
    "before a session's first statement nothing counts. Time is reported, never a score."
)


def _dropoff(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    begun = in_scope(tables.progress, tables, filters, by).filter(within(_.started_at, filters) & (_.by_lms == 0))
    pages = tables.pages
    seen = tables.visits.inner_join(pages, ["course", "page"])
    furthest = seen.group_by(["learner", "course"]).aggregate(furthest=_.page_at.max())
    done = ibis.coalesce(_.completed_at, _.said_completed_at, _.passed_at, _.said_passed_at).notnull()
    ended = with_more(begun, furthest, ["learner", "course"]).select(
        "learner", *keys(by, "course"), furthest=ibis.coalesce(_.furthest, 0), is_done=done
    )
    start = tables.courses.select(
        "course",
        page=ibis.literal(""),
        page_title=ibis.literal("Before the end of the first page"),
        page_at=ibis.literal(0, "int64"),
    )
    steps = start.union(pages.select(*start.columns))
    met = steps.inner_join(ended, ["course", steps.page_at <= ended.furthest])
    here = (_.furthest == _.page_at) & ~_.is_done
    counted = met.group_by([*keys(by, "course"), "page_at", "page", "page_title"]).aggregate(
        reached=_.learner.count(), left_here=number(here)
    )
    ends = pages.group_by("course").aggregate(end=_.page_at.max())
    placed = counted.inner_join(ends, "course")
    return placed.mutate(left_here_share=share(_.left_here, _.reached), is_last=_.page_at == _.end).drop("end")


def _answer_dropoff(rows: Sequence[Row]) -> Answer:
    on_the_way = [row for row in rows if not row["is_last"]]
    if not any(row["left_here"] for row in on_the_way):
        return answer("Nobody has left on the way.")
    worst = max(on_the_way, key=lambda row: (row["left_here"], -row["page_at"]))
    return answer(
        "Most leave “{course}” at “{page_title}”: {left_here} of the {reached} who came so far.",
        **{name: worst[name] for name in ("course", "page_title", "left_here", "reached")},
    )


DROPOFF = Measure(
    id="dropoff",
    title="Where people leave",
    question="Where do people leave?",
    definition=(
        "Reached: the learner came to the end of this page, or of one further on. Left here: it is the furthest page of "
        "somebody who has neither completed nor passed; on the last page, they came to the end, and have not passed the final "
        "check or met what else it takes. Only learners whose pages are known, through xAPI."
    ),
    columns=(
        Column("course", "Masterclass", "text", "Id of the masterclass.", key=True),
        Column("page_at", "Place", "number", "Which page it is, counted from 1.", key=True),
        Column("page", "Page", "text", "Id of the page.", key=True),
        Column("page_title", "Title", "text", "Its title in the newest version."),
        Column("reached", "Reached", "count", "Learners who came at least so far."),
        Column(
            "left_here",
            "Left here",
            "count",
            "Those of them who went no further, and have neither completed nor passed.",
        ),
        Column(
            "left_here_share",
            "Left, of those who reached it",
            "share",
            "How many of those who reached it left.",
            of="reached",
        ),
        Column("is_last", "Last page", "flag", "Who stopped here came to the end without completing.", key=True),
    ),
    expression=_dropoff,
    answer=_answer_dropoff,
    order=("course", "page_at"),
    dimensions=DIMENSIONS,
    n_column="reached",
    needs_catalogue=True,
    missing="no learner's pages are known",
)


def _time(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    rows = in_scope(_spent(tables, filters), tables, filters, by).inner_join(
        tables.progress.select("learner", "course", "completed_at", "said_completed_at"), ["learner", "course"]
    )
    done = ibis.coalesce(_.completed_at, _.said_completed_at).notnull()
    names = keys(by, "course", "status")
    labelled = rows.mutate(status=ibis.ifelse(done, COMPLETED, "Not completed"))
    return quartiles(labelled.filter(_.active_seconds > 0), names, "active_seconds")


def _spent(tables: Tables, filters: Filters) -> ibis.Table:
    """Active seconds by learner and masterclass; within a period from the facts themselves."""
    if filters.since is None and filters.until is None:
        return tables.progress.select("learner", "course", "active_seconds")
    happened = tables.facts.filter(within(_.at, filters) & (_.channel != LMS))
    return happened.group_by(["learner", "course"]).aggregate(active_seconds=_.active_seconds.sum())


def _answer_time(rows: Sequence[Row]) -> Answer:
    done = [row for row in rows if row["status"] == COMPLETED]
    if not done:
        return answer("{n} people are at work, and none has completed yet.", n=sum(row["n"] for row in rows))
    most = max(done, key=lambda row: row["n"])
    return answer(
        "Half of the {n} who completed “{course}” were at work on it for {minutes} minutes or longer.",
        n=most["n"],
        course=most["course"],
        minutes=str(round(most["median"] / 60)),
    )


_QUARTILES = (
    Column("lower", "Lower quartile", "seconds", "A quarter took no longer."),
    Column("median", "Median", "seconds", "Half took no longer."),
    Column("upper", "Upper quartile", "seconds", "Three quarters took no longer."),
)

TIME = Measure(
    id="time",
    title="Time on task",
    question="How long does it take?",
    definition=ACTIVE,
    columns=(
        Column("course", "Masterclass", "text", "Id of the masterclass.", key=True),
        Column("status", "Status", "text", "Whether they have completed.", key=True),
        Column("n", "Learners", "count", "Those whose time is known."),
        *_QUARTILES,
    ),
    expression=_time,
    answer=_answer_time,
    order=("course", "status"),
    dimensions=DIMENSIONS,
    n_column="n",
    missing="no learner's statements are known",
)


def _time_pages(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    rows = in_scope(tables.visits.filter(within(_.reached_at, filters)), tables, filters, by)
    spent = quartiles(rows.filter(_.active_seconds > 0), keys(by, "course", "page"), "active_seconds")
    return spent.inner_join(tables.pages, ["course", "page"])


def _answer_pages(rows: Sequence[Row]) -> Answer:
    longest = max(rows, key=lambda row: row["median"])
    return answer(
        "People stay longest on “{page_title}” of “{course}”: {minutes} minutes in the median of {n}.",
        page_title=longest["page_title"],
        course=longest["course"],
        minutes=str(round(longest["median"] / 60)),
        n=longest["n"],
    )


TIME_PAGES = Measure(
    id="time-pages",
    title="Time on each page",
    question="Which pages take long?",
    definition=ACTIVE + " An interval belongs to the page that its last statement is about.",
    columns=(
        Column("course", "Masterclass", "text", "Id of the masterclass.", key=True),
        Column("page_at", "Place", "number", "Which page it is, counted from 1.", key=True),
        Column("page", "Page", "text", "Id of the page.", key=True),
        Column("page_title", "Title", "text", "Its title in the newest version."),
        Column("n", "Learners", "count", "Those whose time on it is known."),
        *_QUARTILES,
    ),
    expression=_time_pages,
    answer=_answer_pages,
    order=("course", "page_at"),
    dimensions=DIMENSIONS,
    n_column="n",
    needs_catalogue=True,
    missing="no learner's pages are known",
)

MEASURES = (DROPOFF, TIME, TIME_PAGES)
