"""Reviews, recommendations, answers and follow-ups: what may be written, and that everything can be read back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tests import build
from uppsikt.control.actions import audit, audit_questions
from uppsikt.control.rules.audit import QuestionState, RecommendationState
from uppsikt.control.selectors.audit import (
    AuditReview,
    Recommendation,
    recommendation_facts,
    return_suggestions,
    review_facts,
)
from uppsikt.control.selectors.audit_questions import question_facts
from uppsikt.history import selectors as history
from uppsikt.history.rules import SYSTEM, Actor
from uppsikt.kernel import clock
from uppsikt.kernel.decision import Decision
from uppsikt.kernel.problems import InputError

pytestmark = pytest.mark.django_db
AUDITOR = Actor("rev", "Rut Revisor")
MARCH = dt.date(2025, 3, 10)
State = RecommendationState


def review(key: str = "2024-inkop", *, bodies: tuple[str, ...] = ("ks",), **more: object) -> AuditReview:
    build.year()
    values = {
        "kind": "audit_report",
        "year": 2024,
        "title": "Granskning av inköp",
        "case_number": "REV-2025/7",
        "auditor": "Rut Revisor",
        "date": MARCH,
        "answer_due": dt.date(2025, 6, 30),
    } | more
    row, _ = audit.save_review(key=key, bodies=[build.body(key=one) for one in bodies], by=AUDITOR, **values)  # type: ignore[arg-type]
    return row


def recommendation(
    key: str = "r1", *, of: AuditReview | None = None, at: str = "ks", **more: object
) -> Recommendation:
    values = {"text": "Säkerställ att avtal finns vid inköp", "theme": "Inköp"} | more
    row, _ = audit.save_recommendation(
        key=key,
        review=of or review(),
        body=build.body(key=at),
        by=AUDITOR,
        **values,  # type: ignore[arg-type]
    )
    return row


def codes(error: pytest.ExceptionInfo[InputError]) -> set[str]:
    return {problem.code for problem in error.value.problems}


def events(subject: str) -> list[str]:
    return list(history.about(subject).order_by("sequence").values_list("kind", flat=True))


def test_saving_the_same_again_writes_nothing() -> None:
    row = review()
    audit.save_review(
        key="2024-inkop", kind="audit_report", year=2024, title="Granskning av inköp", case_number="REV-2025/7",
        auditor="Rut Revisor", date=MARCH, answer_due=dt.date(2025, 6, 30), bodies=[build.body()], by=AUDITOR,
    )  # fmt: skip
    recommendation(of=row)
    recommendation(of=row)
    assert events("review:2024-inkop") == ["review.saved"]
    assert events("recommendation:r1") == ["recommendation.saved"]


def test_every_fault_of_a_review_is_told_at_once() -> None:
    build.year()
    with pytest.raises(InputError) as error:
        audit.save_review(
            key="x",
            kind="rapport",
            year=1999,
            title=" ",
            date=MARCH,
            answer_due=dt.date(2025, 1, 1),
            by=AUDITOR,
        )
    assert codes(error) == {"kind", "year", "title", "answer_due"}
    assert not AuditReview.objects.exists()


def test_an_answer_stops_the_clock_and_a_changed_one_keeps_the_first() -> None:
    row = recommendation()
    assert [fact.state for fact in recommendation_facts(["ks"])] == [State.OVERDUE]
    decision = Decision("KS-2025/99", "Kommunstyrelsen", dt.date(2025, 6, 11), "88")
    answer = {"recommendation": row, "stance": "accepted", "answered_on": dt.date(2025, 6, 11)}
    first, changed = audit.answer_recommendation(text="Vi gör det", decision=decision, by=SYSTEM, **answer)  # type: ignore[arg-type]
    before = clock.now()
    with clock.frozen(before + dt.timedelta(days=1)):
        audit.answer_recommendation(text="Vi gör det i höst", decision=decision, by=SYSTEM, **answer)  # type: ignore[arg-type]
    fact = recommendation_facts(["ks"])[0]
    assert changed
    assert fact.state is State.ANSWERED
    assert fact.clock.late == 0
    assert fact.answer
    assert fact.answer.text == "Vi gör det i höst"
    assert fact.answer.decision == decision
    then = recommendation_facts(["ks"], moment=before)[0]
    assert then.answer == first
    assert events("recommendation:r1") == [
        "recommendation.saved",
        "recommendation.answered",
        "recommendation.answered",
    ]


def test_an_answer_before_the_review_is_refused_with_all_else_that_is_wrong() -> None:
    row = recommendation()
    with pytest.raises(InputError) as error:
        audit.answer_recommendation(
            recommendation=row, stance="kanske", text=" ", answered_on=dt.date(2025, 3, 9), by=SYSTEM
        )
    assert codes(error) == {"stance", "text", "answered_on"}


def test_the_auditors_own_finding_decides_and_the_latest_one_counts() -> None:
    row = recommendation()
    audit.follow_up_recommendation(
        recommendation=row, date=dt.date(2025, 8, 1), verdict="not_done", by=AUDITOR
    )
    audit.follow_up_recommendation(
        recommendation=row, date=dt.date(2025, 9, 1), verdict="partly", comment="Rutin finns", by=AUDITOR
    )
    same, changed = audit.follow_up_recommendation(
        recommendation=row, date=dt.date(2025, 9, 1), verdict="partly", comment="Rutin finns", by=AUDITOR
    )
    fact = recommendation_facts(["ks"])[0]
    assert not changed
    assert fact.follow_up == same
    assert fact.state is State.PARTLY_FOLLOWED
    assert len(fact.follow_ups) == 2
    with pytest.raises(InputError):
        audit.follow_up_recommendation(recommendation=row, date=MARCH, verdict="bra", by=AUDITOR)


def test_a_fault_that_comes_back_is_offered_linked_and_shown_as_a_chain() -> None:
    old = recommendation(
        "r0", of=review("2021", date=dt.date(2022, 3, 1), answer_due=None), text="Följ avtal vid inköp"
    )
    middle = recommendation("r1", of=review("2022", date=dt.date(2023, 3, 1), answer_due=None), returns=old)
    new = recommendation("r2", of=review("2024"), text="Säkerställ att avtal finns vid alla inköp")
    assert [found.key for found, _why in return_suggestions(new)] == ["r1", "r0"]
    assert new.returns is None
    audit.link_return(recommendation=new, earlier=middle, by=AUDITOR)
    facts = {fact.recommendation.key: fact for fact in recommendation_facts(["ks"])}
    assert [row.key for row in facts["r2"].returns_from] == ["r1", "r0"]
    assert [row.key for row in facts["r1"].returned_as] == ["r2"]
    assert return_suggestions(new) == []
    with pytest.raises(InputError):
        audit.link_return(recommendation=old, earlier=new, by=AUDITOR)


def test_a_review_of_two_bodies_shows_each_its_own_part_worst_first() -> None:
    both = review("2024-b", bodies=("ks", "bun"), title="Andra")
    recommendation("b1", of=both)
    recommendation("b2", of=both, at="bun", answer_due=dt.date(2025, 12, 1))
    review("2024-a", bodies=("bun",), title="Utan rekommendationer")
    mine = review_facts(2024, ["bun"])
    assert [(fact.review.key, len(fact.recommendations)) for fact in mine] == [("2024-b", 1), ("2024-a", 0)]
    every = review_facts(None, None)
    assert [(fact.overdue, fact.open, fact.answered) for fact in every] == [(1, 2, 0), (0, 0, 0)]


def test_a_removed_review_takes_its_recommendations_with_it_and_both_can_be_read_back() -> None:
    row = recommendation(text="Som det stod först")
    before = clock.now()
    with clock.frozen(before + dt.timedelta(days=1)):
        recommendation(of=row.review, text="Som det står nu")
        recommendation("r9", of=row.review, text="Ny")
        audit.remove_review(review=row.review, by=AUDITOR)
    assert review_facts(None, None) == []
    assert recommendation_facts(None) == []
    then = review_facts(None, None, before)
    assert [one.recommendation.text for one in then[0].recommendations] == ["Som det stod först"]
    audit.restore_review(review=AuditReview.objects.get(), by=AUDITOR)
    assert [fact.recommendation.text for fact in recommendation_facts(None)] == ["Som det står nu", "Ny"]


def test_a_question_is_asked_answered_and_closed() -> None:
    due = dt.date(2025, 9, 20)
    asked = audit_questions.ask_question(
        body=build.body(), subject="Attest", text="Vem attesterar?", due=due, by=AUDITOR
    )
    assert [(fact.state, fact.clock.left) for fact in question_facts(["ks"])] == [
        (QuestionState.UNANSWERED, 10)
    ]
    audit_questions.answer_question(question=asked, text="Ekonomichefen", by=SYSTEM)
    _, changed = audit_questions.answer_question(question=asked, text="Ekonomichefen", by=SYSTEM)
    assert not changed
    assert question_facts(["ks"])[0].state is QuestionState.ANSWERED
    assert audit_questions.close_question(question=asked, by=AUDITOR)
    assert not audit_questions.close_question(question=asked, by=AUDITOR)
    with pytest.raises(InputError):
        audit_questions.answer_question(question=asked, text="Någon annan", by=SYSTEM)
    assert events(f"audit_question:{asked.key}") == [
        "audit_question.asked",
        "audit_question.answered",
        "audit_question.closed",
    ]


def test_a_question_without_words_or_with_a_day_that_has_passed_is_refused() -> None:
    with pytest.raises(InputError) as error:
        audit_questions.ask_question(
            body=build.body(), subject="", text=" ", due=dt.date(2025, 9, 9), by=AUDITOR
        )
    assert codes(error) == {"subject", "text", "due"}


def test_the_number_of_queries_does_not_follow_the_number_of_recommendations(
    count_queries: Callable[[Callable[[], object]], int],
) -> None:
    held = review()
    recommendation("r1", of=held)
    few = count_queries(lambda: review_facts(None, ["ks"]))
    for number in range(2, 12):
        recommendation(f"r{number}", of=held)
    assert count_queries(lambda: review_facts(None, ["ks"])) == few
