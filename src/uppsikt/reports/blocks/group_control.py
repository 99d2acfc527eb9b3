"""Group-wide controls: every committee side by side in the report of the body that set them, else the body's own part.

Options: control (key of one; all when not given), whole (true or false; default: true for the body that set it),
headings (false leaves out the controls' names above their tables).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from uppsikt.control.rules import figures
from uppsikt.control.rules.words import MeasureKind, RowsOf
from uppsikt.control.selectors.groups import REPORTED, GroupRow, GroupTable, Total
from uppsikt.kernel.clock import STOCKHOLM
from uppsikt.kernel.numbers import MISSING
from uppsikt.reports import cells
from uppsikt.reports.composition import Composition, capital, listed
from uppsikt.texts.rules import from_plain
from uppsikt.typeset.payload import Block, Cell, Column, Row, TableBlock


def compose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """For each control its name, what is said of it, and its table."""
    blocks: list[Block] = []
    for table in c.control.groups:
        if options.get("control") not in (None, "", table.group.key):
            continue
        whole = bool(options.get("whole", table.group.body.key == c.body_key))
        rows = [row for row in table.rows if whole or row.body.key == c.body_key]
        if not rows:
            continue
        if options.get("headings", True):
            level = min(c.chapter_level + 1, 4)
            blocks.append({"kind": "heading", "level": level, "text": table.group.name})
        if whole and table.result is not None:
            said = "\n\n".join(filter(None, (table.result.comment, table.result.recommendation)))
            blocks += c.text(c.key("group", table.group.key, "said"), from_plain(said))
        blocks.append(_table(c, table, rows, whole=whole))
    return blocks


def _table(c: Composition, table: GroupTable, rows: list[GroupRow], *, whole: bool) -> TableBlock:
    before = table.previous_period if any(row.previous_parts for row in rows) else ""
    commented = any(_comment(row) for row in rows)
    columns: list[Column] = [{"key": "row", "title": capital(RowsOf(table.group.rows_of).label), "weight": 3}]
    for measure in table.measures:
        if before:
            columns.append({"key": f"{measure.key}-before", "title": _earlier(table, rows), "align": "end"})
        columns.append({"key": measure.key, "title": measure.label, "align": "end", "weight": 1})
        if measure.kind == MeasureKind.SAMPLE:
            columns.append({"key": f"{measure.key}-checked", "title": "Antal granskade", "align": "end"})
            columns.append({"key": f"{measure.key}-faulty", "title": "Antal fel", "align": "end"})
    judged = any(_judged(row) for row in rows)
    columns += [{"key": "result", "title": "Resultat", "weight": 2}] if judged else []
    columns += [{"key": "comment", "title": "Kommentar", "weight": 5}] if commented else []
    lines: list[Row] = []
    for row in rows:
        line: list[Cell | None] = [cells.words(row.name)]
        for measure in table.measures:
            line += _figures(c, table, measure, row, before)
        line += [_result(c, row)] if judged else []
        line += [cells.words(_comment(row))] if commented else []
        lines.append({"kind": "row", "cells": line})
    if whole:
        lines.append(_total_row(c, table, before, judged=judged, commented=commented))
    return {
        "kind": "table",
        "key": c.key("group", table.group.key),
        "caption": f"{table.group.name}, {table.label}" if table.label else table.group.name,
        "columns": columns,
        "rows": lines,
        "notes": _notes(table, rows, whole=whole),
    }


def _earlier(table: GroupTable, rows: list[GroupRow]) -> str:
    found = next((row.previous for row in rows if row.previous is not None), None)
    return found.label if found else table.previous_period


def _figures(c: Composition, table: GroupTable, measure: Any, row: GroupRow, before: str) -> list[Cell]:
    found: list[Cell] = []
    part = row.parts.get(measure.key)
    if before:
        earlier = row.previous_parts.get(measure.key)
        found.append({"text": figures.shown(earlier, measure.kind) if earlier else MISSING, "value": None})
    if part is None:
        found.append({"text": MISSING, "value": None})
    else:
        text = figures.shown(part, measure.kind)
        found.append({"text": text, "value": None, "origin": _origin(c, table, measure, row, text)})
    if measure.kind == MeasureKind.SAMPLE:
        found += [_count(part.checked if part else None), _count(part.faulty if part else None)]
    return found


def _origin(c: Composition, table: GroupTable, measure: Any, row: GroupRow, text: str) -> str:
    result = row.occasion.result if row.occasion else None
    return c.origins.add(
        f"{measure.label}, {row.name}, {table.label}",
        text,
        source=f"Kontrollen {table.group.name}",
        formula=figures.formula(row.parts[measure.key], measure.kind),
        by=result.recorded_by_name if result else "",
        at=result.recorded_at.astimezone(STOCKHOLM).date().isoformat() if result else "",
        href=f"/control/group/{table.group.key}/",
    )


def _count(value: int | None) -> Cell:
    return {"text": MISSING if value is None else str(value), "value": None if value is None else str(value)}


def _total_row(c: Composition, table: GroupTable, before: str, *, judged: bool, commented: bool) -> Row:
    line: list[Cell | None] = [{"text": "Totalt", "value": None}]
    for measure in table.measures:
        total = table.totals[measure.key]
        if before:
            line.append(_total_cell(table.previous_totals.get(measure.key), measure.kind))
        line.append(_total_cell(total, measure.kind))
        if measure.kind == MeasureKind.SAMPLE:
            part = total.part
            line += [_count(part.checked if part else None), _count(part.faulty if part else None)]
    scale = c.model.control_results
    step = scale.step(table.judgement) if scale else None
    if judged:
        line.append({"text": step.label, "value": None, "symbol": cells.symbol(step)} if step else
                    cells.words(table.result.judgement_text if table.result else ""))  # fmt: skip
    if commented:
        line.append({"text": "", "value": None})
    return {"kind": "total", "cells": line}


def _total_cell(total: Total | None, kind: str) -> Cell:
    part = total.part if total else None
    if part is None:
        return {"text": MISSING, "value": None}
    text = figures.count_total_text(part) if kind == MeasureKind.COUNT else figures.shown(part, kind)
    return {"text": text, "value": None}


def _notes(table: GroupTable, rows: list[GroupRow], *, whole: bool) -> list[str]:
    notes = []
    if whole and any(total.of == REPORTED for total in table.totals.values()):
        notes.append("Totalen är som den har rapporterats. Antalen bakom procenten är inte kända.")
    missing = [row.name for row in rows if not row.reported]
    if missing:
        notes.append(f"Inte rapporterat: {listed(missing)}.")
    if table.group.footnote:
        notes.append(table.group.footnote)
    return notes


def _judged(row: GroupRow) -> bool:
    result = row.occasion.result if row.occasion else None
    return bool(row.judgement or (result and result.judgement_text))


def _result(c: Composition, row: GroupRow) -> Cell:
    scale = c.model.control_results
    step = scale.step(row.judgement) if scale else None
    if step is not None:
        return {"text": step.label, "value": None, "symbol": cells.symbol(step)}
    result = row.occasion.result if row.occasion else None
    return cells.words(result.judgement_text if result else "")


def _comment(row: GroupRow) -> str:
    result = row.occasion.result if row.occasion else None
    return result.comment if result else ""
