"""Tables of a page to take home as a workbook: the same rows, with figures as figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from uppsikt.cycle.context import Context
from uppsikt.kernel.numbers import canonical, parse_decimal
from uppsikt.organisation import selectors as organisation
from uppsikt.typeset.payload import SCHEMA, Block, Payload
from uppsikt.typeset.payload import Cell as SheetCell
from uppsikt.typeset.payload import Row as SheetRow
from uppsikt.web import tables as web


def sheet(tables: Sequence[web.Table], title: str, context: Context, today: dt.date, *, name: str) -> Payload:
    """What the writer of workbooks prints. Figures are as on the page, in the unit that the heading says.

    Args: name: the beginning of the file's name.
    """
    owner = organisation.municipality()
    body = context.body.name if context.body else _("Alla nämnder")
    where = context.round.name if context.round else str(context.year)
    return {
        "schema": SCHEMA,
        "language": "sv",
        "document": {
            "title": title,
            "subtitle": where,
            "kind": "report",
            "body": {"key": context.body.key if context.body else "alla", "name": body},
            "municipality": {
                "key": owner.key if owner else "",
                "name": owner.name if owner else "",
                "accent": owner.accent if owner else None,
                "logo": None,
            },
            "year": context.year,
            "round": None,
            "date": today.isoformat(),
            "state": "draft",
            "state_text": _("Uttag %(day)s") % {"day": today.isoformat()},
            "adopted": None,
        },
        "chapters": [
            {
                "key": table.key,
                "title": str(table.caption),
                "level": 1,
                "number": None,
                "blocks": [_block(table)],
            }
            for table in tables
        ],
        "origins": {},
        "xlsx_name": file_name(context, name),
    }


def file_name(context: Context, name: str) -> str:
    """What the file is called: "inkop-2024-bokslut-ks.xlsx"."""
    when = context.round.key if context.round else str(context.year)
    return f"{name}-{when}-{context.body.key if context.body else 'alla'}.xlsx"


def _block(table: web.Table) -> Block:
    caption = f"{table.caption}, {table.unit}" if table.unit else str(table.caption)
    return {
        "kind": "table",
        "key": table.key,
        "caption": caption,
        "columns": [
            {"key": column.key, "title": str(column.title or column.spoken), "align": "end"}
            if column.align == "num"
            else {"key": column.key, "title": str(column.title or column.spoken), "weight": 2}
            for column in table.columns
        ],
        "rows": [_row(row, table) for row in table.rows],
        "row_header": True,
    }


def _row(row: web.Row, table: web.Table) -> SheetRow:
    cells: list[SheetCell | None] = [
        _cell(cell or web.Cell(), column) for cell, column in zip(row.cells, table.columns, strict=True)
    ]
    return {"kind": "total" if row.kind == "total" else "row", "cells": cells}


def _cell(cell: web.Cell, column: web.Column) -> SheetCell:
    badges = ", ".join(str(badge.text) for badge in cell.badges)
    text = str(cell.text) or (str(cell.symbol.words) if cell.symbol else "")
    words = ", ".join(part for part in (text, str(cell.sub), badges) if part)
    if column.align != "num":
        return {"text": words, "value": None}
    figure = parse_decimal(text.replace("%", "").strip()) if text else None
    return {"text": text, "value": None if figure is None else canonical(figure)}
