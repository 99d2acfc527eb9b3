"""What the ledger answers. Figures are worked out by hand from the vouchers in `books`."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import duckdb
import pytest

from tests.ledger.books import FIRST_LOAD, SPANS, members, stage, two_loads
from uppsikt.ledger.parts import LoadSpan, parts_of
from uppsikt.ledger.reader import KEPT, Ledger, LedgerMissing, attach, open_ledger
from uppsikt.ledger.rows import Axis, EntryRow, Scope
from uppsikt.ledger.store import LedgerStore


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return two_loads(tmp_path)


@pytest.fixture
def ledger(path: Path) -> Ledger:
    return open_ledger(path, members())


@pytest.mark.parametrize(
    ("axis", "expected"),
    [
        ("account", {"1930": -20001, "2440": -7550, "3010": -10000, "3510": -20000, "4010": 7550, "5010": 50001}),
        ("cost_centre", {"": -27551, "101": 40001, "102": -12450}),
        ("activity", {"": -27551, "200": 7550, "500": 20001}),
        ("project", {"": -7550, "9001": 7550}),
        ("counterparty", {"": -7550, "811": 7550}),
        ("month", {"1": 0, "2": 0}),
    ],
)  # fmt: skip
def test_sums_along_every_axis(ledger: Ledger, axis: Axis, expected: dict[str, int]) -> None:
    assert ledger.sums(axis, Scope(1, 2024)) == expected


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(1, 2024, line="revenue"), {"3010": -10000, "3510": -20000}),
        (Scope(1, 2024, line="costs", place="unit:school"), {"5010": 50001}),
        (Scope(1, 2024, first=2, last=2), {"1930": -50001, "5010": 50001}),
        (Scope(2, 2024, first=2, last=2, line="costs"), {"4010": 123, "5010": 49001}),
        (Scope(2, 2024, line="costs"), {"4010": 7673, "5010": 49001}),
        (Scope(2, 2024, project="group"), {"4010": 7550}),
        (Scope(2, 2024, counterparty="8"), {"4010": 7673}),
        (Scope(2, 2024, counterparty="8", activity="200", place="body:board", last=1), {"4010": 7550}),
        (Scope(2, 2024, activity="500", line="result"), {"3010": -10000, "3510": -20000, "5010": 49001}),
        (Scope(2, 2024, place="unit:office"), {"3510": -20000, "4010": 7550}),
        (Scope(2, 2024, place="unit:office", mapping=2025), {"3010": -10000, "3510": -20000, "4010": 7673, "5010": 49001}),
        (Scope(2, 2024, place="no such unit"), {}),
        (Scope(2, 2023), {}),
        (Scope(9, 2024), {}),
    ],
)  # fmt: skip
def test_sums_of_a_scope(ledger: Ledger, scope: Scope, expected: dict[str, int]) -> None:
    assert ledger.sums("account", scope) == expected


def test_cross_gives_each_leaf_its_accounts(ledger: Ledger) -> None:
    assert ledger.cross("cost_centre", Scope(2, 2024, line="result", last=1)) == {
        ("101", "3010"): -10000,
        ("102", "3510"): -20000,
        ("102", "4010"): 7550,
    }
    assert ledger.cross("counterparty", Scope(2, 2024, line="costs")) == {
        ("", "5010"): 49001,
        ("811", "4010"): 7550,
        ("812", "4010"): 123,
    }


def test_entries_come_as_they_were_loaded(ledger: Ledger) -> None:
    assert ledger.entries(Scope(1, 2024, project="group"), limit=10) == [
        EntryRow(1, 5, dt.date(2024, 1, 20), "L", "LF-7", "4010", "102", "200", "9001", "811", ("x", "", "", ""),
                 7550, "Möbler\ntill salen", "Leverantör")
    ]  # fmt: skip
    [fee] = ledger.entries(Scope(1, 2024, line="revenue", place="101"), limit=10)
    assert fee.text == 'Avgift "maj", del 1'


def test_entries_by_date_and_by_size_in_pages(ledger: Ledger) -> None:
    scope = Scope(1, 2024)
    by_date = [entry.row for entry in ledger.entries(scope, limit=10)]
    assert by_date == [2, 3, 4, 5, 6, 7, 8]
    assert [entry.row for entry in ledger.entries(scope, limit=3, offset=2)] == [4, 5, 6]
    # 500.01 twice, 300, 200, 100, 75.50 twice: equal sizes by date and row.
    assert [entry.row for entry in ledger.entries(scope, limit=10, largest=True)] == [7, 8, 2, 4, 3, 5, 6]
    assert [entry.row for entry in ledger.entries(Scope(1, 2024, first=2, last=2), limit=9)] == [7, 8]


def test_vouchers_in_one_series_come_by_number(tmp_path: Path) -> None:
    numbers = ("10", "9", "B2")
    entries = [dict(FIRST_LOAD[0], number=number, row=row) for row, number in enumerate(numbers, 2)]
    store = LedgerStore(tmp_path / "ledger.duckdb")
    store.add(1, [stage(tmp_path / "1.csv", entries)], parts=parts_of(SPANS[:1]))
    read = open_ledger(store.path, members()).entries(Scope(1, 2024), limit=9)
    assert [entry.number for entry in read] == ["B2", "9", "10"]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [(Scope(1, 2024), (7, 3)), (Scope(1, 2024, line="revenue"), (2, 1)), (Scope(1, 2025), (0, 0))],
)
def test_count_of_entries_and_vouchers(ledger: Ledger, scope: Scope, expected: tuple[int, int]) -> None:
    assert ledger.count(scope) == expected


def test_a_voucher_is_that_of_the_version(ledger: Ledger) -> None:
    assert [entry.amount_ore for entry in ledger.voucher(1, 2024, "A", "2")] == [50001, -50001]
    assert [entry.amount_ore for entry in ledger.voucher(2, 2024, "A", "2")] == [49001, -49001]
    assert [entry.row for entry in ledger.voucher(2, 2024, "L", "LF-7")] == [5, 6]
    assert ledger.voucher(1, 2024, "A", "3") == []
    assert ledger.voucher(1, 2024, "*", "1") == []


def test_compare_says_what_a_newer_load_changes(ledger: Ledger) -> None:
    assert ledger.compare(1, 2, 2024) == {"1930": 1000, "2440": -123, "4010": 123, "5010": -1000}
    assert ledger.compare(2, 1, 2024, line="costs") == {"4010": -123, "5010": 1000}
    assert ledger.compare(1, 2, 2024, last=1) == {}
    assert ledger.compare(1, 2, 2024, place="unit:office") == {}
    assert ledger.compare(1, 1, 2024) == {}


def test_codes_are_those_in_use(ledger: Ledger) -> None:
    assert ledger.codes(1, 2024) == {
        "account": frozenset({"1930", "2440", "3010", "3510", "4010", "5010"}),
        "cost_centre": frozenset({"101", "102"}),
        "activity": frozenset({"200", "500"}),
        "project": frozenset({"9001"}),
        "counterparty": frozenset({"811"}),
        "own1": frozenset({"x"}),
    }
    assert ledger.codes(2, 2024)["counterparty"] == frozenset({"811", "812"})


def test_months_that_are_covered(ledger: Ledger) -> None:
    assert ledger.months(2, 2024) == frozenset({1, 2})
    assert ledger.months(2, 2023) == frozenset()


def test_an_added_load_is_summed_beside(tmp_path: Path) -> None:
    path = two_loads(tmp_path)
    spans = [*SPANS, LoadSpan(3, 2024, 2, 2, "add")]
    entry = {"row": 2, "date": "2024-02-29", "series": "I", "number": "1", "account": "5010", "amount_ore": 5}
    LedgerStore(path).add(3, [stage(tmp_path / "3.csv", [entry])], parts=parts_of(spans))
    ledger = open_ledger(path, members())
    assert ledger.sums("account", Scope(3, 2024, line="costs")) == {"4010": 7673, "5010": 49006}
    assert ledger.compare(2, 3, 2024) == {"5010": 5}


def test_the_same_ledger_is_kept_open_until_something_changes(tmp_path: Path, path: Path) -> None:
    first = open_ledger(path, members())
    assert open_ledger(path, members()) is first
    assert open_ledger(path, members("second")) is not first
    LedgerStore(path).rebuild([(1, [stage(tmp_path / "1.csv", FIRST_LOAD[:2])])], parts_of(SPANS[:1]))
    assert open_ledger(path, members("second")).sums("account", Scope(1, 2024)) == {
        "1930": 30000,
        "3010": -10000,
    }
    assert first.sums("project", Scope(1, 2024)) == {"": -7550, "9001": 7550}


def test_those_who_look_through_different_hierarchies_keep_their_ledgers(path: Path) -> None:
    first, second = open_ledger(path, members("first")), open_ledger(path, members("second"))
    assert open_ledger(path, members("first")) is first
    assert open_ledger(path, members("second")) is second
    for number in range(KEPT):
        open_ledger(path, members(f"other {number}"))
    assert open_ledger(path, members("first")) is not first
    assert first.sums("account", Scope(1, 2024)) != {}, "who holds an older one reads on in it"


def test_new_hierarchies_are_used_at_once(path: Path) -> None:
    asked = Scope(2, 2024, place="unit:office", mapping=2025)
    assert open_ledger(path, members("second", restated=False)).sums("account", asked) == {}
    assert open_ledger(path, members("first")).sums("account", asked) != {}


def test_threads_share_a_ledger(path: Path) -> None:
    answers: list[dict[str, int]] = []

    def ask() -> None:
        asked = Scope(2, 2024, line="costs")
        answers.extend(open_ledger(path, members()).sums("account", asked) for _ in range(20))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [{"4010": 7673, "5010": 49001}] * 160


def test_a_reader_reaches_nothing_else(path: Path) -> None:
    with attach(path) as connection:
        for forbidden in (
            "SELECT * FROM read_text('/etc/hostname')",
            "DELETE FROM store.entry",
            "SET enable_external_access = true",
            "ATTACH 'another.duckdb'",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(forbidden)


def test_no_file_or_one_of_another_layout_is_said_to_be_missing(tmp_path: Path, path: Path) -> None:
    with pytest.raises(LedgerMissing):
        open_ledger(tmp_path / "none.duckdb", members())
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE layout SET number = 0")
    with pytest.raises(LedgerMissing):
        open_ledger(path, members())
