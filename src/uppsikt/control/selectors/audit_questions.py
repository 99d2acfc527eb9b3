"""Reading auditors' questions to bodies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from uppsikt.control.models import AuditAnswer, AuditQuestion, AuditReview
from uppsikt.control.rules.audit import Clock, QuestionState, clock_of, question_state
from uppsikt.kernel import clock

__all__ = ["AuditQuestion", "QuestionFacts", "question", "question_facts"]


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """An auditor's question with the answer that stands."""

    question: AuditQuestion
    answer: AuditAnswer | None
    state: QuestionState
    clock: Clock


def question(key: str) -> AuditQuestion | None:
    """The auditor's question with this key."""
    return AuditQuestion.objects.select_related("body", "review").filter(key=key).first()


def question_facts(
    bodies: Iterable[str] | None,
    moment: dt.datetime | None = None,
    *,
    review: AuditReview | None = None,
    key: str = "",
) -> list[QuestionFacts]:
    """Auditors' questions to some bodies (None: all), those that wait longest first. Two queries."""
    rows = AuditQuestion.objects.select_related("body", "review")
    if bodies is not None:
        rows = rows.filter(body__key__in=list(bodies))
    if moment is not None:
        rows = rows.filter(asked_at__lte=moment)
    if review is not None:
        rows = rows.filter(review=review)
    if key:
        rows = rows.filter(key=key)
    found = list(rows)
    standing = AuditAnswer.rows.all().as_of(moment).filter(question__in=[row.pk for row in found])
    answers = {row.question_id: row for row in standing}
    day = moment.astimezone(clock.STOCKHOLM).date() if moment else clock.today()
    facts = []
    for row in found:
        answer = answers.get(row.pk)
        closed = row.closed_at is not None and (moment is None or row.closed_at <= moment)
        state = question_state(due=row.due, today=day, answered=answer is not None, closed=closed)
        answered_on = answer.recorded_at.astimezone(clock.STOCKHOLM).date() if answer else None
        facts.append(QuestionFacts(row, answer, state, clock_of(row.due, day, answered_on)))
    return sorted(
        facts, key=lambda fact: (fact.state.rank, fact.question.due or dt.date.max, fact.question.key)
    )
