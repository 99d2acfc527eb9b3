"""Hiding small groups: what must hold whatever the sizes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from uppsikt.planning.rules.small_groups import hidden


@given(st.integers(0, 50), st.integers(0, 50), st.integers(1, 20))
def test_nothing_hidden_can_be_worked_out(women: int, men: int, limit: int) -> None:
    """With the total shown, both of a pair are shown or both are hidden."""
    sizes = {"": women + men, "gender=women": women, "gender=men": men}
    out = hidden(sizes, limit)
    assert all(key in out for key, size in sizes.items() if size < limit)
    if "" not in out:
        assert ("gender=women" in out) == ("gender=men" in out)


@given(st.dictionaries(st.sampled_from(["", "gender=women", "gender=men"]), st.integers(0, 99)))
def test_without_a_limit_all_is_shown(sizes: dict[str, int | None]) -> None:
    assert hidden(sizes, None) == frozenset()
