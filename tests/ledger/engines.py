"""The same questions to any engine, held against DuckDB reading the same ledger from its file."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from tests.ledger.books import members, two_loads
from uppsikt.ledger.engine import Engine
from uppsikt.ledger.engine.tables import COLUMNS
from uppsikt.ledger.reader import Ledger, attach, open_ledger
from uppsikt.ledger.rows import Axis, Scope

SCOPES = (
    Scope(1, 2024),
    Scope(2, 2024),
    Scope(2, 2024, first=2, last=2, line="costs"),
    Scope(2, 2024, line="result", place="unit:office", activity="200", project="group", counterparty="8"),
    Scope(2, 2024, place="unit:office", mapping=2025),
    Scope(2, 2024, place="no such unit"),
    Scope(3, 2024),
)


def answers(ledger: Ledger) -> list[object]:
    """Everything that a ledger can be asked, on every axis and scope."""
    found: list[object] = []
    for scope in SCOPES:
        for axis in get_args(Axis):
            found += [ledger.sums(axis, scope), ledger.cross(axis, scope)]
        found += [
            ledger.count(scope),
            ledger.purchases(scope),
            ledger.purchases(scope, [2]),
            ledger.entries(scope, limit=5),
            ledger.entries(scope, limit=3, offset=2, largest=True),
        ]
    return [
        *found,
        ledger.voucher(1, 2024, "L", "LF-7"),
        ledger.voucher(2, 2024, "A", "2"),
        ledger.compare(1, 2, 2024),
        ledger.codes(2, 2024),
    ]


def check(engine: Engine, folder: Path) -> None:
    """Load the engine with the ledger of `books` and hold every answer against DuckDB's."""
    path = two_loads(folder)
    hierarchies = members()
    with attach(path) as connection:
        tables = {
            table: connection.execute(f'SELECT * FROM "{table}"').fetchall()
            for table in COLUMNS
            if table != "member"
        }
    tables["member"] = list(
        zip(hierarchies.year, hierarchies.axis, hierarchies.node, hierarchies.leaf, strict=True)
    )
    engine.load(tables)
    expected = answers(open_ledger(path, hierarchies))
    for number, answer in enumerate(answers(Ledger(engine))):
        assert answer == expected[number], number
    assert any(expected)
