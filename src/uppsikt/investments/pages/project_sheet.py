"""The list of projects to take home: the same rows as on the page, all of them, with figures as figures."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _

from uppsikt.cycle.context import Context
from uppsikt.investments.pages.listing import Listing
from uppsikt.investments.pages.money import FLOW_WORDS, in_unit, percent, tkr
from uppsikt.investments.rules.listing import Figures, totals, used_together
from uppsikt.investments.rules.words import Schedule
from uppsikt.investments.selectors.facts import ProjectFacts
from uppsikt.investments.selectors.tables import labels
from uppsikt.kernel.numbers import canonical, round_half_away
from uppsikt.organisation import selectors as organisation
from uppsikt.typeset.payload import SCHEMA, Cell, Column, Payload, Row


def sheet(listed: Listing, context: Context, today: dt.date) -> Payload:
    """What the writer of workbooks prints. Amounts are whole tkr, as on the page."""
    owner = organisation.municipality()
    names = {row.key: row.short or row.name for row in context.bodies}
    title = f"{_('Investeringar')} {context.year}"
    caption = f"{title}, {FLOW_WORDS[listed.flow]}, tkr"
    name = context.body.name if context.body else _("Alla nämnder")
    where = context.round.name if context.round else ""
    return {
        "schema": SCHEMA,
        "language": "sv",
        "document": {
            "title": title,
            "subtitle": where,
            "kind": "report",
            "body": {"key": context.body.key if context.body else "alla", "name": name},
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
                "key": "investeringar",
                "title": where or title,
                "level": 1,
                "number": None,
                "blocks": [
                    {
                        "kind": "table",
                        "key": "investeringar",
                        "caption": caption,
                        "columns": _columns(),
                        "rows": [*(_row(row, listed, names) for row in listed.found), _total(listed)],
                        "row_header": True,
                    }
                ],
            }
        ],
        "origins": {},
        "xlsx_name": file_name(context),
    }


def file_name(context: Context) -> str:
    """What the file is called: "investeringar-2024-bokslut-ks.xlsx"."""
    when = context.round.key if context.round else str(context.year)
    return f"investeringar-{when}-{context.body.key if context.body else 'alla'}.xlsx"


def _columns() -> list[Column]:
    words = (
        ("name", _("Projekt"), 3), ("body", _("Nämnd"), 1), ("kind", _("Projektslag"), 2), ("area", _("Område"), 2),
        ("group", _("Grupp"), 1), ("code", _("Projektkod"), 1), ("phase", _("Skede"), 2), ("schedule", _("Tidplan"), 1),
    )  # fmt: skip
    numbers = (
        _("Budget"),
        _("Utfall"),
        _("Prognos"),
        _("Avvikelse"),
        _("Upparbetat"),
        _("Beslutat"),
        _("Bedömt"),
        _("Använt"),
    )
    columns: list[Column] = [
        {"key": key, "title": str(title), "weight": weight} for key, title, weight in words
    ]
    columns += [
        {"key": f"n{place}", "title": str(title), "align": "end"} for place, title in enumerate(numbers)
    ]
    columns.append({"key": "comment", "title": str(_("Kommentar")), "weight": 3})
    return columns


def _row(row: ProjectFacts, listed: Listing, names: dict[str, str]) -> Row:
    model, project = listed.model, row.project
    kinds = labels("kind", (), model) if model else {}
    areas = labels("area", (), model) if model else {}
    phases = labels("phase", (), model, project.kind) if model else {}
    texts = (
        project.name,
        names.get(project.body.key, project.body.key),
        kinds.get(project.kind, project.kind),
        areas.get(project.area, project.area),
        project.group,
        project.code,
        phases.get(row.phase, row.phase),
        Schedule(row.schedule).label if row.schedule else "",
    )
    held = listed.of(row)
    cells: list[Cell | None] = [
        *(_words(text) for text in texts),
        *_numbers(held, held.used),
        _words(row.comment),
    ]
    return {"kind": "row", "cells": cells}


def _total(listed: Listing) -> Row:
    every = [listed.of(row) for row in listed.found]
    cells: list[Cell | None] = [
        _words(_("Summa")),
        *(_words("") for _place in range(7)),
        *_numbers(totals(every), used_together(every)),
        _words(""),
    ]
    return {"kind": "total", "cells": cells}


def _numbers(held: Figures, used: Decimal | None) -> list[Cell]:
    amounts = (
        held.budget,
        held.outcome,
        held.forecast,
        held.variance,
        held.spent,
        held.decided,
        held.estimated,
    )
    cells: list[Cell] = [
        {
            "text": "" if ore is None else tkr(ore),
            "value": None if ore is None else canonical(round_half_away(in_unit(ore), 0)),
        }
        for ore in amounts
    ]
    share: Cell = {
        "text": "" if used is None else percent(used),
        "value": None if used is None else canonical(round_half_away(used, 0)),
    }
    return [*cells, share]


def _words(text: str) -> Cell:
    return {"text": str(text), "value": None}
