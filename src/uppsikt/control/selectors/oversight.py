"""How every body's internal control and audit stand, counted in SQL and grouped by body.

A hundred thousand controls are counted from indexes alone (`ControlResult` keeps its body and its period's end); rows are
read one by one only where something is wrong. Held against `control_facts`, `deficiency_facts`, `risk_facts` and
`recommendation_facts` by tests/web/oversight/test_counts.py.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate

from uppsikt.control.models import (
    AuditorFollowUp,
    Control,
    ControlResult,
    Deficiency,
    Mitigation,
    Occasion,
    Recommendation,
    RecommendationAnswer,
    ResultPart,
    Risk,
    RiskAssessment,
)
from uppsikt.control.rules.audit import RecommendationState, recommendation_state
from uppsikt.control.rules.words import Stage
from uppsikt.control.selectors import control_rows, controls
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.control_policy import ControlPolicy
from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.cycle.selectors import Round
from uppsikt.followup.rules import ItemKind
from uppsikt.followup.selectors import Item, StatusEntry
from uppsikt.kernel.clock import STOCKHOLM

Bodies = Collection[int] | None
"""Ids of the bodies that are asked about; None is every body."""

DEFICIENT, FAILED = "deficient", "failed"


@dataclass(frozen=True, slots=True)
class ControlCounts:
    """A body's controls of the year. `done`: with a result. `deficient`, `failed`: by the newest result.

    `open`: deficiencies that no retest has passed.
    """

    controls: int = 0
    done: int = 0
    deficient: int = 0
    failed: int = 0
    open: int = 0


@dataclass(frozen=True, slots=True)
class RiskCounts:
    """A body's risks of the year. `high`: something must be done about them; `unanswered`: nothing is."""

    risks: int = 0
    high: int = 0
    unanswered: int = 0


@dataclass(frozen=True, slots=True)
class AuditCounts:
    """A body's recommendations, of all years. `open`: something remains to be done; `overdue`: the answer is late.

    `not_done`: the auditor has looked again and found it not done.
    """

    recommendations: int = 0
    open: int = 0
    overdue: int = 0
    not_done: int = 0


@dataclass
class _Tally:
    controls: Counter[int] = field(default_factory=Counter)
    done: Counter[int] = field(default_factory=Counter)
    judged: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    open: Counter[int] = field(default_factory=Counter)


def control_counts(round_: Round, model: SteeringModel, bodies: Bodies = None) -> dict[int, ControlCounts]:
    """How the bodies' controls stand up to the round, by the body's id. A constant number of queries."""
    tally = _Tally()
    items = Item.objects.filter(
        year_id=round_.year_id, kind=ItemKind.CONTROL.value, removed_at__isnull=True
    ).order_by()
    tally.controls.update(dict(_of(items, bodies).values_list("body_id").annotate(Count("pk"))))
    if not tally.controls:
        return {}
    results = _results(round_, bodies)
    counted = results.order_by().values_list("body_id").annotate(n=Count("control_id", distinct=True))
    tally.done.update(dict(counted))
    newest = results.filter(~Exists(_later(round_)))
    for body, judgement in newest.filter(judgement__in=(DEFICIENT, FAILED)).values_list(
        "body_id", "judgement"
    ):
        tally.judged[judgement][body] += 1
    for body, judgement in _by_thresholds(newest, round_):
        tally.judged[judgement][body] += 1
    passed = [
        step.key for step in (model.control_results.steps if model.control_results else ()) if step.done
    ]
    tally.open.update(_open_deficiencies(round_, passed, bodies))
    return {
        body: ControlCounts(
            count,
            tally.done[body],
            tally.judged[DEFICIENT][body],
            tally.judged[FAILED][body],
            tally.open[body],
        )
        for body, count in tally.controls.items()
    }


def _known(round_: Round) -> Q:
    """The results that were known at the round: reported there or before, else made by its cut-off."""
    rounds = list(cycle.rounds().filter(cutoff__lte=round_.cutoff).values_list("pk", flat=True))
    made = Q(performed_on__isnull=True) | Q(performed_on__lte=round_.cutoff)
    return Q(round__in=rounds) | (Q(round__isnull=True) & made)


