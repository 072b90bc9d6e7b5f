"""Who started, completed and passed, who is late, whom it reached, and when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from ..people import Learner
from ..told import Row, Told


def progress(learners: Sequence[Learner], told: Sequence[Told]) -> list[Row]:
    by_person: dict[str, list[Told]] = defaultdict(list)
    for each in told:
        by_person[each.learner.row.lms_id].append(each)
    rows = []
    for label, invited in (("Not on the roster", False), ("On the roster", True)):
        mine = [learner for learner in learners if learner.uninvited is not invited]
        works = [by_person[learner.row.lms_id] for learner in mine]
        started = sum(bool(each) for each in works)
        completed = [any(one.completed for one in each) for each in works]
        passed = sum(any(one.passed for one in each) for each in works)
        said = sum(
            any(one.self_reported for one in each) and not done for each, done in zip(works, completed, strict=True)
        )
        count = len(mine) if invited else 0
        rows.append(
            {
                "roster": label,
                "invited": count,
                "started": started,
                "completed": sum(completed),
                "passed": passed,
                "self_reported": said,
                "started_share": started / count if count else None,
                "completed_share": sum(completed) / started if started else None,
                "passed_share": passed / started if started else None,
            }
        )
    return [row for row in rows if row["invited"] or row["started"]]


def overdue(learners: Sequence[Learner], told: Sequence[Told], today: date) -> list[Row]:
    """How many, by masterclass, are stuck and overdue."""
    quiet = datetime.combine(today - timedelta(days=14), datetime.min.time())
    stuck: Counter[str] = Counter()
    late: Counter[str] = Counter()
    begun = set()
    for each in told:
        begun.add(each.learner.row.lms_id)
        if not (each.completed or each.self_reported):
            stuck[each.course] += each.steps[-1][0] < quiet
            due = each.learner.row.due
            late[each.course] += bool(due) and date.fromisoformat(due) < today
    for learner in learners:
        if learner.row.lms_id not in begun and learner.row.due and date.fromisoformat(learner.row.due) < today:
            late[""] += 1
    return [
        {"course": course, "is_stuck": stuck[course], "is_overdue": late[course]}
        for course in sorted({*stuck, *late})
        if stuck[course] or late[course]
    ]


def reach(learners: Sequence[Learner], told: Sequence[Told]) -> list[Row]:
    invited = Counter(learner.row.sector for learner in learners if not learner.uninvited)
    people = {each.learner.row.lms_id: each.learner for each in told if not each.learner.uninvited}
    done = {each.learner.row.lms_id for each in told if each.completed}
    started = Counter(learner.row.sector for learner in people.values())
    completed = Counter(learner.row.sector for name, learner in people.items() if name in done)
    rows = []
    for sector in sorted(invited):
        shares = [count[sector] / count.total() if count.total() else None for count in (invited, started, completed)]
        rows.append(
            {
                "sector": sector,
                "invited": invited[sector],
                "started": started[sector],
                "completed": completed[sector],
                "invited_share": shares[0],
                "started_share": shares[1],
                "completed_share": shares[2],
                "ratio": shares[1] / shares[0] if shares[0] and shares[1] is not None else None,
            }
        )
    return rows


def weeks(told: Sequence[Told]) -> list[Row]:
    counts: dict[date, Counter[str]] = defaultdict(Counter)
    who: dict[date, set[str]] = defaultdict(set)
    for each in told:
        happened = {"started": each.began}
        if each.completed:
            happened["completed"] = each.ended["completed"]
        if each.passed:
            happened["passed"] = each.ended["passed"]
        for name, at in happened.items():
            if each.silent or (each.confirmed and name == "passed"):  # an export has one day for how it ended
                at = datetime.combine(each.ended["completed"].date(), datetime.min.time())
            monday = at.date() - timedelta(days=at.weekday())
            counts[monday][name] += 1
            who[monday].add(each.learner.row.lms_id)
    return [
        {
            "week": week,
            **{name: counts[week][name] for name in ("started", "completed", "passed")},
            "learners": len(who[week]),
        }
        for week in sorted(counts)
    ]
