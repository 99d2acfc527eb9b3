"""Drawings of a section's figures: months over years with one line a year, and people by gender side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uppsikt.kernel.numbers import canonical, format_decimal
from uppsikt.kernel.period import MONTHS, Period, parse_period
from uppsikt.planning.selectors import Figure, IndicatorView
from uppsikt.reports import cells
from uppsikt.reports.composition import Composition, Notes
from uppsikt.typeset.payload import Block, Cell, ChartBlock, Column, Row, Series, TableBlock

SHORT_MONTHS = ("jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec")
FEWEST_MONTHS = 3
"""So many months of one year, at least, before a line shows a development."""


def months(
    c: Composition, views: Sequence[IndicatorView], years: int
) -> Iterator[tuple[IndicatorView, Block]]:
    """A chart for each monthly indicator: a line for each of the last `years` years, the latest named last."""
    for view in views:
        drawn = _months(c, view, years)
        if drawn is not None:
            yield view, drawn


def _months(c: Composition, view: IndicatorView, years: int) -> ChartBlock | None:
    held: dict[int, dict[int, Figure]] = {}
    for (group, _code), figure in view.figures.items():
        if not group and figure.period.kind == "month" and figure.value is not None:
            held.setdefault(figure.period.year, {})[figure.period.start.month] = figure
    last = c.years[-1]
    known = [year for year in range(last - years + 1, last + 1) if len(held.get(year, {})) >= FEWEST_MONTHS]
    if not known:
        return None
    return {
        "kind": "chart",
        "key": c.key("months", view.use.key),
        "caption": _caption(view),
        "alt": _told(view, [(str(year), held[year]) for year in known]),
        "type": "line",
        "unit": view.indicator.measure,
        "x": list(SHORT_MONTHS),
        "series": [
            {"name": str(year), "values": [_value(held[year].get(month)) for month in range(1, 13)]}
            for year in known
        ],
        "table": _months_table(c, view, known),
        "source": f"Källa: {view.indicator.source}" if view.indicator.source else None,
    }


def _caption(view: IndicatorView) -> str:
    name = view.indicator.name
    return name if "månad" in name.lower() else f"{name}, månad för månad"


def _value(figure: Figure | None) -> str | None:
    return canonical(figure.value) if figure and figure.value is not None else None


def _told(view: IndicatorView, lines: Sequence[tuple[str, dict[int, Figure]]]) -> str:
    """What the drawing shows, in words: the lowest and the highest month of each year."""
    told = []
    for year, held in lines:
        by_value = sorted(held.values(), key=lambda figure: (figure.value or 0, figure.period))
        low, high = by_value[0], by_value[-1]
        told.append(f"{year}: lägst {_at(view, low)}, högst {_at(view, high)}")
    return f"Linjediagram över {view.indicator.name}, en linje för varje år. {'. '.join(told)}."


def _at(view: IndicatorView, figure: Figure) -> str:
    return (
        f"{format_decimal(figure.value, view.indicator.decimals)} i {MONTHS[figure.period.start.month - 1]}"
    )


def _months_table(c: Composition, view: IndicatorView, years: Sequence[int]) -> TableBlock:
    notes = Notes()
    rows: list[Row] = []
    for number, month in enumerate(MONTHS, 1):
        line: list[Cell | None] = [{"text": month, "value": None}]
        line += [cells.figure_cell(c, view, view.figure(f"{year}-{number:02d}"), notes) for year in years]
        rows.append({"kind": "row", "cells": line})
    columns: list[Column] = [{"key": "month", "title": "Månad"}]
    columns += [{"key": str(year), "title": str(year), "align": "end"} for year in years]
    return {
        "kind": "table",
        "key": c.key("months-table", view.use.key),
        "caption": view.indicator.name,
        "columns": columns,
        "rows": rows,
        "notes": notes.all(),
    }


def divided(
    c: Composition, views: Sequence[IndicatorView], dimension: str
) -> Iterator[tuple[IndicatorView, Block]]:
    """A chart for each indicator of whole numbers that is broken down by the dimension: its groups side by side."""
    known = next((each for each in c.model.dimensions if each.key == dimension), None)
    if known is None:
        return
    for view in views:
        if view.indicator.decimals != 0:
            continue
        groups = [f"{dimension}={key}" for key, _label in known.values]
        periods = _periods(c, view, groups)
        if periods:
            yield view, _divided(c, view, groups, periods, known.label)


def _periods(c: Composition, view: IndicatorView, groups: Sequence[str]) -> list[Period]:
    """The periods that have every group: of the years in columns, the same time of the year as the latest."""
    complete = {
        code
        for group, code in view.figures
        if group in groups and all(_shown(view, code, each) for each in groups)
    }
    periods = sorted(parse_period(code) for code in complete)
    if not periods:
        return []
    last = periods[-1]
    return [p for p in periods if p.year in c.years and p.kind == last.kind and p.code[4:] == last.code[4:]]


def _shown(view: IndicatorView, code: str, group: str) -> bool:
    figure = view.figure(code, group)
    return figure is not None and figure.value is not None


def _divided(
    c: Composition, view: IndicatorView, groups: Sequence[str], periods: Sequence[Period], by: str
) -> ChartBlock:
    names = [c.model.breakdown_label(group) for group in groups]
    series: list[Series] = [
        {"name": name, "values": [_value(view.figure(period.code, group)) for period in periods]}
        for name, group in zip(names, groups, strict=True)
    ]
    told = "; ".join(
        f"{period.label}: "
        + ", ".join(f"{name.lower()} {one['values'][at]}" for name, one in zip(names, series, strict=True))
        for at, period in enumerate(periods)
    )
    return {
        "kind": "chart",
        "key": c.key("divided", view.use.key),
        "caption": f"{view.name} efter {by.lower()}",
        "alt": f"Stapeldiagram över {view.name} efter {by.lower()}. {told}.",
        "type": "grouped",
        "unit": view.indicator.measure,
        "decimals": 0,
        "x": [period.label for period in periods],
        "series": series,
        "table": _divided_table(c, view, groups, periods),
        "source": f"Källa: {view.indicator.source}" if view.indicator.source else None,
    }


def _divided_table(
    c: Composition, view: IndicatorView, groups: Sequence[str], periods: Sequence[Period]
) -> TableBlock:
    notes = Notes()
    rows: list[Row] = []
    for period in periods:
        line: list[Cell | None] = [{"text": period.label, "value": None}]
        line += [
            cells.figure_cell(c, view, view.figure(period.code, group), notes) for group in (*groups, "")
        ]
        rows.append({"kind": "row", "cells": line})
    columns: list[Column] = [{"key": "period", "title": "Period"}]
    columns += [{"key": group, "title": c.model.breakdown_label(group), "align": "end"} for group in groups]
    columns.append({"key": "total", "title": "Totalt", "align": "end"})
    return {
        "kind": "table",
        "key": c.key("divided-table", view.use.key),
        "caption": view.name,
        "columns": columns,
        "rows": rows,
        "notes": notes.all(),
    }
