"""Few people's figures are hidden, and nothing that is shown gives them away."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.tables import names, table
from uppsikt.planning.rules.small_groups import hidden

PARTS = {
    "total": "", "women": "gender=women", "men": "gender=men", "other": "gender=other",
    "young": "age=-29", "old": "age=30-",
}  # fmt: skip
ROWS = table("small-groups.md", "SMALL-1")


def breakdown(words: str) -> str:
    return ",".join(filter(None, (PARTS[word] for word in words.split())))


@pytest.mark.parametrize("row", ROWS, ids=names(ROWS))
def test_as_the_table_says(row: dict[str, str]) -> None:
    sizes = {}
    for group in row["groups and their sizes"].split("; "):
        words, _, size = group.rpartition(" ")
        sizes[breakdown(words)] = None if size == "?" else int(size)
    expected = {breakdown(words) for words in row["hidden"].split(", ")} if row["hidden"] else set()
    assert hidden(sizes, int(row["limit"]) if row["limit"] else None) == expected


def test_a_comparison_is_no_part_of_anything() -> None:
    sizes = {"": 3, "reference=Länssnitt": None, "reference=Riket": None}
    assert hidden(sizes, 5) == {""}


GENDERS, AGES = ("women", "men"), ("-29", "30-49", "50-")


@given(st.lists(st.integers(0, 12), min_size=6, max_size=6), st.sets(st.integers(0, 5), max_size=2))
def test_no_hidden_figure_is_what_remains(counts: list[int], missing: set[int]) -> None:
    """In a table of genders and ages with all its sums, no sum has exactly one hidden figure."""
    cells = dict(zip(itertools.product(GENDERS, AGES), counts, strict=True))
    sizes: dict[str, int | None] = {"": sum(counts)}
    sizes |= {f"gender={g}": sum(cells[g, a] for a in AGES) for g in GENDERS}
    sizes |= {f"age={a}": sum(cells[g, a] for g in GENDERS) for a in AGES}
    named = {f"gender={g},age={a}": n for (g, a), n in cells.items()}
    sizes |= {key: n for index, (key, n) in enumerate(named.items()) if index not in missing}
    out = hidden(sizes, 5)
    assert {key for key, size in sizes.items() if size is not None and size < 5} <= out
    sums = [("", [f"gender={g}" for g in GENDERS]), ("", [f"age={a}" for a in AGES])]
    sums += [(f"gender={g}", [f"gender={g},age={a}" for a in AGES]) for g in GENDERS]
    sums += [(f"age={a}", [f"gender={g},age={a}" for g in GENDERS]) for a in AGES]
    for whole, parts in sums:
        if all(part in sizes for part in parts):
            assert len({whole, *parts} & out) != 1
