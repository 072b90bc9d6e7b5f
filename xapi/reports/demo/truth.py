"""What is true of made-up learners, reckoned from what was decided for them, in plain loops: nothing here knows of facts,
of statements or of the measures whose results it is compared with.
"""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from ..catalogues import FINAL_CHECK, PLAN_CHECK
from .making import Demo
from .people import Learner
from .told import Told, active

Row = dict[str, Any]


def truth(made: Demo, today: date) -> dict[str, list[Row]]:
    learners, told, courses = made.learners, made.told(), made.courses
    heard = [each for each in told if not each.silent]
    return {
        "progress": progress(learners, told),
        "overdue": overdue(learners, told, today),
        "reach": reach(learners, told),
        "weeks": weeks(told),
        "dropoff": [row for course in courses for row in dropoff(course, _of(heard, course))],
        "time": [row for course in courses for row in time(course, _of(heard, course))],
        "time-pages": [row for course in courses for row in time_pages(course, _of(heard, course))],
        "questions": [row for course in courses for row in questions(course, _of(heard, course))],
        "options": [row for course in courses for row in options(course, _of(heard, course))],
        "checks": [row for course in courses for row in checks(course, _of(heard, course))],
        "gain": [row for course in courses for row in gain(course, _of(heard, course))],
        "then-test": [row for course in courses for row in then_test(course, _of(heard, course))],
        "confidence": [row for course in courses for row in confidence(course, _of(heard, course))],
        "ratings": [row for course in courses for row in ratings(course, _of(told, course))],
        "plans": [row for course in courses for row in plans(course, _of(heard, course))],
        "plans-kept": [row for course in courses for row in plans_kept(course, _of(heard, course))],
    }


def _of(told: Iterable[Told], course: dict[str, Any]) -> list[Told]:
    return [each for each in told if each.course == course["id"]]


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


def dropoff(course: dict[str, Any], told: list[Told]) -> list[Row]:
    pages = [page for page in course["pages"] if not page["after"]]
    place = {page["id"]: at for at, page in enumerate(pages, start=1)}
    furthest = [(max((place.get(step.page, 0) for _, step in each.steps), default=0), each) for each in told]
    rows = []
    for at, title in enumerate(["Before the end of the first page", *(page["title"] for page in pages)]):
        reached = sum(far >= at for far, _ in furthest)
        left = sum(far == at and not {"completed", "passed"} & set(each.ended) for far, each in furthest)
        if reached:
            rows.append(
                {
                    "course": course["id"],
                    "page_at": at,
                    "page_title": title,
                    "reached": reached,
                    "left_here": left,
                    "left_here_share": left / reached,
                }
            )
    return rows


def quartiles(values: list[float]) -> Row:
    if len(values) == 1:
        lower = median = upper = values[0]
    else:
        lower, median, upper = statistics.quantiles(values, n=4, method="inclusive")
    return {"n": len(values), "lower": lower, "median": median, "upper": upper}


def time(course: dict[str, Any], told: list[Told]) -> list[Row]:
    rows = []
    for status, done in (("Completed", True), ("Not completed", False)):
        spent = [each.active for each in told if ("completed" in each.ended) is done and each.active]
        if spent:
            rows.append({"course": course["id"], "status": status, **quartiles(list(map(float, spent)))})
    return rows


def time_pages(course: dict[str, Any], told: list[Told]) -> list[Row]:
    rows = []
    for at, page in enumerate([page for page in course["pages"] if not page["after"]], start=1):
        sums = [sum(active(step) for _, step in each.steps if step.page == page["id"]) for each in told]
        spent = [float(each) for each in sums if each]
        if spent:
            rows.append({"course": course["id"], "page_at": at, "page": page["id"], **quartiles(spent)})
    return rows


def _check(question: dict[str, Any]) -> str:
    return FINAL_CHECK if question["block_type"] == FINAL_CHECK else str(question["purpose"])


def papers(course: dict[str, Any], told: list[Told]) -> dict[str, list[dict[str, float]]]:
    """By check, what each learner scored on each question that was answered first."""
    checks = {question["id"]: _check(question) for question in course["questions"] if question["key"]}
    found: dict[str, list[dict[str, float]]] = defaultdict(list)
    for each in told:
        mine: dict[str, dict[str, float]] = defaultdict(dict)
        for name, (_, step) in each.firsts().items():
            if name in checks and step.score is not None:
                mine[checks[name]][name] = step.score
        for check, paper in mine.items():
            found[check].append(paper)
    return found


