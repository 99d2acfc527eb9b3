"""How a thing was before what has happened to it since."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from uppsikt.history.rules import REMOVED, Was, difference, undone

FIELDS = ("title", "cause", "year_id", REMOVED)
values = st.one_of(st.none(), st.text(max_size=5), st.integers(-5, 5), st.booleans())
things = st.fixed_dictionaries(dict.fromkeys(FIELDS, values))


def told(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    return {field: [before[field], after[field]] for field in before if before[field] != after[field]}


@given(st.lists(things, min_size=1, max_size=6))
def test_undoing_gives_every_earlier_state(states: list[dict[str, Any]]) -> None:
    differences = [told(one, other) for one, other in itertools.pairwise(states)]
    for at, state in enumerate(states):
        assert undone(states[-1], differences[at:]) == state


def test_what_is_said_of_other_rows_is_left_alone() -> None:
    now = {"title": "Risk", REMOVED: False}
    assert undone(now, [{"likelihood": [2, 4], "round": "2024-bokslut"}]) == now


def test_only_saving_and_removing_change_the_thing_itself() -> None:
    pair = {"title": ["a", "b"]}
    assert difference("risk:r", "risk.saved", pair) == pair
    assert difference("risk:r", "risk.removed", {}) == {REMOVED: [False, True]}
    assert difference("risk:r", "risk.assessed", {"consequence": [2, 3]}) is None
    assert difference("control:c", "occasion.saved", {"period_text": ["", "mars"]}) is None
    assert difference("control:c", "control.saved", {"measure": "andel", "label": [None, "Andel"]}) is None


def test_a_goal_that_is_put_back_by_being_saved_was_removed_before() -> None:
    changed = difference("goal:g", "goal.saved", {"removed_at": ["2025-01-01T00:00:00+00:00", None]})
    assert changed is not None
    assert undone({REMOVED: False}, [changed]) == {REMOVED: True}


def test_what_had_not_begun_or_was_taken_out_did_not_stand() -> None:
    assert Was({"title": "a", REMOVED: False}).stood
    assert not Was({"title": "a", REMOVED: True}).stood
    assert not Was({"title": "a"}, existed=False).stood