def _results(round_: Round, bodies: Bodies) -> QuerySet[ControlResult]:
    """The results that stand up to the round, of controls and occasions that do."""
    rows = (
        ControlResult.objects.all()
        .current()
        .filter(_known(round_), year_id=round_.year_id)
        .exclude(occasion_id__in=Occasion.objects.filter(removed_at__isnull=False).values("pk"))
        .exclude(
            control_id__in=Control.objects.filter(
                item__year_id=round_.year_id,
                item__kind=ItemKind.CONTROL.value,
                item__removed_at__isnull=False,
            ).values("pk")
        )
    )
    return _of(rows, bodies)


def _later(round_: Round) -> QuerySet[ControlResult]:
    """A newer result of the same control."""
    newer = Q(ends__gt=OuterRef("ends")) | Q(ends=OuterRef("ends"), occasion_id__gt=OuterRef("occasion_id"))
    return (
        ControlResult.objects.all()
        .current()
        .filter(_known(round_), newer, control_id=OuterRef("control_id"), occasion__removed_at__isnull=True)
    )


def _by_thresholds(newest: QuerySet[ControlResult], round_: Round) -> Iterable[tuple[int, str]]:
    """(body, judgement) of the controls that are judged by their thresholds alone: read one by one."""
    told = ResultPart.objects.all().current().filter(occasion_id=OuterRef("occasion_id"))
    left = newest.filter(Exists(told), judgement="", judgement_text="").values("control_id")
    rows = control_rows.controls(round_.year_id).filter(pk__in=left)
    for facts in controls.facts_of(list(rows), round_.year_id, round_):
        if facts.judgement in (DEFICIENT, FAILED):
            yield facts.item.body_id, facts.judgement


def _open_deficiencies(round_: Round, passed: Collection[str], bodies: Bodies) -> dict[int, int]:
    """Deficiencies of this year's controls and of earlier years' whose latest retest, if any, has not passed.

    Deficiencies and retests are few and controls are many: in one query, a database without statistics of its tables
    may begin at the wrong end and never be done.
    """
    standing = Deficiency.objects.filter(removed_at__isnull=True, occasion__removed_at__isnull=True)
    controls_of = dict(standing.order_by().values_list("pk", "occasion__control_id"))
    if not controls_of:
        return {}
    retests = (
        ControlResult.objects.all()
        .current()
        .filter(occasion__retest_of__in=controls_of, occasion__removed_at__isnull=True)
        .filter(Q(round__isnull=True) | Q(round__cutoff__lte=round_.cutoff))
        .exclude(judgement="")
        .order_by(Coalesce("performed_on", TruncDate("recorded_at", tzinfo=STOCKHOLM)), "occasion_id")
    )
    latest = dict(retests.values_list("occasion__retest_of_id", "judgement"))
    rows = Control.objects.filter(pk__in=set(controls_of.values()), item__removed_at__isnull=True)
    rows = rows.filter(item__year_id__lte=round_.year_id)
    body_of = dict(_of(rows, bodies, "item__body_id").order_by().values_list("pk", "item__body_id"))
    return Counter(
        body_of[control]
        for pk, control in controls_of.items()
        if control in body_of and latest.get(pk) not in passed
    )


