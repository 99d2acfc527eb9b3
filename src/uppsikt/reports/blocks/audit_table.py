"""What auditors and other reviewers have recommended, what the body has answered, and how far it has come.

Options: columns (of review, recommendation, background, answer, state, actions, follow_up), open (true leaves out those
that are done), year (true: only reviews of the year).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from uppsikt.control.rules.audit import RecommendationState
from uppsikt.control.rules.words import FollowUpVerdict
from uppsikt.control.selectors.audit import RecommendationFacts
from uppsikt.kernel.period import format_date
from uppsikt.reports import cells
from uppsikt.reports.composition import Composition
from uppsikt.typeset.payload import Block, Cell, Colour, Column, Row, Shape

TITLES: Mapping[str, str] = {
    "review": "Granskning",
    "recommendation": "Rekommendation",
    "background": "Bakgrund",
    "answer": "Svar",
    "state": "Läge",
    "actions": "Åtgärder",
    "follow_up": "Revisorns uppföljning",
}
WEIGHTS: Mapping[str, float] = {"review": 3, "recommendation": 4, "background": 3, "answer": 4, "actions": 3}
USUAL = ("review", "recommendation", "answer", "state", "actions")
SYMBOLS: Mapping[bool, tuple[Shape, Colour]] = {True: ("circle-2", "warn"), False: ("check", "good")}


def compose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """One table."""
    asked = options.get("columns")
    known = [str(name) for name in (asked if isinstance(asked, list) else USUAL) if name in TITLES]
    facts = [
        one
        for one in c.control.recommendations
        if (not options.get("open") or one.state.open)
        and (not options.get("year") or one.recommendation.review.year_id == c.snapshot.year)
    ]
    columns: list[Column] = [
        {"key": name, "title": TITLES[name], "weight": WEIGHTS.get(name, 2)} for name in known
    ]
    rows: list[Row] = [{"kind": "row", "cells": [_cell(one, name) for name in known]} for one in facts]
    return [
        {
            "kind": "table",
            "key": c.key("audit"),
            "caption": "Rekommendationer från revision och annan granskning",
            "columns": columns,
            "rows": rows,
            "row_header": False,
            "empty": "Inga rekommendationer.",
        }
    ]


def _cell(facts: RecommendationFacts, name: str) -> Cell:
    row = facts.recommendation
    match name:
        case "review":
            quiet = tuple(filter(None, (row.review.case_number, row.review.auditor)))
            return cells.words("\n".join((row.review.title, *quiet)), quiet=quiet)
        case "recommendation":
            again = [f"Återkommer från {one.review.title}." for one in facts.returns_from[:1]]
            return cells.words("\n".join([row.text, *again]), quiet=again)
        case "background":
            return cells.words(row.background)
        case "answer":
            if facts.answer is None:
                due = row.answer_due or row.review.answer_due
                return cells.words(f"Obesvarad, svar senast {format_date(due)}" if due else "Obesvarad")
            stance = f"{facts.stance.label}." if facts.stance else ""
            return cells.words("\n".join(filter(None, (stance, facts.answer.text))))
        case "state":
            shape, colour = SYMBOLS[facts.state.open]
            if facts.state is RecommendationState.OVERDUE:
                shape, colour = "cross", "bad"
            return {"text": facts.state.label, "value": None, "symbol": {"shape": shape, "colour": colour}}
        case "actions":
            lines = [
                f"{one.mitigation.title}: {one.step.label if one.step else 'ej rapporterat'}"
                for one in facts.mitigations
            ]
            return cells.words("\n".join(lines))
        case _:
            found = facts.follow_up
            if found is None:
                return cells.words("")
            said = f"{FollowUpVerdict(found.verdict).label}, {format_date(found.date)}"
            return cells.words("\n".join(filter(None, (said, found.comment))))
