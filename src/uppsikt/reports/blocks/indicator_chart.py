"""One indicator over time, with its target as a line and its figures as a table.

Options: indicator (key of the indicator or of its use), type (line or bar), breakdown (dimension, e.g. gender).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from uppsikt.kernel.numbers import MISSING, canonical
from uppsikt.kernel.period import Period
from uppsikt.planning.selectors import IndicatorView
from uppsikt.reports import cells
from uppsikt.reports.composition import Composition, Notes
from uppsikt.typeset.payload import Block, Cell, ChartBlock, ChartTarget, Column, Row, Series, TableBlock

FEWEST = 2
WORTH_DRAWING = 3
"""Two points make a line but no development: drawn only when somebody asks for that very chart."""
DRAWABLE = ("ge", "gt", "le", "lt", "eq", "bare")


def compose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """The chart, or nothing when there are fewer than two outcomes to draw."""
    wanted = str(options.get("indicator", ""))
    if not wanted:
        return [{"kind": "note", "tone": "warn", "text": "Ingen indikator är vald till diagrammet."}]
    sections = (view for rows in c.snapshot.sections.values() for view in rows)
    everything = (*c.snapshot.indicators, *sections)
    view = next((view for view in everything if wanted in (view.use.key, view.indicator.key)), None)
    if view is None:
        return [{"kind": "note", "tone": "warn", "text": f"Indikatorn ”{wanted}” finns inte i årets plan."}]
    drawn = chart(c, view, kind=str(options.get("type", "line")), breakdown=options.get("breakdown"))
    return [drawn] if drawn else []


def chart(
    c: Composition,
    view: IndicatorView,
    *,
    kind: str = "line",
    breakdown: str | None = None,
    fewest: int = FEWEST,
) -> ChartBlock | None:
    """An indicator drawn over the periods that can be compared; None with fewer than `fewest` values."""
    periods = _periods(view)
    if len(periods) < fewest:
        return None
    dimension = breakdown or c.model.indicators.breakdown
    groups = ["", *_groups(c, view, dimension)]
    x = [period.label for period in periods]
    series: list[Series] = [
        {
            "name": c.model.breakdown_label(group) or "Totalt",
            "values": [_value(view, period, group) for period in periods],
        }
        for group in groups
    ]
    goal = _target(c, view)
    unit = view.indicator.measure
    spoken = "; ".join(f"{at}: {_spoken(value)}" for at, value in zip(x, series[0]["values"], strict=True))
    aim = f" {goal['label']}." if goal else ""
    return {
        "kind": "chart",
        "key": c.key("chart", view.use.key),
        "caption": view.name,
        "alt": f"Diagram över {view.name}{f', {unit}' if unit else ''}. {spoken}.{aim}",
        "type": "bar" if kind == "bar" else "line",
        "unit": unit,
        "x": x,
        "series": series,
        "target": goal,
        "table": _table(c, view, periods, groups),
        "source": f"Källa: {view.indicator.source}" if view.indicator.source else None,
    }


def _periods(view: IndicatorView) -> list[Period]:
    """The periods that can be compared: full years where there are several, else those like the latest one."""
    known = sorted({row.period for row in view.series if row.value is not None})
    years = [period for period in known if period.kind == "year"]
    if len(years) >= FEWEST or not known:
        return years
    last = known[-1]
    return [period for period in known if period.kind == last.kind and period.code[4:] == last.code[4:]]


def _groups(c: Composition, view: IndicatorView, dimension: str | None) -> list[str]:
    known = next((d.values for d in c.model.dimensions if d.key == dimension), ())
    held = {group for group, _period in view.figures}
    return [f"{dimension}={key}" for key, _label in known if f"{dimension}={key}" in held]


def _value(view: IndicatorView, period: Period, group: str) -> str | None:
    figure = view.figure(period.code, group)
    return canonical(figure.value) if figure and figure.value is not None else None


def _spoken(value: str | None) -> str:
    return MISSING if value is None else value.replace(".", ",").replace("-", "−")


def _target(c: Composition, view: IndicatorView) -> ChartTarget | None:
    fact = view.target
    if fact is None or fact.kind not in DRAWABLE or fact.value is None:
        return None
    word = c.word("target" if fact.role == "milestone" else "final_target")
    return {"label": f"{word} {fact.year}: {fact.text}", "value": canonical(fact.value)}


def _table(
    c: Composition, view: IndicatorView, periods: Sequence[Period], groups: Sequence[str]
) -> TableBlock:
    notes = Notes()
    rows: list[Row] = []
    for period in periods:
        line: list[Cell | None] = [{"text": period.label, "value": None}]
        line += [cells.figure_cell(c, view, view.figure(period.code, group), notes) for group in groups]
        rows.append({"kind": "row", "cells": line})
    columns: list[Column] = [{"key": "period", "title": "Period"}]
    for group in groups:
        title = c.model.breakdown_label(group) or "Totalt"
        columns.append({"key": group or "total", "title": title, "align": "end"})
    return {
        "kind": "table",
        "key": c.key("chart-table", view.use.key),
        "caption": view.name,
        "columns": columns,
        "rows": rows,
        "notes": notes.all(),
    }
