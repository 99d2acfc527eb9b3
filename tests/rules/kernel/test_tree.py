"""Trees go by parent keys and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from uppsikt.kernel.tree import circular, walk

Row = tuple[str, str | None]


def order(rows: list[Row]) -> list[tuple[str, int]]:
    return [(node.value[0], node.depth) for node in walk(rows, lambda row: row[0], lambda row: row[1])]


def test_children_follow_their_parent_in_the_order_given() -> None:
    rows: list[Row] = [("b", None), ("a", None), ("b2", "b"), ("b1", "b"), ("b21", "b2")]
    assert order(rows) == [("b", 0), ("b2", 1), ("b21", 2), ("b1", 1), ("a", 0)]


def test_a_key_that_looks_like_a_child_is_none() -> None:
    assert order([("1", None), ("1.1", "1"), ("1.10", None)]) == [("1", 0), ("1.1", 1), ("1.10", 0)]


def test_a_row_whose_parent_is_elsewhere_stands_at_the_top() -> None:
    assert order([("a", "somewhere")]) == [("a", 0)]


def test_circles_are_named_and_never_hang() -> None:
    rows: list[Row] = [("a", "b"), ("b", "a"), ("c", None)]
    assert order(rows) == [("c", 0)]
    assert [row[0] for row in circular(rows, lambda row: row[0], lambda row: row[1])] == ["a", "b"]


@given(st.dictionaries(st.integers(0, 30), st.integers(0, 40)))
def test_every_row_is_either_shown_once_or_circular(parents: dict[int, int]) -> None:
    rows = list(parents.items())
    shown = [node.value for node in walk(rows, lambda row: row[0], lambda row: row[1])]
    lost = circular(rows, lambda row: row[0], lambda row: row[1])
    assert sorted(shown + lost) == sorted(rows)
