"""Charts as SVG: beside their labels in a page, where letters wrap; or whole, as an image for a document.

Colours come from styles, by class. A page brings its own; an image carries them in itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from markupsafe import Markup

from .charts import Bar, Bars, Chart, Columns, Mark

BAR = 14
TALL = 160
STYLE = """text { font: 13px sans-serif; fill: #1a2230 } .figure { fill: #454f5e } .mark { fill: #0b3d78 } .whole { fill: #d3d9e2 }
.part { fill: #68737f } .right { fill: #0a5230 } .left { fill: #633f00 } .ring { fill: #fff; stroke: #1a2230; stroke-width: 2 }
.axis { stroke: #d3d9e2 } .end { text-anchor: end }"""
"""Of an image: the colours that tokens.css has on paper."""


def in_page(chart: Chart) -> Markup:
    legend = Markup("").join(
        Markup('<li><svg class="swatch" width="12" height="12" aria-hidden="true">{}</svg> {}</li>').format(
            _swatch(kind), word
        )
        for kind, word in chart.legend
    )
    above = Markup('<ul class="legend">{}</ul>').format(legend) if legend else Markup("")
    if isinstance(chart, Columns):
        return above + _columns(chart, "100%")
    return above + Markup("").join(
        (Markup('<p class="group">{}</p>').format(group) if group else Markup("")) + _bars(rows)
        for group, rows in groupby(chart.rows, lambda bar: bar.group)
    )


def _bars(rows: Iterable[Bar]) -> Markup:
    lines = (
        Markup('<li><span class="label">{}</span> <span class="figure">{}</span>{}</li>').format(
            bar.label, bar.figures, _strip(bar.marks)
        )
        for bar in rows
    )
    return Markup('<ul class="bars">{}</ul>').format(Markup("").join(lines))


def _strip(marks: tuple[Mark, ...]) -> Markup:
    drawn = Markup("").join(_mark(mark, 0, 100, "%") for mark in marks)
    return Markup('<svg class="strip" width="100%" height="{}" aria-hidden="true">{}</svg>').format(BAR, drawn)


def _mark(mark: Mark, top: float, width: float, unit: str) -> Markup:
    start, end = (f"{place * width:.2f}{unit}" for place in (mark.start, mark.end))
    if mark.is_dot:
        dot = Markup('<circle class="mark {}" cx="{}" cy="{}" r="6"/>')
        return dot.format(mark.kind, end, top + BAR / 2)
    length = f"{(mark.end - mark.start) * width:.2f}{unit}"
    bar = Markup('<rect class="mark {}" x="{}" y="{}" width="{}" height="{}"/>')
    return bar.format(mark.kind, start, top + 1, length, BAR - 2)


def _swatch(kind: str) -> Markup:
    if kind == "ring":
        return Markup('<circle class="mark ring" cx="6" cy="6" r="5"/>')
    return Markup('<rect class="mark {}" width="12" height="12"/>').format(kind)


def _columns(chart: Columns, width: str) -> Markup:
    step = 100 / len(chart.pairs)
    parts = [
        Markup('<text class="figure" x="0" y="14">{}</text>').format(chart.most),
        Markup('<line class="axis" x1="0" x2="100%" y1="20" y2="20"/>'),
    ]
    floor = 20 + TALL
    for place, pair in enumerate(chart.pairs):
        for at, (height, (kind, _)) in enumerate(zip(pair, chart.legend, strict=True)):
            left, tall = place * step + step * (0.1 + at * 0.4), height * TALL
            bar = Markup('<rect class="mark {}" x="{}%" y="{}" width="{}%" height="{}"/>')
            parts.append(bar.format(kind, f"{left:.2f}", f"{floor - tall:.1f}", f"{step * 0.4:.2f}", f"{tall:.1f}"))
    parts += [
        Markup('<line class="axis" x1="0" x2="100%" y1="{0}" y2="{0}"/>').format(floor),
        Markup('<text x="0" y="{}">{}</text>').format(floor + 18, chart.first),
    ]
    if len(chart.pairs) > 1:
        parts.append(Markup('<text class="end" x="100%" y="{}">{}</text>').format(floor + 18, chart.last))
    head = Markup(
        '<svg class="columns" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{}" width="{}" height="{}">'
    )
    return head.format(chart.title, width, floor + 26) + Markup("").join(parts) + Markup("</svg>")


WIDE, LABEL, LINE = 640, 70, 40


def image(chart: Bars) -> Markup:
    """Bars whole, with their styles: for a document, which knows none."""
    parts = []
    for place, (kind, word) in enumerate(chart.legend):
        at = place * WIDE / 3
        swatch = Markup('<g transform="translate({} 4)">{}</g><text x="{}" y="15">{}</text>')
        parts.append(swatch.format(f"{at:.0f}", _swatch(kind), f"{at + 18:.0f}", word))
    top = 28 if chart.legend else 0
    for bar in chart.rows:
        label = bar.label if len(bar.label) <= LABEL else f"{bar.label[: LABEL - 1]}…"
        text = Markup('<text x="0" y="{0}">{1}</text><text class="figure end" x="{2}" y="{0}">{3}</text>')
        parts.append(text.format(top + 14, label, WIDE, bar.figures))
        parts += [_mark(mark, top + 18, WIDE - 8, "") for mark in bar.marks]
        top += LINE
    head = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}"><style>{2}</style>'
    )
    return head.format(WIDE, top, Markup(STYLE)) + Markup("").join(parts) + Markup("</svg>")
