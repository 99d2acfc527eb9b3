"""Whatever the entries, sums are those that plain addition gives, and every axis adds up to the same."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.books import SPANS, TREES, members, stage
from uppsikt.ledger.parts import parts_of
from uppsikt.ledger.reader import open_ledger
from uppsikt.ledger.rows import Axis, Scope
from uppsikt.ledger.store import LedgerStore

CODES = {
    "account": ("1930", "3010", "3510", "4010", "5010"),
    "cost_centre": ("", "101", "102", "999"),
    "activity": ("", "200", "500"),
    "project": ("", "9001", "9002"),
    "counterparty": ("", "811", "812", "900"),
}
COLUMN = {
    "line": "account",
    "place": "cost_centre",
    "activity": "activity",
    "project": "project",
    "counterparty": "counterparty",
}


@st.composite
def books(draw: st.DrawFn) -> list[dict[str, object]]:
    return [
        {
            "row": row,
            "date": f"2024-0{draw(st.integers(1, 2))}-11",
            "series": draw(st.sampled_from("AB")),
            "number": str(draw(st.integers(1, 5))),
            "amount_ore": draw(st.integers(-(10**13), 10**13)),
            "text": draw(st.text("aå,\"'\r\n\t;\\ ", max_size=4)),
            **{name: draw(st.sampled_from(codes)) for name, codes in CODES.items()},
        }
        for row in range(2, draw(st.integers(3, 30)))
    ]


scopes = st.builds(
    Scope,
    version=st.just(1),
    year=st.just(2024),
    first=st.integers(1, 2),
    last=st.integers(1, 2),
    **{axis: st.sampled_from(["*", *nodes]) for axis, nodes in TREES.items()},
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@settings(max_examples=15)
@given(entries=books(), scope=scopes)
def test_sums_are_those_of_plain_addition(
    folder: Path, entries: list[dict[str, object]], scope: Scope
) -> None:
    store = LedgerStore(folder / "ledger.duckdb")
    store.rebuild([(1, [stage(folder / "1.csv", entries)])], parts_of(SPANS[:1]))
    ledger = open_ledger(store.path, members())
    within = [entry for entry in entries if _within(entry, scope)]
    for axis in get_args(Axis):
        expected: dict[str, int] = defaultdict(int)
        for entry in within:
            expected[_leaf(entry, axis)] += int(str(entry["amount_ore"]))
        assert ledger.sums(axis, scope) == expected
        crossed: dict[str, int] = defaultdict(int)
        for (leaf, _), amount in ledger.cross(axis, scope).items():
            crossed[leaf] += amount
        assert crossed == expected
    read = ledger.entries(scope, limit=99)
    assert sorted((one.row, one.text) for one in read) == sorted((one["row"], one["text"]) for one in within)
    pages = [one for offset in range(0, 30, 7) for one in ledger.entries(scope, limit=7, offset=offset)]
    assert pages == read
    assert ledger.count(scope) == (len(within), len({(one["series"], one["number"]) for one in within}))


def _within(entry: dict[str, object], scope: Scope) -> bool:
    month = int(str(entry["date"])[5:7])
    nodes = ((axis, getattr(scope, axis)) for axis in TREES)
    return scope.first <= month <= scope.last and all(
        node == "*" or entry[COLUMN[axis]] in TREES[axis][node] for axis, node in nodes
    )


def _leaf(entry: dict[str, object], axis: Axis) -> str:
    return str(int(str(entry["date"])[5:7])) if axis == "month" else str(entry[axis])


def test_rows_lie_in_the_order_of_drilling_down(tmp_path: Path) -> None:
    """Sorted within a load by year, account, cost centre and date, so that a drill-down reads little."""
    import duckdb

    rows = [
        {"row": n, "date": f"2024-01-{n % 28 + 1:02}", "account": 3000 + n * 7 % 50, "cost_centre": n * 3 % 20, "amount_ore": n}
        for n in range(2, 500)
    ]  # fmt: skip
    store = LedgerStore(tmp_path / "ledger.duckdb")
    store.add(1, [stage(tmp_path / "1.csv", rows)], parts=parts_of(SPANS[:1]))
    with duckdb.connect(str(store.path), read_only=True) as connection:
        lying = connection.execute("SELECT year, account, cost_centre, date, row FROM entry").fetchall()
    assert lying == sorted(lying)


def test_a_staged_file_written_by_another_writer_is_read(tmp_path: Path) -> None:
    """Quotes only where needed, or everywhere: both are RFC 4180."""
    path = stage(tmp_path / "1.csv", [{"row": 2, "date": "2024-01-11", "account": "3010", "amount_ore": 5}])
    lines = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(lines)
    store = LedgerStore(tmp_path / "ledger.duckdb")
    store.add(1, [path], parts=parts_of(SPANS[:1]))
    [entry] = open_ledger(store.path, members()).entries(Scope(1, 2024), limit=2)
    assert (entry.amount_ore, entry.cost_centre, entry.number) == (5, "", "")
