"""Reading a large SIE 4E file: a million transactions, six kinds of codes, texts with åäö, written in CP437.

Claims, on two processors: 400 000 transactions a second read and checked into staged files; 200 000 a second read,
checked and stored in DuckDB; under 300 MiB at the same time, worker processes counted in, whatever the file's length.
The ratio is against bare reading of the file line by line, which does nothing with what it reads. Against other
readers in Python where they can be imported (PYTHONPATH): they neither check nor store anything.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from uppsikt.ledger.rows import PartRow  # noqa: E402 - the path comes first
from uppsikt.ledger.sie.model import SieHeader, SieRow, SieVoucher  # noqa: E402
from uppsikt.ledger.sie.reading import stage_sie  # noqa: E402
from uppsikt.ledger.sie.writing import write_sie  # noqa: E402
from uppsikt.ledger.store import LedgerStore  # noqa: E402

LONG, SHORT = 1_000_000, 20_000
OTHERS = 100_000
READ, STORED, MEMORY = 400_000, 200_000, 300
PROCESSORS = 2
DIMENSIONS = {20: "cost_centre", 21: "activity", 6: "project", 22: "counterparty"}
FIRST = dt.date(2024, 1, 1)


@dataclass(frozen=True)
class Measured:
    """One way to read: transactions, the best turn by the clock, and what it took of all processors, in seconds."""

    name: str
    transactions: int
    seconds: float
    processor: float

    @property
    def rate(self) -> float:
        return self.transactions / self.seconds


def vouchers(transactions: int) -> Iterator[SieVoucher]:
    """Vouchers of 2 to 12 rows through the year, the same every time."""
    made = number = 0
    while made < transactions:
        count = min(2 + number * 7 % 11, transactions - made)
        amounts = [(number * 7919 + row * 104729) % 10_000_000 for row in range(count - 1)]
        rows = [
            SieRow(
                f"{4000 + (number + row) % 900}", ore,
                ((20, f"{1000 + number % 700}"), (21, f"{100 + number % 90}"), (6, f"P{number % 300}"))[: 2 + number % 2],
                f"Köp av tjänst {number % 5000}" if row % 2 else "",
            )
            for row, ore in enumerate(amounts)
        ]  # fmt: skip
        rows.append(SieRow("2440", -sum(amounts)))
        day = FIRST + dt.timedelta(made * 366 // transactions)
        yield SieVoucher("LEV", str(number + 1), day, f"Leverantörsfaktura {number}", tuple(rows))
        made += count
        number += 1


def write(target: Path, transactions: int) -> None:
    header = SieHeader(
        "Exempel kommun", FIRST, dt.date(2024, 12, 31),
        accounts={f"{4000 + n}": f"Konto {n}" for n in range(900)} | {"2440": "Leverantörsskulder"},
        dimensions={20: "Ansvar", 21: "Verksamhet"},
    )  # fmt: skip
    write_sie(target, header, vouchers(transactions))


def lines(source: Path) -> None:
    with source.open("rb") as data:
        for _ in data:
            pass


def whole(source: Path) -> None:
    source.read_bytes()


def stage(source: Path, workers: int, *, exact: bool = False) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = stage_sie(source, Path(folder), dimensions=DIMENSIONS, workers=workers, exact=exact)
        assert not found.problems, found.problems[:3]


def store(source: Path, workers: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = stage_sie(source, Path(folder), dimensions=DIMENSIONS, workers=workers)
        parts = [PartRow(1, found.year, month, 1) for month in range(1, 13)]
        LedgerStore(Path(folder) / "ledger.duckdb").add(1, found.files, parts=parts)


def pysie(source: Path) -> int:
    """Its last step joins accounts with a table of one's own; the vouchers are read by then."""
    from pysie_accounting.pysie import PySIE

    reader = PySIE()
    reader.sie_encoding = "cp437"
    with contextlib.suppress(TypeError):
        reader.open(str(source))
    return sum(len(voucher[3]) for voucher in reader.verifikat.values())


def sie_parser(source: Path) -> int:
    from sie_parser import parse_sie_file

    return len(parse_sie_file(str(source)).entries)


def with_registration_day(source: Path, target: Path) -> None:
    """The same file with the field of #VER that pysie-accounting insists on."""
    target.write_bytes(re.sub(rb"(#VER [^\r\n]*)", rb"\1 20240101", source.read_bytes()))


