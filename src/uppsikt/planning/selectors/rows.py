"""The rows themselves, for lists, forms and export."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.organisation.selectors import Body
from uppsikt.planning.models import (
    Assessment,
    Assignment,
    Goal,
    Indicator,
    IndicatorUse,
    Observation,
    Plan,
    Target,
)
from uppsikt.planning.rules.judgement import TargetFact


def plans(year: int | None = None) -> QuerySet[Plan]:
    """Plans, of one year or all."""
    rows = Plan.objects.select_related("body", "year").order_by("-year_id", "body__position")
    return rows if year is None else rows.filter(year_id=year)


def plan(body: Body, year: int) -> Plan | None:
    """The body's plan for the year."""
    return Plan.objects.select_related("body", "year").filter(body=body, year_id=year).first()


def goals(year: int | None = None) -> QuerySet[Goal]:
    """Goals that stand, in the plan's order."""
    rows = Goal.objects.filter(removed_at__isnull=True).select_related("body", "responsible", "parent")
    return rows if year is None else rows.filter(year_id=year)


def indicators() -> QuerySet[Indicator]:
    """All series, by name."""
    return Indicator.objects.all()


def uses(year: int | None = None) -> QuerySet[IndicatorUse]:
    """Indicators that stand in plans, in order."""
    rows = IndicatorUse.objects.filter(removed_at__isnull=True).select_related(
        "indicator", "body", "goal", "responsible", "unit"
    )
    return rows if year is None else rows.filter(year_id=year)


def targets(moment: dt.datetime | None = None) -> QuerySet[Target]:
    """Targets as they stood at `moment` (None: now)."""
    return Target.objects.all().as_of(moment)


def observations(moment: dt.datetime | None = None) -> QuerySet[Observation]:
    """Outcomes as they stood at `moment` (None: now), in time order."""
    return Observation.objects.all().as_of(moment).order_by("period_end", "breakdown")


def assignments(year: int | None = None) -> QuerySet[Assignment]:
    """Assignments that stand, in the plan's order."""
    rows = Assignment.objects.filter(item__removed_at__isnull=True).select_related(
        "item", "item__body", "item__responsible", "item__unit", "goal"
    )
    return rows if year is None else rows.filter(item__year_id=year)


def assessments_of(goal: Goal) -> QuerySet[Assessment]:
    """Everything a body has said of its own goal and of the goal it continues, latest first."""
    goals = [goal.pk, *([goal.carried_over_from_id] if goal.carried_over_from_id else [])]
    return (
        Assessment.objects.filter(goal_id__in=goals, body_id=goal.body_id)
        .select_related("round")
        .order_by("-round__cutoff", "-recorded_at")
    )


def fact_of(target: Target) -> TargetFact:
    """A stored target as the rules read it."""
    return TargetFact(
        role=target.role,
        year=target.year,
        kind=target.kind,
        value=target.value,
        upper=target.upper,
        comparator=target.comparator,
        reference=target.reference,
        period_text=target.period_text,
        printed=target.printed,
    )


def removed_row(kind: str, key: str) -> Goal | IndicatorUse | Assignment | None:
    """A goal, an indicator of a plan or an assignment that has been taken out of its plan.

    Args: kind: goals, uses or assignments.
    """
    match kind:
        case "goals":
            return Goal.objects.filter(key=key, removed_at__isnull=False).select_related("body").first()
        case "uses":
            uses = IndicatorUse.objects.filter(key=key, removed_at__isnull=False)
            return uses.select_related("body", "indicator").first()
        case "assignments":
            rows = Assignment.objects.filter(item__key=key, item__removed_at__isnull=False)
            return rows.select_related("item", "item__body").first()
        case _:
            return None


def search_indicators(query: str) -> QuerySet[Indicator]:
    """Series whose name, key, source or Kolada id holds every word searched for."""
    rows = Indicator.objects.all()
    for word in query.split():
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(key__icontains=word)
            | Q(kolada_ids__icontains=word)
            | Q(source__icontains=word)
        )
    return rows


def targets_ever(use: IndicatorUse) -> QuerySet[Target]:
    """Every target the use has had, latest first."""
    return Target.objects.filter(use=use).order_by("-recorded_at")


def target_of_role(use: IndicatorUse, role: str, model: SteeringModel) -> Target | None:
    """The target that stands in a role: the plan's year for the milestone, else the nearest to come."""
    rows = Target.objects.all().current().filter(use=use, role=role).order_by("year")
    if role == "milestone" and model.targets.milestone:
        return rows.filter(year=use.year_id).first() or rows.first()
    return rows.first()
