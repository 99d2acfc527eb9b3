"""The API about bodies and units."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from ninja import Router, Schema

from uppsikt.kernel import clock
from uppsikt.organisation import access, selectors
from uppsikt.web.answers import answers

router = Router(tags=["organisation"])


class BodyOut(Schema):
    """A body with its name on the day asked for."""

    key: str
    kind: str
    name: str
    short: str


class UnitOut(Schema):
    """A unit as it stood on the day; depth 0 is nearest the body."""

    key: str
    name: str
    body: str
    depth: int


@router.get("/bodies", response=answers(list[BodyOut]))
def bodies(request: HttpRequest, day: dt.date | None = None) -> list[selectors.BodyRow]:
    """The bodies one may read about, as they were on `day` (today)."""
    readable = access.readable_bodies(request.user)
    return [
        row for row in selectors.bodies_on(day or clock.today()) if readable is None or row.key in readable
    ]


@router.get("/bodies/{body}/units", response=answers(list[UnitOut]))
def units(request: HttpRequest, body: str, day: dt.date | None = None) -> list[selectors.UnitRow]:
    """The body's units in reading order, as they stood on `day` (today)."""
    found = access.body(request.user, body)
    return selectors.units_on(day or clock.today(), body=found.key)
