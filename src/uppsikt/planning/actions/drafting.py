"""Making the plan by hand: as the other actions, but only in a draft, and never over somebody else's change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from uppsikt.accounts.selectors import User
from uppsikt.history.actions import atomic, record
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.kernel.decision import Decision
from uppsikt.kernel.problems import refuse
from uppsikt.organisation.selectors import Body
from uppsikt.planning import selectors
from uppsikt.planning.actions import assignments, goals, indicators
from uppsikt.planning.models import Assignment, Goal, Indicator, IndicatorUse, Target
from uppsikt.planning.rules.judgement import TargetFact
from uppsikt.planning.rules.keys import new_key
from uppsikt.planning.selectors import target_version, version_of

PlanRow = Goal | IndicatorUse | Assignment


class Changed(Exception):
    """Somebody else has saved since the form was opened. Nothing was written; `row` is what stands now."""

    def __init__(self, row: PlanRow | Target | None) -> None:
        self.row = row
        super().__init__("changed since it was read")


def require_draft(*, body: Body, year: int) -> None:
    """Stop changes in an adopted plan. Raises: InputError."""
    plan = selectors.plan(body, year)
    if plan is not None and plan.adopted_at is not None:
        raise refuse(
            "adopted",
            "Planen är fastställd och kan inte ändras.",
            remedy="Öppna den igen med ett skäl först.",
        )


@atomic
def save_goal(
    *,
    goal: Goal | None,
    version: str,
    year: int,
    body: Body,
    level: str,
    parent: Goal | None,
    number: str,
    name: str,
    description: str,
    responsible: User | None,
    priorities: Sequence[str],
    by: Actor,
) -> Goal:
    """Add a goal last among its siblings, or change one.

    Raises: Changed when somebody else has changed it since `version`; InputError as `goals.save_goal`.
    """
    require_draft(body=body, year=year)
    if goal is not None:
        goal = _unchanged(Goal.objects.get(pk=goal.pk), version)
    siblings = Goal.objects.filter(year_id=year, parent=parent, removed_at__isnull=True)
    taken = Goal.objects.filter(year_id=year).values_list("key", flat=True)
    saved, _changed = goals.save_goal(
        key=goal.key if goal else new_key([str(year), body.key, name], taken),
        year=year,
        body=body,
        level=level,
        parent=parent,
        number=number,
        name=name,
        description=description,
        position=goal.position if goal else _next([row.position for row in siblings]),
        responsible=responsible,
        carried_over_from=goal.carried_over_from if goal else None,
        by=by,
    )
    goals.save_priorities(goal=saved, texts=priorities, by=by)
    return saved


@atomic
def save_use(
    *,
    use: IndicatorUse | None,
    version: str,
    year: int,
    body: Body,
    goal: Goal | None,
    section: str,
    indicator: Indicator | None,
    series: dict[str, Any],
    label: str,
    lag_years: int,
    breakdowns: str | None = None,
    responsible: User | None,
    note: str,
    by: Actor,
) -> IndicatorUse:
    """Put an indicator in the plan, or change how it stands there.

    Args:
        indicator: an existing series; None makes a new one.
        series: the series' own fields to set.
        breakdowns: dimensions with ";" between; None keeps what stands.

    Raises: Changed, InputError as `indicators.save_use`.
    """
    require_draft(body=body, year=year)
    if use is not None:
        use = _unchanged(IndicatorUse.objects.get(pk=use.pk), version)
        indicator = use.indicator
    if series:
        known = Indicator.objects.values_list("key", flat=True)
        key = indicator.key if indicator else new_key([series["name"]], known)
        indicator, _changed = indicators.save_indicator(key=key, by=by, **series)
    if indicator is None:
        raise refuse("indicator", "Ingen indikator är vald.", field="indicator", remedy="Välj en serie.")
    if use is None:
        there = IndicatorUse.objects.filter(
            year_id=year, body=body, goal=goal, section=section, indicator=indicator
        )
        if there.filter(removed_at__isnull=True).exists():
            raise refuse("used", f"”{indicator.name}” finns redan här.", field="indicator")
    siblings = IndicatorUse.objects.filter(year_id=year, goal=goal, section=section, removed_at__isnull=True)
    taken = IndicatorUse.objects.filter(year_id=year).values_list("key", flat=True)
    saved, _changed = indicators.save_use(
        key=use.key if use else new_key([str(year), body.key, indicator.key], taken),
        year=year,
        body=body,
        goal=goal,
        section=section,
        indicator=indicator,
        position=use.position if use else _next([row.position for row in siblings]),
        label=label,
        lag_years=lag_years,
        breakdowns=(use.breakdowns if use else "") if breakdowns is None else breakdowns,
        responsible=responsible,
        unit=use.unit if use else None,
        note=note,
        by=by,
    )
    return saved


@atomic
def set_target(*, use: IndicatorUse, version: str, target: TargetFact, by: Actor) -> Target:
    """Set a target in a draft. Raises: Changed, InputError as `indicators.set_target`."""
    require_draft(body=use.body, year=use.year_id)
    standing = selectors.standing_target(use, target.role, target.year)
    if version != target_version(standing):
        raise Changed(standing)
    if standing is not None and not target.printed and target.text == standing.printed:
        target = replace(target, printed=standing.printed)
    row, _changed = indicators.set_target(use=use, target=target, by=by)
    return row


@atomic
def remove_target(*, target: Target, by: Actor) -> None:
    """End a target in a draft. Raises: InputError."""
    require_draft(body=target.use.body, year=target.use.year_id)
    indicators.remove_target(target=target, by=by)


@atomic
def save_assignment(
    *,
    assignment: Assignment | None,
    version: str,
    year: int,
    body: Body,
    goal: Goal | None,
    number: str,
    title: str,
    text: str,
    background: str,
    parts: Sequence[dict[str, str]],
    origin: str,
    decision: Decision,
    responsible: User | None,
    deadline: dt.date | None,
    by: Actor,
) -> Assignment:
    """Add an assignment, or change one. Raises: Changed, InputError as `assignments.save_assignment`."""
    require_draft(body=body, year=year)
    item = None
    if assignment is not None:
        rows = Assignment.objects.select_related("item")
        assignment = _unchanged(rows.get(pk=assignment.pk), version)
        item = assignment.item
    standing = Assignment.objects.filter(item__year_id=year, item__body=body).select_related("item")
    earlier = item.carried_over_from if item else None
    saved, _changed = assignments.save_assignment(
        key=item.key if item else new_key([str(year), body.key, title], [row.item.key for row in standing]),
        year=year,
        body=body,
        goal=goal,
        number=number,
        title=title,
        text=text,
        background=background,
        parts=parts,
        origin=origin,
        decision=decision,
        responsible=responsible,
        unit=item.unit if item else None,
        deadline=deadline,
        carried_over_from=Assignment.objects.filter(item=earlier).first() if earlier else None,
        carried_from_year=item.carried_from_year if item else None,
        origin_year=item.origin_year if item else None,
        position=item.position if item else _next([row.item.position for row in standing]),
        by=by,
    )
    return saved


@atomic
def remove(*, row: PlanRow, by: Actor) -> None:
    """Take something out of a draft; `restore` puts it back. Raises: InputError as the row's own action."""
    require_draft(body=_body(row), year=_year(row))
    match row:
        case Goal():
            goals.remove_goal(goal=row, by=by)
        case IndicatorUse():
            indicators.remove_use(use=row, by=by)
        case Assignment():
            assignments.remove_assignment(assignment=row, by=by)


