"""What waits for what never comes to wait for itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from uppsikt.followup.rules import would_circle


def test_a_chain_is_closed_by_its_last_link() -> None:
    chain = [(1, 2), (2, 3)]
    assert would_circle(chain, 3, 1)
    assert would_circle([], 1, 1)
    assert not would_circle(chain, 1, 3)
    assert not would_circle(chain, 4, 1)


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), max_size=25))
def test_what_is_let_through_can_be_done_in_some_order(wanted: list[tuple[int, int]]) -> None:
    waits: list[tuple[int, int]] = []
    for waiting, first in wanted:
        if not would_circle(waits, waiting, first):
            waits.append((waiting, first))
    left = {one for pair in waits for one in pair}
    while left:
        ready = {one for one in left if not any(a == one and b in left for a, b in waits)}
        assert ready
        left -= ready
