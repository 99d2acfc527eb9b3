"""One of the economy's tables, as the year's economy model has it, with the origin of every figure.

Options: table (key of a table in the economy model).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from uppsikt.economy.rules import tables
from uppsikt.economy.rules.tables import Line, Table
from uppsikt.kernel.numbers import canonical
from uppsikt.reports.composition import Composition
from uppsikt.typeset.payload import Block, Cell, Column, Row, RowKind, TableBlock

_KINDS: Mapping[str, RowKind] = {"subtotal": "subtotal", "total": "total", "group": "section"}


def compose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """The table; a note when none is chosen or the year has no such table, nothing where it belongs to other rounds."""
    key = str(options.get("table", ""))
    found = c.economy.tables.get(key)
    if found is not None:
        return [table_block(c, found)]
    if not key:
        return [{"kind": "note", "tone": "warn", "text": "Ingen tabell är vald."}]
    if c.economy.titles and key not in c.economy.titles:
        return [
            {"kind": "note", "tone": "warn", "text": f"Tabellen ”{key}” finns inte i årets ekonomimodell."}
        ]
    return []


def table_block(c: Composition, table: Table, *parts: str) -> TableBlock:
    """A finished table as the payload has it."""
    columns: list[Column] = [{"key": "row", "title": "", "weight": 4}]
    columns += [
        {
            "key": column.key,
            "title": column.label,
            "align": "start" if column.text else "end",
            "weight": 2 if column.text else 1,
        }
        for column in table.columns
    ]
    return {
        "kind": "table",
        "key": c.key("economy", table.spec.key, *parts),
        "caption": f"{table.spec.title}, {table.spec.unit}",
        "columns": columns,
        "rows": [_row(c, table, row) for row in table.rows],
        "notes": list(table.notes),
        "empty": None if table.rows else "Inga poster är registrerade.",
    }


def _row(c: Composition, table: Table, row: Line) -> Row:
    name: Cell = {"text": row.label, "value": None}
    if row.role == "group":
        return {"kind": "section", "cells": [name]}
    cells: list[Cell | None] = [name]
    cells += [_cell(c, table, row, cell) for cell in row.cells]
    return {"kind": _KINDS.get(row.role, "row"), "cells": cells}


def _cell(c: Composition, table: Table, row: Line, cell: tables.Cell) -> Cell:
    if cell.kind == tables.TEXT:
        return {"text": cell.text, "value": None}
    if cell.shown is None:
        return {"text": "", "value": None}
    found: Cell = {"text": cell.text, "value": canonical(cell.shown)}
    if c.economy.follow is not None:
        told = c.economy.follow(table, row.key, cell.column)
        address = c.economy.addresses.get(table.spec.key, "")
        mark = "&" if "?" in address else "?"
        found["origin"] = c.origins.add(
            told.label,
            told.value,
            source=told.source,
            formula=told.formula,
            by=told.by,
            at=told.at,
            href=f"{address}{mark}follow={row.key}:{cell.column}" if address else "",
        )
    return found
