"""The API about projects: the tables that are made of their register, in the same form as the economy's."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router

from uppsikt.cycle import selectors as cycle
from uppsikt.economy.api import TableOut
from uppsikt.economy.rules.tables import as_json
from uppsikt.economy.selectors import models as economy_models
from uppsikt.investments.selectors import tables
from uppsikt.organisation import access
from uppsikt.web.answers import answers

router = Router(tags=["investments"])


@router.get("/rounds/{round}/bodies/{body}/project-tables/{table}", response=answers(TableOut))
def one(request: HttpRequest, round: str, body: str, table: str) -> Any:  # noqa: A002  the address's own word
    """One table of projects as printed."""
    found, round_ = access.body(request.user, body), cycle.round_by_key(round)
    if round_ is None:
        raise Http404
    try:
        spec = economy_models.model_for(round_.year_id).table(table)
    except LookupError as error:
        raise Http404 from error
    if spec is None or spec.source != "projects":
        raise Http404
    if spec.whole and access.readable_bodies(request.user) is not None:
        raise Http404
    return as_json(tables.compose_table(found, round_, table))
