"""Writing items and their status."""

from __future__ import annotations

import datetime as dt
from typing import Any

from uppsikt.accounts.selectors import User
from uppsikt.cycle.actions import require_open
from uppsikt.cycle.rules.steering import Scale
from uppsikt.cycle.selectors import Round
from uppsikt.followup.models import Dependency, Item, StatusEntry
from uppsikt.followup.rules import ItemKind, would_circle
from uppsikt.followup.selectors import subject
from uppsikt.history.actions import atomic, record
from uppsikt.history.changes import changed
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.history.superseding import supersede, withdraw
from uppsikt.kernel.problems import refuse
from uppsikt.organisation.selectors import Body, Unit


def prepare_item(
    *,
    key: str,
    kind: ItemKind,
    year: int,
    body: Body,
    unit: Unit | None = None,
    responsible: User | None = None,
    deadline: dt.date | None = None,
    carried_over_from: Item | None = None,
    carried_from_year: int | None = None,
    origin_year: int | None = None,
    position: int = 0,
) -> tuple[Item, dict[str, list[Any]]]:
    """Store an item for the package that owns its kind, which writes the event with both parts' changes.

    Returns: the item and what changed (empty when nothing did).
    """
    item = Item.objects.filter(key=key).first() or Item(key=key, kind=kind.value)
    difference = changed(
        item,
        {
            "year_id": year,
            "body": body,
            "unit": unit,
            "responsible": responsible,
            "deadline": deadline,
            "carried_over_from": carried_over_from,
            "carried_from_year": carried_from_year,
            "origin_year": origin_year,
            "position": position,
        },
    )
    if difference:
        item.full_clean()
        item.save()
    return item, difference


@atomic
def report_status(
    *,
    item: Item,
    round_: Round,
    status: str,
    comment: str,
    scale: Scale,
    label: str,
    by: Actor,
    importing: bool = False,
) -> tuple[StatusEntry, bool]:
    """Set an item's status and comment in a round. Returns the row and whether anything changed.

    Args: status: a step of `scale`, or empty when only a comment is given. importing: lets a dataset fill
        rounds that have been closed since.
    Raises: InputError when the round is not open or the status is not on the scale.
    """
    require_open(round_, year=item.year_id, importing=importing)
    if status and scale.step(status) is None:
        choices = ", ".join(step.label for step in scale.steps)
        raise refuse(
            "status", f"”{status}” finns inte på skalan.", field="status", remedy=f"Välj något av: {choices}."
        )
    standing = StatusEntry.objects.all().current().filter(item=item, round=round_).first()
    comment = comment.strip()
    if standing is not None and (standing.status, standing.comment) == (status, comment):
        return standing, False
    row = supersede(standing, StatusEntry(item=item, round=round_, status=status, comment=comment), by=by)
    record(
        EventKind.STATUS_REPORTED,
        by=by,
        subject=subject(item),
        label=label,
        body_key=item.body.key,
        data={
            "round": round_.key,
            "status": [standing.status if standing else None, status],
            "comment": [standing.comment if standing else None, comment],
        },
    )
    return row, True


@atomic
def set_dependency(
    *, item: Item, waits_for: Item, note: str = "", label: str, by: Actor
) -> tuple[Dependency, bool]:
    """Say that an item cannot be done before another is. Returns the row and whether anything changed.

    Args: label: what the item that waits is called.
    Raises: InputError when it would wait for itself, by way of others or not, or for what has been taken out.
    """
    if waits_for.removed_at is not None:
        raise refuse("removed", "Det som ska göras först är borttaget.", field="waits_for")
    held = Dependency.objects.all().current()
    if would_circle(list(held.values_list("item_id", "waits_for_id")), item.pk, waits_for.pk):
        raise refuse(
            "circle",
            "De skulle vänta på varandra, och ingen av dem kunna börja.",
            field="waits_for",
            remedy="Välj något som inte själv väntar på det här.",
        )
    standing = held.filter(item=item, waits_for=waits_for).first()
    note = note.strip()
    if standing is not None and standing.note == note:
        return standing, False
    row = supersede(standing, Dependency(item=item, waits_for=waits_for, note=note), by=by)
    record(
        EventKind.DEPENDENCY_SET,
        by=by,
        subject=subject(item),
        label=label,
        body_key=item.body.key,
        data={"waits_for": waits_for.key, "note": [standing.note if standing else None, note]},
    )
    return row, True


@atomic
def remove_dependency(*, dependency: Dependency, label: str, by: Actor) -> bool:
    """Say that an item waits for another no longer. Returns whether anything changed."""
    dependency = Dependency.objects.select_related("item__body", "waits_for").get(pk=dependency.pk)
    if dependency.superseded_at is not None:
        return False
    withdraw(dependency)
    item = dependency.item
    record(
        EventKind.DEPENDENCY_REMOVED,
        by=by,
        subject=subject(item),
        label=label,
        body_key=item.body.key,
        data={"waits_for": [dependency.waits_for.key, None]},
    )
    return True
