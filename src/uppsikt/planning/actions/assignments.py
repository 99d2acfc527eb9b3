"""Assignments and commitments. Their status is reported through `followup`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from uppsikt.accounts.selectors import User
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
from uppsikt.kernel.decision import Decision
from uppsikt.kernel.problems import refuse
from uppsikt.organisation.selectors import Body, Unit
from uppsikt.planning.models import Assignment, Goal


@atomic
def save_assignment(
    *,
    key: str,
    year: int,
    body: Body,
    goal: Goal | None = None,
    number: str = "",
    title: str,
    text: str = "",
    background: str = "",
    parts: Sequence[dict[str, str]] = (),
    origin: str = "",
    decision: Decision | None = None,
    responsible: User | None = None,
    unit: Unit | None = None,
    deadline: dt.date | None = None,
    carried_over_from: Assignment | None = None,
    carried_from_year: int | None = None,
    origin_year: int | None = None,
    position: int = 0,
    by: Actor,
) -> tuple[Assignment, bool]:
    """Create or change an assignment.

    Args: parts: [{"label": "a", "text": "…"}]. carried_over_from: the same assignment in an earlier year.
    Raises: InputError when the origin is not in the steering model or the goal is another year's.
    """
    origins = [known.key for known in cycle.model_for(year).origins]
    if origin and origin not in origins:
        raise refuse(
            "origin",
            f"Ursprunget ”{origin}” finns inte i styrmodellen för {year}.",
            field="origin",
            remedy=f"Välj något av: {', '.join(origins)}.",
        )
    if goal is not None and goal.year_id != year:
        raise refuse(
            "goal", f"Målet hör till {goal.year_id}.", field="goal", remedy=f"Välj ett mål för {year}."
        )
    item, item_changes = prepare_item(
        key=key,
        kind=ItemKind.ASSIGNMENT,
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
    reference = decision or Decision()
    assignment = Assignment.objects.filter(item=item).first() or Assignment(item=item)
    difference: dict[str, Any] = changed(
        assignment,
        {
            "goal": goal,
            "number": number,
            "title": title.strip(),
            "text": text,
            "background": background,
            "parts": list(parts),
            "origin": origin,
            "decision_case": reference.case,
            "decision_body": reference.body,
            "decision_date": reference.date,
            "decision_section": reference.section,
        },
    )
    if item.removed_at is not None:
        item.removed_at = None
        item.save(update_fields=["removed_at"])
        item_changes["removed"] = [True, False]
    if not difference and not item_changes:
        return assignment, False
    assignment.full_clean()
    assignment.save()
    _record(EventKind.ASSIGNMENT_SAVED, assignment, by, difference | item_changes)
    return assignment, True


@atomic
def remove_assignment(*, assignment: Assignment, by: Actor) -> None:
    """Take an assignment out of the plan. Nothing is lost: `restore_assignment` puts it back."""
    assignment.item.removed_at = clock.now()
    assignment.item.save(update_fields=["removed_at"])
    _record(EventKind.ASSIGNMENT_REMOVED, assignment, by, {})


@atomic
def restore_assignment(*, assignment: Assignment, by: Actor) -> None:
    """Put a removed assignment back."""
    assignment.item.removed_at = None
    assignment.item.save(update_fields=["removed_at"])
    _record(EventKind.ASSIGNMENT_SAVED, assignment, by, {"removed": [True, False]})


def report_status(
    *, assignment: Assignment, round_: Round, status: str, comment: str, by: Actor, importing: bool = False
) -> tuple[StatusEntry, bool]:
    """Set an assignment's status and comment in a round, on the steering model's scale for that round.

    Raises: InputError as `followup.actions.report_status`.
    """
    scale = cycle.model_for(assignment.item.year_id).status_scale(round_.kind)
    return report_item_status(
        item=assignment.item,
        round_=round_,
        status=status,
        comment=comment,
        scale=scale,
        label=assignment.title,
        by=by,
        importing=importing,
    )


def _record(kind: EventKind, assignment: Assignment, by: Actor, data: dict[str, Any]) -> None:
    record(
        kind,
        by=by,
        subject=f"assignment:{assignment.item.key}",
        label=assignment.title,
        body_key=assignment.item.body.key,
        data=data,
    )
