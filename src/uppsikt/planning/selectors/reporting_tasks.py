"""What a round asks for of everyone, and what has been done: read without judging anything, so that it is cheap."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import chain
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.cycle.selectors import Round
from uppsikt.followup import selectors as followup
from uppsikt.organisation import selectors as organisation
from uppsikt.planning.models import Assessment, Assignment, Goal, IndicatorReport, IndicatorUse, Observation
from uppsikt.planning.rules.reporting import Task, TaskKind, due_period, goal_slot
from uppsikt.texts import selectors as texts

Row = TypeVar("Row", bound=Model)


def reporting_tasks(round_: Round, bodies: Collection[str] | None = None, person: str = "") -> list[Task]:
    """Everything the round asks for, in the plan's order: indicators, assignments, texts, assessments.

    Args: bodies: keys; None takes every body. person: only what this person answers for by name.
    Returns: a constant number of queries, whatever the size. Empty when the year has no steering model.
    """
    try:
        model = cycle.model_for(round_.year_id)
    except LookupError:
        return []
    goals = list(
        _of(
            Goal.objects.filter(year_id=round_.year_id, removed_at__isnull=True), bodies, "body__key"
        ).select_related("body", "responsible")
    )
    return list(
        chain(
            _indicators(round_, bodies, person),
            _assignments(round_, bodies, person),
            _texts(goals, model, round_),
            _assessments(goals, model, round_),
        )
    )


def reporting_bodies(year: int) -> set[str]:
    """The keys of the bodies that have something to report in the year. Two queries."""
    uses = IndicatorUse.objects.filter(year_id=year, removed_at__isnull=True).values_list(
        "body__key", flat=True
    )
    tasks = Assignment.objects.filter(item__year_id=year, item__removed_at__isnull=True)
    return {
        *uses.order_by().distinct(),
        *tasks.order_by().values_list("item__body__key", flat=True).distinct(),
    }


def _by(rows: QuerySet[Row], person: str, field: str = "responsible__key") -> QuerySet[Row]:
    """The rows that the person answers for; all when nobody is named."""
    return rows.filter(**{field: person}) if person else rows


def _of(rows: QuerySet[Row], bodies: Collection[str] | None, field: str) -> QuerySet[Row]:
    """The rows of those bodies."""
    return rows if bodies is None else rows.filter(**{f"{field}__in": list(bodies)})


def _indicators(round_: Round, bodies: Collection[str] | None, person: str) -> Iterable[Task]:
    """An indicator is reported when the outcome that is due stands, or why there is none."""
    uses = list(
        _of(
            _by(IndicatorUse.objects.filter(year_id=round_.year_id, removed_at__isnull=True), person),
            bodies,
            "body__key",
        ).select_related("indicator", "body", "goal", "responsible", "unit")
    )
    due = {
        use.pk: due_period(use.indicator.periodicity, use.year_id, use.lag_years, round_.cutoff)
        for use in uses
    }
    known: dict[tuple[int, str], set[int | None]] = {}
    rows = (
        Observation.objects.all()
        .current()
        .filter(Q(round__isnull=True) | Q(round__cutoff__lte=round_.cutoff), unit__isnull=True)
        .filter(indicator__in={use.indicator_id for use in uses}, period__in=set(due.values()))
        .exclude(status="missing")
        .exclude(breakdown__startswith="reference=")
    )
    for indicator, period, body in rows.values_list("indicator_id", "period", "body_id"):
        known.setdefault((indicator, period), set()).add(body)
    told = set(
        IndicatorReport.objects.all()
        .current()
        .filter(round=round_, use__in=uses)
        .exclude(reported="", analysis="")
        .values_list("use_id", flat=True)
    )
    ancestry = organisation.ancestry()
    for use in uses:
        whose = {None, *ancestry.get(use.body_id, [use.body_id])}
        done = use.pk in told or bool(known.get((use.indicator_id, due[use.pk]), set()) & whose)
        yield Task(
            kind=TaskKind.INDICATOR,
            key=use.key,
            name=use.label or use.indicator.name,
            body=use.body.key,
            goal=use.goal.key if use.goal else "",
            goal_name=use.goal.name if use.goal else "",
            section=use.section,
            person=use.responsible.key if use.responsible else "",
            person_name=use.responsible.name if use.responsible else "",
            unit=use.unit.key if use.unit else "",
            done=done,
            deadline=round_.deadline,
        )


def _assignments(round_: Round, bodies: Collection[str] | None, person: str) -> Iterable[Task]:
    rows = list(
        _of(
            _by(
                Assignment.objects.filter(item__year_id=round_.year_id, item__removed_at__isnull=True),
                person,
                "item__responsible__key",
            ),
            bodies,
            "item__body__key",
        ).select_related("item", "item__body", "item__responsible", "item__unit", "goal")
    )
    entries = followup.statuses(round_, [row.item_id for row in rows])
    for row in rows:
        item, entry = row.item, entries.get(row.item_id)
        yield Task(
            kind=TaskKind.ASSIGNMENT,
            key=item.key,
            name=row.title,
            body=item.body.key,
            goal=row.goal.key if row.goal else "",
            goal_name=row.goal.name if row.goal else "",
            section="",
            person=item.responsible.key if item.responsible else "",
            person_name=item.responsible.name if item.responsible else "",
            unit=item.unit.key if item.unit else "",
            done=entry is not None and bool(entry.status),
            deadline=round_.deadline,
        )


def _texts(goals: Collection[Goal], model: SteeringModel, round_: Round) -> Iterable[Task]:
    """The texts a body writes about its goals. Those about a priority are offered but not asked for."""
    wanted = [(goal, kind) for goal in goals for kind in model.texts_for(goal.level)]
    slots = {
        (goal.pk, kind.key): goal_slot(goal.key, round_.key, goal.body.key, kind.key) for goal, kind in wanted
    }
    written = {slot for slot, content in texts.contents(list(slots.values())).items() if content}
    for goal, kind in wanted:
        yield _of_goal(goal, TaskKind.TEXT, kind.label, round_, done=slots[goal.pk, kind.key] in written)


def _assessments(goals: Collection[Goal], model: SteeringModel, round_: Round) -> Iterable[Task]:
    if model.fulfilment is None:
        return
    levels = {level.key for level in model.levels if level.assessed}
    assessed = set(
        Assessment.objects.all()
        .current()
        .filter(round=round_, goal__in=goals)
        .exclude(step="")
        .values_list("goal_id", "body_id")
    )
    for goal in goals:
        if goal.level in levels:
            done = (goal.pk, goal.body_id) in assessed
            yield _of_goal(goal, TaskKind.GOAL, str(goal), round_, done=done)


def _of_goal(goal: Goal, kind: TaskKind, name: str, round_: Round, *, done: bool) -> Task:
    return Task(
        kind=kind,
        key=goal.key,
        name=name,
        body=goal.body.key,
        goal=goal.key,
        goal_name=goal.name,
        section="",
        person=goal.responsible.key if goal.responsible else "",
        person_name=goal.responsible.name if goal.responsible else "",
        unit="",
        done=done,
        deadline=round_.deadline,
    )
