"""One good chart on a page, as SVG that follows the theme. Reports draw theirs elsewhere, from the same figures.

A chart always has an alternative text, and `components/chart.html` always offers its table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from uppsikt.kernel.numbers import format_decimal
from uppsikt.typeset.plot.parts import decimals_for, even_steps
from uppsikt.web.svg import coordinate

_WIDTH, _HEIGHT = 560, 240
_LEFT, _TOP, _BOTTOM = Decimal(40), Decimal(22), Decimal(30)
_ROOM_FOR_TARGET, _NO_TARGET = Decimal(58), Decimal(8)


@dataclass(frozen=True, slots=True)
class Series:
    """A named series, one value for each step of the axis; None where nothing was measured."""

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line: grid, axis or target."""

    css: str
    x1: str
    x2: str
    y1: str
    y2: str


@dataclass(frozen=True, slots=True)
class Run:
    """An unbroken stretch of a series."""

    css: str
    points: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A measured value as a dot."""

    css: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A measured value as a bar from zero."""

    css: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Label:
    """A word or a figure in the drawing."""

    css: str
    x: str
    y: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Shape:
    """One mark as SVG: `kind` is the element, the rest its attributes; those of other elements are empty."""

    kind: str
    css: str
    x: str = ""
    y: str = ""
    width: str = ""
    height: str = ""
    points: str = ""
    weight: str = ""
    dash: str = ""
    anchor: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing in one size."""

    size: str
    width: str
    height: str
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart, ready to print. Those of `web.plots` have `drawings` in place of marks of their own."""

    caption: str
    alt: str
    unit: str
    width: str
    height: str
    legend: tuple[tuple[str, str], ...] = ()
    grid: tuple[Stroke, ...] = ()
    lines: tuple[Run, ...] = ()
    dots: tuple[Mark, ...] = ()
    bars: tuple[Bar, ...] = ()
    labels: tuple[Label, ...] = ()
    note: str = ""
    drawings: tuple[Drawing, ...] = ()


@dataclass(slots=True)
class _Drawing:
    steps: int
    low: Decimal
    high: Decimal
    margin: Decimal
    grid: list[Stroke] = field(default_factory=list)
    lines: list[Run] = field(default_factory=list)
    dots: list[Mark] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    @property
    def right(self) -> Decimal:
        return _WIDTH - self.margin

    @property
    def slot(self) -> Decimal:
        return (self.right - _LEFT) / max(self.steps, 1)

    def x(self, index: int) -> Decimal:
        return _LEFT + self.slot * index + self.slot / 2

    def y(self, value: Decimal) -> Decimal:
        share = (self.high - value) / (self.high - self.low)
        return _TOP + (_HEIGHT - _TOP - _BOTTOM) * share


def chart(
    *,
    caption: str,
    alt: str,
    x: Sequence[str],
    series: Sequence[Series],
    kind: Literal["line", "bar"] = "line",
    unit: str = "",
    target: Decimal | None = None,
    target_label: str = "",
) -> Chart:
    """A line or bar chart. Lines use the range of the values, bars always stand on zero.

    Values are written at the points when there is one series; with several, the axis carries the figures.
    """
    values = [value for one in series for value in one.values if value is not None]
    bounds = [*values, *([target] if target is not None else []), *([Decimal(0)] if kind == "bar" else [])]
    low, high, step = even_steps(min(bounds, default=Decimal(0)), max(bounds, default=Decimal(1)))
    margin = _NO_TARGET if target is None else _ROOM_FOR_TARGET
    drawing = _Drawing(steps=len(x), low=low, high=high, margin=margin)
    _axes(drawing, x, step)
    if target is not None:
        _target(drawing, target, target_label)
    for number, one in enumerate(series):
        if kind == "line":
            _line(drawing, one, f"series-{number % 4}", written=len(series) == 1)
        else:
            _bars(drawing, one, f"series-{number % 4}", number, len(series))
    return Chart(
        caption=caption, alt=alt, unit=unit, width=str(_WIDTH), height=str(_HEIGHT),
        legend=tuple((one.name, f"series-{number % 4}") for number, one in enumerate(series)) if len(series) > 1 else (),
        grid=tuple(drawing.grid), lines=tuple(drawing.lines), dots=tuple(drawing.dots), bars=tuple(drawing.bars),
        labels=tuple(drawing.labels),
    )  # fmt: skip


def _axes(drawing: _Drawing, x: Sequence[str], step: Decimal) -> None:
    right = coordinate(drawing.right)
    decimals = decimals_for(step)
    value = drawing.low
    while value <= drawing.high:
        y = drawing.y(value)
        css = "chart__axis" if value in {drawing.low, 0} else "chart__grid"
        drawing.grid.append(Stroke(css, coordinate(_LEFT), right, coordinate(y), coordinate(y)))
        text = format_decimal(value, decimals)
        drawing.labels.append(Label("chart__tick", coordinate(_LEFT - 8), coordinate(y + 4), "end", text))
        value += step
    every = 1 + (len(x) - 1) // 16
    for index, label in enumerate(x):
        if index % every == 0:
            where = coordinate(drawing.x(index))
            minor = " chart__tick--minor" if len(x) > 6 and index // every % 2 else ""
            drawing.labels.append(
                Label(f"chart__tick{minor}", where, coordinate(_HEIGHT - Decimal(8)), "middle", label)
            )


def _target(drawing: _Drawing, target: Decimal, label: str) -> None:
    y, right = drawing.y(target), drawing.right
    drawing.grid.append(
        Stroke("chart__target", coordinate(_LEFT), coordinate(right), coordinate(y), coordinate(y))
    )
    text = label or format_decimal(target)
    drawing.labels.append(Label("chart__tick", coordinate(right + 8), coordinate(y + 4), "start", text))


def _line(drawing: _Drawing, series: Series, css: str, *, written: bool) -> None:
    runs: list[list[str]] = [[]]
    for index, value in enumerate(series.values):
        if value is None:
            runs.append([])
            continue
        x, y = drawing.x(index), drawing.y(value)
        runs[-1].append(f"{coordinate(x)},{coordinate(y)}")
        drawing.dots.append(Mark(css, coordinate(x), coordinate(y)))
        if written:
            drawing.labels.append(
                Label("chart__label", coordinate(x), coordinate(y - 11), "middle", format_decimal(value))
            )
    drawing.lines.extend(Run(css, " ".join(run)) for run in runs if len(run) > 1)


def _bars(drawing: _Drawing, series: Series, css: str, number: int, count: int) -> None:
    width = drawing.slot * Decimal("0.7") / count
    zero = drawing.y(Decimal(0))
    for index, value in enumerate(series.values):
        if value is None:
            continue
        x = drawing.x(index) - width * count / 2 + width * number
        y = drawing.y(value)
        top, height = min(y, zero), abs(zero - y)
        drawing.bars.append(
            Bar(css, coordinate(x), coordinate(top), coordinate(width - 1), coordinate(height))
        )
        if count == 1 and drawing.slot >= 36:
            at = y - 6 if value >= 0 else y + 14
            drawing.labels.append(
                Label(
                    "chart__label", coordinate(x + width / 2), coordinate(at), "middle", format_decimal(value)
                )
            )
