"""Writing mitigations. Their status is reported through `followup`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from uppsikt.accounts.selectors import User
from uppsikt.control.models import Deficiency, Mitigation, Recommendation, Risk
from uppsikt.control.selectors import mitigations as selectors
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.selectors import Round
from uppsikt.followup.actions import prepare_item
from uppsikt.followup.actions import report_status as report_item_status
from uppsikt.followup.rules import ItemKind
from uppsikt.followup.selectors import StatusEntry
from uppsikt.history.actions import atomic, record
from uppsikt.history.changes import changed
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.kernel import clock
from uppsikt.kernel.problems import refuse
from uppsikt.organisation.selectors import Body, Unit


@atomic
def save_mitigation(
    *,
    key: str,
    year: int,
    body: Body,
    title: str,
    risk: Risk | None = None,
    recommendation: Recommendation | None = None,
    deficiency: Deficiency | None = None,
    description: str = "",
    unit: Unit | None = None,
    responsible: User | None = None,
    deadline: dt.date | None = None,
    carried_over_from: Mitigation | None = None,
    carried_from_year: int | None = None,
    origin_year: int | None = None,
    position: int = 0,
    by: Actor,
) -> tuple[Mitigation, bool]:
    """Add a mitigation of a risk, a recommendation or a deficiency, or change one; a removed one stands again.

    Args: carried_over_from: the same mitigation in an earlier year.
    Raises: InputError when it is not about exactly one thing, or its risk is another year's.
    """
    if sum(each is not None for each in (risk, recommendation, deficiency)) != 1:
        raise refuse(
            "about",
            "En åtgärd gäller en risk, en brist eller en rekommendation.",
            field="risk",
            remedy="Ange precis en av dem.",
        )
    if risk is not None and risk.year_id != year:
        raise refuse(
            "risk", f"Risken hör till {risk.year_id}.", field="risk", remedy=f"Välj en risk för {year}."
        )
    item, item_changes = prepare_item(
        key=key,
        kind=ItemKind.MITIGATION,
        year=year,
        body=body,
        unit=unit,
        responsible=responsible,
        deadline=deadline,
        carried_over_from=carried_over_from.item if carried_over_from else None,
        carried_from_year=carried_from_year,
        origin_year=origin_year,
        position=position,
    )
    mitigation = Mitigation.objects.filter(item=item).first() or Mitigation(item=item)
    difference: dict[str, Any] = changed(
        mitigation,
        {
            "risk": risk,
            "recommendation": recommendation,
            "deficiency": deficiency,
            "title": title.strip(),
            "description": description.strip(),
        },
    )
    if item.removed_at is not None:
        item.removed_at = None
        item.save(update_fields=["removed_at"])
        item_changes["removed"] = [True, False]
    if not difference and not item_changes:
        return mitigation, False
    mitigation.full_clean()
    mitigation.save()
    _record(EventKind.MITIGATION_SAVED, mitigation, by, difference | item_changes)
    return mitigation, True


@atomic
def remove_mitigation(*, mitigation: Mitigation, by: Actor) -> bool:
    """Take a mitigation out. Nothing is lost: `restore_mitigation` puts it back."""
    if mitigation.item.removed_at is not None:
        return False
    mitigation.item.removed_at = clock.now()
    mitigation.item.save(update_fields=["removed_at"])
    _record(EventKind.MITIGATION_REMOVED, mitigation, by, {})
    return True


@atomic
def restore_mitigation(*, mitigation: Mitigation, by: Actor) -> bool:
    """Put a removed mitigation back."""
    if mitigation.item.removed_at is None:
        return False
    mitigation.item.removed_at = None
    mitigation.item.save(update_fields=["removed_at"])
    _record(EventKind.MITIGATION_SAVED, mitigation, by, {"removed": [True, False]})
    return True


def report_status(
    *, mitigation: Mitigation, round_: Round, status: str, comment: str, by: Actor, importing: bool = False
) -> tuple[StatusEntry, bool]:
    """Set a mitigation's status and comment in a round, on the steering model's scale for that round.

    Raises: InputError as `followup.actions.report_status`.
    """
    scale = cycle.model_for(mitigation.item.year_id).status_scale(round_.kind)
    return report_item_status(
        item=mitigation.item,
        round_=round_,
        status=status,
        comment=comment,
        scale=scale,
        label=mitigation.title,
        by=by,
        importing=importing,
    )


def _record(kind: EventKind, mitigation: Mitigation, by: Actor, data: dict[str, Any]) -> None:
    record(
        kind,
        by=by,
        subject=selectors.subject(mitigation),
        label=mitigation.title,
        body_key=mitigation.item.body.key,
        data=data,
    )
