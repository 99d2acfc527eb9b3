"""The list of assignments to take home: the same rows as on the page, all of them, as a table for Excel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _

from uppsikt.cycle.context import Context
from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.followup.rules import is_overdue
from uppsikt.organisation import selectors as organisation
from uppsikt.planning.pages.assignments import Listing
from uppsikt.planning.pages.words import capital, noun, numbered
from uppsikt.planning.selectors import AssignmentView
from uppsikt.typeset.payload import SCHEMA, Cell, Column, Payload, Row


def sheet(listed: Listing, context: Context, today: dt.date) -> Payload:
    """What the writer of workbooks prints. Deadlines stand as ISO dates, so that they sort."""
    model = listed.model
    word = capital(noun(model, "assignment", 2)) if model else _("Uppdrag")
    owner = organisation.municipality()
    names = {row.key: row.short or row.name for row in context.bodies}
    title = f"{word} {context.year}"
    name = context.body.name if context.body else _("Alla nämnder")
    where = context.round.name if context.round else ""
    taken = _("Uttag %(day)s") % {"day": today.isoformat()}
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
            "state_text": taken,
            "adopted": None,
        },
        "chapters": [
            {
                "key": "uppdrag",
                "title": where or title,
                "level": 1,
                "number": None,
                "blocks": [
                    {
                        "kind": "table",
                        "key": "uppdrag",
                        "caption": title,
                        "columns": _columns(model, word),
                        "rows": [_row(view, model, names, today) for view in listed.found if model],
                        "row_header": True,
                    }
                ],
            }
        ],
        "origins": {},
        "xlsx_name": file_name(context),
    }


def file_name(context: Context) -> str:
    """What the file is called: "uppdrag-2024-bokslut-ks.xlsx"."""
    when = context.round.key if context.round else str(context.year)
    return f"uppdrag-{when}-{context.body.key if context.body else 'alla'}.xlsx"


def _columns(model: SteeringModel | None, word: str) -> list[Column]:
    status = capital(model.word("status")) if model else _("Status")
    comment = capital(model.word("comment")) if model else _("Kommentar")
    wide, narrow = 3, 1
    columns = (
        ("title", word, wide), ("body", _("Nämnd"), narrow), ("goal", _("Mål"), 2), ("status", status, narrow),
        ("comment", comment, wide), ("origin", _("Ursprung"), narrow), ("decision", _("Beslut"), 2),
        ("responsible", _("Ansvarig"), narrow), ("deadline", _("Klart senast"), narrow),
        ("remark", _("Anmärkning"), narrow),
    )  # fmt: skip
    return [{"key": key, "title": str(title), "weight": weight} for key, title, weight in columns]


def _row(view: AssignmentView, model: SteeringModel, names: Mapping[str, str], today: dt.date) -> Row:
    assignment, item, goal = view.assignment, view.assignment.item, view.assignment.goal
    origin = model.origin(assignment.origin)
    late = is_overdue(item.deadline, view.done, today)
    remarks = [_("Överflyttad") if view.carried_over else "", _("Försenad") if late else ""]
    texts = (
        numbered(assignment.number, assignment.title),
        names.get(item.body.key, item.body.key),
        numbered(goal.number, goal.name) if goal else "",
        view.step.label if view.step else "",
        view.entry.comment if view.entry else "",
        (origin.short or origin.label) if origin else "",
        str(assignment.decision),
        item.responsible.name if item.responsible else "",
        item.deadline.isoformat() if item.deadline else "",
        ", ".join(filter(None, remarks)),
    )
    cells: list[Cell | None] = [{"text": text, "value": None} for text in texts]
    return {"kind": "row", "cells": cells}
