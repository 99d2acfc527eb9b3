"""What the economy's charts draw, from the same tables that stand beside them. Values are exact, in the table's unit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from uppsikt.economy.rules.follow import BUDGETS, FORECASTS, OUTCOMES
from uppsikt.economy.rules.model import UNITS, Column
from uppsikt.economy.rules.tables import MONEY, Line, Table

PARTS = ("detail", "of_which")
SUMS_TRIED = 3
REST = "Övrigt"


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From what is compared with to what it came to, a step for each row, in öre; the steps add up exactly.

    `base` and `this` are the columns of the two ends, `column` the one of the steps.
    """

    base: Column
    this: Column
    column: Column
    start: int
    steps: tuple[tuple[str, int], ...]
    end: int


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


def total_row(table: Table) -> Line | None:
    """The row that the whole table comes to."""
    return next((row for row in table.rows if row.role == "total"), None)


def compared(table: Table) -> tuple[Column, Column, Column] | None:
    """The difference that the table is about, with the outcome or forecast and the budget it is made of.

    The commented column first, else the first that holds an outcome or a forecast against a budget; only one that
    the total has a figure in. None when there is none.
    """
    total = total_row(table)
    columns = {column.key: column for column in table.columns}
    ordered = sorted(table.columns, key=lambda column: column.key != table.spec.commented)
    for column in ordered:
        if total is None or len(column.difference) != 2 or total.cell(column.key).exact is None:
            continue
        this, base = (columns[key] for key in column.difference)
        if this.measure in (*OUTCOMES, *FORECASTS) and base.measure in BUDGETS and not this.years:
            return column, this, base
    return None


def waterfall(table: Table) -> Waterfall | None:
    """The way from budget to outcome or forecast, row by row; None where there is no such difference to draw.

    What the rows do not come to, in a table that shows only some of them, is a step of its own.
    """
    found, total = compared(table), total_row(table)
    if found is None or total is None:
        return None
    column, this, base = found
    start, end = total.cell(base.key).exact, total.cell(this.key).exact
    if not isinstance(start, int) or not isinstance(end, int):
        return None
    steps = [(label, amount) for label, amount in _adding_up(table, column.key, end - start) if amount]
    return Waterfall(base, this, column, start, tuple(steps), end) if steps else None


def _adding_up(table: Table, column: str, wanted: int) -> list[tuple[str, int]]:
    """The rows that come to the total: those that are no sums, and such sums as have no rows of their own."""

    def steps(sums: Collection[Line]) -> list[tuple[str, int]]:
        rows = [row for row in table.rows if row.role == "detail" or row in sums]
        return [(row.label, int(exact)) for row in rows if (exact := row.cell(column).exact) is not None]

    listed = [row for row in table.rows if row.role == "subtotal"]
    for count in range(min(SUMS_TRIED, len(listed)) + 1):
        for chosen in combinations(listed, count):
            found = steps(chosen)
            if sum(amount for _label, amount in found) == wanted:
                return found
    found = steps(())
    return [*found, (REST, wanted - sum(amount for _label, amount in found))]


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
