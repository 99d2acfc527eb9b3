"""Money drawn on a page: a year, from budget to outcome, planned against spent, years side by side.

Where a mark stands is decided in `typeset.plot`, which reports draw from too. A page has each drawing twice, wide and
narrow, and the stylesheet shows the one that fits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext

from uppsikt.kernel.numbers import format_decimal
from uppsikt.typeset.plot import bullet, grouped, waterfall, year
from uppsikt.typeset.plot.parts import Box, Dot, Line, Mark, Plot
from uppsikt.web.chart import Chart, Drawing, Series, Shape
from uppsikt.web.svg import coordinate

WIDTHS: Mapping[str, int] = {"wide": 560, "narrow": 340}
_BASELINE = Decimal("4.2")


def year_chart(
    *,
    caption: str,
    alt: str,
    unit: str,
    months: Sequence[str],
    outcome: Series,
    budget: Series | None = None,
    forecast: Series | None = None,
    last_year: Series | None = None,
    decimals: int | None = None,
) -> Chart:
    """A year month by month, all accumulated.

    Args: outcome: None after the cut-off month. forecast: may hold December alone; it is drawn on from the outcome.
    """
    given = (
        (year.OUTCOME, outcome),
        (year.BUDGET, budget),
        (year.FORECAST, forecast),
        (year.LAST_YEAR, last_year),
    )
    lines = {role: (str(one.name), one.values) for role, one in given if one is not None}
    return _chart(caption, alt, unit, lambda width: year.plot(months, lines, decimals=decimals, width=width))


def waterfall_chart(
    *,
    caption: str,
    alt: str,
    unit: str,
    start: tuple[str, Decimal],
    steps: Sequence[tuple[str, Decimal]],
    end: tuple[str, Decimal],
    decimals: int | None = None,
) -> Chart:
    """From one total to another, step by step.

    Sign: income positive, cost negative; a positive step is better.
    Raises: ValueError where the steps do not lead from the first total to the last.
    """
    rows = (start, *steps, end)
    labels, values = [str(label) for label, _ in rows], [value for _, value in rows]
    missing = waterfall.difference(values)
    if missing:
        raise ValueError(f"the steps miss the last total by {missing}")
    return _chart(
        caption, alt, unit, lambda width: waterfall.plot(labels, values, decimals=decimals, width=width)
    )


def bullet_chart(
    *,
    caption: str,
    alt: str,
    unit: str,
    labels: Sequence[str],
    outcome: Series,
    budget: Series | None = None,
    forecast: Series | None = None,
    decimals: int | None = None,
) -> Chart:
    """Planned against spent, a row for each label."""
    given = ((bullet.BUDGET, budget), (bullet.OUTCOME, outcome), (bullet.FORECAST, forecast))
    measures = {role: (str(one.name), one.values) for role, one in given if one is not None}
    rows = [str(label) for label in labels]
    return _chart(
        caption, alt, unit, lambda width: bullet.plot(rows, measures, decimals=decimals, width=width)
    )


def grouped_chart(
    *,
    caption: str,
    alt: str,
    unit: str,
    labels: Sequence[str],
    series: Sequence[Series],
    decimals: int | None = None,
) -> Chart:
    """Lying bars side by side for each label; the last series is the strongest."""
    rows = [str(label) for label in labels]
    named = [(str(one.name), one.values) for one in series]
    return _chart(caption, alt, unit, lambda width: grouped.plot(rows, named, decimals=decimals, width=width))


def _chart(caption: str, alt: str, unit: str, plot: Callable[[int], Plot]) -> Chart:
    plots = {size: plot(width) for size, width in WIDTHS.items()}
    widest = plots["wide"]
    return Chart(
        caption=caption, alt=alt, unit=unit, width=coordinate(widest.width), height=coordinate(widest.height),
        note=_note(widest, unit), drawings=tuple(_drawing(size, one) for size, one in plots.items()),
    )  # fmt: skip


def _note(plot: Plot, unit: str) -> str:
    if plot.cut is None:
        return ""
    low, high = (format_decimal(value.normalize() + 0) for value in plot.cut)
    return gettext("Skalan börjar inte vid noll: den går från %(low)s till %(high)s %(unit)s.") % {
        "low": low, "high": high, "unit": unit,
    }  # fmt: skip


def _drawing(size: str, plot: Plot) -> Drawing:
    return Drawing(
        size, coordinate(plot.width), coordinate(plot.height), tuple(_shape(mark) for mark in plot.marks)
    )


def _shape(mark: Mark) -> Shape:
    if isinstance(mark, Box):
        return Shape(
            "rect", f"fill-{mark.fill} stroke-{mark.stroke}", coordinate(mark.x), coordinate(mark.y),
            coordinate(mark.width), coordinate(mark.height),
        )  # fmt: skip
    if isinstance(mark, Line):
        points = " ".join(f"{coordinate(x)},{coordinate(y)}" for x, y in mark.points)
        dash = " ".join(str(length) for length in mark.dash)
        return Shape("polyline", f"stroke-{mark.tone}", points=points, weight=f"{mark.weight:f}", dash=dash)
    if isinstance(mark, Dot):
        fill = "paper" if mark.hollow else mark.tone
        return Shape("circle", f"fill-{fill} stroke-{mark.tone}", coordinate(mark.x), coordinate(mark.y))
    strong = " plot__strong" if mark.strong else ""
    return Shape(
        "text", f"fill-{mark.tone}{strong}", coordinate(mark.x), coordinate(mark.y + _BASELINE),
        anchor=mark.anchor, text=mark.text,
    )  # fmt: skip
