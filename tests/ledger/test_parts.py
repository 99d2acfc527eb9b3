"""Which loads make up a version: a later load takes its months, an added one stands beside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.ledger.parts import LoadSpan, parts_of


def _standing(loads: list[LoadSpan], version: int) -> dict[tuple[int, int], list[int]]:
    found: dict[tuple[int, int], list[int]] = {}
    for part in parts_of(loads):
        if part.version == version:
            found.setdefault((part.year, part.month), []).append(part.load)
    return found


def test_a_corrected_file_takes_only_its_own_months() -> None:
    loads = [LoadSpan(1, 2024, 1, 3), LoadSpan(2, 2024, 2, 2)]
    assert _standing(loads, 1) == {(2024, 1): [1], (2024, 2): [1], (2024, 3): [1]}
    assert _standing(loads, 2) == {(2024, 1): [1], (2024, 2): [2], (2024, 3): [1]}


def test_another_year_stands_as_it_was() -> None:
    loads = [LoadSpan(1, 2023, 12, 12), LoadSpan(2, 2024, 1, 1)]
    assert _standing(loads, 2) == {(2023, 12): [1], (2024, 1): [2]}


def test_an_added_file_stands_beside_until_the_month_is_replaced() -> None:
    loads = [
        LoadSpan(1, 2024, 1, 2),
        LoadSpan(2, 2024, 1, 1, "add"),
        LoadSpan(3, 2024, 1, 1, "add"),
        LoadSpan(4, 2024, 1, 1),
    ]
    assert _standing(loads, 3) == {(2024, 1): [1, 2, 3], (2024, 2): [1]}
    assert _standing(loads, 4) == {(2024, 1): [4], (2024, 2): [1]}


def test_an_added_file_corrected_takes_the_place_of_the_first_in_all_its_months() -> None:
    loads = [
        LoadSpan(1, 2024, 1, 2),
        LoadSpan(2, 2024, 1, 2, "add"),
        LoadSpan(3, 2024, 2, 2, "add", replaces=2),
    ]
    assert _standing(loads, 2) == {(2024, 1): [1, 2], (2024, 2): [1, 2]}
    assert _standing(loads, 3) == {(2024, 1): [1], (2024, 2): [1, 3]}


def test_an_added_file_may_be_corrected_twice() -> None:
    loads = [
        LoadSpan(1, 2024, 1, 1, "add"),
        LoadSpan(2, 2024, 1, 1, "add", replaces=1),
        LoadSpan(3, 2024, 1, 1, "add", replaces=2),
    ]
    assert _standing(loads, 3) == {(2024, 1): [3]}


@pytest.mark.parametrize(
    "loads",
    [
        [LoadSpan(1, 2024, 1, 1), LoadSpan(1, 2024, 2, 2)],
        [LoadSpan(1, 2024, 1, 1, "add", replaces=9)],
        [LoadSpan(1, 2024, 1, 1), LoadSpan(2, 2024, 1, 1, "add", replaces=1)],
    ],
)
def test_what_cannot_be_is_refused(loads: list[LoadSpan]) -> None:
    with pytest.raises(ValueError, match="load"):
        parts_of(loads)


@pytest.mark.parametrize(("first", "last"), [(0, 3), (4, 3), (1, 13)])
def test_a_span_lies_in_the_year(first: int, last: int) -> None:
    with pytest.raises(ValueError, match="months"):
        LoadSpan(1, 2024, first, last)


@st.composite
def histories(draw: st.DrawFn) -> list[LoadSpan]:
    loads: list[LoadSpan] = []
    for number in range(1, draw(st.integers(1, 8)) + 1):
        first = draw(st.integers(1, 12))
        mode = draw(st.sampled_from(["replace", "add"]))
        added = [load.id for load in loads if load.mode == "add"]
        replaces = draw(st.sampled_from([None, *added])) if mode == "add" else None
        loads.append(
            LoadSpan(
                number,
                draw(st.sampled_from([2023, 2024])),
                first,
                draw(st.integers(first, 12)),
                mode,
                replaces,
            )
        )
    return loads


@given(histories())
def test_every_version_is_the_one_before_with_one_load_taken_in(loads: list[LoadSpan]) -> None:
    before: dict[tuple[int, int], list[int]] = {}
    for load in loads:
        after = _standing(loads, load.id)
        covered = {(load.year, month) for month in range(load.first, load.last + 1)}
        for month in before.keys() | after.keys() | covered:
            left = [one for one in before.get(month, []) if one != load.replaces]
            if month not in covered:
                assert after.get(month, []) == left
            elif load.mode == "replace":
                assert after[month] == [load.id]
            else:
                assert after[month] == [*left, load.id]
        before = after


@given(histories())
def test_a_version_never_changes_with_later_loads(loads: list[LoadSpan]) -> None:
    assert parts_of(loads)[: len(parts_of(loads[:-1]))] == parts_of(loads[:-1])
