"""How every body's plan stands in a round, counted in SQL and grouped by body: one row for each body, never one for each goal.

Held against the slow reading (`snapshot`, `reporting_tasks`) by tests/web/oversight/test_counts.py.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Concat

from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.cycle.selectors import Round
from uppsikt.followup.rules import ItemKind, Progress
from uppsikt.followup.selectors import Item, StatusEntry
from uppsikt.organisation import selectors as organisation
from uppsikt.planning.models import Assessment, Goal, IndicatorReport, IndicatorUse, Observation
from uppsikt.planning.rules.reporting import due_period, progress
from uppsikt.planning.selectors.reporting_tasks import reporting_tasks
from uppsikt.texts import selectors as texts

Bodies = Collection[int] | None
"""Ids of the bodies that are asked about; None is every body."""


@dataclass(frozen=True, slots=True)
class GoalCounts:
    """A body's own goals on the levels that are assessed. `steps` in the order of the model's scale."""

    goals: int
    steps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AssignmentCounts:
    """A body's assignments. `steps` in the order of the round's scale; `overdue` by the day that is asked about."""

    assignments: int
    steps: tuple[int, ...] = ()
    overdue: int = 0


def goal_counts(round_: Round, model: SteeringModel, bodies: Bodies = None) -> dict[int, GoalCounts]:
    """How the bodies' goals are assessed, by the body's id. Two queries; empty when the model assesses no goals."""
    scale = model.fulfilment
    if scale is None:
        return {}
    levels = [level.key for level in model.committee_levels if level.assessed]
    goals = Goal.objects.filter(year_id=round_.year_id, removed_at__isnull=True, level__in=levels)
    counted = dict(_of(goals, bodies).order_by().values_list("body_id").annotate(Count("pk")))
    rows = (
        Assessment.objects.all()
        .current()
        .filter(round=round_, body_id=F("goal__body_id"), goal__year_id=round_.year_id)
        .filter(goal__removed_at__isnull=True, goal__level__in=levels)
    )
    steps = _tallied(_of(rows, bodies), "body_id", "step", [step.key for step in scale.steps])
    return {body: GoalCounts(count, steps.get(body, ())) for body, count in counted.items()}


def assignment_counts(
    round_: Round, model: SteeringModel, day: dt.date, bodies: Bodies = None
) -> dict[int, AssignmentCounts]:
    """How the bodies' assignments stand, by the body's id. Two queries.

    Args: day: what should have been done before it and is not is overdue.
    """
    scale = model.status_scale(round_.kind)
    items = Item.objects.filter(
        kind=ItemKind.ASSIGNMENT.value, year_id=round_.year_id, removed_at__isnull=True
    )
    late = Count("pk", filter=Q(deadline__lt=day))
    totals = _of(items, bodies).order_by().values_list("body_id").annotate(Count("pk"), late=late)
    rows = (
        StatusEntry.objects.all()
        .current()
        .filter(round=round_, item__kind=ItemKind.ASSIGNMENT.value, item__year_id=round_.year_id)
        .filter(item__removed_at__isnull=True)
    )
    done = [step.key for step in scale.steps if step.done]
    in_time = Count("pk", filter=Q(status__in=done, item__deadline__lt=day))
    steps = _tallied(
        _of(rows, bodies, "item__body_id"),
        "item__body_id",
        "status",
        [step.key for step in scale.steps],
        in_time,
    )
    found = {}
    for body, count, passed in totals:
        told = steps.get(body, ())
        held = told[:-1], passed - (told[-1] if told else 0)
        found[body] = AssignmentCounts(count, *held)
    return found


def reporting_counts(round_: Round, model: SteeringModel, bodies: Bodies = None) -> dict[int, Progress]:
    """How much of what the round asks of each body has been reported, by the body's id.

    The same as `reporting_tasks`, counted. A constant number of queries; bodies that took over from others, whose
    outcomes may stand under an earlier body, are read the slow way.
    """
    asked: Counter[int] = Counter()
    reported: Counter[int] = Counter()
    heirs = {body: earlier for body, earlier in organisation.ancestry().items() if len(earlier) > 1}
    for part in (
        _indicators(round_, bodies),
        _assignments(round_, bodies),
        _of_goals(round_, model, bodies),
    ):
        for body, total, done in part:
            asked[body] += total
            reported[body] += done
    found = {body: Progress(reported[body], total) for body, total in asked.items()}
    wanted = [body for body in heirs if bodies is None or body in bodies]
    if wanted:
        keys = dict(organisation.bodies().filter(pk__in=wanted).values_list("pk", "key"))
        by_body = defaultdict(list)
        for task in reporting_tasks(round_, set(keys.values())):
            by_body[task.body].append(task)
        for pk, key in keys.items():
            found[pk] = progress(by_body[key])
    return {body: one for body, one in found.items() if one.total}


def _indicators(round_: Round, bodies: Bodies) -> Iterable[tuple[int, int, int]]:
    """(body, asked, reported): an indicator is reported when the outcome that is due stands, or why there is none."""
    uses = _of(IndicatorUse.objects.filter(year_id=round_.year_id, removed_at__isnull=True), bodies)
    ways = uses.order_by().values_list("indicator__periodicity", "lag_years").distinct()
    due = [
        When(
            indicator__periodicity=periodicity,
            lag_years=lag,
            then=Value(due_period(periodicity, round_.year_id, lag, round_.cutoff)),
        )
        for periodicity, lag in ways
    ]
    if not due:
        return []
    known = (
        Observation.objects.all()
        .current()
        .filter(Q(round__isnull=True) | Q(round__cutoff__lte=round_.cutoff), unit__isnull=True)
        .filter(Q(body__isnull=True) | Q(body_id=OuterRef("body_id")))
        .filter(indicator_id=OuterRef("indicator_id"), period=OuterRef("due"))
        .exclude(status="missing")
        .exclude(breakdown__startswith="reference=")
    )
    told = (
        IndicatorReport.objects.all()
        .current()
        .filter(round=round_, use_id=OuterRef("pk"))
        .exclude(reported="", analysis="")
    )
    rows = uses.annotate(due=Case(*due, default=Value("")))
    return (
        rows.order_by()
        .values_list("body_id")
        .annotate(Count("pk"), reported=Count("pk", filter=Q(Exists(told)) | Q(Exists(known))))
    )


def _assignments(round_: Round, bodies: Bodies) -> Iterable[tuple[int, int, int]]:
    items = Item.objects.filter(
        kind=ItemKind.ASSIGNMENT.value, year_id=round_.year_id, removed_at__isnull=True
    )
    told = StatusEntry.objects.all().current().filter(round=round_, item_id=OuterRef("pk")).exclude(status="")
    rows = _of(items, bodies).order_by().values_list("body_id")
    return rows.annotate(Count("pk"), reported=Count("pk", filter=Exists(told)))


def _of_goals(round_: Round, model: SteeringModel, bodies: Bodies) -> Iterable[tuple[int, int, int]]:
    """The texts that are asked for and the assessments. One query."""
    goals = _of(Goal.objects.filter(year_id=round_.year_id, removed_at__isnull=True), bodies)
    kinds: dict[str, list[str]] = defaultdict(list)
    for level in model.levels:
        for kind in model.texts_for(level.key):
            kinds[kind.key].append(level.key)
    filters = []
    for key, levels in kinds.items():
        slot = Concat(
            Value("goal:"),
            OuterRef("key"),
            Value(f":{round_.key}:"),
            OuterRef("body__key"),
            Value(f":{key}"),
            output_field=CharField(),
        )
        written = Exists(texts.written().filter(text__slot=slot))
        filters.append((Q(level__in=levels), written))
    if model.fulfilment is not None:
        assessed = (
            Assessment.objects.all()
            .current()
            .filter(round=round_, goal_id=OuterRef("pk"), body_id=OuterRef("body_id"))
            .exclude(step="")
        )
        levels = [level.key for level in model.levels if level.assessed]
        filters.append((Q(level__in=levels), Exists(assessed)))
    if not filters:
        return
    counts = {f"asked{place}": Count("pk", filter=asked) for place, (asked, _done) in enumerate(filters)}
    counts |= {
        f"done{place}": Count("pk", filter=asked & Q(done)) for place, (asked, done) in enumerate(filters)
    }
    for body, *numbers in goals.order_by().values_list("body_id").annotate(**counts):
        yield body, sum(numbers[: len(filters)]), sum(numbers[len(filters) :])


def _of(rows: QuerySet[Any], bodies: Bodies, field: str = "body_id") -> QuerySet[Any]:
    return rows if bodies is None else rows.filter(**{f"{field}__in": list(bodies)})


def _tallied(
    rows: QuerySet[Any], body: str, field: str, keys: Sequence[str], *more: Count
) -> Mapping[int, tuple[int, ...]]:
    """How many of each body's rows hold each key, in the keys' order, and whatever more is counted."""
    counts = [Count("pk", filter=Q(**{field: key})) for key in keys]
    names = {f"n{place}": count for place, count in enumerate((*counts, *more))}
    return {row[0]: tuple(row[1:]) for row in rows.order_by().values_list(body).annotate(**names)}
