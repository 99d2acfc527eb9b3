"""Stated balances counted once, though a file may state the same krona whole and in parts, or in parts twice."""

from __future__ import annotations

from uppsikt.ledger.sie.head import Period
from uppsikt.ledger.sie.periods import empty_is_total, month_end, once

MAPPED = {1: "cost_centre", 6: "project"}


def stated(*amounts: tuple[tuple[str, ...], int]) -> list[Period]:
    return [Period(row, "202601", "5020", members, ore) for row, (members, ore) in enumerate(amounts, 1)]


def kept(*amounts: tuple[tuple[str, ...], int], totals: bool = True) -> list[tuple[tuple[str, ...], int]]:
    return [(one.members, one.ore) for one in once(stated(*amounts), MAPPED, totals=totals)]


def test_a_total_alone_stays() -> None:
    assert kept(((), 100)) == [((), 100)]


def test_parts_that_make_the_total_take_its_place() -> None:
    assert kept(((), 100), (("1", "a"), 60), (("1", "b"), 40)) == [(("1", "a"), 60), (("1", "b"), 40)]


def test_what_the_parts_leave_has_no_object() -> None:
    assert kept(((), 100), (("1", "a"), 60)) == [((), 40), (("1", "a"), 60)]


def test_parts_by_two_dimensions_side_by_side_count_once() -> None:
    """100 by cost centre, and the same 100 by project; with the total or without it."""
    by_place, by_project = [(("1", "a"), 60), (("1", "b"), 40)], [(("6", "x"), 100)]
    assert kept(((), 100), *by_place, *by_project) == by_place
    assert kept(*by_place, *by_project) == by_place


def test_the_finest_parts_that_have_columns_are_kept() -> None:
    both = [(("1", "a", "6", "x"), 100)]
    assert kept(((), 100), (("1", "a"), 100), *both) == both
    unmapped = [(("7", "anna", "8", "kund"), 100)]
    assert kept(((), 100), (("1", "a"), 100), *unmapped) == [(("1", "a"), 100)]


def test_combinations_that_exclude_each_other_are_all_kept() -> None:
    """7 alone, 7 with 1, and 7 with 1 and 6: each krona has one combination."""
    rows = [(("7", "4"), 10), (("1", "n", "7", "4"), 20), (("1", "s", "6", "1", "7", "4"), 30)]
    assert kept(*rows) == rows


def test_where_rows_without_objects_are_no_totals_nothing_is_left_out() -> None:
    rows = [((), 60), (("1", "a"), 40)]
    assert kept(*rows, totals=False) == rows


def test_the_yearly_figures_tell_what_a_row_without_objects_is() -> None:
    rows = stated(((), 60), (("1", "a"), 40))
    assert empty_is_total(rows, {"5020": 60})
    assert not empty_is_total(rows, {"5020": 100})
    assert empty_is_total(rows, {"5020": 7})
    assert empty_is_total(rows, {})


def test_the_last_day_of_a_month() -> None:
    assert [month_end(month) for month in ("202602", "202402", "202612")] == [
        "2026-02-28",
        "2024-02-29",
        "2026-12-31",
    ]
