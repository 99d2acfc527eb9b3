"""The oversight page to take home: every body that the filters leave, with words and figures apart."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from uppsikt.cycle.context import Context
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.rules import BodyKind
from uppsikt.oversight.pages.listing import Line, Listing
from uppsikt.oversight.pages.words import told
from uppsikt.oversight.rules.board import Level
from uppsikt.oversight.selectors.board import SUBJECTS
from uppsikt.typeset.payload import SCHEMA, Cell, Column, Payload, Row

COLOURS = {
    Level.BAD: _("rött"),
    Level.WARN: _("gult"),
    Level.UNDER_WAY: _("pågår"),
    Level.GOOD: _("grönt"),
    Level.NOTHING: "",
}


def sheet(listed: Listing, context: Context, today: dt.date) -> Payload:
    """What the writer of workbooks prints."""
    owner = organisation.municipality()
    where = context.round.name if context.round else ""
    return {
        "schema": SCHEMA,
        "language": "sv",
        "document": {
            "title": _("Uppsikt över alla organ"),
            "subtitle": where,
            "kind": "report",
            "body": {"key": "alla", "name": _("Alla organ")},
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
                "key": "uppsikt",
                "title": where or str(context.year),
                "level": 1,
                "number": None,
                "blocks": [
                    {
                        "kind": "table",
                        "key": "uppsikt",
                        "caption": f"{_('Uppsikt')}, {where}",
                        "columns": _columns(),
                        "rows": [_row(line) for line in listed.found],
                        "row_header": True,
                    }
                ],
            }
        ],
        "origins": {},
        "xlsx_name": file_name(context),
    }


def file_name(context: Context) -> str:
    """What the file is called: "uppsikt-2024-bokslut.xlsx"."""
    return f"uppsikt-{context.round.key if context.round else context.year}.xlsx"


def _columns() -> list[Column]:
    columns: list[Column] = [
        {"key": "body", "title": _("Organ"), "weight": 3},
        {"key": "kind", "title": _("Slag"), "weight": 1},
        {"key": "bad", "title": _("Röda"), "align": "end"},
        {"key": "warn", "title": _("Gula"), "align": "end"},
    ]
    for subject in SUBJECTS:
        columns += [
            {"key": subject.value, "title": subject.label, "weight": 2},
            {"key": f"{subject.value}-colour", "title": _("%(subject)s, färg") % {"subject": subject.label}, "weight": 1},
        ]  # fmt: skip
    return columns


def _row(line: Line) -> Row:
    cells: list[Cell | None] = [
        _words(line.body.name),
        _words(BodyKind(line.body.kind).label),
        _count(line.standing.bad),
        _count(line.standing.warn),
    ]
    for cell in line.standing.cells:
        held = told(cell)
        words = str(held.symbol.words) if held.why else f"{held.symbol.words}: {held.figure}"
        cells += [_words(words), _words(str(COLOURS[cell.level]))]
    return {"kind": "row", "cells": cells}


def _count(number: int) -> Cell:
    return {"text": str(number), "value": str(number)}


def _words(text: str) -> Cell:
    return {"text": text, "value": None}
