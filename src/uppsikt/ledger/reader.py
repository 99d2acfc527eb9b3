"""Reading the ledger: sums along an axis, entries and vouchers, of a version as it was or is."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import duckdb

from uppsikt.ledger.engine import Engine, Row, Value
from uppsikt.ledger.engine.duck import DuckEngine, insert
from uppsikt.ledger.engine.tables import LAYOUT, STORED, create, digits_of, slice_of
from uppsikt.ledger.rows import EVERYTHING, Axis, EntryRow, Members, PartRow, Scope

MEMORY = "1GB"
KEPT = 3
"""How many are kept open: each has its own memory, so not one for every year there is."""


class LedgerMissing(Exception):
    """There is no ledger file, or one of an older layout: it must be rebuilt from the stored files."""


class Ledger:
    """A ledger on any engine that holds its tables. Amounts are öre with the ledger's sign: debit positive.

    A version or a year that is not there has no rows and sums to nothing.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        slices: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for part in (PartRow(*row) for row in engine.rows("parts", {})):
            slices[part.version, part.year].append((part.month, slice_of(part.load, part.year, part.month)))
        self._slices = dict(slices)
        self.versions = frozenset(version for version, _year in slices)

    def sums(self, axis: Axis, scope: Scope) -> dict[str, int]:
        """Öre per account, cost centre … or month ("1" to "12") with at least one entry in the scope."""
        name = "sums_by_counterparty" if _needs_entries(axis, scope) else "sums"
        return dict(self._engine.rows(name, {**self._asked(scope), "axis": axis}))

    def cross(self, axis: Axis, scope: Scope) -> dict[tuple[str, str], int]:
        """Öre per leaf of the axis and account: what a table of projects is made of."""
        name = "cross_by_counterparty" if _needs_entries(axis, scope) else "cross"
        rows = self._engine.rows(name, {**self._asked(scope), "axis": axis})
        return {(leaf, account): amount for leaf, account, amount in rows}

    def entries(self, scope: Scope, *, limit: int, offset: int = 0, largest: bool = False) -> list[EntryRow]:
        """Entries by date, or by size whatever the sign; a page of `limit` rows after the first `offset`."""
        asked, least = self._asked(scope), 0
        if largest:  # found by their amounts alone, so that the other columns are read of few entries
            [(found,)] = self._engine.rows("least", asked | {"page": offset + limit})
            least = found or 0
        more = {"largest": largest, "least": least, "page": limit, "skipped": offset}
        return [_entry(row) for row in self._engine.rows("entries", asked | more)]

    def purchases(self, scope: Scope, days_of: Sequence[int] = ()) -> list[tuple[str, str, int, int, int]]:
        """(counterparty, body node, month, day, öre): what each was paid by each body, from line and place alone.

        Args: days_of: months told day by day; in the others the day is 0.
        """
        return [(*row,) for row in self._engine.rows("purchases", self._asked(scope) | {"days_of": days_of})]

    def count(self, scope: Scope) -> tuple[int, int]:
        """How many entries, and how many vouchers have at least one of them."""
        [(entries, vouchers)] = self._engine.rows("counted", self._asked(scope))
        return entries, vouchers

    def voucher(self, version: int, year: int, series: str, number: str) -> list[EntryRow]:
        """All rows of a voucher in the order of the file. Several files may use the same number."""
        asked: dict[str, Value] = {
            "slices": self._of(version, year),
            "series": series,
            "number": number,
            "digits": digits_of(number),
        }
        return [_entry(row) for row in self._engine.rows("voucher", asked)]

    def compare(
        self,
        version_a: int,
        version_b: int,
        year: int,
        last: int = 12,
        place: str = EVERYTHING,
        line: str = EVERYTHING,
    ) -> dict[str, int]:
        """Öre per account that b has more than a, January to `last`; accounts that do not differ are left out.

        Only the months that the versions read from different loads are read.
        """
        a, b = set(self._of(version_a, year, 1, last)), set(self._of(version_b, year, 1, last))
        scope = Scope(version_b, year, last=last, line=line, place=place)
        difference: dict[str, int] = defaultdict(int)
        for slices, sign in ((b - a, 1), (a - b, -1)):
            asked = self._asked(scope) | {"slices": sorted(slices), "axis": "account"}
            for account, amount in self._engine.rows("sums", asked) if slices else []:
                difference[account] += sign * amount
        return {account: amount for account, amount in sorted(difference.items()) if amount}

    def codes(self, version: int, year: int) -> dict[str, frozenset[str]]:
        """The values in use of every dimension that has any: column -> values."""
        found: dict[str, set[str]] = defaultdict(set)
        for dimension, code in self._engine.rows("codes", {"slices": self._of(version, year)}):
            found[dimension].add(code)
        return {dimension: frozenset(values) for dimension, values in found.items()}

    def months(self, version: int, year: int) -> frozenset[int]:
        """The months of the year that some load of the version covers."""
        return frozenset(month for month, _ in self._slices.get((version, year), ()))

    def years(self, version: int) -> list[int]:
        """The years that the version holds."""
        return sorted(year for one, year in self._slices if one == version)

    def close(self) -> None:
        self._engine.close()

    def _of(self, version: int, year: int, first: int = 1, last: int = 12) -> list[int]:
        return [one for month, one in self._slices.get((version, year), ()) if first <= month <= last]

    def _asked(self, scope: Scope) -> dict[str, Value]:
        return {
            "slices": self._of(scope.version, scope.year, scope.first, scope.last),
            "mapping": scope.mapping or scope.year,
            "line": scope.line,
            "place": scope.place,
            "activity": scope.activity,
            "project": scope.project,
            "counterparty": scope.counterparty,
        }


