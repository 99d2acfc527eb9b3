"""A table to take home: the same figures as on the page, as a workbook."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext as _

from uppsikt.economy.access import Chosen
from uppsikt.economy.pages.statement import opened
from uppsikt.economy.rules.tables import TEXT, Cell, Line, Table
from uppsikt.economy.selectors import tables
from uppsikt.kernel import clock
from uppsikt.kernel.numbers import canonical
from uppsikt.organisation import selectors as organisation
from uppsikt.typeset.payload import SCHEMA, Payload, Row, RowKind
from uppsikt.typeset.payload import Cell as Square
from uppsikt.typeset.payload import Column as Head
from uppsikt.web.parts import Empty

_KINDS: dict[str, RowKind] = {"group": "section", "subtotal": "subtotal", "total": "total"}


def workbook_of(chosen: Chosen, key: str) -> tuple[Payload, str]:
    """What the writer of workbooks prints, and what the file is called. Raises: Http404 where there is no table."""
    found = opened(chosen, key)
    if isinstance(found, Empty):
        raise Http404
    table = tables.made(found.spec, found.reading)
    round_ = found.reading.round
    body = found.body.key if found.body else "kommunen"
    return _payload(table, chosen, found.body is None, round_.name), f"{key}-{round_.key}-{body}.xlsx"


def _payload(table: Table, chosen: Chosen, whole: bool, where: str) -> Payload:
    owner = organisation.municipality()
    today = clock.today().isoformat()
    name = chosen.context.body.name if chosen.context.body and not whole else _("Hela kommunen")
    return {
        "schema": SCHEMA,
        "language": "sv",
        "document": {
            "title": table.spec.title,
            "subtitle": where,
            "kind": "report",
            "body": {"key": chosen.body.key if chosen.body else "alla", "name": name},
            "municipality": {
                "key": owner.key if owner else "",
                "name": owner.name if owner else "",
                "accent": owner.accent if owner else None,
                "logo": None,
            },
            "year": table.year,
            "round": None,
            "date": today,
            "state": "draft",
            "state_text": _("Uttag %(day)s") % {"day": today},
            "adopted": None,
        },
        "chapters": [
            {
                "key": "tabell",
                "title": f"{name}, {where}",
                "level": 1,
                "number": None,
                "blocks": [
                    {
                        "kind": "table",
                        "key": table.spec.key,
                        "caption": f"{table.spec.title}, {table.spec.unit}",
                        "columns": _columns(table),
                        "rows": [_row(row) for row in table.rows],
                        "row_header": True,
                    }
                ],
            }
        ],
        "origins": {},
        "xlsx_name": table.spec.key,
    }


def _columns(table: Table) -> list[Head]:
    heads: list[Head] = [{"key": "label", "title": table.spec.unit, "align": "start"}]
    heads += [
        {"key": column.key, "title": column.label, "align": "start" if column.text else "end"}
        for column in table.columns
    ]
    return heads


def _row(row: Line) -> Row:
    kind = _KINDS.get(row.role, "row")
    return {"kind": kind, "cells": [{"text": row.label}, *map(_square, row.cells)]}


def _square(cell: Cell) -> Square:
    if cell.kind == TEXT or cell.shown is None:
        return {"text": cell.text}
    return {"text": cell.text, "value": canonical(cell.shown)}
