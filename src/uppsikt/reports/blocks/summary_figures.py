"""The few figures that say how it stands.

Options: figures (list of live figure keys; those that fit the steering model when not given).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from uppsikt.reports.composition import Composition
from uppsikt.typeset.payload import Block, KeyFigure


def compose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """One row of key figures."""
    asked = options.get("figures")
    keys = [str(key) for key in asked] if isinstance(asked, list) else _fitting(c)
    items = [_item(c, key) for key in keys if key in c.figures]
    return [{"kind": "key_figures", "items": items}] if items else []


def _fitting(c: Composition) -> list[str]:
    if not c.reporting:
        return ["goals_total", "indicators_total", "assignments_total"]
    keys = ["goals_fulfilled_of_total"] if c.model.fulfilment else ["goals_total"]
    if any(view.verdict.judged for view in c.snapshot.indicators):
        keys.append("indicators_reported_met")
    if c.snapshot.assignments:
        keys.append("assignments_done_of_total")
    if any(row.carried_over for row in c.snapshot.assignments):
        keys.append("assignments_carried_over")
    return keys


def _item(c: Composition, key: str) -> KeyFigure:
    figure = c.figures[key]
    beside = {
        "goals_fulfilled_of_total": "goals_by_step",
        "assignments_done_of_total": "assignments_by_status",
    }
    note = c.figures[beside[key]].text if key in beside else None
    rule = c.figures["indicators_met_of_total"].text
    if key == "indicators_reported_met" and rule != figure.text:
        note = f"{rule} enligt jämförelsetecknet"
    label = {
        "assignments_done_of_total": c.figures["assignments_done"].label,
        "indicators_reported_met": f"{c.word('indicators')} som når sitt {c.model.word('target')}",
    }.get(key, figure.label)
    return {
        "label": label,
        "text": figure.text,
        "origin": c.origins.add(figure.label, figure.text, formula=figure.formula),
        "note": None if note == "–" else note,
    }
