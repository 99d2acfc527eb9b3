"""A dataset as it was read: rows with the place of every cell, and the faults found in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from uppsikt.exchange.rules.spec import Table
from uppsikt.exchange.rules.tables import ECONOMY, MODEL_SHEETS, STEERING
from uppsikt.kernel.problems import Problem, Where

Values = dict[str, Any]
Documents = dict[str, dict[str, dict[str, Any]]]
Identity = tuple[Any, ...]


@dataclass(slots=True)
class Row:
    """One row of one table.

    Args:
        cells: what was written, by field. values: what it means, once read.
        names: what the reader of the file calls each field. lines: where each cell stands, if not on `line`.
        absent: fields that have no column in the sheet. faulty: fields that have been complained of.
    """

    table: Table
    file: str
    line: int
    cells: Mapping[str, Any]
    names: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    values: Values = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)

    def where(self, name: str = "") -> Where:
        """The place of a cell, or of the row."""
        return Where(self.file, self.lines.get(name, self.line), self.names.get(name, name))

    def in_kronor(self, name: str) -> bool:
        """Whether the amount is written in kronor: the heading is the Swedish one, not the field's key."""
        return self.names.get(name, name).casefold() != name.casefold()

    @property
    def identity(self) -> Identity:
        """What finds the row again."""
        return identity(self.table, self.values)

    def sound(self, *names: str) -> bool:
        """Whether nothing has been found wrong with these fields."""
        return not self.faulty.intersection(names)


def identity(table: Table, values: Mapping[str, Any]) -> Identity:
    """The values that together find a row of the table."""
    return tuple(values.get(name) for name in table.identity)


@dataclass(slots=True)
class Faults:
    """The problems found so far. A cell is complained of once: what follows from a fault is no news."""

    problems: list[Problem] = field(default_factory=list)

    def at(self, row: Row, name: str, code: str, message: str, remedy: str) -> None:
        """Complain of a cell, unless that has been done."""
        if name not in row.faulty:
            row.faulty.add(name)
            self.problems.append(Problem(code, row.where(name), message, remedy))

    def file(self, code: str, where: Where, message: str, remedy: str) -> None:
        """Complain of a file, a sheet or a column."""
        self.problems.append(Problem(code, where, message, remedy))


@dataclass(slots=True)
class Dataset:
    """Everything that was read. `documents`: models by folder and name. `files`: pictures by name.

    `broken`: tables (and names of models) of which something could not be read: what they lack is no news.
    """

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    documents: Documents = field(default_factory=lambda: {folder: {} for folder in MODEL_SHEETS})
    files: dict[str, bytes] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    faults: Faults = field(default_factory=Faults)

    @property
    def models(self) -> dict[str, dict[str, Any]]:
        """Steering model documents by name."""
        return self.documents[STEERING]

    @property
    def economy_models(self) -> dict[str, dict[str, Any]]:
        """Economy model documents by name."""
        return self.documents[ECONOMY]

    def all(self) -> Iterator[Row]:
        """Every row, table by table."""
        for rows in self.rows.values():
            yield from rows


@dataclass(frozen=True, slots=True)
class Known:
    """What rows there are, by table and identity: in the dataset, else in the database."""

    stored: Mapping[str, Mapping[Identity, Values]]
    given: Mapping[str, Mapping[Identity, Row]]

    def values(self, table: str, *key: Any) -> Values | None:
        """The row's values; the dataset goes before the database. A row with a single key field."""
        row = self.given.get(table, {}).get(key)
        return row.values if row is not None else self.stored.get(table, {}).get(key)

    def row(self, table: str, *key: Any) -> Row | None:
        """The row in the dataset."""
        return self.given.get(table, {}).get(key)

    def stands(self, row: Row, name: str) -> bool:
        """Whether the database has the row with this value already: what was right when it was written may stay."""
        before = self.stored.get(row.table.key, {}).get(row.identity)
        return before is not None and before.get(name) == row.values.get(name)

    def every(self, table: str) -> Iterable[Values]:
        """All rows of a table as they will be."""
        merged: dict[Identity, Values] = dict(self.stored.get(table, {}))
        merged.update((key, row.values) for key, row in self.given.get(table, {}).items())
        return merged.values()
