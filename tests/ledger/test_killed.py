"""A writer that is killed at any moment leaves the ledger before or the ledger after, never one between."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.ledger.books import SPANS, members, stage
from uppsikt.ledger.parts import parts_of
from uppsikt.ledger.reader import open_ledger
from uppsikt.ledger.rows import Scope
from uppsikt.ledger.store import LedgerStore

# Says when it begins and when it is done, so that the moments are spread over the work and not over its start.
WRITER = """
import sys
from pathlib import Path
from tests.ledger.books import SPANS
from uppsikt.ledger.parts import parts_of
from uppsikt.ledger.store import LedgerStore
store = LedgerStore(Path(sys.argv[1]))
store.loads()
print("begins", flush=True)
store.add(2, [Path(sys.argv[2])], parts=parts_of(SPANS), keep={1} if sys.argv[3] == "grow" else set())
print("done", flush=True)
"""
ROWS = 4000
ROOT = Path(__file__).resolve().parents[2]


def _write(path: Path, staged: Path, way: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(staged), way],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begins\n"
    return process


def _entries(amount: int, month: int) -> list[dict[str, object]]:
    return [
        {
            "row": row,
            "date": f"2024-{month:02}-15",
            "series": "A",
            "number": row,
            "account": 3000 + row % 90,
            "amount_ore": amount * row,
            "text": "Text",
        }
        for row in range(2, ROWS + 2)
    ]


@pytest.mark.parametrize("way", ["grow", "replace"])
def test_killed_at_any_of_ten_moments(tmp_path: Path, way: str) -> None:
    """Twenty in all: ten while a load is added beside the others, ten while the others are dropped for it."""
    original, path = tmp_path / "original.duckdb", tmp_path / "ledger.duckdb"
    LedgerStore(original).add(1, [stage(tmp_path / "1.csv", _entries(1, 1))], parts=parts_of(SPANS[:1]))
    staged = stage(tmp_path / "2.csv", _entries(3, 2))
    shutil.copyfile(original, path)
    began = time.monotonic()
    done = _write(path, staged, way)
    assert done.communicate()[0] == "done\n"
    whole = time.monotonic() - began
    total = (ROWS + 2) * (ROWS + 3) // 2 - ROWS - 3  # 2 + 3 + … + 4001
    before = ({1}, {"1": total})
    after = ({1, 2}, {"1": total, "2": 3 * total}) if way == "grow" else ({1, 2}, {"2": 3 * total})
    assert _seen(path) == after

    moments = random.Random(20241231)
    left = {"before": 0, "after": 0}
    for number in range(10):
        shutil.copyfile(original, path)
        process = _write(path, staged, way)
        time.sleep(moments.uniform(0, whole))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        seen = _seen(path)
        assert seen in (before, after), number
        left["before" if seen == before else "after"] += 1
    assert left["before"], "no kill came before the work was done"

    LedgerStore(path).add(2, [staged], parts=parts_of(SPANS), keep={1} if way == "grow" else set())
    assert _seen(path) == after
    assert sorted(one.name for one in tmp_path.glob("ledger*")) == ["ledger.duckdb", "ledger.duckdb.lock"]


def _seen(path: Path) -> tuple[set[int], dict[str, int]]:
    """The versions, and the sums of the newest by month."""
    versions = LedgerStore(path).versions()
    return versions, open_ledger(path, members()).sums("month", Scope(max(versions), 2024))
