"""All assignments in one table.

Options: by (status, origin, goal or none: what they are grouped by), columns (of title, text, number, goal, origin,
decision, responsible, deadline, status, comment), filter (origin, status or level: a key or a list of keys;
carried_over: true or false).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from uppsikt.kernel.period import format_date
from uppsikt.planning.selectors import AssignmentView
from uppsikt.reports import cells
from uppsikt.reports.composition import Composition
from uppsikt.typeset.payload import Block, Cell, Column, Row, TableBlock

WEIGHTS: Mapping[str, float] = {"title": 4, "text": 5, "goal": 3, "comment": 5, "decision": 3, "status": 2}


def compose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """One table, a section for each group."""
    rows = [row for row in c.snapshot.assignments if _wanted(row, options.get("filter") or {})]
    by = str(options.get("by", "status"))
    if by == "status" and not c.reporting:
        by = "origin"
    asked = options.get("columns")
    return [
        table(
            c,
            rows,
            columns=[str(name) for name in asked] if isinstance(asked, list) else _fitting(c, rows, by),
            key=c.key("assignments"),
            caption=f"{c.word('assignments')} {_BY.get(by, '')}".strip(),
            groups=_groups(c, rows, by),
            empty=f"Inga {c.model.word('assignments')}.",
        )
    ]


_BY = {"status": "efter status", "origin": "efter ursprung", "goal": "per mål"}


def table(
    c: Composition,
    rows: Sequence[AssignmentView],
    *,
    columns: Sequence[str],
    key: str,
    caption: str,
    empty: str,
    groups: Sequence[tuple[Cell, list[AssignmentView]]] = (),
) -> TableBlock:
    """Assignments as a table with the columns asked for."""
    known = [name for name in columns if name in TITLES]
    lines: list[Row] = []
    for heading, members in groups or [({"text": ""}, list(rows))]:
        if heading["text"]:
            lines.append({"kind": "section", "cells": [heading]})
        lines += [{"kind": "row", "cells": [cell(c, row, name) for name in known]} for row in members]
    shown: list[Column] = [
        {"key": name, "title": _title(c, name), "weight": WEIGHTS.get(name, 2)} for name in known
    ]
    return {
        "kind": "table",
        "key": key,
        "caption": caption,
        "columns": shown,
        "rows": lines if rows else [],
        "row_header": "status" not in known[:1],
        "empty": empty,
    }


TITLES: Mapping[str, str] = {
    "number": "Nr",
    "title": "",
    "text": "",
    "goal": "",
    "origin": "Från",
    "decision": "Ärende och beslut",
    "responsible": "",
    "deadline": "Klart senast",
    "status": "",
    "comment": "",
}


def _title(c: Composition, name: str) -> str:
    """A column's heading, in the municipality's words."""
    if name in ("title", "text"):
        return c.model.words.get("assignments_heading") or c.word("assignments")
    if name == "goal":
        levels = [level for level in c.model.levels if level.assignments]
        return levels[-1].label if levels else c.word("goals")
    if name == "decision":
        return c.model.words.get("decision") or TITLES[name]
    return TITLES[name] or c.word(name)


def cell(c: Composition, row: AssignmentView, name: str) -> Cell:
    """One cell of an assignment's row."""
    assignment, item = row.assignment, row.assignment.item
    match name:
        case "status":
            return cells.status(row)
        case "text":
            return cells.assignment_text(c, row)
        case "title":
            return cells.words("\n".join([assignment.title, *row.badges]), quiet=row.badges)
        case "comment":
            return cells.words(row.entry.comment if row.entry else "")
        case "goal":
            return cells.words(str(assignment.goal) if assignment.goal else "")
        case "origin":
            origin = c.model.origin(assignment.origin)
            return cells.words((origin.short or origin.label) if origin else "")
        case "decision":
            return cells.words(decision(c, row))
        case "responsible":
            return cells.words(responsible(c, row))
        case "deadline":
            return cells.words(format_date(item.deadline) if item.deadline else "")
        case _:
            return cells.words(assignment.number)


def decision(c: Composition, row: AssignmentView) -> str:
    """By what right: in the steering model's form when all its parts are known."""
    found = row.assignment.decision
    form = c.model.assignments.decision_text
    if form and found.case and found.body and found.date and found.section:
        return form.format(
            case=found.case, body=found.body, date=found.date.isoformat(), section=found.section
        )
    return str(found)


def responsible(c: Composition, row: AssignmentView) -> str:
    """Who answers for it: the person, and the unit."""
    item = row.assignment.item
    unit = c.unit_names.get(item.unit.key, item.unit.key) if item.unit else ""
    return "\n".join(filter(None, (item.responsible.name if item.responsible else "", unit)))


def _fitting(c: Composition, rows: Iterable[AssignmentView], by: str) -> list[str]:
    listed = list(rows)
    columns = ["title"]
    columns += ["goal"] if by != "goal" else []
    columns += ["origin"] if by != "origin" and any(row.assignment.origin for row in listed) else []
    columns += ["deadline"] if not c.reporting and any(row.assignment.item.deadline for row in listed) else []
    columns += ["responsible"] if not c.reporting else []
    columns += ["status"] if c.reporting and by != "status" else []
    return columns


def _wanted(row: AssignmentView, asked: Mapping[str, Any]) -> bool:
    facts = {
        "origin": row.assignment.origin,
        "status": row.step.key if row.step else "",
        "level": row.assignment.goal.level if row.assignment.goal else "",
    }
    for name, value in asked.items():
        if name == "carried_over" and row.carried_over != value:
            return False
        if name in facts and facts[name] not in (value if isinstance(value, list) else [value]):
            return False
    return True


def _groups(
    c: Composition, rows: Sequence[AssignmentView], by: str
) -> list[tuple[Cell, list[AssignmentView]]]:
    """(heading, its assignments), in the order of the scale, of the origins or of the plan."""
    groups: list[tuple[Cell, list[AssignmentView]]] = []
    if by == "status" and c.snapshot.status_scale:
        for step in c.snapshot.status_scale.steps:
            members = [row for row in rows if row.step == step]
            groups.append(({"text": _counted(step.label, members), "symbol": cells.symbol(step)}, members))
        rest = [row for row in rows if row.step is None]
        groups.append(
            (
                {"text": _counted("Ej rapporterat", rest), "symbol": {"shape": "dash", "colour": "neutral"}},
                rest,
            )
        )
    elif by == "origin":
        for origin in c.model.origins:
            members = [row for row in rows if row.assignment.origin == origin.key]
            groups.append(({"text": _counted(origin.label or origin.short or "Övriga", members)}, members))
        known = {origin.key for origin in c.model.origins}
        rest = [row for row in rows if row.assignment.origin not in known]
        groups.append(({"text": _counted("Utan angivet ursprung", rest)}, rest))
    elif by == "goal":
        seen: dict[str, list[AssignmentView]] = {}
        for row in rows:
            seen.setdefault(str(row.assignment.goal) if row.assignment.goal else "Utan mål", []).append(row)
        groups += [({"text": _counted(name, members)}, members) for name, members in seen.items()]
    return [(heading, members) for heading, members in groups if members]


def _counted(name: str, members: Sequence[AssignmentView]) -> str:
    return f"{name} ({len(members)})"
