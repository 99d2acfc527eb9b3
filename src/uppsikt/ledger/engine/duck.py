"""DuckDB: the engine in use."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import duckdb

from uppsikt.ledger.engine import Row, Value
from uppsikt.ledger.engine.tables import COLUMNS, create
from uppsikt.ledger.engine.translate import statement


class DuckEngine:
    """A connection of this process; every question has a cursor of its own, so threads may ask at once."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def rows(self, name: str, parameters: Mapping[str, Value]) -> list[Row]:
        text, bound = statement(name, "duckdb", parameters)
        with self.connection.cursor() as cursor:
            return cursor.execute(text, bound).fetchall()

    def load(self, tables: Mapping[str, Sequence[Row]]) -> None:
        for table, rows in tables.items():
            self.connection.execute(f'DROP TABLE IF EXISTS "{table}"')
            self.connection.execute(create(table))
            if rows:
                insert(self.connection, table, list(zip(*rows, strict=True)))

    def close(self) -> None:
        self.connection.close()


def insert(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[Sequence[object]], order: str = ""
) -> None:
    """Put columns of values into a table, in the order of `COLUMNS`.

    Each column travels as one JSON text: rows one by one take a second a thousand, lists of parameters longer.
    """
    listed = ", ".join(
        f'UNNEST(from_json(${name}::JSON, \'["{kind}"]\')) AS "{name}"' for name, kind in COLUMNS[table]
    )
    texts = {
        name: json.dumps(list(values), default=str)
        for (name, _), values in zip(COLUMNS[table], columns, strict=True)
    }
    connection.execute(f'INSERT INTO "{table}" SELECT {listed} {order}', texts)
