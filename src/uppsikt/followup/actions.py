"""Writing items and their status."""

from __future__ import annotations

import datetime as dt
from typing import Any

from uppsikt.accounts.selectors import User
from uppsikt.cycle.actions import require_open
from uppsikt.cycle.rules.steering import Scale
from uppsikt.cycle.selectors import Round
from uppsikt.followup.models import Item, StatusEntry
from uppsikt.followup.rules import ItemKind
from uppsikt.history.actions import atomic, record
from uppsikt.history.changes import changed
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.history.superseding import supersede
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
        subject=f"{item.kind}:{item.key}",
        label=label,
        body_key=item.body.key,
        data={
            "round": round_.key,
            "status": [standing.status if standing else None, status],
            "comment": [standing.comment if standing else None, comment],
        },
    )
    return row, True
