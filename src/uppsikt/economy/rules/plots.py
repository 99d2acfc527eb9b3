"""What the economy's charts draw, from the same tables that stand beside them. Values are exact, in the table's unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from uppsikt.economy.rules.model import UNITS
from uppsikt.economy.rules.tables import MONEY, Line, Table

Labelled = tuple[str, Decimal]
PARTS = ("detail", "of_which")
SUMS_TRIED = 3


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From one total to another, a step for each row; the steps add up exactly."""

    start: Labelled
    steps: tuple[Labelled, ...]
    end: Labelled


@dataclass(frozen=True, slots=True)
class Grouped:
    """Several values for each label; `series` in the order of the columns, the latest last."""

    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[Decimal | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Planned against spent for each label, outlays as positive figures."""

    labels: tuple[str, ...]
    outcome: tuple[Decimal | None, ...]
    budget: tuple[Decimal | None, ...]
    forecast: tuple[Decimal | None, ...]


def waterfall(table: Table) -> Waterfall | None:
    """From budget to outcome or forecast, by the rows of a table that asks for comments.

    None where the rows do not come to the total (a table that shows only some of them).
    """
    column = next((one for one in table.columns if one.key == table.spec.commented), None)
    total = next((row for row in table.rows if row.role == "total"), None)
    if column is None or total is None or len(column.difference) != 2:
        return None
    end, start = column.difference
    first, last = _value(total, start), _value(total, end)
    if first is None or last is None:
        return None
    steps = _adding_up(table, column.key, last - first)
    if steps is None:
        return None
    labels = {one.key: one.label for one in table.columns}
    shown = tuple((label, value) for label, value in steps if value)
    return Waterfall((labels[start], first), shown, (labels[end], last)) if shown else None


def _adding_up(table: Table, column: str, wanted: Decimal) -> list[Labelled] | None:
    """The rows that come to the total: those that are no sums, and such sums as have no rows of their own."""
    for count in range(SUMS_TRIED + 1):
        sums = [row for row in table.rows if row.role == "subtotal"]
        for chosen in combinations(sums, min(count, len(sums))):
            steps = [
                (row.label, value)
                for row in table.rows
                if (row.role == "detail" or row in chosen) and (value := _value(row, column)) is not None
            ]
            if sum((value for _label, value in steps), Decimal(0)) == wanted:
                return steps
    return None


def grouped(table: Table) -> Grouped | None:
    """The rows over the columns, costs as positive figures; the total where there are no parts."""
    rows = [row for row in table.rows if row.role in PARTS] or [
        row for row in table.rows if row.role == "total"
    ]
    columns = [column for column in table.columns if column.measure]
    if not rows or len(columns) < 2:
        return None
    series = tuple(
        (column.label, tuple(_turned(_value(row, column.key)) for row in rows)) for column in columns
    )
    return Grouped(tuple(row.label for row in rows), series)


def portfolio(table: Table) -> Portfolio | None:
    """Spent against planned, by the rows that are no sums; a heading above a row is part of its label."""
    found: list[tuple[str, Line]] = []
    heading, part = "", ""
    for row in table.rows:
        if row.role == "subtotal":
            heading, part = row.label, ""
        elif row.role == "group":
            part = row.label
        elif row.role in PARTS:
            found.append((", ".join(filter(None, (row.label, part, heading))), row))
    measured = {column.measure: column.key for column in reversed(table.columns) if column.measure}
    spent = next((c.key for c in table.columns if c.total), measured.get("outcome", ""))
    if not found or not spent:
        return None

    def column(key: str) -> tuple[Decimal | None, ...]:
        return tuple(_turned(_value(row, key)) if key else None for _label, row in found)

    return Portfolio(
        tuple(label for label, _row in found),
        column(spent),
        column(measured.get("budget", "")),
        column(measured.get("forecast", "")),
    )


def in_unit(amounts: Sequence[int | None], unit: str) -> tuple[Decimal | None, ...]:
    """Amounts in öre as exact figures in a unit."""
    return tuple(None if amount is None else Decimal(amount) / UNITS[unit] for amount in amounts)


def _value(row: Line, key: str) -> Decimal | None:
    cell = row.cell(key)
    if cell.kind != MONEY or cell.exact is None:
        return None
    return Decimal(cell.exact) / UNITS[cell.unit]


def _turned(value: Decimal | None) -> Decimal | None:
    return None if value is None else -value if value else value
