"""The API about procurement: what suppliers were paid and how much was bought within agreements, for programs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from uppsikt.cycle import selectors as cycle
from uppsikt.organisation import access
from uppsikt.organisation.rules import Permission
from uppsikt.procurement import selectors
from uppsikt.procurement.rules.purchases import Compliance, Spend
from uppsikt.procurement.selectors.spend import Buying, buying
from uppsikt.web.answers import answers

router = Router(tags=["procurement"])


class SpendOut(Schema):
    """What one was paid from January to the cut-off, in öre. A sole trader has no number."""

    supplier: str
    name: str
    org_number: str
    operating_ore: int
    investment_ore: int
    total_ore: int


class ComplianceOut(Schema):
    """What a body bought within agreements from January to the cut-off, in öre."""

    body: str
    within_ore: int
    total_ore: int
    before_within_ore: int
    before_total_ore: int


class AgreementOut(Schema):
    """An agreement. It holds for every body when none is named; the last day is included."""

    key: str
    number: str
    title: str
    supplier: str
    bodies: list[str]
    valid_from: dt.date
    last_day: dt.date | None


@router.get("/rounds/{round}/purchases/suppliers", response=answers(list[SpendOut]))
def suppliers(request: HttpRequest, round: str) -> Any:  # noqa: A002  the address's own word
    """What each supplier was paid by the bodies that one may read, the largest first."""
    held = _buying(request, round)
    return [_spend(held, party, spend) for party, spend in held.parties.items()]


@router.get("/rounds/{round}/purchases/compliance", response=answers(list[ComplianceOut]))
def compliance(request: HttpRequest, round: str) -> Any:  # noqa: A002  the address's own word
    """Contract compliance of the bodies that one may read, with the same months of the year before."""
    held = _buying(request, round)
    now, before = held.compliance(), held.compliance(held.year - 1)
    return [
        {
            "body": key,
            "within_ore": one.within_ore,
            "total_ore": one.total_ore,
            "before_within_ore": before.get(key, Compliance()).within_ore,
            "before_total_ore": before.get(key, Compliance()).total_ore,
        }
        for key, one in sorted(now.items())
    ]


@router.get("/agreements", response=answers(list[AgreementOut]))
def agreements(request: HttpRequest) -> Any:
    """Every agreement."""
    access.require_anywhere(request.user, Permission.READ)
    return [
        {
            "key": row.key,
            "number": row.number,
            "title": row.title,
            "supplier": row.supplier.key,
            "bodies": sorted(body.key for body in row.bodies.all()),
            "valid_from": row.valid_from,
            "last_day": row.valid_to,
        }
        for row in selectors.agreements()
    ]


def _buying(request: HttpRequest, round_: str) -> Buying:
    access.require_anywhere(request.user, Permission.READ)
    found = cycle.round_by_key(round_)
    if found is None:
        raise Http404
    return buying(found, bodies=access.readable_bodies(request.user))


def _spend(held: Buying, party: str, spend: Spend) -> dict[str, Any]:
    supplier = held.suppliers.get(party)
    return {
        "supplier": party,
        "name": held.name(party),
        "org_number": supplier.org_number if supplier else "",
        "operating_ore": spend.operating_ore,
        "investment_ore": spend.investment_ore,
        "total_ore": spend.total_ore,
    }