def risk_counts(round_: Round, policy: ControlPolicy, bodies: Bodies = None) -> dict[int, RiskCounts]:
    """How high the bodies' risks of the year are, by the body's id. One query."""
    high = _values_that_bind(policy)
    standing = RiskAssessment.objects.all().current().filter(risk_id=OuterRef("pk"))
    product = F("likelihood") * F("consequence")
    after = standing.filter(stage=Stage.AFTER.value).annotate(value=product).values("value")
    earlier = standing.filter(stage=Stage.BEFORE.value).annotate(value=product).values("value")
    answered = Exists(
        Mitigation.objects.filter(risk_id=OuterRef("pk"), item__removed_at__isnull=True)
    ) | Exists(Control.objects.filter(risk_id=OuterRef("pk"), item__removed_at__isnull=True))
    rows = (
        _of(Risk.objects.filter(year_id=round_.year_id, removed_at__isnull=True), bodies)
        .annotate(value=Coalesce(Subquery(after), Subquery(earlier)))
        .order_by()
        .values_list("body_id")
        .annotate(
            n=Count("pk"),
            high=Count("pk", filter=Q(value__in=high)),
            unanswered=Count("pk", filter=Q(value__in=high) & ~Q(answered)),
        )
    )
    return {body: RiskCounts(*counts) for body, *counts in rows}


def _values_that_bind(policy: ControlPolicy) -> list[int]:
    """The risk values at which something must be done."""
    values = {one.value * two.value for one in policy.likelihood for two in policy.consequence}
    return sorted(value for value in values if policy.must_act(value))


def audit_counts(round_: Round, day: dt.date, bodies: Bodies = None) -> dict[int, AuditCounts]:
    """How the bodies' recommendations stand on a day, by the body's id. Five queries, narrow rows.

    Args: day: what was written after it is not counted; the clock of answers counts from it.
    """
    rows = Recommendation.objects.filter(
        Q(review__date__isnull=True) | Q(review__date__lte=day),
        removed_at__isnull=True,
        review__removed_at__isnull=True,
    )
    due = Coalesce("answer_due", "review__answer_due")
    listed = list(_of(rows, bodies).order_by().annotate(due=due).values_list("pk", "body_id", "due"))
    if not listed:
        return {}
    answers = RecommendationAnswer.objects.all().current().filter(answered_on__lte=day)
    stances = dict(answers.values_list("recommendation_id", "stance"))
    looked = AuditorFollowUp.objects.all().current().filter(date__lte=day).order_by("date")
    verdicts = dict(looked.values_list("recommendation_id", "verdict"))
    actions = _actions(round_)
    states: dict[int, list[RecommendationState]] = defaultdict(list)
    for pk, body, answer_due in listed:
        states[body].append(
            recommendation_state(
                answer_due=answer_due,
                today=day,
                stance=stances.get(pk),
                actions_done=actions.get(pk, ()),
                verdict=verdicts.get(pk, ""),
            )
        )
    return {
        body: AuditCounts(
            len(found),
            sum(state.open for state in found),
            found.count(RecommendationState.OVERDUE),
            found.count(RecommendationState.NOT_FOLLOWED),
        )
        for body, found in states.items()
    }


def _actions(round_: Round) -> dict[int, list[bool]]:
    """Whether each action on each recommendation is done by the round. Two queries and one for each earlier year."""
    rows = list(
        Mitigation.objects.filter(
            recommendation__isnull=False, item__removed_at__isnull=True, item__year__lte=round_.year_id
        )
        .order_by()
        .values_list("recommendation_id", "item_id", "item__carried_over_from_id")
    )
    if not rows:
        return {}
    carried = {before for _recommendation, _item, before in rows}
    models: dict[int, SteeringModel] = {}
    done: dict[int, bool] = {}
    entries = (
        StatusEntry.objects.all()
        .current()
        .filter(item__mitigation__recommendation__isnull=False, round__cutoff__lte=round_.cutoff)
        .order_by("round__cutoff", "pk")
        .values_list("item_id", "status", "round__year_id", "round__kind")
    )
    for item, status, year, kind in entries:
        if year not in models:
            models[year] = cycle.model_for(year)
        step = models[year].status_scale(kind).step(status)
        done[item] = step is not None and step.done
    found: dict[int, list[bool]] = defaultdict(list)
    for recommendation, item, _before in rows:
        if item not in carried:
            found[recommendation].append(done.get(item, False))
    return found


def _of(rows: QuerySet[Any], bodies: Bodies, body: str = "body_id") -> QuerySet[Any]:
    return rows if bodies is None else rows.filter(**{f"{body}__in": list(bodies)})
