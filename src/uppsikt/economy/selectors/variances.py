"""Variances that must be explained, and what has been written of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from uppsikt.cycle.selectors import Round
from uppsikt.economy.rules.model import TableSpec
from uppsikt.economy.rules.tables import Cell, Table
from uppsikt.economy.selectors import models as economy_models
from uppsikt.economy.selectors import tables
from uppsikt.economy.selectors.answers import Reading
from uppsikt.organisation.selectors import Body
from uppsikt.texts import selectors as texts
from uppsikt.texts.rules import Node

WHOLE = "all"
"""Stands for the whole municipality in the place of a body's key."""


@dataclass(frozen=True, slots=True)
class Variance:
    """A figure over the threshold, in one of the tables that want comments. `content`: empty until explained."""

    table: Table
    row: str
    label: str
    cell: Cell
    content: tuple[Node, ...]

    @property
    def key(self) -> tuple[str, str]:
        """The table and the row."""
        return self.table.spec.key, self.row

    @property
    def explained(self) -> bool:
        """Whether anything has been written."""
        return bool(self.content)


def slot(body: Body | None, round_: Round, table: str, row: str) -> str:
    """Where the explanation of a row of a table is kept."""
    return f"{_kind(body, round_)}:{table}:{row}"


def _kind(body: Body | None, round_: Round) -> str:
    return f"economy:{body.key if body else WHOLE}:{round_.key}"


def comments(body: Body | None, round_: Round) -> dict[tuple[str, str], list[Node]]:
    """Everything that has been written of a body's variances in a round, by table and row. Two queries."""
    kind = _kind(body, round_)
    slots = list(texts.slots(kind).values_list("slot", flat=True))
    found = {}
    for name, content in texts.contents(slots).items():
        table, _colon, row = name.removeprefix(f"{kind}:").partition(":")
        if content:
            found[table, row] = content
    return found


def commented(reading: Reading, *, whole: bool) -> list[TableSpec]:
    """The tables of the round whose variances are explained."""
    return [spec for spec in tables.specs(reading.model, reading.round, whole=whole) if spec.commented]


def over(table: Table) -> list[tuple[str, Cell]]:
    """The rows of a table that lie over the threshold, with the cell that does."""
    return [(row.key, cell) for row in table.rows for cell in row.cells if cell.over]


def variances(reading: Reading, made: Iterable[Table] | None = None) -> list[Variance]:
    """The variances of the body and round that must be explained, table by table.

    Args: made: the tables, when they have been made already.
    """
    whole = reading.body is None
    listed = (
        made if made is not None else [tables.made(spec, reading) for spec in commented(reading, whole=whole)]
    )
    written = comments(reading.body, reading.round)
    return [
        Variance(table, row, table.row(row).label, cell, tuple(written.get((table.spec.key, row), ())))
        for table in listed
        for row, cell in over(table)
    ]


def missing_comments(body: Body | None, round_: Round) -> list[Variance]:
    """The variances that must be explained and are not. Nothing when there is no economy model."""
    try:
        reading = Reading(round_, body, economy_models.model_for(round_.year_id))
    except LookupError:
        return []
    return [found for found in variances(reading) if not found.explained]
