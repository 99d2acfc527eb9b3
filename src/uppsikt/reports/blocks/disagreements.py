"""Every assessment where people departed from a rule, with what the rule says and their reason. No options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from uppsikt.planning.rules.judgement import Verdict
from uppsikt.reports import cells
from uppsikt.reports.composition import Composition
from uppsikt.typeset.payload import Block, Cell, Row, TableBlock


def compose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """One table: goals first, then indicators, in the plan's order."""
    del options
    if not c.reporting:
        return []
    table: TableBlock = {
        "kind": "table",
        "key": c.key("disagreements"),
        "caption": "Bedömningar som avviker från regeln",
        "columns": [
            {"key": "what", "title": "Avser", "weight": 3},
            {"key": "rule", "title": "Enligt regeln", "weight": 3},
            {"key": "reported", "title": "Redovisas som", "weight": 2},
            {"key": "reason", "title": "Skäl", "weight": 5},
        ],
        "rows": [*_goals(c), *_indicators(c)],
        "empty": "Ingen bedömning avviker från regeln.",
    }
    return [table]


def _goals(c: Composition) -> list[Row]:
    rows: list[Row] = []
    for view in c.snapshot.committee_goals:
        if not view.disagrees or view.proposal is None or view.step is None:
            continue
        line: list[Cell | None] = [
            {"text": f"{view.level.label}: {view.goal}", "value": None},
            cells.words(f"{view.proposal.step.label}\n{view.proposal.reason}"),
            {"text": view.step.label, "value": None, "symbol": cells.symbol(view.step)},
            cells.words(view.assessment.rationale if view.assessment else ""),
        ]
        rows.append({"kind": "row", "cells": line})
    return rows


def _indicators(c: Composition) -> list[Row]:
    rows: list[Row] = []
    for view in c.snapshot.indicators:
        if not view.disagrees or view.report is None:
            continue
        reported = Verdict(view.reported)
        shape, colour = cells.VERDICT_SYMBOLS[reported]
        rule = view.judgement
        line: list[Cell | None] = [
            {"text": view.name, "value": None},
            cells.words(f"{rule.verdict.label}\n{rule.reason}"),
            {"text": reported.label, "value": None, "symbol": {"shape": shape, "colour": colour}},
            cells.words(view.report.reason),
        ]
        rows.append({"kind": "row", "cells": line})
    return rows