_opened: dict[tuple[Path, str], tuple[tuple[int, ...], Ledger]] = {}
_opening = threading.Lock()


def open_ledger(path: Path, members: Members) -> Ledger:
    """The ledger as it lies in the file now, with these hierarchies; kept open for as long as the file is the same.

    A few are kept, so that those who look at different years do not close each other's.
    Safe to call for every request and from several threads. Who still holds an older one reads on in it.

    Raises:
        LedgerMissing: if there is no file, or it has another layout than this version's.
    """
    path = path.resolve()
    with _opening:
        try:
            stat = path.stat()
        except FileNotFoundError as missing:
            raise LedgerMissing(str(path)) from missing
        identity = (stat.st_dev, stat.st_ino, stat.st_mtime_ns, stat.st_size)
        for key in [key for key, (seen, _) in _opened.items() if key[0] == path and seen != identity]:
            del _opened[key]
        kept = _opened.pop((path, members.fingerprint), None) or (identity, _open(path, members))
        while len(_opened) >= KEPT:
            del _opened[next(iter(_opened))]  # the one that has waited longest; closed when nobody reads it
        _opened[path, members.fingerprint] = kept
        return kept[1]


def attach(path: Path, memory: str = MEMORY) -> duckdb.DuckDBPyConnection:
    """A connection in memory that sees the file's tables and can read nothing else and change nothing.

    Raises:
        LedgerMissing: if there is no file, or it has another layout than this version's.
    """
    if not path.exists():
        raise LedgerMissing(str(path))
    connection = duckdb.connect(":memory:", config={"memory_limit": memory, "temp_directory": ""})
    try:
        quoted = str(path).replace("'", "''")
        connection.execute(f"ATTACH '{quoted}' AS store (READ_ONLY)")
        connection.execute("SET enable_external_access = false")
        _check_layout(connection, path)
        for table in STORED:
            connection.execute(f'CREATE VIEW "{table}" AS FROM store."{table}"')
    except BaseException:
        connection.close()
        raise
    return connection


def _check_layout(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    try:
        found = connection.execute("SELECT number FROM store.layout").fetchone()
    except duckdb.CatalogException:
        found = None
    if found != (LAYOUT,):
        raise LedgerMissing(f"{path} has another layout")


def _open(path: Path, members: Members) -> Ledger:
    connection = attach(path)
    connection.execute(create("member"))
    insert(connection, "member", (members.year, members.axis, members.node, members.leaf), "ORDER BY ALL")
    connection.execute("SET lock_configuration = true")
    return Ledger(DuckEngine(connection))


def _needs_entries(axis: Axis, scope: Scope) -> bool:
    return axis == "counterparty" or scope.counterparty != EVERYTHING


def _entry(row: Row) -> EntryRow:
    *before, own1, own2, own3, own4, amount, text, voucher_text = row
    load, line, date, series, number, account, cost_centre, activity, project, counterparty = before
    return EntryRow(
        load, line, date, series, number, account, cost_centre, activity, project, counterparty,
        (own1, own2, own3, own4), amount, text, voucher_text,
    )  # fmt: skip
