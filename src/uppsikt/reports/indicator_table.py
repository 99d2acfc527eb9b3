"""The table of a goal's indicators: three years, targets, and what must be said of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from uppsikt.planning.rules.judgement import TargetFact
from uppsikt.planning.selectors import IndicatorView
from uppsikt.reports import cells
from uppsikt.reports.composition import Composition, Notes, listed
from uppsikt.typeset.payload import Cell, Column, Row, TableBlock

DEFAULT_COLUMNS = ("name", "outcomes", "milestone", "final")


def table(
    c: Composition, views: Sequence[IndicatorView], *, columns: Sequence[str], key: str, caption: str
) -> TableBlock:
    """Indicators with the columns asked for: name, outcomes, milestone, final, judgement, trend, responsible."""
    notes = Notes()
    shown = _columns(c, views, columns)
    mixed = len({fact.year for view in views if (fact := view.target_for("final"))}) > 1
    rows: list[Row] = [
        {"kind": "row", "cells": list(_row(c, view, columns, notes, mixed=mixed))} for view in views
    ]
    for text in lag_notes(c, views):
        notes.add(text)
    return {
        "kind": "table",
        "key": key,
        "caption": caption,
        "columns": shown,
        "rows": rows,
        "notes": notes.all(),
        "empty": f"Inga {c.model.word('indicators')}.",
    }


def _columns(c: Composition, views: Sequence[IndicatorView], names: Sequence[str]) -> list[Column]:
    found: list[Column] = []
    for name in names:
        if name == "name":
            title = c.model.words.get("indicators_heading") or c.word("indicators")
            found.append({"key": "name", "title": title, "weight": 4})
        elif name == "outcomes":
            found += [{"key": str(year), "title": str(year), "align": "end", "weight": 1} for year in c.years]
        elif name == "milestone":
            title = f"{c.word('target')} {c.snapshot.year}"
            found.append({"key": "milestone", "title": title, "align": "end", "weight": 1})
        elif name == "final":
            year = _final_year(c, views)
            title = f"{c.word('final_target')} {year}" if year else c.word("final_target")
            found.append({"key": "final", "title": title, "align": "end", "weight": 1})
        elif name == "judgement":
            found.append({"key": "judgement", "title": "Bedömning", "weight": 2})
        elif name == "trend":
            found.append({"key": "trend", "title": c.word("trend"), "weight": 1})
        elif name == "responsible":
            found.append({"key": "responsible", "title": c.word("responsible"), "weight": 2})
    return found


def _final_year(c: Composition, views: Sequence[IndicatorView]) -> int | None:
    """The one year the final targets are for; None when they differ."""
    years = {fact.year for view in views if (fact := view.target_for("final"))}
    if len(years) == 1:
        return years.pop()
    return None if years else c.model.targets.final_year


def _row(
    c: Composition, view: IndicatorView, names: Sequence[str], notes: Notes, *, mixed: bool
) -> list[Cell]:
    remark = cells.departure(view) if c.reporting else ""
    judged = view.target.role if view.target else "milestone"
    holder = next((name for name in ("judgement", judged, "name") if name in names), "")
    line: list[Cell] = []
    for name in names:
        here = remark if name == holder else ""
        match name:
            case "name":
                line.append({"text": view.name, "value": None, "note": notes.mark(here, view.use.note)})
            case "outcomes":
                line += [cells.outcome(c, view, year, notes) for year in c.years]
            case "milestone":
                line.append(cells.target(c, view, _milestone(c, view), c.word("target"), notes, remark=here))
            case "final":
                line.append(_final(c, view, notes, here, with_year=mixed))
            case "judgement":
                line.append(cells.judgement(view, notes, remark=here))
            case "trend":
                line.append({"text": cells.trend_word(c, view), "value": None})
            case "responsible":
                who = view.use.responsible
                line.append({"text": who.name if who else "", "value": None})
    return line


def _milestone(c: Composition, view: IndicatorView) -> TargetFact | None:
    return next((t for t in view.targets if t.role == "milestone" and t.year == c.snapshot.year), None)


def _final(c: Composition, view: IndicatorView, notes: Notes, remark: str, *, with_year: bool) -> Cell:
    """The final target; with its year where the column's heading does not say it."""
    fact = view.target_for("final")
    cell = cells.target(c, view, fact, c.word("final_target"), notes, remark=remark)
    return {**cell, "text": f"{cell['text']} ({fact.year})", "value": None} if fact and with_year else cell


def lag_notes(c: Composition, views: Sequence[IndicatorView]) -> list[str]:
    """For outcomes that come late: which year's outcome answers which year's target, in the model's words."""
    form = c.model.indicators.lag_text
    if not form or not c.reporting:
        return []
    groups: Mapping[int, list[str]] = defaultdict(list)
    for view in views:
        if view.use.lag_years and view.target is not None:
            groups[view.use.lag_years].append(view.name)
    year = c.snapshot.year
    return [
        form.format(
            names=listed(names),
            outcome_year=year - lag,
            target=c.model.word("target"),
            target_year=year,
        )
        for lag, names in sorted(groups.items())
    ]
