"""Reading audit: reviews, recommendations with all that has come of them, and auditors' questions."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from uppsikt.control.models import (
    AuditorFollowUp,
    AuditQuestion,
    AuditReview,
    Evidence,
    Mitigation,
    Recommendation,
    RecommendationAnswer,
)
from uppsikt.control.rules.audit import (
    Clock,
    RecommendationState,
    Suggestion,
    Wording,
    clock_of,
    recommendation_state,
    returns_of,
    suggestions,
)
from uppsikt.control.rules.words import Stance
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.steering import SteeringModel, Step
from uppsikt.cycle.selectors import Round
from uppsikt.followup import selectors as followup
from uppsikt.followup.rules import is_overdue
from uppsikt.followup.selectors import Item, StatusEntry
from uppsikt.history import selectors as history
from uppsikt.history.changes import plain
from uppsikt.history.rules import REMOVED
from uppsikt.history.superseding import not_removed
from uppsikt.kernel import clock
from uppsikt.organisation import selectors as organisation

Written = TypeVar("Written", AuditReview, Recommendation)

_TOLD: Mapping[type, tuple[str, ...]] = {
    AuditReview: (
        "kind", "title", "case_number", "auditor", "date", "judgement", "summary", "answer_due",
    ),
    Recommendation: ("number", "text", "background", "theme", "answer_due"),
}  # fmt: skip
_DAYS = ("date", "answer_due")

__all__ = [
    "ActionFacts",
    "AuditQuestion",
    "AuditReview",
    "Recommendation",
    "RecommendationFacts",
    "ReviewFacts",
    "bodies_of",
    "earlier_recommendations",
    "recommendation",
    "recommendation_facts",
    "recommendations",
    "return_suggestions",
    "review",
    "review_facts",
    "subject",
    "version_of",
]


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """An action on a recommendation with its latest status at or before the round; `entry` None: never reported."""

    mitigation: Mitigation
    entry: StatusEntry | None
    step: Step | None

    @property
    def item(self) -> Item:
        """What holds its deadline and responsible."""
        return self.mitigation.item

    @property
    def done(self) -> bool:
        """Whether the latest status counts as done."""
        return self.step is not None and self.step.done

    def overdue(self, today: dt.date) -> bool:
        """Whether its day has passed and it is not done."""
        return is_overdue(self.item.deadline, self.done, today)


@dataclass(frozen=True, slots=True)
class RecommendationFacts:
    """A recommendation as it stands. `returns_from`: earlier ones that it is, nearest first; `evidence`: how many."""

    recommendation: Recommendation
    answer: RecommendationAnswer | None
    follow_ups: tuple[AuditorFollowUp, ...]
    mitigations: tuple[ActionFacts, ...]
    returns_from: tuple[Recommendation, ...]
    returned_as: tuple[Recommendation, ...]
    evidence: int
    state: RecommendationState
    clock: Clock

    @property
    def stance(self) -> Stance | None:
        """What the body answered; None when it has not, or has taken no stance."""
        return Stance(self.answer.stance) if self.answer and self.answer.stance else None

    @property
    def follow_up(self) -> AuditorFollowUp | None:
        """What the auditor found the latest time."""
        return self.follow_ups[-1] if self.follow_ups else None


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """A review with the recommendations that the reader may see."""

    review: AuditReview
    bodies: tuple[str, ...]
    recommendations: tuple[RecommendationFacts, ...]

    @property
    def answered(self) -> int:
        """How many recommendations have an answer."""
        return sum(row.answer is not None for row in self.recommendations)

    @property
    def open(self) -> int:
        """How many still ask something of the body."""
        return sum(row.state.open for row in self.recommendations)

    @property
    def overdue(self) -> int:
        """How many should have been answered by now."""
        return sum(row.state is RecommendationState.OVERDUE for row in self.recommendations)


def review(key: str) -> AuditReview | None:
    """The review with this key, removed or not."""
    return AuditReview.objects.prefetch_related("bodies").filter(key=key).first()


def bodies_of(found: AuditReview) -> frozenset[str]:
    """The bodies that a review concerns: those it names and those its recommendations are to. Two queries."""
    told = Recommendation.objects.filter(review=found).values_list("body__key", flat=True)
    return frozenset(body.key for body in found.bodies.all()) | frozenset(told)


def recommendation(key: str) -> Recommendation | None:
    """The recommendation with this key, removed or not."""
    return Recommendation.objects.select_related("review", "body", "returns").filter(key=key).first()


def recommendations(keys: Iterable[str]) -> list[Recommendation]:
    """The recommendations with these keys, removed or not. One query."""
    return list(Recommendation.objects.select_related("review", "body").filter(key__in=list(keys)))


def review_facts(
    year: int | None,
    bodies: Iterable[str] | None,
    moment: dt.datetime | None = None,
    *,
    key: str = "",
    round_: Round | None = None,
) -> list[ReviewFacts]:
    """The reviews of a year (None: of every year) that are about some bodies (None: all), the worst first.

    Constant queries. A review of several bodies shows each reader only the recommendations to theirs.

    Args: moment: as it stood then. key: only this review.
    """
    listed = None if bodies is None else sorted(bodies)
    rows = AuditReview.objects.filter(not_removed(moment)).prefetch_related("bodies")
    if year is not None:
        rows = rows.filter(year_id=year)
    if key:
        rows = rows.filter(key=key)
    if listed is not None:
        mine = Q(bodies__key__in=listed) | Q(recommendations__body__key__in=listed)
        rows = rows.filter(mine).distinct()
    found = _as_they_were(rows, moment)
    by_review: dict[int, list[RecommendationFacts]] = defaultdict(list)
    for fact in recommendation_facts(listed, round_, moment, reviews=found):
        by_review[fact.recommendation.review_id].append(fact)
    facts = [
        ReviewFacts(row, tuple(body.key for body in row.bodies.all()), tuple(by_review.get(row.pk, ())))
        for row in found
    ]
    return sorted(facts, key=lambda fact: (-fact.overdue, -fact.open, _latest(fact.review), fact.review.key))


def recommendation_facts(
    bodies: Iterable[str] | None,
    round_: Round | None = None,
    moment: dt.datetime | None = None,
    *,
    reviews: Sequence[AuditReview] | None = None,
    keys: Iterable[str] | None = None,
) -> list[RecommendationFacts]:
    """The recommendations to some bodies (None: all), in the order of their reviews. Constant queries.

    Args: round_: actions have the status they had by then (None: the latest). moment: as it stood then; the clock
        counts from that day. reviews: only of these, read already as they stood then.
    """
    rows = Recommendation.objects.filter(not_removed(moment, "review__"))
    if moment is None:
        rows = rows.filter(removed_at__isnull=True)
    if bodies is not None:
        rows = rows.filter(body__key__in=list(bodies))
    if reviews is not None:
        rows = rows.filter(review__in=reviews)
    if keys is not None:
        rows = rows.filter(key__in=list(keys))
    listed = rows.select_related("review", "body").order_by("review__date", "position", "key")
    found = _as_they_were(listed, moment)
    if reviews is None:
        reviews = _as_they_were({one.review for one in found}, moment)
    by_id = {row.pk: row for row in reviews}
    for one in found:
        one.review = by_id.get(one.review_id, one.review)
    ids = [row.pk for row in found]
    answers = {
        row.recommendation_id: row
        for row in RecommendationAnswer.rows.all().as_of(moment).filter(recommendation__in=ids)
    }
    looked: dict[int, list[AuditorFollowUp]] = defaultdict(list)
    for found_then in (
        AuditorFollowUp.rows.all().as_of(moment).filter(recommendation__in=ids).order_by("date")
    ):
        looked[found_then.recommendation_id].append(found_then)
    actions = _actions(ids, round_, moment)
    proof = _evidence(ids, moment)
    every = {row.key: row for row in _linked(found)}
    links = {row.key: row.returns.key for row in every.values() if row.returns}
    later: dict[str, list[Recommendation]] = defaultdict(list)
    for row in every.values():
        if row.returns and row.removed_at is None:
            later[row.returns.key].append(row)
    day = moment.astimezone(clock.STOCKHOLM).date() if moment else clock.today()
    return [
        _facts(
            row,
            day,
            answers.get(row.pk),
            tuple(looked.get(row.pk, ())),
            tuple(actions.get(row.pk, ())),
            tuple(every[key] for key in returns_of(row.key, links) if key in every),
            tuple(later.get(row.key, ())),
            proof.get(row.pk, 0),
        )
        for row in found
    ]


def earlier_recommendations(found: Recommendation) -> list[Recommendation]:
    """Other recommendations to the same body, or those it took over from, the latest first. Two queries."""
    rows = Recommendation.objects.filter(
        body__key__in=organisation.lineage(found.body),
        removed_at__isnull=True,
        review__removed_at__isnull=True,
    ).exclude(key=found.key)
    return list(rows.select_related("review", "body").order_by("-review__year", "-review__date", "key"))


def return_suggestions(found: Recommendation) -> list[tuple[Recommendation, Suggestion]]:
    """Earlier recommendations that this one may be come back, the likeliest first: to be offered, never linked.

    Nothing when it is linked already.
    """
    if found.returns_id:
        return []
    by_key = {row.key: row for row in earlier_recommendations(found)}
    offered = suggestions(_wording(found), map(_wording, by_key.values()))
    return [(by_key[one.key], one) for one in offered]


def subject(row: AuditReview | Recommendation | AuditQuestion) -> str:
    """What the history calls it."""
    kind = {AuditReview: "review", Recommendation: "recommendation", AuditQuestion: "audit_question"}[
        type(row)
    ]
    return f"{kind}:{row.key}"


def version_of(row: AuditReview | Recommendation | AuditQuestion) -> str:
    """What a form started from: the same as long as nobody has changed anything of it. One query."""
    event = history.about(subject(row)).first()
    return str(event.sequence) if event else ""


def _facts(
    row: Recommendation,
    today: dt.date,
    answer: RecommendationAnswer | None,
    follow_ups: tuple[AuditorFollowUp, ...],
    actions: tuple[ActionFacts, ...],
    returns_from: tuple[Recommendation, ...],
    returned_as: tuple[Recommendation, ...],
    evidence: int,
) -> RecommendationFacts:
    due = row.answer_due or row.review.answer_due
    return RecommendationFacts(
        recommendation=row,
        answer=answer,
        follow_ups=follow_ups,
        mitigations=actions,
        returns_from=returns_from,
        returned_as=returned_as,
        evidence=evidence,
        state=recommendation_state(
            answer_due=due,
            today=today,
            stance=answer.stance if answer else None,
            actions_done=[action.done for action in actions],
            verdict=follow_ups[-1].verdict if follow_ups else "",
        ),
        clock=clock_of(due, today, answer.answered_on if answer else None),
    )


def _as_they_were(rows: Iterable[Written], moment: dt.datetime | None) -> list[Written]:
    """The reviews or recommendations that stood at the moment, in the words they had then. At most two queries."""
    listed = list(rows)
    if moment is None:
        return listed
    was = history.as_it_was(moment, {subject(row): _fields(row) for row in listed})
    found = [row for row in listed if was[subject(row)].stood]
    for row in found:
        for field, value in was[subject(row)].fields.items():
            if field != REMOVED:
                setattr(row, field, dt.date.fromisoformat(value) if value and field in _DAYS else value)
    return found


def _fields(row: AuditReview | Recommendation) -> dict[str, Any]:
    """The fields that are written over, as the history writes them."""
    return {field: plain(getattr(row, field)) for field in _TOLD[type(row)]} | {
        REMOVED: row.removed_at is not None
    }


def _actions(
    ids: list[int], round_: Round | None, moment: dt.datetime | None
) -> Mapping[int, list[ActionFacts]]:
    """Actions by recommendation: those not carried over to a later year, with the latest status by the round."""
    rows = Mitigation.objects.filter(not_removed(moment, "item__"), recommendation__in=ids)
    if round_ is not None:
        rows = rows.filter(item__year__lte=round_.year_id)
    rows = rows.select_related("item__responsible", "item__body", "item__unit", "recommendation")
    listed = history.those_begun(rows, lambda row: followup.subject(row.item), moment)
    carried = {row.item.carried_over_from_id for row in listed}
    models = _Models()
    told: dict[int, StatusEntry] = {}
    entries = StatusEntry.objects.all().as_of(moment).filter(item__in=[row.item_id for row in listed])
    if round_ is not None:
        entries = entries.filter(round__cutoff__lte=round_.cutoff)
    for entry in entries.select_related("round").order_by("round__cutoff", "pk"):
        told[entry.item_id] = entry
    found: dict[int, list[ActionFacts]] = defaultdict(list)
    for row in listed:
        if row.item_id in carried or row.recommendation_id is None:
            continue
        entry = told.get(row.item_id)
        found[row.recommendation_id].append(ActionFacts(row, entry, models.step(entry)))
    return found


class _Models:
    """The steering models of the years that are asked about, each read once."""

    def __init__(self) -> None:
        self._held: dict[int, SteeringModel | None] = {}

    def step(self, entry: StatusEntry | None) -> Step | None:
        """The step of the status in its round's year."""
        if entry is None or not entry.status:
            return None
        year = entry.round.year_id
        if year not in self._held:
            try:
                self._held[year] = cycle.model_for(year)
            except LookupError:
                self._held[year] = None
        model = self._held[year]
        return model.status_scale(entry.round.kind).step(entry.status) if model else None


def _evidence(ids: list[int], moment: dt.datetime | None) -> Mapping[int, int]:
    rows = Evidence.objects.filter(not_removed(moment), recommendation__in=ids)
    if moment is not None:
        rows = rows.filter(recorded_at__lte=moment)
    found: dict[int, int] = defaultdict(int)
    for pk in rows.values_list("recommendation_id", flat=True):
        found[pk] += 1
    return found


def _linked(found: list[Recommendation]) -> QuerySet[Recommendation]:
    """Every recommendation that returns or is returned to in the bodies at hand: their chains are whole. Two queries."""
    before = organisation.ancestry()
    bodies = {pk for row in found for pk in before.get(row.body_id, [row.body_id])}
    chained = Q(returns__isnull=False) | Q(returned_as__isnull=False)
    return (
        Recommendation.objects.filter(chained, body__in=bodies)
        .select_related("review", "body", "returns")
        .distinct()
    )


def _wording(row: Recommendation) -> Wording:
    return Wording(row.key, row.text, row.theme, row.review.date, row.review.year_id)


def _latest(row: AuditReview) -> int:
    """A number that sorts the latest first."""
    return -row.date.toordinal() if row.date else 0
