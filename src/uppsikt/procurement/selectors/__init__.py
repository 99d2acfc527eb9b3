"""Reading procurement: the rows themselves, for those who need them by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from uppsikt.history import selectors as history
from uppsikt.procurement.models import (
    Agreement,
    AgreementFollowUp,
    Procurement,
    PurchaseHandling,
    PurchaseLimit,
    Supplier,
    SupplierCheck,
)
from uppsikt.procurement.rules.limits import Limits, Settled, limits_on
from uppsikt.procurement.rules.purchases import Cover

__all__ = [
    "Agreement",
    "AgreementFollowUp",
    "Procurement",
    "PurchaseHandling",
    "PurchaseLimit",
    "Supplier",
    "SupplierCheck",
    "agreement",
    "agreements",
    "categories",
    "checks",
    "covers",
    "follow_ups",
    "handlings",
    "limit_rows",
    "limits",
    "procurement",
    "procurements",
    "subject",
    "supplier",
    "suppliers",
    "version_of",
]


def suppliers(*, removed: bool = False) -> QuerySet[Supplier]:
    """The suppliers that stand (or have been taken out), by name."""
    return Supplier.objects.filter(removed_at__isnull=not removed)


def supplier(key: str) -> Supplier | None:
    """The supplier with this key, removed or not."""
    return Supplier.objects.filter(key=key).first()


def agreements(
    bodies: Iterable[str] | None = None, *, removed: bool = False, moment: dt.datetime | None = None
) -> QuerySet[Agreement]:
    """The agreements that hold for some of the bodies (None: every agreement), by title.

    Args: moment: those that stood then, as far as the register tells of removals.
    """
    gone = Q(removed_at__isnull=not removed)
    if moment is not None and not removed:
        gone |= Q(removed_at__gt=moment)
    rows = Agreement.objects.filter(gone).select_related("supplier", "responsible").prefetch_related("bodies")
    if bodies is None:
        return rows
    return rows.filter(Q(bodies__key__in=list(bodies)) | Q(bodies__isnull=True)).distinct()


def agreement(key: str) -> Agreement | None:
    """The agreement with this key, removed or not."""
    rows = Agreement.objects.select_related("supplier", "responsible").prefetch_related("bodies")
    return rows.filter(key=key).first()


def covers(moment: dt.datetime | None = None) -> list[Cover]:
    """When and for whom every agreement holds. Two queries."""
    return [
        Cover(
            row.key,
            row.supplier.key,
            frozenset(body.key for body in row.bodies.all()) or None,
            row.valid_from,
            row.valid_to,
        )
        for row in agreements(moment=moment)
    ]


def procurements(bodies: Iterable[str] | None = None, *, removed: bool = False) -> QuerySet[Procurement]:
    """The procurements of some bodies (None: of all), newest first."""
    rows = Procurement.objects.filter(removed_at__isnull=not removed)
    rows = rows.select_related("body", "unit", "supplier", "agreement")
    return rows if bodies is None else rows.filter(body__key__in=list(bodies))


def procurement(key: str) -> Procurement | None:
    """The procurement with this key, removed or not."""
    rows = Procurement.objects.select_related("body", "unit", "supplier", "agreement")
    return rows.filter(key=key).first()


def limit_rows(moment: dt.datetime | None = None) -> list[PurchaseLimit]:
    """What is settled about purchases, by key and date. One query."""
    return list(PurchaseLimit.objects.all().as_of(moment).order_by("key", "valid_from"))


def limits(day: dt.date, moment: dt.datetime | None = None) -> Limits:
    """What is settled about purchases on a day. One query."""
    return limits_on(
        (
            Settled(row.key, row.valid_from, row.amount_ore, row.percent, row.text, row.source)
            for row in limit_rows(moment)
        ),
        day,
    )


def handlings(year: int | None = None, moment: dt.datetime | None = None) -> QuerySet[PurchaseHandling]:
    """How purchases outside agreements were dealt with, in a year or in all."""
    rows = (
        PurchaseHandling.objects.all()
        .as_of(moment)
        .select_related("supplier")
        .order_by("year", "supplier__key")
    )
    return rows if year is None else rows.filter(year=year)


def checks(found: Supplier | None = None, moment: dt.datetime | None = None) -> QuerySet[SupplierCheck]:
    """The checks of a supplier or of all, newest first."""
    rows = (
        SupplierCheck.objects.all().as_of(moment).select_related("supplier").order_by("-date", "kind", "pk")
    )
    return rows if found is None else rows.filter(supplier=found)


def follow_ups(
    found: Agreement | None = None, moment: dt.datetime | None = None
) -> QuerySet[AgreementFollowUp]:
    """The follow-ups of an agreement or of all, newest first."""
    rows = AgreementFollowUp.objects.all().as_of(moment).select_related("agreement__supplier")
    rows = rows.order_by("-date", "pk")
    return rows if found is None else rows.filter(agreement=found)


def categories() -> list[str]:
    """The categories in use, of agreements, procurements and handled purchases, in order. Three queries."""
    found: set[str] = set()
    for rows in (
        Agreement.objects.filter(removed_at__isnull=True),
        Procurement.objects.filter(removed_at__isnull=True),
        PurchaseHandling.objects.all().current(),
    ):
        found |= set(rows.values_list("category", flat=True).distinct())
    return sorted(found - {""})


def subject(row: Supplier | Agreement | Procurement) -> str:
    """What the history calls a row."""
    return f"{row._meta.model_name}:{row.key}"


def version_of(row: Supplier | Agreement | Procurement) -> str:
    """What a form started from: the same as long as nobody has changed anything of the row. One query."""
    event = history.about(subject(row)).first()
    return str(event.sequence) if event else ""
