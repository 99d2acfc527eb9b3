"""Where the figures come from: every indicator with its source, Kolada id and when it is published.

Options: sections (false leaves out indicators that belong to the body and not to a goal).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from uppsikt.cycle.rules.steering import Level
from uppsikt.planning.selectors import IndicatorView
from uppsikt.reports import cells
from uppsikt.reports.composition import Composition, capital, listed
from uppsikt.typeset.payload import Block, Cell, Row, TableBlock


def compose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """One table, goals standing once over their indicators."""
    above = c.ancestors()
    lowest = _lowest(c)
    rows: list[Row] = []
    spans: list[tuple[int, int, int]] = []  # (column, first row, rows)
    previous: tuple[int | None, int | None] = (None, None)
    for goal in c.snapshot.goals:
        parents = above[goal.goal.pk]
        # A goal of an upper level stands in the upper column, with nothing beside it.
        upper, own = (
            (parents[-1] if parents else None, goal) if goal.level.key == lowest.key else (goal, None)
        )
        ids = (upper.goal.pk if upper else None, own.goal.pk if own else None)
        for view in goal.indicators:
            same = bool(rows) and ids[0] == previous[0]
            line: list[Cell | None] = [
                _spanned(spans, 0, len(rows), str(upper.goal) if upper else "", same=same),
                _spanned(spans, 1, len(rows), str(own.goal) if own else "", same=same and ids == previous),
                {"text": view.name, "value": None},
                source(view),
            ]
            rows.append({"kind": "row", "cells": line})
            previous = ids
    for column, first, count in spans:
        cell = rows[first]["cells"][column]
        if cell is not None and count > 1:
            cell["rowspan"] = count
    if options.get("sections", True):
        rows += _sections(c)
    at = [level.key for level in c.model.levels].index(lowest.key)
    table: TableBlock = {
        "kind": "table",
        "key": c.key("sources"),
        "caption": f"Källor till {c.model.word('indicators')}",
        "columns": [
            {"key": "above", "title": c.model.levels[at - 1].label if at else "Del av planen", "weight": 3},
            {"key": "goal", "title": lowest.label, "weight": 3},
            {"key": "indicator", "title": c.word("indicators"), "weight": 4},
            {"key": "source", "title": c.word("source"), "weight": 4},
        ],
        "rows": rows,
        "row_header": False,
        "empty": "Planen har inga indikatorer.",
    }
    return [table]


def _lowest(c: Composition) -> Level:
    """The lowest level that carries indicators."""
    return ([level for level in c.model.levels if level.indicators] or list(c.model.levels))[-1]


def _spanned(
    spans: list[tuple[int, int, int]], column: int, row: int, text: str, *, same: bool
) -> Cell | None:
    """A cell that stands over the rows where it is the same; None where it is covered."""
    last = next((i for i in range(len(spans) - 1, -1, -1) if spans[i][0] == column), None)
    if same and last is not None:
        _column, first, count = spans[last]
        spans[last] = (column, first, count + 1)
        return None
    spans.append((column, row, 1))
    return {"text": text, "value": None}


def _sections(c: Composition) -> list[Row]:
    """Indicators that stand under no goal: the section's name once over them."""
    rows: list[Row] = []
    for section in c.model.sections:
        for index, view in enumerate(views := c.snapshot.sections.get(section.key, ())):
            name: Cell = {"text": section.label, "value": None, "rowspan": len(views)}
            blank: Cell = {"text": "", "value": None, "rowspan": len(views)}
            line: list[Cell | None] = [name, blank] if index == 0 else [None, None]
            rows.append({"kind": "row", "cells": [*line, {"text": view.name, "value": None}, source(view)]})
    return rows


def source(view: IndicatorView) -> Cell:
    """Source, ids, time of publication and remark, a line each."""
    indicator = view.indicator
    ids = listed([part.strip() for part in indicator.kolada_ids.split(";") if part.strip()])
    name = indicator.source.strip()
    first = name
    if ids:
        first = f"Kolada: {ids}" if name in ("", "Kolada") else f"{name} (Kolada: {ids})"
    when = indicator.published.strip()
    week = f"vecka {indicator.published_week}" if indicator.published_week else ""
    if when or week:
        with_ = "med " if "eftersläpning" in when else ""
        published = "Publiceras " + ", ".join(filter(None, (f"{with_}{when}" if when else "", week))) + "."
    else:
        published = ""
    return cells.words("\n".join(filter(None, (capital(first), published, indicator.note.strip()))))
