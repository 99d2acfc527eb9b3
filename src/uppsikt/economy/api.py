"""The API about the economy: every table one may read, as it is printed.

Figures are text with a decimal point at printed precision, null where nothing is reported.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.selectors import Round
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.economy.rules.tables import as_json
from uppsikt.economy.selectors import models as economy_models
from uppsikt.economy.selectors import tables
from uppsikt.organisation import access
from uppsikt.organisation.selectors import Body
from uppsikt.web.answers import answers

router = Router(tags=["economy"])


class TableName(Schema):
    """A table of a round: its key, and what it is called."""

    key: str
    title: str
    unit: str
    whole: bool


class TableRow(Schema):
    """A row in print order; a heading has null in every column."""

    label: str
    values: dict[str, str | None]


class TableOut(Schema):
    """A table as printed (docs/formats/economy-table.md)."""

    table: str
    unit: str
    columns: list[str]
    rows: list[TableRow]
    notes: list[str]


@router.get("/rounds/{round}/bodies/{body}/tables", response=answers(list[TableName]))
def listed(request: HttpRequest, round: str, body: str) -> Any:  # noqa: A002  the address's own word
    """The economy's tables of a body in a round, and those about the whole municipality for who may read all of it."""
    _found, round_ = _asked(request, round, body)
    whole = access.readable_bodies(request.user) is None
    return [
        TableName(key=spec.key, title=spec.title, unit=spec.unit, whole=spec.whole)
        for spec in tables.specs(_model(round_), round_)
        if whole or not spec.whole
    ]


@router.get("/rounds/{round}/bodies/{body}/tables/{table}", response=answers(TableOut))
def one(request: HttpRequest, round: str, body: str, table: str) -> Any:  # noqa: A002
    """One table as printed."""
    found, round_ = _asked(request, round, body)
    spec = _model(round_).table(table)
    if spec is None or spec.source not in tables.OWN:
        raise Http404
    if spec.whole and access.readable_bodies(request.user) is not None:
        raise Http404
    return as_json(tables.table(found, round_, table))


def _asked(request: HttpRequest, round: str, body: str) -> tuple[Body, Round]:  # noqa: A002
    """The body and the round. Raises: Http404 for what the person may not know of."""
    found, round_ = access.body(request.user, body), cycle.round_by_key(round)
    if round_ is None:
        raise Http404
    return found, round_


def _model(round_: Round) -> EconomyModel:
    try:
        return economy_models.model_for(round_.year_id)
    except LookupError as error:
        raise Http404 from error