def questions(course: dict[str, Any], told: list[Told]) -> list[Row]:
    found = papers(course, told)
    rows = []
    for at, question in enumerate(course["questions"]):
        mine = [paper for paper in found.get(_check(question), ()) if question["id"] in paper]
        if not question["key"] or not mine:
            continue
        scores = [paper[question["id"]] for paper in mine]
        pairs = [
            (paper[question["id"]], (sum(paper.values()) - paper[question["id"]]) / (len(paper) - 1))
            for paper in mine
            if len(paper) > 1
        ]
        rows.append(
            {
                "course": course["id"],
                "question": question["id"],
                "revision": question["revision"],
                "question_at": at,
                "n": len(scores),
                "difficulty": statistics.fmean(scores),
                "discrimination": _correlation(pairs),
            }
        )
    return rows


def _correlation(pairs: list[tuple[float, float]]) -> float | None:
    if len(pairs) < 2 or len({x for x, _ in pairs}) == 1 or len({round(y, 9) for _, y in pairs}) == 1:
        return None
    return statistics.correlation([x for x, _ in pairs], [y for _, y in pairs])


def options(course: dict[str, Any], told: list[Told]) -> list[Row]:
    rows = []
    for at, question in enumerate(course["questions"]):
        if question["type"] not in ("single", "multiple"):
            continue
        given = [firsts[question["id"]][1].response for each in told if question["id"] in (firsts := each.firsts())]
        if not given:
            continue
        for place, option in enumerate(question["options"]):
            chosen = sum(option["id"] in response.split("[,]") for response in given)
            rows.append(
                {
                    "course": course["id"],
                    "question": question["id"],
                    "revision": question["revision"],
                    "question_at": at,
                    "option_at": place,
                    "option": option["id"],
                    "n": len(given),
                    "chosen": chosen,
                    "chosen_share": chosen / len(given),
                }
            )
    return rows


def checks(course: dict[str, Any], told: list[Told]) -> list[Row]:
    """Alpha from the mean variance of a question and the mean covariance of two, pair by pair."""
    rows = []
    for check, every in sorted(papers(course, told).items()):
        all_papers = [paper for paper in every if len(paper) > 1]
        if not all_papers:
            continue
        answers: dict[str, list[float]] = defaultdict(list)
        for paper in all_papers:
            for name, score in paper.items():
                answers[name].append(score)
        means = {name: statistics.fmean(scores) for name, scores in answers.items()}
        squares, products = [], []
        for paper in all_papers:
            for one, score in paper.items():
                squares.append((score - means[one]) ** 2)
                products += [
                    (score - means[one]) * (other_score - means[other])
                    for other, other_score in paper.items()
                    if other != one
                ]
        k = statistics.fmean(map(len, all_papers))
        v, c = statistics.fmean(squares), statistics.fmean(products)
        rows.append(
            {
                "course": course["id"],
                "check": check,
                "n": len(all_papers),
                "questions": k,
                "mean": statistics.fmean(statistics.fmean(paper.values()) for paper in all_papers),
                "alpha": k * c / (v + (k - 1) * c) if v + (k - 1) * c else None,
            }
        )
    return rows


def gain(course: dict[str, Any], told: list[Told]) -> list[Row]:
    twins = {question["id"]: question for question in course["questions"] if question["twin_of"]}
    pairs: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for each in told:
        firsts = each.firsts()
        mine: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for name, question in twins.items():
            if name in firsts and question["twin_of"] in firsts:
                pair = (firsts[question["twin_of"]][1].score, firsts[name][1].score)
                for outcome in ("all", question["outcome"]):
                    mine[outcome].append(pair)  # type: ignore[arg-type]
        for outcome, some in mine.items():
            pairs[outcome].append((statistics.fmean(x for x, _ in some), statistics.fmean(y for _, y in some)))
    rows = []
    for outcome in sorted(pairs):
        before, after = (statistics.fmean(each) for each in zip(*pairs[outcome], strict=True))
        rows.append(
            {
                "course": course["id"],
                "outcome": outcome,
                "n": len(pairs[outcome]),
                "before": before,
                "after": after,
                "better": sum(y > x for x, y in pairs[outcome]),
                "worse": sum(y < x for x, y in pairs[outcome]),
                "gain": after - before,
                "normalised": (after - before) / (1 - before) if before < 1 else None,
            }
        )
    return rows


