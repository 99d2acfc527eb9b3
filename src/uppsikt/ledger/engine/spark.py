"""Spark, for a ledger that has outgrown a machine. The session is the caller's: PySpark is not a dependency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlglot import exp

from uppsikt.ledger.engine import Row, Value
from uppsikt.ledger.engine.tables import COLUMNS
from uppsikt.ledger.engine.translate import statement


class SparkEngine:
    """A Spark session whose tables or views have the names in `COLUMNS`."""

    def __init__(self, session: Any) -> None:
        self.session = session

    def rows(self, name: str, parameters: Mapping[str, Value]) -> list[Row]:
        text, bound = statement(name, "spark", parameters)
        return [tuple(row) for row in self.session.sql(text, args=bound).collect()]

    def load(self, tables: Mapping[str, Sequence[Row]]) -> None:
        for table, rows in tables.items():
            schema = ", ".join(
                f"`{name}` {exp.DataType.build(kind, dialect='duckdb').sql('spark')}"
                for name, kind in COLUMNS[table]
            )
            self.session.createDataFrame(list(rows), schema).createOrReplaceTempView(f"`{table}`")

    def close(self) -> None:
        self.session.stop()
