"""The file: replaced whole, never half, one writer at a time."""

from __future__ import annotations

import fcntl
import threading
from pathlib import Path

import duckdb
import pytest

from tests.ledger.books import FIRST_LOAD, SECOND_LOAD, SPANS, members, stage, two_loads
from uppsikt.ledger.parts import parts_of
from uppsikt.ledger.reader import LedgerMissing, open_ledger
from uppsikt.ledger.rows import Scope
from uppsikt.ledger.store import LedgerStore, StoreBusy


def test_a_store_says_what_it_holds(tmp_path: Path) -> None:
    store = LedgerStore(tmp_path / "deep" / "ledger.duckdb")
    assert (store.versions(), store.loads()) == (set(), {})
    store.add(1, [stage(tmp_path / "1.csv", FIRST_LOAD)], parts=parts_of(SPANS[:1]))
    assert (store.versions(), store.loads()) == ({1}, {1: 7})


def test_a_load_may_lie_in_several_files_or_in_none(tmp_path: Path) -> None:
    files = [stage(tmp_path / "a.csv", FIRST_LOAD[:3]), stage(tmp_path / "b.csv", FIRST_LOAD[3:])]
    store = LedgerStore(tmp_path / "ledger.duckdb")
    store.add(1, files, parts=parts_of(SPANS[:1]))
    store.add(2, [], parts=parts_of(SPANS))
    assert store.loads() == {1: 7, 2: 0}
    assert open_ledger(store.path, members()).count(Scope(1, 2024)) == (7, 3)
    assert open_ledger(store.path, members()).sums("month", Scope(2, 2024)) == {"1": 0}


def test_a_load_added_again_stands_once(tmp_path: Path) -> None:
    store = LedgerStore(two_loads(tmp_path))
    store.add(2, [stage(tmp_path / "2.csv", SECOND_LOAD[:2])], parts=parts_of(SPANS))
    assert store.loads() == {1: 7, 2: 2}
    assert open_ledger(store.path, members()).sums("account", Scope(2, 2024, line="costs")) == {
        "4010": 7550,
        "5010": 49001,
    }


def test_loads_that_are_not_kept_are_dropped(tmp_path: Path) -> None:
    store = LedgerStore(two_loads(tmp_path))
    store.add(3, [stage(tmp_path / "3.csv", FIRST_LOAD)], parts=parts_of(SPANS), keep={2})
    assert store.loads() == {2: 4, 3: 7}
    assert open_ledger(store.path, members()).sums("account", Scope(2, 2024)) == {
        "1930": -49001,
        "2440": -123,
        "4010": 123,
        "5010": 49001,
    }


def test_a_rebuilt_store_answers_as_the_one_that_grew(tmp_path: Path) -> None:
    grown = open_ledger(two_loads(tmp_path), members())
    store = LedgerStore(tmp_path / "rebuilt.duckdb")
    store.rebuild([(1, [tmp_path / "1.csv"]), (2, [tmp_path / "2.csv"])], parts_of(SPANS))
    rebuilt = open_ledger(store.path, members())
    for version in (1, 2):
        assert rebuilt.entries(Scope(version, 2024), limit=99) == grown.entries(
            Scope(version, 2024), limit=99
        )
        assert rebuilt.cross("activity", Scope(version, 2024)) == grown.cross(
            "activity", Scope(version, 2024)
        )


def test_a_broken_file_changes_nothing(tmp_path: Path) -> None:
    store = LedgerStore(two_loads(tmp_path))
    before = store.path.read_bytes()
    broken = stage(tmp_path / "3.csv", [*FIRST_LOAD, dict(FIRST_LOAD[0], amount_ore="12,50")])
    with pytest.raises(duckdb.Error):
        store.add(3, [broken], parts=parts_of(SPANS))
    assert store.path.read_bytes() == before
    assert sorted(path.name for path in tmp_path.glob("ledger*")) == ["ledger.duckdb", "ledger.duckdb.lock"]


def test_a_text_that_looks_like_rows_stays_a_text(tmp_path: Path) -> None:
    """Larger than what one thread reads at a time, so that another could begin in the middle of a text."""
    looks = "\n9,2024-01-05,A,1,3010,,,,,,,,,666,x,\n" * 50
    entries = [
        {"row": row, "date": "2024-01-05", "account": "3010", "amount_ore": 1, "text": looks + "," * row}
        for row in range(2, 3002)
    ]
    store = LedgerStore(tmp_path / "ledger.duckdb")
    store.add(1, [stage(tmp_path / "1.csv", entries)], parts=parts_of(SPANS[:1]))
    ledger = open_ledger(store.path, members())
    assert ledger.sums("account", Scope(1, 2024)) == {"3010": 3000}
    [last] = ledger.entries(Scope(1, 2024), limit=1, offset=2999)
    assert last.text == looks + "," * 3001


def test_what_a_killed_writer_left_is_swept(tmp_path: Path) -> None:
    store = LedgerStore(two_loads(tmp_path))
    for name in ("ledger.duckdb.new", "ledger.duckdb.new.wal"):
        (tmp_path / name).write_bytes(b"half")
    (tmp_path / "ledger.duckdb.spill").mkdir()
    (tmp_path / "ledger.duckdb.spill" / "part").write_bytes(b"half")
    store.add(3, [], parts=parts_of(SPANS))
    assert sorted(path.name for path in tmp_path.glob("ledger*")) == ["ledger.duckdb", "ledger.duckdb.lock"]
    assert store.loads() == {1: 7, 2: 4, 3: 0}


def test_a_second_writer_is_refused_or_waits(tmp_path: Path) -> None:
    path = two_loads(tmp_path)
    with path.with_name("ledger.duckdb.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(StoreBusy):
            LedgerStore(path, wait=False).add(3, [], parts=parts_of(SPANS))
        waiting = threading.Thread(target=lambda: LedgerStore(path).add(3, [], parts=parts_of(SPANS)))
        waiting.start()
        assert LedgerStore(path).loads() == {1: 7, 2: 4}
        fcntl.flock(other, fcntl.LOCK_UN)
        waiting.join()
    assert LedgerStore(path).loads() == {1: 7, 2: 4, 3: 0}


def test_a_file_of_another_layout_holds_nothing_and_is_rebuilt(tmp_path: Path) -> None:
    store = LedgerStore(two_loads(tmp_path))
    with duckdb.connect(str(store.path)) as connection:
        connection.execute("UPDATE layout SET number = 0")
    assert (store.versions(), store.loads()) == (set(), {})
    with pytest.raises(LedgerMissing):
        store.add(3, [], parts=parts_of(SPANS))
    store.rebuild([(1, [tmp_path / "1.csv"])], parts_of(SPANS[:1]))
    assert store.loads() == {1: 7}
