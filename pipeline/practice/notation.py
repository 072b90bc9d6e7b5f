"""A formula's tree in words and signs that anybody reads: names become labels, ``*`` becomes ×."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup, escape

from .reckoning import Tree

_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_BINDS = {"+": 1, "-": 1, "*": 2, "/": 2}
_COMPARED = {
    "<": "is less than", "<=": "is at most", ">": "is more than", ">=": "is at least", "==": "is", "!=": "is not",
}  # fmt: skip
_PHRASES = {
    "abs": "{} without its sign", "floor": "{} rounded down", "ceil": "{} rounded up", "sqrt": "the square root of {}",
}  # fmt: skip


def notation(tree: Tree, labels: Mapping[str, str], options: Mapping[tuple[str, str], str]) -> Markup:
    """`labels` by name, `options` by the names of choice and option."""

    def atom(part: Tree) -> Markup:
        """In brackets where it is more than one thing."""
        words = said(part)
        return words if isinstance(part, str) else Markup("({})").format(words)

    def operand(part: Tree, sign: str, right: bool) -> Markup:
        inner = _BINDS.get(part[0], 0) if not isinstance(part, str) else 3
        loose = inner < _BINDS[sign] or (right and inner == _BINDS[sign] and sign in "-/")
        return atom(part) if loose else said(part)

    def listed(parts: list[Tree], joint: str) -> Markup:
        words = [atom(part) for part in parts]
        return Markup(f" {joint} ").join([Markup(", ").join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]

    def said(tree: Tree) -> Markup:
        if isinstance(tree, str):
            return Markup("<var>{}</var>").format(labels[tree]) if tree[0].isalpha() else escape(tree)
        what, *parts = tree
        if what in _SIGNS:
            return Markup("{} {} {}").format(
                operand(parts[0], what, False), _SIGNS[what], operand(parts[1], what, True)
            )
        if what in _COMPARED:
            return Markup("{} {} {}").format(atom(parts[0]), _COMPARED[what], atom(parts[1]))
        if what == "neg":
            return Markup("−{}").format(atom(parts[0]))
        if what == "is":
            return Markup("<var>{}</var> is “{}”").format(labels[parts[0]], options[parts[0], parts[1]])
        if what == "not" and parts[0][0] == "is":
            _, name, option = parts[0]
            return Markup("<var>{}</var> is not “{}”").format(labels[name], options[name, option])
        if what == "not":
            return Markup("not {}").format(atom(parts[0]))
        if what in ("and", "or"):
            return Markup(f" {what} ").join(_bracketed(said(part), part) for part in parts)
        if what == "if":
            return Markup("if {}: {}; otherwise: {}").format(said(parts[0]), said(parts[1]), said(parts[2]))
        if what in ("min", "max"):
            word = {"min": "small", "max": "larg"}[what] + ("er" if len(parts) == 2 else "est")
            return Markup(f"the {word} of {{}}").format(listed(parts, "and"))
        if what == "round":
            places = {"0": "to a whole number", "1": "to 1 decimal"}.get(parts[1], f"to {parts[1]} decimals")
            return Markup("{} rounded {}").format(atom(parts[0]), places)
        return Markup(_PHRASES[what]).format(atom(parts[0]))

    return said(tree)


def _bracketed(words: Markup, part: Tree) -> Markup:
    return Markup("({})").format(words) if part[0] in ("and", "or") else words
