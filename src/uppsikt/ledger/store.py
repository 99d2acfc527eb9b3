"""The ledger's file: derived from the stored files, never changed, only replaced whole.

A writer makes a new file beside the old one and puts it in its place with one rename, so that a reader, and whoever
starts after a power cut, has the old file or the new one and nothing in between.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from uppsikt.ledger.engine.duck import insert
from uppsikt.ledger.engine.tables import COLUMNS, LAYOUT, STORED, create
from uppsikt.ledger.engine.translate import source
from uppsikt.ledger.reader import LedgerMissing, attach
from uppsikt.ledger.rows import STAGED_COLUMNS, PartRow

MEMORY = "128MB"
# Sorting spills what has no room, but each thread needs a share that does not: a larger load is sorted by one.
LARGE = 128 * 2**20


class StoreBusy(Exception):
    """Another writer is at work on the same file."""


class LedgerStore:
    """The file at `path`, and beside it a lock and the draft of a writer at work.

    `wait` says whether a second writer waits for the first or is refused. `memory` is what DuckDB may use
    while it writes; what has no room there is spilled beside the draft.
    """

    def __init__(self, path: Path, *, wait: bool = True, memory: str = MEMORY) -> None:
        self.path = path
        self._wait = wait
        self._memory = memory
        self._draft = path.with_name(path.name + ".new")
        self._spill = path.with_name(path.name + ".spill")

    def versions(self) -> set[int]:
        """The versions that can be read; none when there is no file of this layout."""
        return {version for (version,) in self._ask("SELECT DISTINCT version FROM part")}

    def loads(self) -> dict[int, int]:
        """The loads in the file and how many entries each has; none when there is no file of this layout."""
        return dict(self._ask("SELECT load, entries FROM loaded"))

    def add(
        self,
        load: int,
        staged_files: Sequence[Path],
        *,
        parts: Sequence[PartRow],
        keep: Collection[int] | None = None,
    ) -> None:
        """Take in a load from its staged files; `parts` are those of every version, this load's among them.

        Loads not in `keep` are dropped; the load itself never is, and one that is there already is read anew.

        Raises:
            LedgerMissing: if the file has another layout: rebuild it.
            StoreBusy: if another writer is at work and this store does not wait.
            duckdb.Error: if a staged file is not as it should be. The file stays as it was.
        """
        with self._drafting():
            held = self.loads()
            if not held and self.path.exists():
                attach(self.path).close()
            kept = [one for one in held if one != load and (keep is None or one in keep)]
            if held and len(kept) == len(held):
                shutil.copyfile(self.path, self._draft)
                with self._writing() as connection:
                    _take_in(connection, load, staged_files)
                    _put_parts(connection, parts)
            else:
                with self._writing() as connection:
                    _prepare(connection)
                    _copy(connection, self.path, kept)
                    _take_in(connection, load, staged_files)
                    _put_parts(connection, parts)

    def rebuild(self, loads: Iterable[tuple[int, Sequence[Path]]], parts: Sequence[PartRow]) -> None:
        """Everything anew from staged files, one load after the other.

        Raises:
            StoreBusy, duckdb.Error: as in `add`.
        """
        with self._drafting(), self._writing() as connection:
            _prepare(connection)
            for load, files in loads:
                _take_in(connection, load, files)
            _put_parts(connection, parts)

    def _ask(self, query: str) -> list[Any]:
        try:
            with attach(self.path) as connection:
                return connection.execute(query).fetchall()
        except LedgerMissing:
            return []

    @contextmanager
    def _drafting(self) -> Iterator[None]:
        """Alone at work; afterwards the draft is the file, or, if anything went wrong, gone."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.with_name(self.path.name + ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | (0 if self._wait else fcntl.LOCK_NB))
            except BlockingIOError as busy:
                raise StoreBusy(str(self.path)) from busy
            self._sweep()
            try:
                yield
                _flush(self._draft)
                self._draft.replace(self.path)
                _flush(self.path.parent)
            finally:
                self._sweep()

    def _sweep(self) -> None:
        """Only who holds the lock has a draft: anything here was left by a writer that was killed."""
        self._draft.unlink(missing_ok=True)
        self._draft.with_name(self._draft.name + ".wal").unlink(missing_ok=True)
        shutil.rmtree(self._spill, ignore_errors=True)

    @contextmanager
    def _writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The draft. No transaction around the statements: a draft that is not finished is thrown away."""
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": self._memory,
            "temp_directory": str(self._spill),
            # No rows are deleted from a draft, and merging what earlier loads lie in writes them all over again.
            "max_vacuum_tasks": 0,
        }
        with duckdb.connect(str(self._draft), config=settings) as connection:
            connection.execute("SET enable_progress_bar = false")
            yield connection
            connection.execute("CHECKPOINT")


def _flush(path: Path) -> None:
    """Have the disk hold what was written, before anything depends on it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    for table in STORED:
        connection.execute(create(table))
    connection.execute("INSERT INTO layout VALUES ($number)", {"number": LAYOUT})


