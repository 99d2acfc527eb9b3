"""Reporting as people do it: from the version they began with, so that nobody overwrites another unseen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from uppsikt.cycle import actions as cycle_actions
from uppsikt.cycle.actions import require_open
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.cycle.selectors import Round
from uppsikt.followup.selectors import StatusEntry
from uppsikt.history.actions import atomic
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.kernel.period import parse_period
from uppsikt.planning.actions.assignments import report_status
from uppsikt.planning.actions.goals import assess
from uppsikt.planning.actions.indicators import record_observation, report_indicator
from uppsikt.planning.models import (
    Assessment,
    IndicatorReport,
    Observation,
)
from uppsikt.planning.rules.reporting import PartKind
from uppsikt.planning.selectors.reporting_sheet import FIELDS, Part, Sheet
from uppsikt.texts import actions as texts
from uppsikt.texts.actions import Conflict

ANY = -1
"""As version begun from: whatever stands is to be replaced. The person has seen it and chosen."""


@dataclass(frozen=True, slots=True)
class Stale:
    """Somebody else saved first. Nothing was written; `values` is what stands now, `pk` its version."""

    values: Mapping[str, Any]
    pk: int
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """What was sent in stands. `changed`: it did not stand so before."""

    changed: bool


@atomic
def report_part(
    *, part: Part, round_: Round, values: Mapping[str, Any], base: int | None, by: Actor
) -> Kept | Stale:
    """Save one part of a page of reporting, begun from version `base` (None: nothing stood).

    A version that the same person saved meanwhile is no obstacle.
    Raises: InputError as the action for that kind of part.
    """
    require_open(round_)
    if part.kind is PartKind.TEXT:
        return _save_text(part, values["content"], base, by)
    standing = _standing(part, round_)
    if standing is not None and base not in (standing.pk, ANY) and standing.recorded_by_key != by.key:
        theirs = {name: getattr(standing, name) for name in FIELDS[part.kind]}
        if theirs != dict(values):
            return Stale(theirs, standing.pk, standing.recorded_by_name, standing.recorded_at)
    _row, changed = _WRITERS[part.kind](part, round_, values, by)
    drop_drafts(part=part, by=by)
    return Kept(changed)


def drop_drafts(*, part: Part, by: Actor) -> None:
    """Throw away what the person had begun in the part's fields."""
    for slot in part.slots.values():
        texts.discard_draft(slot=slot, by=by)


@transaction.atomic
def carry_texts(*, sheet: Sheet, earlier: Mapping[str, list[Any]], by: Actor) -> int:
    """Put last round's texts where nothing is written yet, as a starting point. Returns how many.

    They become drafts of the person who asks: nothing stands until it has been read through and saved.
    Raises: InputError when the round is not open.
    """
    require_open(sheet.round)
    carried = 0
    for part in sheet.parts:
        content = earlier.get(part.key.removeprefix("text-"))
        slot = part.slots.get("content", "")
        if part.kind is not PartKind.TEXT or part.values["content"] or not content or slot in sheet.drafts:
            continue
        texts.autosave_draft(slot=slot, label=part.label, content=content, base_number=None, by=by)
        carried += 1
    return carried


def move_round(*, round_: Round, state: str, reason: str, by: Actor) -> bool:
    """Open, close or reopen a round. Raises: InputError as `cycle.actions.move_round`."""
    return cycle_actions.move_round(round_=round_, state=RoundState(state), reason=reason, by=by)


def _save_text(part: Part, content: list[Any], base: int | None, by: Actor) -> Kept | Stale:
    goal = part.goal.goal if part.goal else None
    outcome = texts.save_text(
        slot=part.slots["content"],
        label=f"{part.label}: {goal}",
        content=content,
        base_number=base,
        body_key=part.body,
        by=by,
        kind=EventKind.GOAL_TEXT_SAVED,
        subject=f"goal:{goal.key}" if goal else "",
    )
    if isinstance(outcome, Conflict):
        return Stale({"content": outcome.theirs}, outcome.theirs_number, outcome.theirs_by, outcome.theirs_at)
    return Kept(outcome.changed)


def _standing(part: Part, round_: Round) -> Any:
    """The version that stands. Savers take turns (`atomic`), so it stands until this one has saved."""
    rows: Any
    match part.kind:
        case PartKind.STATUS:
            assert part.assignment
            rows = StatusEntry.objects.filter(item=part.assignment.assignment.item_id, round=round_)
        case PartKind.ASSESSMENT:
            assert part.goal
            rows = Assessment.objects.filter(goal=part.goal.goal, round=round_, body=part.goal.goal.body)
        case PartKind.JUDGEMENT:
            assert part.indicator
            rows = IndicatorReport.objects.filter(use=part.indicator.use, round=round_)
        case _:
            assert part.indicator
            rows = Observation.objects.filter(
                indicator=part.indicator.indicator,
                body=part.indicator.use.body,
                unit=None,
                period=part.period,
                breakdown=part.breakdown,
            )
    return rows.filter(superseded_at__isnull=True).first()


def _write_status(part: Part, round_: Round, values: Mapping[str, Any], by: Actor) -> tuple[Any, bool]:
    assert part.assignment
    return report_status(assignment=part.assignment.assignment, round_=round_, by=by, **values)


def _write_assessment(part: Part, round_: Round, values: Mapping[str, Any], by: Actor) -> tuple[Any, bool]:
    assert part.goal
    goal = part.goal.goal
    return assess(goal=goal, round_=round_, body=goal.body, proposed=part.rule, by=by, **values)


def _write_judgement(part: Part, round_: Round, values: Mapping[str, Any], by: Actor) -> tuple[Any, bool]:
    assert part.indicator
    return report_indicator(use=part.indicator.use, round_=round_, rule=part.rule, by=by, **values)


def _write_outcome(part: Part, round_: Round, values: Mapping[str, Any], by: Actor) -> tuple[Any, bool]:
    assert part.indicator
    figure = part.indicator.figure(part.period, part.breakdown)
    return record_observation(
        indicator=part.indicator.indicator,
        body=part.indicator.use.body,
        period=parse_period(part.period),
        breakdown=part.breakdown,
        source=figure.source
        if figure and part.pk and figure.source != part.indicator.indicator.source
        else "",
        round_=round_,
        by=by,
        **values,
    )


_Writer = Callable[[Part, Round, Mapping[str, Any], Actor], tuple[Any, bool]]
_WRITERS: Mapping[PartKind, _Writer] = {
    PartKind.STATUS: _write_status,
    PartKind.ASSESSMENT: _write_assessment,
    PartKind.JUDGEMENT: _write_judgement,
    PartKind.OUTCOME: _write_outcome,
}
