"""Where a deficiency stands: open until a retest passes, whatever else has been done."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.control.rules.deficiencies import DeficiencyState, Retest, is_late, state, urgency

MAY, JUNE, JULY = (dt.date(2025, month, 15) for month in (5, 6, 7))
PASSED, FAILED, PLANNED = Retest(True, JUNE), Retest(False, MAY), Retest(None, JULY)
RETESTS = st.lists(
    st.builds(Retest, st.sampled_from([True, False, None]), st.none() | st.dates(MAY, JULY)), max_size=6
)


@pytest.mark.parametrize(
    ("actions", "retests", "expected"),
    [
        ([], [], "no_action"),
        ([False], [], "acting"),
        ([True, False], [], "acting"),
        ([True], [], "waiting"),
        ([True], [PLANNED], "waiting"),
        ([], [PLANNED], "waiting"),
        ([False], [PLANNED], "acting"),
        ([True], [FAILED], "retest_failed"),
        ([], [FAILED], "retest_failed"),
        ([True, False], [FAILED], "acting"),
        ([True], [FAILED, PLANNED], "waiting"),
        ([True], [FAILED, PASSED], "closed"),
        ([False], [PASSED], "closed"),
        ([], [PASSED, Retest(False, JULY)], "retest_failed"),
        ([], [Retest(False, JULY), PASSED], "retest_failed"),
    ],
)
def test_states(actions: list[bool], retests: list[Retest], expected: str) -> None:
    assert state(actions, retests).value == expected


@given(st.lists(st.booleans(), max_size=4), RETESTS)
def test_only_a_retest_that_passed_closes(actions: list[bool], retests: list[Retest]) -> None:
    closed = state(actions, retests) is DeficiencyState.CLOSED
    assert not closed or any(one.passed for one in retests)
    assert state([*actions, True], retests) is DeficiencyState.CLOSED or not closed


@given(st.lists(st.booleans(), max_size=4), RETESTS)
def test_a_retest_that_passes_last_always_closes(actions: list[bool], retests: list[Retest]) -> None:
    assert state(actions, [*retests, Retest(True, dt.date(2026, 1, 1))]) is DeficiencyState.CLOSED


def test_late() -> None:
    assert is_late([True, False], [], JUNE)
    assert is_late([], [Retest(None, MAY)], JUNE)
    assert not is_late([], [Retest(None, JUNE)], JUNE)
    assert not is_late([False], [FAILED, Retest(None, None)], JULY)


def test_the_worst_comes_first() -> None:
    listed = [
        ("closed", urgency(DeficiencyState.CLOSED, late=False, found_on=MAY)),
        ("waiting", urgency(DeficiencyState.WAITING, late=False, found_on=MAY)),
        ("no action, new", urgency(DeficiencyState.NO_ACTION, late=False, found_on=JULY)),
        ("no action, old", urgency(DeficiencyState.NO_ACTION, late=False, found_on=MAY)),
        ("late", urgency(DeficiencyState.WAITING, late=True, found_on=JULY)),
        ("failed", urgency(DeficiencyState.RETEST_FAILED, late=False, found_on=MAY)),
    ]
    assert [name for name, _key in sorted(listed, key=lambda pair: pair[1])] == [
        "late", "no action, old", "no action, new", "failed", "waiting", "closed",
    ]  # fmt: skip