def _copy(connection: duckdb.DuckDBPyConnection, path: Path, loads: Sequence[int]) -> None:
    """Bring loads over from the file before, in the order that their rows lie in there."""
    if not loads:
        return
    quoted = str(path).replace("'", "''")
    connection.execute(f"ATTACH '{quoted}' AS before (READ_ONLY)")
    for load in loads:
        for table, condition in (
            ("entry", "load = $load"),
            ("cube", "slice BETWEEN $load * 1000000::BIGINT AND $load * 1000000::BIGINT + 999999"),
            ("loaded", "load = $load"),
        ):
            connection.execute(
                f'INSERT INTO "{table}" FROM before."{table}" WHERE {condition}', {"load": load}
            )
    connection.execute("DETACH before")


def _take_in(connection: duckdb.DuckDBPyConnection, load: int, files: Sequence[Path]) -> None:
    """Read a load's staged files, sorted so that drilling down reads a small part of them."""
    if files:
        large = sum(path.stat().st_size for path in files) > LARGE
        connection.execute(f"SET threads = {1 if large else min(2, os.cpu_count() or 1)}")
        kinds = dict(COLUMNS["entry"])
        texts = [name for name in STAGED_COLUMNS if kinds[name] == "VARCHAR"]
        connection.execute(
            f"INSERT INTO entry BY NAME {source('staged')}",
            {
                "load": load,
                "files": [str(path) for path in files],
                "columns": {name: kinds[name] for name in STAGED_COLUMNS},
                "texts": texts,
                "parallel": not any(_breaks_lines(path) for path in files),
            },
        )
    connection.execute(f"INSERT INTO cube {source('cube')}", {"load": load})
    connection.execute(
        "INSERT INTO loaded SELECT $load, COUNT(*) FROM entry WHERE load = $load", {"load": load}
    )


def _breaks_lines(path: Path) -> bool:
    """Whether some quoted text has a line break. DuckDB could begin in the middle of one and take it for rows."""
    quoted = False
    with path.open("rb") as file:
        while block := file.read(2**20):
            pieces = block.split(b'"')
            if any(b"\n" in piece for piece in pieces[0 if quoted else 1 :: 2]):
                return True
            quoted ^= len(pieces) % 2 == 0
    return False


def _put_parts(connection: duckdb.DuckDBPyConnection, parts: Sequence[PartRow]) -> None:
    connection.execute("DROP TABLE part")
    connection.execute(create("part"))
    if parts:
        rows = [(part.version, part.year, part.month, part.load) for part in sorted(parts, key=_place)]
        insert(connection, "part", list(zip(*rows, strict=True)))


def _place(part: PartRow) -> tuple[int, int, int, int]:
    return part.version, part.year, part.month, part.load
