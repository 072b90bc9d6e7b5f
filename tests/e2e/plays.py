"""How the masterclass every-type is played in journeys, and what that has to leave behind."""

from __future__ import annotations

from playwright.sync_api import expect

from learner import Learner
from records import Answer, answer, confidence
from statement_shape import Json

Given = tuple[str, list[str], str, str]
"""Question, response, result, and how sure the learner said they were ("" when not asked)."""


def first_half(learner: Learner) -> None:
    """Pages start and tell: a rating, a pre-question, a wrong answer with a second try, a confidence."""
    learner.on("start").answer("how-sure", ["fairly"]).answer("pre-panel", ["told"]).next("tell")
    learner.answer("who-decides", ["carers"], "medium").retry("who-decides")
    learner.answer("who-decides", ["board"], "high")
    learner.answer("two-signs", ["shared_budget", "joint_chair"])
    learner.answer("silence", ["false"]).answer("name-it", ["consultation"])


FIRST_HALF: list[Given] = [
    ("how-sure", ["fairly"], "neutral", ""),
    ("pre-panel", ["told"], "incorrect", ""),
    ("who-decides", ["carers"], "incorrect", "medium"),
    ("who-decides", ["board"], "correct", "high"),
    ("two-signs", ["shared_budget", "joint_chair"], "correct", ""),
    ("silence", ["false"], "correct", ""),
    ("name-it", ["consultation"], "correct", ""),
]


def second_half(learner: Learner) -> None:
    learner.on("tell").next("count")
    learner.answer("share", ["23.5"]).answer("match-body", ["roads.council", "wards.trust"])
    learner.answer("order-steps", ["ask", "plan", "act"])
    learner.answer("carer-group", ["best.press_on", "worst.pause"])


SECOND_HALF: list[Given] = [
    ("share", ["23.5"], "correct", ""),
    ("match-body", ["roads.council", "wards.trust"], "correct", ""),
    ("order-steps", ["ask", "plan", "act"], "correct", ""),
    ("carer-group", ["best.press_on", "worst.pause"], "incorrect", ""),
]


def story(learner: Learner, block: str, choices: list[str]) -> list[Given]:
    """Makes these choices in a scenario, one after the other from where it stands."""
    stage = learner.view.locator(f'[data-block="{block}"] [data-stage]')
    scenes = {
        choice["id"]: scene["id"]
        for found in learner.course["blocks"]
        if found["id"] == block
        for scene in found["scenes"]
        for choice in scene["choices"]
    }
    for choice in choices:
        stage.locator(f'[data-choose="{choice}"]').click()
        expect(stage.locator("[data-happened]")).to_be_focused()
    return [(f"{block}.{scenes[choice]}", [choice], "neutral", "") for choice in choices]


def shortest(block: Json) -> list[str]:
    """The choices that bring a scenario to an end soonest."""
    scenes = {scene["id"]: scene["choices"] for scene in block["scenes"]}
    ways: list[tuple[str, list[str]]] = [(block["scenes"][0]["id"], [])]
    for scene, chosen in ways:
        if not scenes[scene]:
            return chosen
        ways += [(choice["to"], [*chosen, choice["id"]]) for choice in scenes[scene]]
    raise AssertionError(f"{block['id']} has no end")


def play_page(learner: Learner, page: str) -> list[Given]:
    """Answers every quiz question rightly, plays the scenario, makes the plan; returns what was given and is kept."""
    given: list[Given] = []
    counts = {one["id"]: one["counts"] for one in learner.course["pages"]}[page]
    for block in learner.course["blocks"]:
        if block["page"] != page:
            continue
        if block["type"] == "scenario":
            given += story(learner, block["id"], shortest(block))
        if block["type"] == "plan":
            learner.view.locator("[data-on-paper]").click()
            expect(learner.view.locator("[data-plan] [data-verdict]")).to_be_focused()
        for question in block["questions"] if block["type"] == "quiz" else ():
            if not learner.form(question).is_visible():
                continue  # not drawn for this learner
            found = learner.questions[question]
            response = learner.right(question) if found["key"] else [found["options"][0][0]]
            level = "medium" if found.get("confidence") else ""
            learner.answer(question, response, level or None)
            given.append((question, response, "correct" if found["key"] else "neutral", level))
    return given if counts else []


def play(learner: Learner, pages: list[str]) -> list[Given]:
    given = play_page(learner.on(pages[0]), pages[0])
    for page in pages[1:]:
        given += play_page(learner.next(page), page)
    return given


def final_check(learner: Learner, wrong: int = 0) -> list[Given]:
    """Answers and submits the paper, ``wrong`` of it wrongly; returns what was given."""
    given = []
    for place, question in enumerate(learner.paper()):
        response = learner.wrong(question) if place < wrong else learner.right(question)
        learner.fill(question, response)
        given.append((question, response, "incorrect" if place < wrong else "correct", ""))
    learner.submit().result()
    return given


def expected(course: Json, given: list[Given]) -> list[Answer]:
    found = []
    for question, response, result, level in given:
        found.append(answer(course, question, response, result))
        found += [confidence(question, level)] if level else []
    return found


def last_of_each(given: list[Given]) -> list[Given]:
    """What is left of answers given where only the last one to each question is kept."""
    return list({question: one for one in given for question in [one[0]]}.values())


def by_id(answers: list[Answer]) -> list[Answer]:
    return sorted(answers, key=lambda one: one.id)
