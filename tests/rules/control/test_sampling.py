"""Drawing rows: anyone with the seed and the number of rows must get the same, whatever program they use."""

from __future__ import annotations

import collections
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.tables import DOCS, table
from uppsikt.control.rules import sampling
from uppsikt.control.rules.sampling import SampleCounts, counted, draw, faults, spelled

SEEDS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=30)
DOCUMENT = "sampling.md"


def test_the_document_s_digests_give_the_document_s_rows() -> None:
    """The worked example: ten rows, the seed host-2025, whose digests stand in the table in full."""
    rows = table(DOCUMENT, "SAMPLING-1")
    assert len(rows) == 10
    for row in rows:
        assert hashlib.sha256(f"host-2025:{row['row']}".encode()).hexdigest() == row["digest"].strip("`")
    by_place = sorted(rows, key=lambda row: int(row["place"]))
    assert [row["digest"] for row in by_place] == sorted(row["digest"] for row in rows)
    for size in range(1, 11):
        assert draw("host-2025", 10, size) == tuple(int(row["row"]) for row in by_place[:size])


@given(SEEDS, st.integers(1, 300), st.data())
def test_redone_without_our_code_it_gives_the_same_rows(
    seed: str, population: int, data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, population))
    numbered = [
        (hashlib.sha256((seed + ":" + str(row)).encode("utf-8")).digest(), row)
        for row in range(1, population + 1)
    ]
    assert draw(seed, population, size) == tuple(row for _digest, row in sorted(numbered)[:size])


@given(SEEDS, st.integers(2, 300), st.data())
def test_a_larger_draw_contains_the_smaller(seed: str, population: int, data: st.DataObject) -> None:
    larger = data.draw(st.integers(2, population))
    smaller = data.draw(st.integers(1, larger))
    assert draw(seed, population, larger)[:smaller] == draw(seed, population, smaller)


@given(SEEDS, st.integers(1, 300), st.data())
def test_every_row_drawn_is_in_the_list_and_only_once(
    seed: str, population: int, data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, population))
    drawn = draw(seed, population, size)
    assert len(set(drawn)) == size
    assert set(drawn) <= set(range(1, population + 1))


def test_no_row_is_drawn_more_often_than_another() -> None:
    """Two thousand draws of five rows of twenty: each row is expected 500 times, with a deviation of some 19."""
    times = collections.Counter(row for seed in range(2_000) for row in draw(f"fro-{seed}", 20, 5))
    assert sum(times.values()) == 10_000
    assert all(400 <= times[row] <= 600 for row in range(1, 21))


def test_another_seed_draws_other_rows() -> None:
    assert draw("a", 1_000, 20) != draw("b", 1_000, 20)


def test_a_seed_has_one_spelling() -> None:
    assert spelled("  höst ") == "höst"
    assert spelled("ho\u0308st") == "höst"


@pytest.mark.parametrize(
    ("seed", "population", "size", "fields"),
    [
        ("a", 10, 10, []),
        ("a", 10, 11, ["size"]),
        ("a", 10, 0, ["size"]),
        ("a", 5_000, 1_001, ["size"]),
        ("x" * 101, 10, 1, ["seed"]),
        ("a\u200b", 10, 1, ["seed"]),
        ("a\n", 10, 99, ["seed", "size"]),
    ],
)
def test_what_cannot_be_drawn_is_told(seed: str, population: int, size: int, fields: list[str]) -> None:
    assert [problem.where.field for problem in faults(seed, population, size)] == fields


def test_a_row_with_two_kinds_of_fault_is_one_faulty_row() -> None:
    found = counted(5, [(True, ["moms", "datum"]), (True, ["moms"]), (False, [])])
    assert found == SampleCounts(drawn=5, checked=3, faulty=2, faults=(("moms", 2), ("datum", 1)))
    assert not found.done
    assert counted(1, [(False, [])]).done
    assert not counted(0, []).done


def test_the_method_s_name_is_what_the_document_describes() -> None:
    assert f"`{sampling.METHOD}`" in (DOCS / DOCUMENT).read_text(encoding="utf-8")
