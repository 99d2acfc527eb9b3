"""Figures that belong to the body and not to a goal, such as personnel: indicators like any other, with breakdowns.

Options: section (key, "personal" when not given), charts (true draws those with several years), analysis (false
leaves out the comments), months (how many years of monthly figures are drawn, a line for each), divided (dimension
that whole numbers are drawn by), statutory (true adds the table of sick leave that the law asks for).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from uppsikt.kernel.numbers import canonical, decimals_of, format_signed
from uppsikt.kernel.period import MONTHS, Period
from uppsikt.planning.selectors import Figure, IndicatorView
from uppsikt.reports import cells
from uppsikt.reports.blocks.indicator_chart import WORTH_DRAWING, chart
from uppsikt.reports.blocks.measures_by_gender import named
from uppsikt.reports.blocks.personnel_charts import divided, months
from uppsikt.reports.blocks.statutory_sick_leave import statutory
from uppsikt.reports.composition import Composition, Notes
from uppsikt.texts.rules import from_plain
from uppsikt.typeset.payload import Block, Cell, Column, Node, Row, TableBlock

MOST_YEARS = 4
"""More lines than this cannot be told apart."""


def compose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """One table, a group of rows for each indicator that is broken down; comments; charts when asked for."""
    key = str(options.get("section", "personal"))
    section = next((each for each in c.model.sections if each.key == key), None)
    views = c.snapshot.sections.get(key, ())
    if not views:
        return []
    blocks: list[Block] = [_table(c, views, section.label if section else key)]
    if options.get("analysis", True):
        blocks += _comments(c, views)
    drawn = _drawn(c, views, options)
    blocks += [block for _view, block in drawn]
    if options.get("charts"):
        rest = [view for view in views if view not in [done for done, _block in drawn]]
        blocks += [one for view in rest if (one := chart(c, view, fewest=WORTH_DRAWING))]
    if options.get("statutory"):
        blocks += statutory(c, views)
    return blocks


def _drawn(
    c: Composition, views: Sequence[IndicatorView], options: Mapping[str, Any]
) -> list[tuple[IndicatorView, Block]]:
    """The drawings that are personnel's own, each with the indicator it is of."""
    found: list[tuple[IndicatorView, Block]] = []
    if dimension := str(options.get("divided") or ""):
        found += divided(c, views, dimension)
    asked = options.get("months")
    if isinstance(asked, int) and asked > 0:
        found += months(c, views, MOST_YEARS if asked is True else min(asked, MOST_YEARS))
    return found


def _comments(c: Composition, views: Sequence[IndicatorView]) -> list[Block]:
    nodes: list[Node] = []
    for view in views:
        if view.report and view.report.analysis.strip():
            nodes += named(view.name, from_plain(view.report.analysis))
    return list(c.text(c.key("analysis"), nodes))


def _table(c: Composition, views: Sequence[IndicatorView], title: str) -> TableBlock:
    notes = Notes()
    years = [year for year in c.years if any(_known(view, year) for view in views)] or [c.years[-1]]
    rows: list[Row] = [row for view in views for row in _rows(c, view, years, notes)]
    columns: list[Column] = [{"key": "name", "title": "Uppgift", "weight": 4}]
    columns += [{"key": str(year), "title": str(year), "align": "end", "weight": 1} for year in years]
    if len(years) > 1:
        columns.append({"key": "change", "title": "Förändring", "align": "end", "weight": 1})
        notes.add(f"Förändring: {years[-1]} jämfört med {years[-2]}, i samma enhet som uppgiften.")
    return {
        "kind": "table",
        "key": c.key("figures"),
        "caption": title,
        "columns": columns,
        "rows": rows,
        "notes": notes.all(),
    }


def _period(view: IndicatorView, year: int) -> Period | None:
    """The period that stands in a year's column: that of the latest year, or its counterpart."""
    codes = {figure.period.code: figure.period for figure in view.figures.values()}
    newest = max(codes.values(), key=lambda period: (period.kind == "year", period.end), default=None)
    if newest is None:
        return None
    back = newest.year - year
    return newest.same_a_year_earlier(back) if back >= 0 else None


def _known(view: IndicatorView, year: int) -> bool:
    period = _period(view, year)
    return period is not None and any(code == period.code for _group, code in view.figures)


def _rows(c: Composition, view: IndicatorView, years: Sequence[int], notes: Notes) -> list[Row]:
    groups = _groups(c, view)
    name = _name(view)
    if not groups:
        return [_row(c, view, name, "", years, notes)]
    rows: list[Row] = [{"kind": "section", "cells": [{"text": name, "value": None}]}]
    if any(not group for group, _code in view.figures):
        rows.append(_row(c, view, "Totalt", "", years, notes))
    return rows + [_row(c, view, c.model.breakdown_label(group), group, years, notes) for group in groups]


def _name(view: IndicatorView) -> str:
    """The indicator's name, with the month where its figures are of one month each year."""
    period = max((figure.period for figure in view.figures.values()), key=lambda each: each.end, default=None)
    if period is None or period.kind != "month":
        return view.name
    month = MONTHS[int(period.code[5:7]) - 1]
    return view.name if month in view.name.lower() else f"{view.name}, {month}"


def _groups(c: Composition, view: IndicatorView) -> list[str]:
    """The breakdowns the use shows, in the steering model's order of dimensions and values."""
    asked = [part.strip() for part in view.use.breakdowns.split(";") if part.strip()]
    held = {group for group, _code in view.figures}
    found = []
    for dimension in c.model.dimensions:
        if dimension.key in asked:
            found += [f"{dimension.key}={value}" for value, _label in dimension.values]
    combined = sorted(
        group
        for group in held
        if "," in group and {p.partition("=")[0] for p in group.split(",")} <= set(asked)
    )
    return [group for group in found if group in held] + combined


def _row(
    c: Composition, view: IndicatorView, name: str, group: str, years: Sequence[int], notes: Notes
) -> Row:
    found: list[Figure | None] = []
    for year in years:
        period = _period(view, year)
        found.append(view.figure(period.code, group) if period else None)
    line: list[Cell | None] = [{"text": name, "value": None}]
    line += [cells.figure_cell(c, view, figure, notes) for figure in found]
    if len(years) > 1:
        line.append(_change(c, view, name, found[-1], found[-2]))
    return {"kind": "row", "cells": line}


def _change(c: Composition, view: IndicatorView, name: str, new: Figure | None, old: Figure | None) -> Cell:
    """This less last, worked out from the figures as reported; empty where one of them is missing."""
    if new is None or old is None or new.value is None or old.value is None:
        return {"text": "", "value": None}
    change = new.value - old.value
    decimals = view.indicator.decimals
    if decimals is None:
        decimals = max(decimals_of(new.value), decimals_of(old.value))
    text = format_signed(change, decimals)
    label = view.name if name == view.name else f"{view.name}, {name.lower()}"
    origin = c.origins.add(
        f"{label}: förändring",
        text,
        formula=f"{new.period.label} minus {old.period.label}",
        source=new.source,
    )
    return {"text": text, "value": canonical(change), "origin": origin}
