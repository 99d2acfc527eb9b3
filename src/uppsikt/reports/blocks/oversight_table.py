"""All bodies side by side, the worst first: goals, assignments, economy, controls, risks, audit and reporting.

Options: kinds (of bodies: a key or a list; all when not given), subjects (columns: a list; all when not given), red (true
leaves out bodies with nothing red).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from uppsikt.oversight.pages.words import told
from uppsikt.oversight.rules.board import Judged
from uppsikt.oversight.selectors.board import SUBJECTS
from uppsikt.reports import cells
from uppsikt.reports.composition import Composition
from uppsikt.typeset.payload import Block, Cell, Column, Row


def compose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """One table."""
    kinds = options.get("kinds") or []
    wanted = kinds if isinstance(kinds, list) else [kinds]
    asked = options.get("subjects")
    shown = [
        (place, subject)
        for place, subject in enumerate(SUBJECTS)
        if not isinstance(asked, list) or subject.value in asked
    ]
    columns: list[Column] = [{"key": "body", "title": "Organ", "weight": 3}]
    columns += [{"key": subject.value, "title": str(subject.label), "weight": 2} for _place, subject in shown]
    rows: list[Row] = []
    for one in c.bodies:
        if (wanted and one.body.kind not in wanted) or (options.get("red") and not one.standing.bad):
            continue
        line: list[Cell | None] = [cells.words(one.body.name)]
        line += [_cell(one.standing.cells[place]) for place, _subject in shown]
        rows.append({"kind": "row", "cells": line})
    return [
        {
            "kind": "table",
            "key": c.key("oversight"),
            "caption": "Alla organ, det sämsta först",
            "columns": columns,
            "rows": rows,
            "empty": "Inget är känt om något organ vid tillfället.",
        }
    ]


def _cell(judged: Judged) -> Cell:
    found = told(judged)
    if found.why:
        return cells.words(f"– {found.why}")
    cell = cells.words(
        "\n".join(filter(None, (str(found.symbol.words), found.figure))), quiet=(found.figure,)
    )
    cell["symbol"] = {"shape": found.symbol.shape, "colour": found.symbol.colour}  # type: ignore[typeddict-item]
    return cell
