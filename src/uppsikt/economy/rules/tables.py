"""A table's arithmetic: from its specification and the amounts it asks for to cells that can be printed and followed.

Totals, variances and percents are worked out from unrounded amounts and rounded once (docs/algorithms/economy.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from uppsikt.economy.rules.model import UNITS, Column, RowSpec, TableSpec, Threshold
from uppsikt.kernel.numbers import canonical, format_decimal, round_half_away
from uppsikt.kernel.period import MONTHS

MONEY, PERCENT, COUNT, TEXT, BLANK = "money", "percent", "count", "text", "blank"
ROUNDING_NOTE = (
    "Summor och avvikelser räknas på orundade belopp. Därför kan avrundade tal skilja på sista siffran."
)

_FIELD = re.compile(r"\{(year|month)([+-]\d+)?\}")


@dataclass(frozen=True, slots=True)
class Ask:
    """One amount asked for. `scope` is sorted (axis, node) pairs; `years` is counted from the table's year."""

    measure: str
    years: int
    through: str
    scope: tuple[tuple[str, str], ...]

    def node(self, axis: str, default: str = "") -> str:
        """The node asked for on an axis."""
        return next((node for key, node in self.scope if key == axis), default)


Answers = Mapping[Ask, Decimal | int | None]
"""What was asked for: öre, a count, or (for a financial goal) a percent."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One square. `exact` is öre for money, percent or a count otherwise; None where nothing is reported.

    `shown` is the figure as printed in the cell's unit. `needs`: the columns it is worked out from.
    """

    column: str
    kind: str = BLANK
    exact: Decimal | int | None = None
    shown: Decimal | None = None
    text: str = ""
    unit: str = ""
    decimals: int = 0
    ask: Ask | None = None
    operation: str = ""
    needs: tuple[str, ...] = ()
    over: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its cells in the order of the columns."""

    key: str
    label: str
    role: str
    level: int
    cells: tuple[Cell, ...]
    spec: RowSpec

    def cell(self, column: str) -> Cell:
        """The cell in a column. Raises: KeyError."""
        for cell in self.cells:
            if cell.column == column:
                return cell
        raise KeyError(column)


@dataclass(frozen=True, slots=True)
class Table:
    """A finished table. `month`: of the cut-off."""

    spec: TableSpec
    columns: tuple[Column, ...]
    rows: tuple[Line, ...]
    notes: tuple[str, ...]
    year: int
    month: int = 12

    def row(self, key: str) -> Line:
        """The row with this key. Raises: KeyError."""
        for row in self.rows:
            if row.key == key:
                return row
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a table is made for: year, month of the cut-off, texts of rows by (row key, name)."""

    year: int
    month: int
    threshold: Threshold = field(default_factory=Threshold)
    texts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


Nodes = Callable[[RowSpec], Sequence[tuple[Mapping[str, str], str]]]
"""For a row with `each`: the scope and label of every row it becomes."""


def filled(text: str, setting: Setting) -> str:
    """The text with {year}, {year-1}, {month} filled in."""

    def value(match: re.Match[str]) -> str:
        step = int(match[2] or 0)
        return str(setting.year + step) if match[1] == "year" else MONTHS[setting.month - 1]

    return _FIELD.sub(value, text)


def expanded(spec: TableSpec, nodes: Nodes, setting: Setting) -> TableSpec:
    """The table with a row for every node, keys for every row, and years filled in."""
    rows: list[RowSpec] = []
    for row in spec.rows:
        if not row.each:
            rows.append(row)
            continue
        for scope, label in nodes(row):
            if not scope:  # a heading over the rows that follow
                rows.append(RowSpec(label=label, role="group", level=row.level))
                continue
            key = "-".join(str(node) for node in scope.values()).replace(":", "-")
            rows.append(replace(row, label=label, key=key, scope={**row.scope, **scope}))
    taken: set[str] = set()
    numbered = tuple(
        replace(
            row,
            key=_row_key(row, taken),
            label=filled(row.label, setting),
            scope={axis: filled(node, setting) for axis, node in row.scope.items()},
        )
        for row in rows
    )
    rename = {column.key: filled(column.key, setting) for column in spec.columns}
    columns = tuple(_renamed(column, rename, setting) for column in spec.columns)
    numbered = tuple(
        replace(
            row,
            columns=tuple(rename[name] for name in row.columns),
            decimals={rename[name]: count for name, count in row.decimals.items()},
        )
        for row in numbered
    )
    return replace(
        spec,
        rows=numbered,
        columns=columns,
        title=filled(spec.title, setting),
        commented=rename.get(spec.commented, ""),
        notes=tuple(filled(note, setting) for note in spec.notes),
    )


