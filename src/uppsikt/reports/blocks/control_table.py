"""The body's controls with their status in the round and what they found.

Options: columns (of process, control, purpose, method, frequency, period, performer, reviewer, status, result, figures,
comment), by (process or none: what the rows are grouped by), filter (shared: true or false).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from uppsikt.control.rules import figures
from uppsikt.control.rules.words import Frequency
from uppsikt.control.selectors.controls import ControlFacts
from uppsikt.reports import cells
from uppsikt.reports.composition import Composition
from uppsikt.typeset.payload import Block, Cell, Column, Row

TITLES: Mapping[str, str] = {
    "process": "Mål eller process",
    "control": "Systematisk kontroll",
    "purpose": "Varför görs kontrollen?",
    "method": "Beskrivning av kontroll",
    "frequency": "Hur ofta",
    "period": "Period",
    "performer": "Utförs av",
    "reviewer": "Granskas av",
    "status": "Status",
    "result": "Resultat",
    "figures": "Siffror",
    "comment": "Kommentar",
}
WEIGHTS: Mapping[str, float] = {"control": 4, "purpose": 3, "method": 4, "comment": 5, "figures": 3}


def compose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """One table."""
    asked = options.get("columns")
    usual = ("process", "control", "status", "result", "comment") if c.reporting else PLANNED
    known = [str(name) for name in (asked if isinstance(asked, list) else usual) if name in TITLES]
    shared = (options.get("filter") or {}).get("shared")
    facts = [one for one in c.control.controls if shared is None or (one.group is not None) == bool(shared)]
    columns: list[Column] = [
        {"key": name, "title": TITLES[name], "weight": WEIGHTS.get(name, 2)} for name in known
    ]
    rows = _grouped(c, facts, known) if options.get("by") == "process" else _joined(c, facts, known)
    return [
        {
            "kind": "table",
            "key": c.key("controls"),
            "caption": "Kontroller",
            "columns": columns,
            "rows": rows,
            "row_header": False,
            "empty": "Inga kontroller är planerade.",
        }
    ]


PLANNED = ("process", "control", "method", "frequency", "performer")


def _grouped(c: Composition, facts: Sequence[ControlFacts], known: Sequence[str]) -> list[Row]:
    by: dict[str, list[ControlFacts]] = {}
    for one in facts:
        by.setdefault(one.process, []).append(one)
    rows: list[Row] = []
    for process, members in by.items():
        rows.append({"kind": "section", "cells": [{"text": process or "Utan område", "value": None}]})
        rows += [{"kind": "row", "cells": [_cell(c, one, name) for name in known]} for one in members]
    return rows


def _joined(c: Composition, facts: Sequence[ControlFacts], known: Sequence[str]) -> list[Row]:
    """The rows; neighbours of the same process share its cell when it stands first."""
    lines: list[list[Cell | None]] = [[_cell(c, one, name) for name in known] for one in facts]
    start = 0
    for row in range(1, len(facts) + 1):
        if row < len(facts) and facts[row].process == facts[start].process:
            continue
        first = lines[start][0] if known[:1] == ["process"] and row > start + 1 else None
        if first is not None:
            first["rowspan"] = row - start
            for covered in range(start + 1, row):
                lines[covered][0] = None
        start = row
    return [{"kind": "row", "cells": line} for line in lines]


def _cell(c: Composition, facts: ControlFacts, name: str) -> Cell:
    match name:
        case "control":
            shared = f"({c.model.control.shared_text})" if facts.group and c.model.control.shared_text else ""
            why = f"Varför görs kontrollen? {facts.purpose}" if facts.purpose else ""
            return cells.words("\n".join(filter(None, (facts.name, shared, why))), quiet=(shared, why))
        case "frequency":
            often = Frequency(facts.frequency).label if facts.frequency else ""
            return cells.words("\n".join(filter(None, (often, facts.period_text))))
        case "period":
            return cells.words(facts.latest.label if facts.latest else facts.period_text)
        case "status":
            return cells.step_cell(facts.step)
        case "result":
            return result_cell(c, facts)
        case "figures":
            return figures_cell(facts)
        case "comment":
            return cells.words(_comment(facts))
        case _:
            return cells.words(str(getattr(facts, name)))


def result_cell(c: Composition, facts: ControlFacts) -> Cell:
    """What the latest occasion found: a step by symbol and word, or what was freely said."""
    found = facts.latest
    scale = c.model.control_results
    step = scale.step(found.judgement) if scale and found else None
    if found is not None and step is None and found.result is not None:
        return cells.words(found.result.judgement_text or "Utan bedömning")
    if step is None:
        return {"text": "Inget resultat", "value": None, "symbol": {"shape": "dash", "colour": "neutral"}}
    return {"text": step.label, "value": None, "symbol": cells.symbol(step)}


def figures_cell(facts: ControlFacts) -> Cell:
    """The figures of the latest occasion in words, each with its measure's name where there are several."""
    found = facts.latest
    if found is None:
        return {"text": "", "value": None}
    several = len(found.parts) > 1
    lines = [
        f"{measure.label}: {text}" if several else text
        for measure in facts.measures
        if (part := found.parts.get(measure.key)) and (text := figures.shown(part, measure.kind))
    ]
    return cells.words("\n".join(lines))


def _comment(facts: ControlFacts) -> str:
    """What is said in the round, and of the result; the same words once."""
    said = [facts.entry.comment if facts.entry else ""]
    said += [facts.latest.result.comment if facts.latest and facts.latest.result else ""]
    return "\n".join(dict.fromkeys(text.strip() for text in said if text.strip()))
