"""What the ledger asks of a database: three methods. DuckDB is the one in use; others run the same queries.

The queries stand in `sql/`, one a file, in DuckDB's dialect. `translate` makes them another engine's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

Value = str | int | bool | Sequence[int]
Row = tuple[Any, ...]


class Engine(Protocol):
    """A database that holds the ledger's tables (`tables.COLUMNS`)."""

    def rows(self, name: str, parameters: Mapping[str, Value]) -> list[Row]:
        """The answer to `sql/<name>.sql`."""

    def load(self, tables: Mapping[str, Sequence[Row]]) -> None:
        """Put rows into tables, made anew if they are there: columns in the order of `tables.COLUMNS`."""

    def close(self) -> None:
        """Let go of the database."""
