"""What is done about risks, deficiencies and recommendations, with status and comment in the round.

Options: of (risk, recommendation or deficiency: a key or a list; all when not given), columns (of process, risk,
review, background, deficiency, mitigation, status, comment, responsible, deadline), by (process or none: what the rows
are grouped by).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from uppsikt.control.selectors.mitigations import MitigationFacts
from uppsikt.kernel.period import format_date
from uppsikt.reports import cells
from uppsikt.reports.composition import Composition
from uppsikt.typeset.payload import Block, Cell, Column, Row

TITLES: Mapping[str, str] = {
    "process": "Mål eller process",
    "risk": "Risk",
    "review": "Granskning",
    "background": "Bakgrund",
    "deficiency": "Brist",
    "mitigation": "Åtgärd",
    "status": "Status",
    "comment": "Kommentar",
    "responsible": "Ansvarig",
    "deadline": "Klart senast",
}
WEIGHTS: Mapping[str, float] = {
    "risk": 3, "review": 4, "background": 3, "deficiency": 3, "mitigation": 3, "status": 2, "comment": 4,
}  # fmt: skip
OF: Mapping[str, str] = {
    "risk": "Åtgärder mot risker",
    "recommendation": "Åtgärder efter granskning",
    "deficiency": "Åtgärder mot brister",
}
JOINED = ("process", "risk", "review", "background", "deficiency")


def compose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """One table; what several actions have in common stands once beside them."""
    of = options.get("of") or list(OF)
    wanted = [str(name) for name in (of if isinstance(of, list) else [of])]
    facts = [one for one in c.control.mitigations if one.of in wanted]
    asked = options.get("columns")
    usual = ["process", wanted[0] if wanted[0] != "recommendation" else "review", "mitigation"]
    usual += ["status", "comment"] if c.reporting else ["responsible", "deadline"]
    known = [str(name) for name in (asked if isinstance(asked, list) else usual) if name in TITLES]
    columns: list[Column] = [
        {"key": name, "title": TITLES[name], "weight": WEIGHTS.get(name, 2)} for name in known
    ]
    rows = _grouped(c, facts, known) if options.get("by") == "process" else _rows(c, facts, known)
    return [
        {
            "kind": "table",
            "key": c.key("mitigations", *wanted),
            "caption": OF.get(wanted[0], "Åtgärder") if len(wanted) == 1 else "Åtgärder",
            "columns": columns,
            "rows": rows,
            "row_header": False,
            "empty": "Inga åtgärder är planerade.",
        }
    ]


def _grouped(c: Composition, facts: Sequence[MitigationFacts], known: Sequence[str]) -> list[Row]:
    by: dict[str, list[MitigationFacts]] = {}
    for one in facts:
        by.setdefault(process(one), []).append(one)
    rows: list[Row] = []
    for name, members in by.items():
        rows += [{"kind": "section", "cells": [{"text": name or "Utan område", "value": None}]}]
        rows += _rows(c, members, known)
    return rows


def _rows(c: Composition, facts: Sequence[MitigationFacts], known: Sequence[str]) -> list[Row]:
    """The rows, where neighbours about the same thing share its cells."""
    lines: list[list[Cell | None]] = [[_cell(c, one, name) for name in known] for one in facts]
    for place, name in enumerate(known):
        if name not in JOINED:
            break
        start = 0
        for row in range(1, len(facts) + 1):
            same = row < len(facts) and _about(facts[row]) == _about(facts[start])
            if same:
                continue
            first = lines[start][place]
            if row - start > 1 and first is not None:
                first["rowspan"] = row - start
                for covered in range(start + 1, row):
                    lines[covered][place] = None
            start = row
    return [{"kind": "row", "cells": line} for line in lines]


def _about(facts: MitigationFacts) -> tuple[int | None, ...]:
    """What the action is about, so that several about the same can be told together."""
    row = facts.mitigation
    return row.risk_id, row.recommendation_id, row.deficiency_id


def process(facts: MitigationFacts) -> str:
    """The area or process that the action stands under."""
    row = facts.mitigation
    if row.risk:
        return row.risk.process
    if row.recommendation:
        return row.recommendation.theme
    return row.deficiency.occasion.control.process if row.deficiency else ""


def _cell(c: Composition, facts: MitigationFacts, name: str) -> Cell:
    mitigation, item = facts.mitigation, facts.item
    risk, recommendation, deficiency = mitigation.risk, mitigation.recommendation, mitigation.deficiency
    match name:
        case "process":
            return cells.words(process(facts))
        case "risk":
            return cells.words(risk.title if risk else "")
        case "review":
            review = recommendation.review if recommendation else None
            lines = (review.title, review.case_number) if review else ("", "")
            return cells.words("\n".join(filter(None, lines)), quiet=lines[1:])
        case "background":
            return cells.words(
                risk.background if risk else recommendation.background if recommendation else ""
            )
        case "deficiency":
            return cells.words(deficiency.title if deficiency else "")
        case "mitigation":
            waits = [f"Väntar på: {other.title}" for other in facts.blockers]
            aside = [*facts.badges, *waits]
            return cells.words("\n".join([mitigation.title, *aside]), quiet=aside)
        case "status":
            return cells.step_cell(facts.step)
        case "comment":
            return cells.words(facts.entry.comment if facts.entry else "")
        case "responsible":
            unit = c.unit_names.get(item.unit.key, item.unit.key) if item.unit else ""
            return cells.words(
                "\n".join(filter(None, (item.responsible.name if item.responsible else "", unit)))
            )
        case _:
            return cells.words(format_date(item.deadline) if item.deadline else "")
