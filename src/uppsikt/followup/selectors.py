"""Reading items and their status."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.steering import SteeringModel, Step
from uppsikt.cycle.selectors import Round
from uppsikt.followup.models import Dependency, Item, StatusEntry
from uppsikt.history import selectors as history

__all__ = [
    "Dependency",
    "Item",
    "Linked",
    "StatusEntry",
    "chain",
    "dependencies",
    "dependency",
    "items",
    "latest_statuses",
    "linked",
    "status_history",
    "statuses",
    "subject",
    "titles",
]


@dataclass(frozen=True, slots=True)
class Linked:
    """Something of any kind that waits for, or is waited for by, what one looks at. `step`: its latest status."""

    dependency: Dependency
    item: Item
    title: str
    step: Step | None

    @property
    def done(self) -> bool:
        """Whether it is done by its latest status."""
        return self.step is not None and self.step.done


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


def dependencies(
    item_ids: Iterable[int] | None = None, moment: dt.datetime | None = None
) -> list[Dependency]:
    """What waits for what, where either is among the items (None: all), as it stood at `moment`. One query."""
    rows = Dependency.objects.all().as_of(moment).select_related("item__body", "waits_for__body")
    rows = rows.filter(item__removed_at__isnull=True, waits_for__removed_at__isnull=True)
    if item_ids is not None:
        wanted = list(item_ids)
        rows = rows.filter(Q(item_id__in=wanted) | Q(waits_for_id__in=wanted))
    return list(rows.order_by("item__position", "item__key", "waits_for__position", "waits_for__key"))


def linked(
    item_ids: Iterable[int], round_: Round | None = None, moment: dt.datetime | None = None
) -> tuple[Mapping[int, list[Linked]], Mapping[int, list[Linked]]]:
    """What each item waits for, and what waits for it, by item id. At most four queries, and one a year among them.

    Args: round_: statuses told after its cut-off are passed over.
    """
    wanted = set(item_ids)
    waiting: dict[int, list[Linked]] = defaultdict(list)
    held_up: dict[int, list[Linked]] = defaultdict(list)
    rows = dependencies(wanted, moment) if wanted else []
    if not rows:
        return waiting, held_up
    items = {item.pk: item for row in rows for item in (row.item, row.waits_for)}
    names = titles(items.values(), moment)
    told = latest_statuses(items, round_.cutoff if round_ else None, moment)
    models = {items[pk].year_id: None for pk in told}
    known = {year: cycle.model_for(year, moment) for year in models}
    steps = {pk: _step(known[items[pk].year_id], entry) for pk, entry in told.items()}
    for row in rows:
        if row.item_id in wanted:
            other = row.waits_for
            waiting[row.item_id].append(Linked(row, other, names[other.pk], steps.get(other.pk)))
        if row.waits_for_id in wanted:
            other = row.item
            held_up[row.waits_for_id].append(Linked(row, other, names[other.pk], steps.get(other.pk)))
    return waiting, held_up


def dependency(pk: int) -> Dependency | None:
    """What waits for what, by its number, while it stands."""
    rows = (
        Dependency.objects.all()
        .current()
        .select_related("item__body", "item__unit", "item__responsible", "waits_for")
    )
    return rows.filter(pk=pk).first()


def latest_statuses(
    item_ids: Iterable[int], until: dt.date | None = None, moment: dt.datetime | None = None
) -> dict[int, StatusEntry]:
    """Each item's status in the latest round that it has been told in, by item id, its round read. One query.

    Args: until: rounds with a later cut-off are passed over.
    """
    rows = StatusEntry.objects.all().as_of(moment).filter(item_id__in=list(item_ids)).select_related("round")
    if until is not None:
        rows = rows.filter(round__cutoff__lte=until)
    return {row.item_id: row for row in rows.order_by("round__cutoff", "recorded_at")}


def subject(item: Item) -> str:
    """What the history calls the item."""
    return f"{item.kind}:{item.key}"


def titles(found: Iterable[Item], moment: dt.datetime | None = None) -> dict[int, str]:
    """What items of any kind are called, by item id: their names where the history last spoke of them. One query.

    The package that owns a kind has the whole text; this is for those below it, who show items of all kinds.
    """
    by_subject = {subject(item): item for item in found}
    labels = history.labels(by_subject, moment)
    return {item.pk: labels.get(name, item.key) for name, item in by_subject.items()}


def _step(model: SteeringModel, entry: StatusEntry) -> Step | None:
    return model.status_scale(entry.round.kind).step(entry.status) if entry.status else None