def _levels(course: dict[str, Any]) -> dict[str, dict[str, float]]:
    return {
        question["id"]: {
            option["id"]: at / (len(question["options"]) - 1) for at, option in enumerate(question["options"])
        }
        for question in course["questions"]
        if question["type"] == "rating"
    }


def then_test(course: dict[str, Any], told: list[Told]) -> list[Row]:
    levels = _levels(course)
    rated = [q for q in course["questions"] if q["type"] == "rating" and q["outcome"]]
    rows = []
    for outcome in sorted({question["outcome"] for question in rated}):
        triples = []
        for each in told:
            firsts = each.firsts()
            means = []
            for purpose in ("pre", "then", "post"):
                names = [
                    q["id"] for q in rated if q["outcome"] == outcome and q["purpose"] == purpose and q["id"] in firsts
                ]
                means.append(
                    statistics.fmean(levels[name][firsts[name][1].response] for name in names) if names else None
                )
            if None not in means:
                triples.append(means)
        if triples:
            before, back, after = (statistics.fmean(map(float, column)) for column in zip(*triples, strict=True))
            rows.append(
                {
                    "course": course["id"],
                    "outcome": outcome,
                    "n": len(triples),
                    "before": before,
                    "thinking_back": back,
                    "after": after,
                    "change": after - before,
                    "seen_change": after - back,
                    "shift": back - before,
                }
            )
    return rows


def confidence(course: dict[str, Any], told: list[Told]) -> list[Row]:
    answers: Counter[str] = Counter()
    rights: Counter[str] = Counter()
    who: dict[str, set[str]] = defaultdict(set)
    for each in told:
        firsts = each.firsts()
        for name, (_, step) in firsts.items():
            if f"{name}.confidence" in firsts and step.score is not None:
                level = firsts[f"{name}.confidence"][1].response
                answers[level] += 1
                rights[level] += step.score == 1
                who[level].add(each.learner.row.lms_id)
    return [
        {
            "course": course["id"],
            "level_at": at,
            "level": level,
            "n": len(who[level]),
            "answers": answers[level],
            "right": rights[level],
            "right_share": rights[level] / answers[level],
        }
        for at, level in enumerate(("low", "medium", "high"), start=1)
        if answers[level]
    ]


def _distribution(question: dict[str, Any], at: int, told: list[Told], whole: int, name: str) -> list[Row]:
    given = [firsts[question["id"]][1].response for each in told if question["id"] in (firsts := each.firsts())]
    return [
        {
            "question": question["id"],
            "question_at": at,
            "option_at": place,
            "option": option["id"],
            "n": len(given),
            "chosen": given.count(option["id"]),
            "chosen_share": given.count(option["id"]) / len(given),
            name: whole,
            "n_share": len(given) / whole if whole else None,
        }
        for place, option in enumerate(question["options"])
        if given
    ]


def ratings(course: dict[str, Any], told: list[Told]) -> list[Row]:
    heard = [each for each in told if not each.silent]
    completed = sum("completed" in each.ended for each in heard)
    return [
        {"course": course["id"], **row}
        for at, question in enumerate(course["questions"])
        if question["type"] == "rating" and not question["outcome"] and question["purpose"] == "post"
        for row in _distribution(question, at, heard, completed, "completed")
    ]


def plans(course: dict[str, Any], told: list[Told]) -> list[Row]:
    made = sum("planned" in each.ended for each in told)
    return (
        [{"course": course["id"], "started": len(told), "made": made, "made_share": made / len(told)}] if made else []
    )


def plans_kept(course: dict[str, Any], told: list[Told]) -> list[Row]:
    made = sum("planned" in each.ended for each in told)
    days = {page["id"]: page["after"] for page in course["pages"]}
    rows = [
        {"course": course["id"], "days_after": days[question["page"]], **row}
        for at, question in enumerate(course["questions"])
        if question["block_type"] == PLAN_CHECK
        for row in _distribution(question, at, told, made, "made")
    ]
    return sorted(rows, key=lambda row: (row["days_after"], row["question_at"], row["option_at"]))
