"""YAML with line numbers: text → nodes that know where they were written, or problems.

Scalars stay text here. Whether ``no`` is a word or a truth value depends on the key it stands at, so the
shapes (``shapes.py``) decide; YAML 1.1's own guesses ("the Norway problem") never apply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from . import yaml_advice
from .course import Source
from .problems import Problem

MAX_CHARACTERS = 1_000_000
"""A question file of 1,000 questions has about 900,000; a larger one is a mistake or an attack."""
MAX_NODES = 200_000
"""Counted with aliases expanded: ten lines of nested aliases can stand for a billion nodes."""
MAX_DEPTH = 40
_INDENT = re.compile(r"^[ \t?:-]+", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]{}]")


@dataclass(frozen=True)
class Origin:
    """Which file a piece of YAML comes from and where in it the piece starts."""

    path: str
    first_line: int = 1
    indent: int = 0

    def source(self, line: int, column: int) -> Source:
        return Source(self.path, self.first_line + line, column + 1 + self.indent)


@dataclass(frozen=True)
class Scalar:
    text: str
    plain: bool
    """Written without quotes, so YAML tools may read it as a number, a date or a truth value."""
    source: Source


@dataclass(frozen=True)
class Sequence:
    items: tuple[Node, ...]
    flow: bool
    source: Source


@dataclass(frozen=True)
class Mapping:
    entries: tuple[tuple[Scalar, Node], ...]
    flow: bool
    source: Source


Node = Scalar | Sequence | Mapping


class _TooMuch(Exception):
    def __init__(self, source: Source, message: str, hint: str) -> None:
        self.problem = Problem(source, message, hint, "too-large")


def parse(text: str, origin: Origin, problems: list[Problem]) -> Node | None:
    """The one document in `text`; None when it is empty or cannot be read (then a problem says why)."""
    if len(text) > MAX_CHARACTERS:
        problems.append(
            Problem(
                origin.source(0, 0),
                f"this YAML has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read",
                "split it into several files and list them under 'from:'",
                "too-large",
            )
        )
        return None
    mistakes = yaml_advice.invisible(text, origin)
    if mistakes:
        problems += mistakes
        return None
    loader = yaml_advice.LOADER(text)
    try:
        if _may_be_deep(text):
            _refuse_depth(text, origin)
        root = loader.get_single_node()
        if root is None:
            return None
        problems += yaml_advice.cut_by_comment(text, origin)
        return _Converter(origin, problems).node(root, 0)
    except yaml.YAMLError as error:
        problems += yaml_advice.explained(error, text, origin)
    except _TooMuch as error:
        problems.append(error.problem)
    finally:
        loader.dispose()
    return None


def _may_be_deep(text: str) -> bool:
    """A quick upper bound; brackets inside texts count, too."""
    block = max((run.end() - run.start() for run in _INDENT.finditer(text)), default=0)
    deepest = depth = 0
    for bracket in _BRACKET.finditer(text):
        depth += 1 if bracket[0] in "[{" else -1
        deepest = max(deepest, depth)
    return block + deepest > 4 * MAX_DEPTH


def _refuse_depth(text: str, origin: Origin) -> None:
    """libyaml's composer calls itself for each level and ends the process when the stack is full; its events do not."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml_advice.LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            mark = event.start_mark
            raise _too_deep(origin.source(mark.line, mark.column) if mark else origin.source(0, 0))


def _too_deep(source: Source) -> _TooMuch:
    message = f"this YAML is nested more than {MAX_DEPTH} levels deep"
    return _TooMuch(source, message, "a masterclass needs 6 at most; look for dashes or brackets too many")


class _Converter:
    def __init__(self, origin: Origin, problems: list[Problem]) -> None:
        self.origin = origin
        self.problems = problems
        self.count = 0

    def source(self, node: yaml.Node) -> Source:
        return self.origin.source(node.start_mark.line, node.start_mark.column)

    def node(self, node: yaml.Node, depth: int) -> Node:
        self.count += 1
        if self.count > MAX_NODES:
            raise _TooMuch(
                self.source(node), f"this YAML stands for more than {MAX_NODES:,} values", "remove the aliases (*name)"
            )
        if depth > MAX_DEPTH:
            raise _too_deep(self.source(node))
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node)
        if isinstance(node, yaml.SequenceNode):
            items = tuple(self.node(item, depth + 1) for item in node.value)
            return Sequence(items, bool(node.flow_style), self.source(node))
        assert isinstance(node, yaml.MappingNode)
        return Mapping(tuple(self.entries(node, depth)), bool(node.flow_style), self.source(node))

    def scalar(self, node: yaml.ScalarNode) -> Scalar:
        return Scalar(node.value, node.style in (None, ""), self.source(node))

    def entries(self, node: yaml.MappingNode, depth: int) -> Iterator[tuple[Scalar, Node]]:
        seen: dict[str, Scalar] = {}
        repeated = False
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                hint = "put the text in quotes: it begins with a bracket"
                self.problems.append(Problem(self.source(key_node), "a key must be a plain word", hint, "yaml"))
                continue
            key = self.scalar(key_node)
            first = seen.setdefault(key.text, key)
            if first is key:
                yield key, self.node(value_node, depth + 1)
            elif not repeated:
                # Only once: after a lost dash every key of the second item is there twice.
                repeated = True
                value = value_node.value if isinstance(value_node, yaml.ScalarNode) else "…"
                starts_item = not node.flow_style and first is next(iter(seen.values()))
                self.problems.append(yaml_advice.repeated_key(key, value, first, starts_item))
