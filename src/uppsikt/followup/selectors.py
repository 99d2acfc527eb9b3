"""Reading items and their status."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from uppsikt.cycle.selectors import Round
from uppsikt.followup.models import Item, StatusEntry

__all__ = ["Item", "StatusEntry", "chain", "items", "status_history", "statuses"]


def items() -> QuerySet[Item]:
    """Items that stand, in order."""
    return Item.objects.filter(removed_at__isnull=True)


def statuses(
    round_: Round, item_ids: Iterable[int] | None = None, moment: dt.datetime | None = None
) -> dict[int, StatusEntry]:
    """Each item's status in the round, by item id, as it stood at `moment` (None: now). One query."""
    rows = StatusEntry.objects.all().as_of(moment).filter(round=round_)
    if item_ids is not None:
        rows = rows.filter(item_id__in=list(item_ids))
    return {row.item_id: row for row in rows}


def status_history(item: Item) -> QuerySet[StatusEntry]:
    """Every status the item ever had, latest first, superseded ones too."""
    return (
        StatusEntry.objects.filter(item=item)
        .select_related("round")
        .order_by("-round__cutoff", "-recorded_at")
    )


def chain(item: Item) -> list[Item]:
    """The item's earlier selves, nearest year first. One query a year."""
    earlier: list[Item] = []
    current = item.carried_over_from
    while current is not None and current not in earlier:
        earlier.append(current)
        current = current.carried_over_from
    return earlier