@atomic
def restore(*, row: PlanRow, by: Actor) -> None:
    """Put something removed back in a draft. Raises: InputError."""
    require_draft(body=_body(row), year=_year(row))
    match row:
        case Goal():
            goals.restore_goal(goal=row, by=by)
        case IndicatorUse():
            indicators.restore_use(use=row, by=by)
        case Assignment():
            assignments.restore_assignment(assignment=row, by=by)


@atomic
def move(*, row: PlanRow, way: Literal["up", "down"], by: Actor) -> bool:
    """Move something one step among its siblings in a draft. Returns whether it could be moved."""
    require_draft(body=_body(row), year=_year(row))
    siblings = _siblings(row)
    place = next(index for index, each in enumerate(siblings) if each.pk == row.pk)
    other = place - 1 if way == "up" else place + 1
    if not 0 <= other < len(siblings):
        return False
    siblings[place], siblings[other] = siblings[other], siblings[place]
    before = _position(row)
    for number, each in enumerate(siblings, start=1):
        _place(each, number)
    kinds = {
        Goal: EventKind.GOAL_SAVED,
        IndicatorUse: EventKind.USE_SAVED,
        Assignment: EventKind.ASSIGNMENT_SAVED,
    }
    record(
        kinds[type(row)],
        by=by,
        subject=_subject(row),
        label=str(row) if not isinstance(row, IndicatorUse) else row.label or row.indicator.name,
        body_key=_body(row).key,
        data={"position": [before, other + 1]},
    )
    return True


def _unchanged(row: Any, version: str) -> Any:
    if version_of(row) != version:
        raise Changed(row)
    return row


def _next(positions: Sequence[int]) -> int:
    return max(positions, default=0) + 1


def _siblings(row: PlanRow) -> list[Any]:
    """Those that stand beside it in the plan, in order."""
    match row:
        case Goal():
            goals_beside = Goal.objects.filter(year_id=row.year_id, parent=row.parent, body=row.body)
            return list(goals_beside.filter(removed_at__isnull=True))
        case IndicatorUse():
            uses = IndicatorUse.objects.filter(year_id=row.year_id, goal=row.goal, section=row.section)
            return list(uses.filter(body=row.body, removed_at__isnull=True))
        case Assignment():
            rows = Assignment.objects.filter(item__year_id=row.item.year_id, goal=row.goal)
            rows = rows.filter(item__body=row.item.body, item__removed_at__isnull=True)
            return list(rows.select_related("item"))


def _place(row: PlanRow, number: int) -> None:
    target = row.item if isinstance(row, Assignment) else row
    if target.position != number:
        target.position = number
        target.save(update_fields=["position"])


def _position(row: PlanRow) -> int:
    return row.item.position if isinstance(row, Assignment) else row.position


def _body(row: PlanRow) -> Body:
    return row.item.body if isinstance(row, Assignment) else row.body


def _year(row: PlanRow) -> int:
    return row.item.year_id if isinstance(row, Assignment) else row.year_id


def _subject(row: PlanRow) -> str:
    match row:
        case Goal():
            return f"goal:{row.key}"
        case IndicatorUse():
            return f"use:{row.key}"
        case Assignment():
            return f"assignment:{row.item.key}"