def _row_key(row: RowSpec, taken: set[str]) -> str:
    """A key that stays when rows are moved: the row's own, else what it is about. What is written of it hangs on it."""
    about = row.key or "-".join(node.replace(":", "-") for node in row.scope.values()) or row.role
    key, number = about, 2
    while key in taken:
        key, number = f"{about}-{number}", number + 1
    taken.add(key)
    return key


def _renamed(column: Column, rename: Mapping[str, str], setting: Setting) -> Column:
    def names(keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(rename[key] for key in keys)

    return replace(
        column,
        key=rename[column.key],
        label=filled(column.label, setting),
        difference=names(column.difference),
        percent=names(column.percent),
        change=names(column.change),
        growth=names(column.growth),
        total=names(column.total),
    )


def asks(spec: TableSpec) -> list[Ask]:
    """Every amount the (expanded) table needs, each once."""
    found: dict[Ask, None] = {}
    for row in spec.rows:
        for column in spec.columns:
            if ask := _ask(spec, row, column):
                found[ask] = None
    return list(found)


def pruned(spec: TableSpec, answers: Answers) -> TableSpec:
    """The table without those rows for every node of an axis that have no amount at all: a body prints its own."""

    def has_any(row: RowSpec) -> bool:
        return any(answers.get(ask) for column in spec.columns if (ask := _ask(spec, row, column)))

    return replace(spec, rows=tuple(row for row in spec.rows if not row.each or has_any(row)))


def _ask(spec: TableSpec, row: RowSpec, column: Column) -> Ask | None:
    if not row.scope or row.sum or row.growth_of or (row.columns and column.key not in row.columns):
        return None
    # A row that fills one column fills it with what is registered there, whatever that column usually holds.
    measure = column.measure or ("registered" if row.columns else "")
    if not measure:
        return None
    scope = {**spec.scope, **row.scope, **column.scope}
    return Ask(measure, column.years, column.through, tuple(sorted(scope.items())))


class _Maker:
    """Works out one table. Every exact value is worked out once."""

    def __init__(self, spec: TableSpec, answers: Answers, setting: Setting) -> None:
        self.spec, self.answers, self.setting = spec, answers, setting
        self.rows = {row.key: row for row in spec.rows}
        self.columns = {column.key: column for column in spec.columns}
        self.known: dict[tuple[str, str], Decimal | int | None] = {}

    def exact(self, row: RowSpec, column: Column) -> Decimal | int | None:
        """The unrounded value of a square."""
        place = (row.key, column.key)
        if place not in self.known:
            self.known[place] = None  # a sum that holds itself is nothing
            self.known[place] = self._exact(row, column)
        return self.known[place]

    def _exact(self, row: RowSpec, column: Column) -> Decimal | int | None:
        if row.role in ("group", "empty") or (row.columns and column.key not in row.columns):
            return None
        if row.growth_of:
            return self._growth(self.rows[row.growth_of], column)
        derived = column.derived
        if derived and not row.columns:
            return _work_out(derived[0], [self.exact(row, self.columns[key]) for key in derived[1]])
        if row.sum:
            parts = [self.exact(self.rows[key], column) for key in row.sum]
            known = [part for part in parts if part is not None]
            return sum(known) if known else None
        ask = _ask(self.spec, row, column)
        told = self.answers.get(ask) if ask else None
        return -told if column.negate and told is not None else told

    def _growth(self, row: RowSpec, column: Column) -> Decimal | None:
        order = list(self.columns.values())
        place = order.index(column)
        if place == 0:
            return None
        found = _work_out("growth", [self.exact(row, column), self.exact(row, order[place - 1])])
        return found if isinstance(found, Decimal) else None

    def cell(self, row: RowSpec, column: Column) -> Cell:
        if column.text:
            return Cell(column.key, TEXT, text=self.setting.texts.get((row.key, column.text), ""))
        kind = self._kind(row, column)
        exact = self.exact(row, column)
        decimals = row.decimals.get(column.key, self._decimals(column, kind))
        if exact is None:
            return Cell(column.key, BLANK, decimals=decimals)
        unit = "%" if kind == PERCENT else column.unit or self.spec.unit
        if kind == MONEY:
            shown = round_half_away(Decimal(exact) / UNITS[unit], decimals)
        else:
            shown = round_half_away(Decimal(exact), decimals)
        shown = shown or abs(shown)  # no minus before a zero
        derived = column.derived if not row.columns else None
        return Cell(
            column=column.key,
            kind=kind,
            exact=exact,
            shown=shown,
            text=format_decimal(shown, decimals) + ("\u00a0%" if kind == PERCENT else ""),
            unit=unit,
            decimals=decimals,
            ask=None if derived else _ask(self.spec, row, column),
            operation="growth_of" if row.growth_of else derived[0] if derived else "sum" if row.sum else "",
            needs=derived[1] if derived else (),
            over=column.key == self.spec.commented and self._over(row, column),
        )

    def _over(self, row: RowSpec, column: Column) -> bool:
        if row.role not in ("detail", "of_which") or len(column.difference) != 2:
            return False
        variance, base = self.exact(row, column), self.exact(row, self.columns[column.difference[1]])
        return isinstance(variance, int) and over_threshold(variance, base, self.setting.threshold)

    def _kind(self, row: RowSpec, column: Column) -> str:
        if row.growth_of or column.percent or column.change or column.growth:
            return PERCENT
        return {"antal": COUNT, "procent": PERCENT}.get(column.unit, MONEY)

    def _decimals(self, column: Column, kind: str) -> int:
        if column.decimals is not None:
            return column.decimals
        return self.spec.decimals if kind == MONEY else 0


def _work_out(operation: str, values: Sequence[Decimal | int | None]) -> Decimal | int | None:
    """A derived figure; None where something it needs is not reported, or a percent has no base."""
    if operation == "total":
        told = [value for value in values if value is not None]
        return sum(told) if told else None
    this, other = values
    if this is None or other is None:
        return None
    if operation == "difference":
        return this - other
    if other == 0:
        return None
    if operation == "percent":
        return Decimal(this) * 100 / abs(Decimal(other))
    change = Decimal(this) - Decimal(other)
    return change * 100 / (abs(Decimal(other)) if operation == "change" else Decimal(other))


def over_threshold(variance: int, base: Decimal | int | None, limit: Threshold) -> bool:
    """Whether a variance (öre) is so large that it must be explained. Without a budget the amount alone decides."""
    if not limit.amount and not limit.percent:
        return False
    large = abs(variance) >= limit.amount * 100
    if not base:
        return large and variance != 0
    wide = Decimal(abs(variance)) * 100 >= limit.percent * abs(Decimal(base))
    return (large or wide) if limit.either else (large and wide)


def compose(spec: TableSpec, answers: Answers, setting: Setting) -> Table:
    """The table, from its expanded specification and the amounts it asked for (öre; counts as they are)."""
    maker = _Maker(spec, answers, setting)
    rows = tuple(
        Line(row.key, row.label, row.role, row.level, tuple(maker.cell(row, c) for c in spec.columns), row)
        for row in spec.rows
    )
    notes = (*spec.notes, *setting.notes, *((ROUNDING_NOTE,) if _differs(rows, spec.columns) else ()))
    return Table(spec, spec.columns, rows, notes, setting.year, setting.month)


def _differs(rows: Iterable[Line], columns: Iterable[Column]) -> bool:
    """Whether a printed difference or total is not that of the printed figures."""
    listed = [row for row in rows if row.role != "percent"]
    for row in listed:
        shown = {cell.column: cell.shown for cell in row.cells if cell.kind == MONEY}
        for column in columns:
            if column.difference and not row.spec.columns:
                a, b = (shown.get(key) for key in column.difference)
                if a is not None and b is not None and shown.get(column.key) != a - b:
                    return True
    by_key = {row.key: row for row in listed}
    for row in listed:
        for cell in row.cells if row.spec.sum else ():
            parts = [by_key[key].cell(cell.column).shown or Decimal(0) for key in row.spec.sum]
            if cell.kind == MONEY and cell.shown != sum(parts):
                return True
    return any(_total_differs(listed, column) for column in columns)


def _total_differs(rows: Sequence[Line], column: Column) -> bool:
    details = [row.cell(column.key) for row in rows if row.role == "detail"]
    total = next((row.cell(column.key) for row in rows if row.role == "total"), None)
    if total is None or total.kind != MONEY or total.shown is None:
        return False
    shown = [cell.shown for cell in details if cell.kind == MONEY and cell.shown is not None]
    exact = [cell.exact for cell in details if cell.kind == MONEY and cell.exact is not None]
    return bool(shown) and sum(exact) == total.exact and sum(shown) != total.shown


def unit_words(table: Table) -> str:
    """The table's unit, and what other units its columns have: "tkr (avvikelse_procent: procent)"."""
    others = [
        f"{column.key}: {'procent' if not column.unit else column.unit}"
        for column in table.columns
        if not column.text
        and (column.percent or column.change or column.growth or column.unit not in ("", table.spec.unit))
    ]
    return f"{table.spec.unit} ({', '.join(others)})" if others else table.spec.unit


def as_json(table: Table) -> dict[str, Any]:
    """The table at printed precision: {"table", "unit", "columns", "rows": [{"label", "values"}], "notes"}.

    Figures are canonical decimals as text; who writes JSON turns them into numbers.
    """
    columns = [column.key for column in table.columns if not column.text]
    return {
        "table": table.spec.key,
        "unit": unit_words(table),
        "columns": columns,
        "rows": [
            {
                "label": row.label,
                "values": {
                    key: None if (cell := row.cell(key)).shown is None else canonical(cell.shown)
                    for key in columns
                },
            }
            for row in table.rows
        ],
        "notes": list(table.notes),
    }
