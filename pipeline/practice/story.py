"""Whether a scenario can be played: every scene reachable, every path with an end, every end with a debrief."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ..content import Scenario, Scene
from ..course import Course, Source, blocks
from ..problems import WARNING, Problem, did_you_mean

if TYPE_CHECKING:
    from ..sources import Sources

SCENES = (6, 9)
"""What a learner plays through in a sitting and still remembers."""
ENDINGS = 3
_ENDLESS = 1_000


def ending(scene: Scene) -> bool:
    return not scene.choices


def stories(sources: Sources, course: Course) -> Iterator[Problem]:
    for page, block in blocks(course):
        if not isinstance(block.content, Scenario):
            continue
        if not page.counts:
            hint = "move it to a page before the final check"
            message = "a scenario after the final check keeps nothing of what a learner does"
            yield Problem(block.source, message, hint, "wrong-kind")
        for each in _STORY_CHECKS:
            yield from each(block.content, block.source)


def asked_for(sources: Sources, course: Course) -> Iterator[Problem]:
    there = any(isinstance(block.content, Scenario) for _, block in blocks(course))
    for way in sources.record.complete_when:
        if way.scenario and not there:
            message = "'scenario: true' asks for a scenario, and no page has one"
            yield Problem(way.written.at("scenario"), message, "add a scenario block", "wrong-kind")


def _repeated(story: Scenario, source: Source) -> Iterator[Problem]:
    lists = [
        ("the gauge", [(gauge.id, gauge.source) for gauge in story.gauges]),
        ("the node", [(scene.id, scene.source) for scene in story.scenes]),
        *(
            (f"in node '{scene.id}' the choice", [(choice.id, choice.source) for choice in scene.choices])
            for scene in story.scenes
        ),
    ]
    for what, named in lists:
        first: dict[str, Source] = {}
        for ident, at in named:
            before = first.setdefault(ident, at)
            if before != at:
                hint = f"the first is on line {before.line}; change one of them"
                yield Problem(at, f"{what} '{ident}' is used twice", hint, "duplicate-id")


def _dead_links(story: Scenario, source: Source) -> Iterator[Problem]:
    known = [scene.id for scene in story.scenes]
    for scene in story.scenes:
        for choice in scene.choices:
            if choice.to not in known:
                message = f"choice '{choice.id}' of node '{scene.id}' leads to '{choice.to}', which does not exist"
                yield Problem(choice.to_source, message, did_you_mean(choice.to, known), "broken-link")


def _gauges(story: Scenario, source: Source) -> Iterator[Problem]:
    known = [gauge.id for gauge in story.gauges]
    for scene in story.scenes:
        for choice in scene.choices:
            for change in choice.changes:
                if change.gauge not in known:
                    message = f"choice '{choice.id}' of node '{scene.id}' changes the gauge '{change.gauge}', which 'gauges' does not have"
                    yield Problem(change.source, message, did_you_mean(change.gauge, known), "unknown-id")


def _reachable(story: Scenario, source: Source) -> Iterator[Problem]:
    reached = _from(story, story.scenes[0].id)
    for scene in story.scenes:
        if scene.id not in reached:
            hint = f"lead a choice to it with: to: {scene.id}; or take it out"
            yield Problem(scene.source, f"no path leads to node '{scene.id}'", hint, "unreachable")


def _ends(story: Scenario, source: Source) -> Iterator[Problem]:
    """A link to nowhere is complained about elsewhere, and might have been the way out."""
    known = {scene.id for scene in story.scenes}
    ends = {scene.id for scene in story.scenes if ending(scene)}
    stuck = [
        scene
        for scene in story.scenes
        if not any(place in ends or place not in known for place in _from(story, scene.id))
    ]
    if stuck:
        names = ", ".join(f"'{scene.id}'" for scene in stuck)
        some = (
            f"a node without choices ({', '.join(sorted(ends))})"
            if ends
            else "a node without choices, which ends the story"
        )
        message = f"a story that comes to {names} never ends: no path from there leads out"
        hint = f"lead one of the choices there to {some}"
        yield Problem(stuck[0].source, message, hint, "no-end")


def _debriefs(story: Scenario, source: Source) -> Iterator[Problem]:
    for scene in story.scenes:
        if ending(scene) and not scene.debrief:
            message = f"the ending '{scene.id}' has no debrief"
            hint = "add: debrief: what a learner can take from this way through; or give the node choices"
            yield Problem(scene.source, message, hint, "missing-key")
        elif not ending(scene) and scene.debrief:
            message = f"node '{scene.id}' has choices and a debrief"
            yield Problem(scene.debrief.source, message, "debrief at the endings, which have no choices", "wrong-kind")
    if ending(story.scenes[0]):
        message = f"the story ends where it begins: node '{story.scenes[0].id}' has no choices"
        yield Problem(story.scenes[0].source, message, "add: choices, or put another node first", "count")


def _advice(story: Scenario, source: Source) -> Iterator[Problem]:
    fewest, most = SCENES
    number, ends = len(story.scenes), sum(ending(scene) for scene in story.scenes)
    if not fewest <= number <= most:
        message = f"this scenario has {number} nodes; {fewest} to {most} can be played in a sitting"
        hint = "add scenes" if number < fewest else "join scenes, or make two scenarios of it"
        yield Problem(source, message, hint, "count", WARNING)
    if ends < ENDINGS:
        message = f"this scenario has {ends} ending{'' if ends == 1 else 's'}; with {ENDINGS} or more choices matter"
        yield Problem(source, message, "let another path end in its own way", "count", WARNING)
    if not any(choice.recovery for scene in story.scenes for choice in scene.choices):
        message = "no choice of this scenario is a way back from a mistake"
        yield Problem(source, message, "mark one with: recovery: true", "count", WARNING)


def _from(story: Scenario, start: str) -> set[str]:
    """Everything that can be reached from a scene, itself included; also places that do not exist."""
    leads = {scene.id: [choice.to for choice in scene.choices] for scene in story.scenes}
    reached, ahead = {start}, [start]
    while ahead:
        for place in leads.get(ahead.pop(), []):
            if place not in reached:
                reached.add(place)
                ahead.append(place)
    return reached


def longest(story: Scenario) -> int:
    """Choices on the longest path; a great many where the story can go in circles."""
    leads = {scene.id: [choice.to for choice in scene.choices] for scene in story.scenes}
    known: dict[str, int] = {}

    def steps(scene: str, above: frozenset[str]) -> int:
        if scene in above:
            return _ENDLESS
        if scene not in known:
            known[scene] = max((1 + steps(to, above | {scene}) for to in leads.get(scene, [])), default=0)
        return known[scene]

    return steps(story.scenes[0].id, frozenset())


_STORY_CHECKS: tuple[Callable[[Scenario, Source], Iterator[Problem]], ...] = (
    _repeated,
    _dead_links,
    _gauges,
    _reachable,
    _ends,
    _debriefs,
    _advice,
)
CHECKS = (stories, asked_for)
