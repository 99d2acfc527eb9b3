"""The entries behind what was bought of a supplier."""

from __future__ import annotations

from uppsikt.economy.rules.grain import Nodes
from uppsikt.ledger.rows import EntryRow
from uppsikt.procurement.rules.purchases import Purchase
from uppsikt.procurement.selectors import Supplier
from uppsikt.procurement.selectors.spend import Buying

READ = 4
"""How many times as many as are shown are read, since entries of other bodies may lie among them."""


def largest(held: Buying, supplier: Supplier, *, limit: int) -> list[tuple[EntryRow, Purchase]]:
    """The largest entries of the months asked for, as they were booked, with each as a purchase by its body and day.

    One question of the ledger for each code and line. Entries of bodies that are not seen are left out.
    """
    view = held.view
    if view is None:
        return []
    homes = homes_of(held)
    found = []
    for code in supplier.code_list:
        for line, investment in held.lines:
            scope = view.scope(
                Nodes(line=line, counterparty=code), year=held.year, first=held.first, last=held.last
            )
            for entry in view.entries(scope, limit=limit * READ, largest=True):
                body = homes.get(entry.cost_centre, "")
                if held.bodies is None or body in held.bodies:
                    found.append((entry, _purchase(entry, supplier.key, body, investment=investment)))
    found.sort(key=lambda pair: -abs(pair[0].amount_ore))
    return found[:limit]


def homes_of(held: Buying) -> dict[str, str]:
    """The body that each cost centre stands under in the year."""
    if held.view is None:
        return {}
    below = held.view.coding(held.year).below.get("place", {})
    homes: dict[str, str] = {}
    for node in sorted(below, reverse=True):
        if node.startswith("body:"):
            homes |= dict.fromkeys(below[node], node.removeprefix("body:"))
    return homes


def _purchase(entry: EntryRow, supplier: str, body: str, *, investment: bool) -> Purchase:
    return Purchase(
        entry.counterparty,
        supplier,
        body,
        entry.date.year,
        entry.date.month,
        entry.date.day,
        entry.amount_ore,
        investment,
    )
