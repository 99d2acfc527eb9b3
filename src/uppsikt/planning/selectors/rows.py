"""The rows themselves, for lists, forms and export."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from uppsikt.organisation.selectors import Body
from uppsikt.planning.models import Assignment, Goal, Indicator, IndicatorUse, Observation, Plan, Target


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
