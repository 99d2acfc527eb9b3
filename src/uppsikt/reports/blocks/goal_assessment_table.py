"""The goals of all levels side by side, with the fulfilment of those that are assessed.

Options: earlier (true adds the assessment of the round before).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from uppsikt.cycle.rules.steering import Level
from uppsikt.planning.selectors import GoalView
from uppsikt.reports import cells
from uppsikt.reports.composition import Composition, Notes
from uppsikt.typeset.payload import Block, Cell, Column, Row, TableBlock


def compose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """One table: a column for each level above, one for the body's goals, one for fulfilment."""
    above = c.ancestors()
    goals = list(c.snapshot.committee_goals)
    levels = [
        level for level in c.model.levels if any(g.level.key == level.key for g in _with_above(goals, above))
    ]
    assessing = c.reporting and c.model.fulfilment is not None
    earlier = c.earlier if assessing and options.get("earlier") else None
    notes = Notes()
    columns: list[Column] = [{"key": level.key, "title": level.label, "weight": 3} for level in levels]
    if earlier and earlier.round:
        columns.append({"key": "earlier", "title": earlier.round.name, "weight": 2})
    if assessing:
        columns.append({"key": "fulfilment", "title": c.word("fulfilment"), "weight": 2})
    rows: list[Row] = []
    for goal in goals:
        line: list[Cell | None] = [
            _name(next((g for g in (*above[goal.goal.pk], goal) if g.level.key == level.key), None))
            for level in levels
        ]
        if earlier:
            line.append(_fulfilment(earlier.goal(goal.goal.key), Notes()))
        if assessing:
            line.append(_fulfilment(goal, notes))
        rows.append({"kind": "row", "cells": line})
    _join(rows, goals, above, levels)
    plural = next((level.plural or level.label for level in reversed(levels)), c.word("goals"))
    table: TableBlock = {
        "kind": "table",
        "key": c.key("goals"),
        "caption": f"{plural}: {c.model.word('fulfilment')}" if assessing else f"{plural} i planen",
        "columns": columns or [{"key": "goal", "title": c.word("goals")}],
        "rows": rows,
        "row_header": False,
        "notes": notes.all(),
        "empty": "Inga mål är beslutade.",
    }
    return [table]


def _with_above(goals: Sequence[GoalView], above: Mapping[int, Sequence[GoalView]]) -> list[GoalView]:
    return [view for goal in goals for view in (*above[goal.goal.pk], goal)]


def _name(view: GoalView | None) -> Cell:
    return {"text": str(view.goal) if view else "", "value": None}


def _fulfilment(view: GoalView | None, notes: Notes) -> Cell:
    if view is None or not view.level.assessed:
        return {"text": "", "value": None}
    if view.step is None:
        return {"text": "Ej bedömt", "value": None, "symbol": {"shape": "dash", "colour": "neutral"}}
    note = notes.mark(
        f"Regeln föreslog {view.proposal.step.label}: {view.proposal.reason}"
        if view.disagrees and view.proposal
        else ""
    )
    return {
        "text": view.step.long or view.step.label,
        "value": None,
        "symbol": cells.symbol(view.step),
        "note": note,
    }


def _join(
    rows: list[Row],
    goals: Sequence[GoalView],
    above: Mapping[int, Sequence[GoalView]],
    levels: Sequence[Level],
) -> None:
    """A goal above several others stands once, over all their rows."""
    for column, level in enumerate(levels):
        start = 0
        for index, goal in enumerate(goals):
            if index and _same_above(goal, goals[index - 1], above, level):
                rows[index]["cells"][column] = None
                first = rows[start]["cells"][column]
                assert first is not None
                first["rowspan"] = index - start + 1
            else:
                start = index


def _same_above(
    one: GoalView, other: GoalView, above: Mapping[int, Sequence[GoalView]], level: Level
) -> bool:
    ids = [
        next((g.goal.pk for g in above[view.goal.pk] if g.level.key == level.key), None)
        for view in (one, other)
    ]
    return ids[0] is not None and ids[0] == ids[1]
