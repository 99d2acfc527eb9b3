"""PostgreSQL, for a ledger that shall lie in a database that is already run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import psycopg
from psycopg import sql

from uppsikt.ledger.engine import Row, Value
from uppsikt.ledger.engine.tables import COLUMNS, create
from uppsikt.ledger.engine.translate import statement


class PostgresEngine:
    """The tables as temporary ones of the connection, or those that lie first in its search path."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection

    def rows(self, name: str, parameters: Mapping[str, Value]) -> list[Row]:
        text, bound = statement(name, "postgres", parameters)
        # The text is one of ours: sql/ holds nothing that was typed by a user.
        with self.connection.execute(cast("Any", text), bound) as cursor:
            return cursor.fetchall()

    def load(self, tables: Mapping[str, Sequence[Row]]) -> None:
        for table, rows in tables.items():
            self.connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier(table)))
            self.connection.execute(cast("Any", create(table, "postgres", temporary=True)))
            names = sql.SQL(", ").join(sql.Identifier(name) for name, _ in COLUMNS[table])
            copy = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
            with self.connection.cursor() as cursor, cursor.copy(copy) as target:
                for row in rows:
                    target.write_row(row)

    def close(self) -> None:
        self.connection.close()
