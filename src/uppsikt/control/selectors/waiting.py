"""What of internal control and audit waits for a person: the least that can be read to say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from uppsikt.accounts.selectors import User
from uppsikt.control.models import ControlResult, Mitigation, Occasion, Recommendation, RecommendationAnswer
from uppsikt.cycle.selectors import Round
from uppsikt.followup.selectors import StatusEntry


def untold_mitigations(person: User, round_: Round) -> QuerySet[Mitigation]:
    """The mitigations that the person answers for in the round's year and that have no status in the round."""
    told = StatusEntry.objects.all().current().filter(item=OuterRef("item"), round=round_).exclude(status="")
    rows = Mitigation.objects.filter(
        item__year_id=round_.year_id, item__responsible=person, item__removed_at__isnull=True
    )
    return rows.filter(~Exists(told))


def unmade_occasions(person: User, year: int, day: dt.date) -> QuerySet[Occasion]:
    """The occasions of a year that the person should have made by `day`, and that have no result; the oldest first."""
    made = ControlResult.objects.all().current().filter(occasion=OuterRef("pk"))
    mine = Q(control__performer=person) | Q(
        control__performer__isnull=True, control__item__responsible=person
    )
    rows = Occasion.objects.filter(
        mine,
        control__item__year_id=year,
        control__item__removed_at__isnull=True,
        removed_at__isnull=True,
        due__lte=day,
    )
    return rows.filter(~Exists(made)).select_related("control__item", "control__group").order_by("due", "pk")


def unanswered_recommendations(bodies: Iterable[str] | None) -> QuerySet[Recommendation]:
    """The recommendations to some bodies (None: all) that nobody has answered."""
    answered = RecommendationAnswer.rows.all().current().filter(recommendation=OuterRef("pk"))
    rows = Recommendation.objects.filter(removed_at__isnull=True, review__removed_at__isnull=True)
    if bodies is not None:
        rows = rows.filter(body__key__in=list(bodies))
    return rows.filter(~Exists(answered))
