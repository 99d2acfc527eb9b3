"""What a municipality settles about its purchases, and how it dealt with those outside agreements."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from uppsikt.history.actions import atomic, record
from uppsikt.history.changes import plain
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.history.superseding import supersede, withdraw
from uppsikt.kernel.identity import is_personal
from uppsikt.kernel.problems import refuse
from uppsikt.procurement import selectors
from uppsikt.procurement.actions.checking import refuse_personal
from uppsikt.procurement.models import PurchaseHandling, PurchaseLimit, Supplier
from uppsikt.procurement.rules.words import LimitKey

HUNDRED = 100


@atomic
def settle(
    *,
    key: str,
    valid_from: dt.date,
    amount_ore: int | None = None,
    percent: Decimal | None = None,
    text: str = "",
    source: str = "",
    by: Actor,
) -> tuple[PurchaseLimit, bool]:
    """Settle a limit or a choice from a date on; the same date again replaces what was settled then.

    Raises: InputError for an unknown key, a value in another field than the key's (`LimitKey.holds`) or none, a
        percentage outside 0 to 100, or a personal number.
    """
    known = _known(key)
    given = {"amount_ore": amount_ore, "percent": percent, "text": text.strip()}
    _check(known, given)
    refuse_personal(source=source)
    row = selectors.PurchaseLimit.objects.all().current().filter(key=key, valid_from=valid_from).first()
    after: dict[str, Any] = {**given, "source": source.strip()}
    before = {name: getattr(row, name) for name in after} if row else {}
    if row is not None and before == after:
        return row, False
    new = supersede(row, PurchaseLimit(key=key, valid_from=valid_from, **after), by=by)
    told = {
        name: [plain(before.get(name)), plain(value)]
        for name, value in after.items()
        if value != before.get(name)
    }
    _record(known, valid_from, told, by)
    return new, True


@atomic
def unsettle(*, row: PurchaseLimit, by: Actor) -> bool:
    """Take a limit away, so that what was settled before it holds on. It is kept in the history."""
    if row.superseded_at is not None:
        return False
    withdraw(row)
    _record(LimitKey(row.key), row.valid_from, {"removed": [False, True]}, by)
    return True


@atomic
def handle_purchases(
    *, year: int, supplier: Supplier, category: str, handling: str = "", by: Actor
) -> tuple[PurchaseHandling, bool]:
    """Say how a year's purchases from a supplier outside agreements were dealt with.

    Raises: InputError without a category, or when a text holds a personal number.
    """
    refuse_personal(category=category, handling=handling)
    if not category.strip():
        raise refuse(
            "category",
            "Det finns ingen kategori.",
            field="category",
            remedy="Skriv till exempel Entreprenad.",
        )
    old = selectors.handlings(year).filter(supplier=supplier).first()
    after = {"category": category.strip(), "handling": handling.strip()}
    before = {name: getattr(old, name) for name in after} if old else {}
    if old is not None and before == after:
        return old, False
    new = supersede(old, PurchaseHandling(year=year, supplier=supplier, **after), by=by)
    record(
        EventKind.PURCHASE_HANDLED,
        by=by,
        subject=selectors.subject(supplier),
        label=supplier.name,
        data={"year": year, **{name: [before.get(name), value] for name, value in after.items()}},
    )
    return new, True


def _known(key: str) -> LimitKey:
    try:
        return LimitKey(key)
    except ValueError:
        raise refuse(
            "key", f"”{key}” är ingen gräns.", field="key", remedy=f"Välj något av: {', '.join(LimitKey)}."
        ) from None


def _check(key: LimitKey, given: dict[str, Any]) -> None:
    words = {"amount_ore": "ett belopp", "percent": "en procentsats", "text": "ord"}
    for name, value in given.items():
        if (name == key.holds) == (value in (None, "")):
            raise refuse(
                "value",
                f"{key.label} skrivs som {words[key.holds]}.",
                field=name,
                remedy="Fyll i det fältet och lämna de andra tomma.",
            )
    if given["percent"] is not None and not 0 <= given["percent"] <= HUNDRED:
        raise refuse(
            "percent", "En andel är mellan 0 och 100 procent.", field="percent", remedy="Rätta andelen."
        )
    if given["amount_ore"] is not None and given["amount_ore"] < 0:
        raise refuse(
            "amount", "Gränsen är mindre än noll.", field="amount_ore", remedy="Skriv den utan minus."
        )
    if key is LimitKey.BUYER and is_personal(given["text"]):
        raise refuse("personal", "Det är ett personnummer.", field="text", remedy="Skriv kommunens nummer.")


def _record(key: LimitKey, valid_from: dt.date, data: dict[str, Any], by: Actor) -> None:
    record(
        EventKind.PURCHASE_LIMIT_SAVED,
        by=by,
        subject=f"purchase_limit:{key.value}",
        label=key.label,
        data={"valid_from": valid_from.isoformat(), **data},
    )
