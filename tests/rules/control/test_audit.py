"""Where a recommendation stands, its clock, and what comes back under a new name."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.tables import names, table
from uppsikt.control.rules.audit import (
    Clock,
    QuestionState,
    RecommendationState,
    Wording,
    clock_of,
    likeness,
    makes_circle,
    question_state,
    recommendation_state,
    returns_of,
    suggestions,
)

ALIKE = table("recommendations.md", "AUDIT-2")
TODAY = dt.date(2025, 9, 10)
State = RecommendationState


@pytest.mark.parametrize(
    ("due", "answered", "expected"),
    [
        ("2025-09-15", None, (5, 0)),
        ("2025-09-10", None, (0, 0)),  # the due day itself is in time
        ("2025-09-07", None, (0, 3)),
        ("2025-09-15", "2025-09-01", (0, 0)),
        ("2025-08-25", "2025-09-01", (0, 7)),
    ],
)
def test_the_clock_counts_days_left_and_days_late(
    due: str, answered: str | None, expected: tuple[int, int]
) -> None:
    answered_on = dt.date.fromisoformat(answered) if answered else None
    found = clock_of(dt.date.fromisoformat(due), TODAY, answered_on)
    assert (found.left, found.late) == expected


def test_without_a_day_there_is_no_clock() -> None:
    assert clock_of(None, TODAY) == Clock(None)


@pytest.mark.parametrize(
    ("due", "stance", "done", "verdict", "expected"),
    [
        ("2025-09-15", None, [], "", State.UNANSWERED),
        ("2025-09-09", None, [], "", State.OVERDUE),
        (None, None, [], "", State.UNANSWERED),
        (None, None, [False], "", State.UNDER_WAY),
        ("2025-09-09", None, [True], "", State.OVERDUE),  # the answer is still due
        ("2025-09-09", "accepted", [], "", State.ANSWERED),
        ("2025-09-09", "", [], "", State.ANSWERED),
        ("2025-09-09", "rejected", [], "", State.DECLINED),
        ("2025-09-09", "accepted", [True, False], "", State.UNDER_WAY),
        ("2025-09-09", "rejected", [True, True], "", State.DONE),
        ("2025-09-09", None, [], "done", State.FOLLOWED),
        ("2025-09-09", "accepted", [True], "not_done", State.NOT_FOLLOWED),
        ("2025-09-09", "accepted", [True], "partly", State.PARTLY_FOLLOWED),
    ],
)
def test_a_recommendation_stands_where_answer_actions_and_auditor_put_it(
    due: str | None, stance: str | None, done: list[bool], verdict: str, expected: State
) -> None:
    day = dt.date.fromisoformat(due) if due else None
    found = recommendation_state(
        answer_due=day, today=TODAY, stance=stance, actions_done=done, verdict=verdict
    )
    assert found is expected


def test_what_is_open_and_what_is_closed() -> None:
    assert {state for state in State if not state.open} == {State.DECLINED, State.DONE, State.FOLLOWED}
    assert State.OVERDUE.rank < State.UNANSWERED.rank < State.UNDER_WAY.rank < State.DONE.rank


def test_a_question_waits_until_it_is_answered_and_stands_until_it_is_closed() -> None:
    due = dt.date(2025, 9, 9)
    assert question_state(due=due, today=TODAY, answered=False) is QuestionState.OVERDUE
    assert question_state(due=TODAY, today=TODAY, answered=False) is QuestionState.UNANSWERED
    assert question_state(due=due, today=TODAY, answered=True) is QuestionState.ANSWERED
    assert question_state(due=due, today=TODAY, answered=False, closed=True) is QuestionState.CLOSED


@pytest.mark.parametrize("row", ALIKE, ids=names(ALIKE))
def test_likeness_as_documented(row: dict[str, str]) -> None:
    assert likeness(row["one"], row["other"]) == Fraction(int(row["common"]), int(row["all"]))


def test_likeness_by_hand() -> None:
    """”Rutin” has rut, uti, tin; ”rutiner” has rut, uti, tin, ine, ner: three of five are common."""
    assert likeness("Rutin", "rutiner") == Fraction(3, 5)
    assert likeness("Att", "2024") == 0
    assert likeness("", "") == 0


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_goes_both_ways_and_stays_within_bounds(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1


def test_the_same_fault_is_offered_from_an_earlier_year_only() -> None:
    now = Wording("r25", "Säkerställ att avtal finns vid inköp", "Inköp", dt.date(2025, 4, 1), 2024)
    earlier = [
        Wording(
            "r22", "Säkerställ att det finns avtal vid alla inköp", "Upphandling", dt.date(2022, 4, 1), 2021
        ),
        Wording("r23", "Se över behörigheter i lönesystemet", "inköp ", dt.date(2023, 4, 1), 2022),
        Wording("r24", "Se över behörigheter i lönesystemet", "Lön", dt.date(2024, 4, 1), 2023),
        Wording("r26", "Säkerställ att avtal finns vid inköp", "Inköp", dt.date(2026, 4, 1), 2025),
        now,
    ]
    found = suggestions(now, earlier)
    assert [(one.key, one.same_theme) for one in found] == [("r22", False), ("r23", True)]


def test_the_chain_of_returns_goes_back_to_the_first() -> None:
    links = {"r25": "r22", "r22": "r19", "other": "r19"}
    assert returns_of("r25", links) == ("r22", "r19")
    assert returns_of("r19", links) == ()
    assert makes_circle("r19", "r25", links)
    assert makes_circle("r25", "r25", {})
    assert not makes_circle("r27", "r25", links)
