"""The largest causes add up to the whole difference with what is left."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from uppsikt.economy.rules.causes import Moved, causes

AMOUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(-(10**12), 10**12))


def test_the_largest_each_way_and_the_rest() -> None:
    """Three departments went over by 172, 69 and 31; two stayed below; one did not move."""
    amounts = {"it": -472, "bygg": -169, "inköp": -131, "hr": -90, "ek": -40, "kansli": -10}
    before = {"it": -300, "bygg": -100, "inköp": -100, "hr": -100, "ek": -60, "kansli": -10}
    found = causes(amounts, before, top=2)
    assert found.worse == (Moved("it", -472, -300), Moved("bygg", -169, -100))
    assert found.better == (Moved("ek", -40, -60), Moved("hr", -90, -100))
    assert (found.rest_count, found.rest_ore) == (1, -31)
    assert found.total == -242


def test_what_had_no_budget_counts_from_nothing() -> None:
    found = causes({"ny": -50}, {"gammal": -20})
    assert found.worse == (Moved("ny", -50, None),)
    assert found.better == (Moved("gammal", 0, -20),)


@given(amounts=AMOUNTS, before=AMOUNTS, top=st.integers(0, 5))
def test_nothing_of_the_difference_is_lost(amounts: dict[str, int], before: dict[str, int], top: int) -> None:
    found = causes(amounts, before, top=top)
    assert found.total == sum(amounts.values()) - sum(before.values())
    assert len(found.worse) <= top
    assert len(found.better) <= top
    assert all(one.difference < 0 for one in found.worse)
    assert all(one.difference > 0 for one in found.better)


@given(amounts=AMOUNTS, before=AMOUNTS)
def test_the_largest_come_first_and_before_the_rest(amounts: dict[str, int], before: dict[str, int]) -> None:
    found = causes(amounts, before, top=2)
    for listed in (found.worse, found.better):
        sizes = [abs(one.difference) for one in listed]
        assert sizes == sorted(sizes, reverse=True)