def other_readers() -> dict[str, Callable[[Path], int]]:
    """The readers that can be imported; says which cannot."""
    import importlib.util

    found = {}
    for module, name, read in (
        ("pysie_accounting", "pysie-accounting 0.0.2 (PyPI)", pysie),
        ("sie_parser", "sie_parser (forsslund/sie-parser)", sie_parser),
    ):
        if importlib.util.find_spec(module):
            found[name] = read
        else:
            print(f"{name} cannot be imported and is left out")
    return found


def best(name: str, transactions: int, turns: int, work: Callable[[], object]) -> Measured:
    taken = []
    for _ in range(turns):
        start, worked = time.perf_counter(), processor()
        work()
        taken.append((time.perf_counter() - start, processor() - worked))
    return Measured(name, transactions, *min(taken))


def processor() -> float:
    """Seconds of processor used so far by this process and the children it has waited for."""
    return sum(os.times()[:4])


def peak_memory(source: Path, what: str) -> float:
    """MiB held at once by a process of its own and all its children, looked at every hundredth of a second."""
    process = subprocess.Popen([sys.executable, __file__, "--only", what, str(source)])
    highest = 0
    done = threading.Event()
    while process.poll() is None:
        highest = max(highest, sum(map(resident, tree(process.pid))))
        done.wait(0.01)
    assert process.returncode == 0
    return highest / 1024


def tree(pid: int) -> list[int]:
    found = [pid]
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        for task in tasks:
            for child in (task / "children").read_text().split():
                found += tree(int(child))
    except OSError:
        pass
    return found


def resident(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--short", action="store_true", help=f"{SHORT} transactions, one turn")
    parser.add_argument("--only", nargs=2, metavar=("WHAT", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        what, file = options.only
        (stage if what == "stage" else store)(Path(file), PROCESSORS)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        return measure(Path(folder), LONG if options.short is False else SHORT, short=options.short)


def measure(folder: Path, transactions: int, *, short: bool) -> int:
    file, small = folder / "large.se", folder / "small.se"
    written = best("writing it", transactions, 1, lambda: write(file, transactions))
    few = min(transactions, OTHERS)
    write(small, few)
    turns = 1 if short else 3
    print(f"{transactions} transactions, {file.stat().st_size / 2**20:.0f} MiB")
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, the best of {turns} turns\n")
    others = other_readers()
    with_registration_day(small, folder / "others.se")
    for name, read in others.items():
        print(f"{name} finds {read(folder / 'others.se')} of {few} transactions or vouchers")
    base = best("bare reading, line by line", transactions, turns, lambda: lines(file))
    read = best(
        f"read and checked, {PROCESSORS} processes", transactions, turns, lambda: stage(file, PROCESSORS)
    )
    stored = best("read, checked and stored", transactions, turns, lambda: store(file, PROCESSORS))
    rows = [
        best("bare reading, whole", transactions, turns, lambda: whole(file)),
        base,
        read,
        best("read and checked, one process", transactions, 1, lambda: stage(file, 1)),
        best("the same by the exact grammar alone", few, 1, lambda: stage(small, 1, exact=True)),
        stored,
        written,
        *(best(name, few, 1, lambda work=work: work(folder / "others.se")) for name, work in others.items()),
    ]
    print(
        "\n| | transactions | seconds | a second | times bare | processor seconds |\n|---|---:|---:|---:|---:|---:|"
    )
    for row in rows:
        print(
            f"| {row.name} | {row.transactions} | {row.seconds:.2f} | {row.rate:,.0f} | {base.rate / row.rate:.1f} | {row.processor:.2f} |"
        )
    print("\n| memory at most, all processes | MiB |\n|---|---:|")
    held = {
        name: peak_memory(source, "stage")
        for name, source in (("a tenth of the file", small), ("the file", file))
    }
    for name, mebibytes in held.items():
        print(f"| {name} | {mebibytes:.0f} |")
    missed = [
        f"{name} ({value:,.0f} against {limit:,})"
        for name, value, limit in (("read", read.rate, READ), ("stored", stored.rate, STORED))
        if value < limit
    ]
    missed += [f"memory ({max(held.values()):.0f} MiB)"] if max(held.values()) > MEMORY else []
    if missed and not short:
        print(f"\nnot as asked: {', '.join(missed)}")
    return 1 if missed and not short else 0


if __name__ == "__main__":
    sys.exit(main())
