"""Reading registers: what is written down about initiatives, pots, external funding, equity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from django.db.models import QuerySet

from uppsikt.cycle.selectors import Round
from uppsikt.economy.models import RegisterAmount, RegisterItem
from uppsikt.economy.rules.grain import Nodes
from uppsikt.economy.rules.tables import Ask
from uppsikt.economy.selectors.ledger import LedgerView, rolled
from uppsikt.organisation.selectors import Body

OUTCOME = "outcome"
"""The measure that the ledger knows of an item with a project code."""


class HasLedger(Protocol):
    """Something that knows which ledger is read."""

    @property
    def ledger(self) -> LedgerView | None: ...

    @property
    def place(self) -> str: ...


def items(register: str, year: int, body: Body | None = None) -> QuerySet[RegisterItem]:
    """The items of a register in a year, in its own order."""
    rows = RegisterItem.objects.filter(year=year, removed_at__isnull=True).select_related("body")
    if register:
        rows = rows.filter(register=register)
    return rows.filter(body=body) if body else rows


def amounts(round_: Round, body: Body | None = None) -> dict[tuple[str, str, str], RegisterAmount]:
    """What stands written in a round by (register, item, measure). One query."""
    rows = (
        RegisterAmount.objects.all()
        .current()
        .filter(round=round_, item__removed_at__isnull=True)
        .select_related("item", "item__body")
    )
    if body:
        rows = rows.filter(item__body=body)
    return {(row.item.register, row.item.key, row.measure): row for row in rows}


def booked(items_: Iterable[RegisterItem], view: LedgerView | None, place: str) -> dict[str, int]:
    """What the ledger says has been used of the items that have a project code, by key, as positive figures.

    One question to the ledger however many they are. Nothing without a ledger.
    """
    coded = [item for item in items_ if item.project]
    if view is None or not coded:
        return {}
    sums = view.sums("project", view.scope(Nodes(place=place)))
    coding = view.coding()
    return {item.key: -rolled(sums, coding.under("project", item.project)) for item in coded}


def answers(
    asks: Sequence[Ask], round_: Round, body: Body | None, reading: HasLedger
) -> dict[Ask, int | None]:
    """What the registers say: an item's amount, or the sum over a group's or a whole register's items."""
    if not asks:
        return {}
    listed = list(items("", round_.year_id, body))
    told = amounts(round_, body)
    wanted = {(ask.node("measure") or ask.measure) for ask in asks}
    used = booked(listed, reading.ledger, reading.place) if OUTCOME in wanted else {}
    found: dict[Ask, int | None] = {}
    for ask in asks:
        measure = ask.node("measure") or ask.measure
        parts = [amount_of(item, measure, told, used) for item in _chosen(listed, ask)]
        known = [part for part in parts if part is not None]
        found[ask] = sum(known) if known else None
    return found


def amount_of(
    item: RegisterItem,
    measure: str,
    told: Mapping[tuple[str, str, str], RegisterAmount],
    used: Mapping[str, int],
) -> int | None:
    """What is written; for an outcome that nobody wrote, what is booked on the item's project."""
    row = told.get((item.register, item.key, measure))
    if row is not None:
        return row.amount
    return used.get(item.key) if measure == OUTCOME else None


def _chosen(listed: Iterable[RegisterItem], ask: Ask) -> list[RegisterItem]:
    wanted = {name: ask.node(name) for name in ("item", "group") if ask.node(name)}
    return [
        row
        for row in listed
        if row.register == ask.node("register")
        and wanted.get("item", row.key) == row.key
        and wanted.get("group", row.group) == row.group
    ]
