"""The risks of the year, the highest value first or in the plan's order.

Options: columns (of process, risk, cause, consequence, background, likelihood, consequence_value, value, value_after,
decision, responsible), order (value or plan; default value), from (only risks of at least this value).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from uppsikt.control.rules.words import RiskDecision
from uppsikt.control.selectors import RiskAssessment
from uppsikt.control.selectors.risks import RiskFacts
from uppsikt.kernel.numbers import MISSING
from uppsikt.reports import cells
from uppsikt.reports.composition import Composition
from uppsikt.typeset.payload import Block, Cell, Column, Row

TITLES: Mapping[str, str] = {
    "process": "Område eller process",
    "risk": "Risk",
    "cause": "Orsak",
    "consequence": "Konsekvens",
    "background": "Bakgrund",
    "likelihood": "Sannolikhet",
    "consequence_value": "Konsekvens (värde)",
    "value": "Riskvärde",
    "value_after": "Efter åtgärd",
    "decision": "Beslut",
    "responsible": "Ansvarig",
}
FIGURES = frozenset({"likelihood", "consequence_value"})
WEIGHTS: Mapping[str, float] = {
    "risk": 8,
    "value": 2,
    "value_after": 2,
    "background": 4,
    "cause": 3,
    "consequence": 3,
    "process": 2,
}
USUAL = ("process", "risk", "value", "value_after", "decision")


def compose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """One table."""
    asked = options.get("columns")
    known = [str(name) for name in (asked if isinstance(asked, list) else USUAL) if name in TITLES]
    least = int(options.get("from", 0))
    rows = [risk for risk in c.control.risks if (risk.value or 0) >= least]
    if options.get("order", "value") == "value":
        rows.sort(key=lambda risk: -(risk.value or 0))
    columns: list[Column] = [
        {
            "key": name,
            "title": TITLES[name],
            "align": "end" if name in FIGURES else "start",
            "weight": WEIGHTS.get(name, 1),
        }
        for name in known
    ]
    lines: list[Row] = [{"kind": "row", "cells": [_cell(c, risk, name) for name in known]} for risk in rows]
    reported = c.model.control.report_from
    return [
        {
            "kind": "table",
            "key": c.key("risks"),
            "caption": "Risker",
            "columns": columns,
            "rows": lines,
            "row_header": False,
            "notes": [f"Risker med värdet {reported} eller mer rapporteras vidare."] if reported else [],
            "empty": "Inga risker är bedömda.",
        }
    ]


def _cell(c: Composition, facts: RiskFacts, name: str) -> Cell:
    risk, before = facts.risk, facts.before
    match name:
        case "process":
            return cells.words(risk.process)
        case "risk":
            shared = f"({c.model.control.shared_text})" if risk.shared or risk.adopted_from_id else ""
            return cells.words("\n".join(filter(None, (risk.title, shared))), quiet=(shared,))
        case "likelihood" | "consequence_value":
            figure = None
            if before is not None:
                figure = before.likelihood if name == "likelihood" else before.consequence
            return {
                "text": MISSING if figure is None else str(figure),
                "value": None if figure is None else str(figure),
            }
        case "value":
            return _value(c, facts.value_before, before)
        case "value_after":
            return _value(c, facts.value_after, facts.after)
        case "decision":
            return cells.words(RiskDecision(facts.treatment.decision).label if facts.treatment else MISSING)
        case "responsible":
            return cells.words(risk.responsible.name if risk.responsible else "")
        case _:
            return cells.words(str(getattr(risk, name)))


def _value(c: Composition, value: int | None, row: RiskAssessment | None) -> Cell:
    """A risk value with its band by symbol and word, and the likelihood and consequence it comes from."""
    if value is None or row is None:
        return {"text": MISSING, "value": None}
    band = c.model.control.band(value)
    from_ = f"{row.likelihood} × {row.consequence}"
    cell = cells.words(f"{value} {band.label}\n{from_}" if band else f"{value}\n{from_}", quiet=(from_,))
    if band is not None:
        cell["symbol"] = {"shape": band.symbol, "colour": band.colour}  # type: ignore[typeddict-item]
    return cell
