"""A large file read by worker processes is staged as by one, and progress is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from uppsikt.ledger.sie.model import SieHeader, SieRow, SieVoucher
from uppsikt.ledger.sie.reading import stage_sie
from uppsikt.ledger.sie.stretches import SIZE
from uppsikt.ledger.sie.writing import write_sie

HEADER = SieHeader("Kommun", dt.date(2026, 1, 1), dt.date(2026, 12, 31))
LONG = "En lång text med å, ä och ö " * 30


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three stretches and a bit; voucher 4000 is the only one in its month."""
    file = tmp_path_factory.mktemp("sie") / "large.se"
    rows = (SieRow("5020", 100, ((1, "10"),), LONG), SieRow("1930", -100))
    vouchers = (
        SieVoucher("A", str(number), dt.date(2026, 7 if number == 4000 else 3, 1), "", rows)
        for number in range(9000)
    )
    write_sie(file, HEADER, vouchers)
    assert file.stat().st_size > 3 * SIZE
    return file


def test_the_same_by_two_processes_as_by_one(large: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    one = stage_sie(large, tmp_path / "one", dimensions={1: "cost_centre"}, workers=1)
    two = stage_sie(
        large,
        tmp_path / "two",
        dimensions={1: "cost_centre"},
        workers=2,
        progress=lambda *done: told.append(done),
    )
    assert [file.read_bytes() for file in two.files] == [file.read_bytes() for file in one.files]
    assert len(two.files) > 2
    assert (two.rows, two.vouchers, two.debit_ore) == (18_000, 9_000, 900_000)
    assert two.months == {3: (17_998, 899_900), 7: (2, 100)} == one.months
    assert told[-1] == (large.stat().st_size, large.stat().st_size)
    assert told == sorted(told)


def test_a_fault_deep_in_the_file_has_its_line(large: Path, tmp_path: Path) -> None:
    """Every voucher is 5 lines; the line is that of the #VER."""
    broken = tmp_path / "broken.se"
    data = large.read_bytes()
    place = data.index(b'#VER "A" "8000"')
    broken.write_bytes(data[:place] + data[place:].replace(b"-1.00", b"-1.01", 1))
    found = stage_sie(broken, tmp_path / "staged", dimensions={1: "cost_centre"}, workers=2)
    head = data[: data.index(b"#VER")].count(b"\n")
    assert [(one.code, one.where.row) for one in found.problems] == [("unbalanced", head + 8000 * 5 + 1)]
    assert list((tmp_path / "staged").iterdir()) == []
