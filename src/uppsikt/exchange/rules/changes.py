"""What an import changes, in words: for the preview and for the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from uppsikt.exchange.rules.cells import in_kronor, write
from uppsikt.exchange.rules.rows import Values
from uppsikt.exchange.rules.spec import Field, Kind, Table
from uppsikt.kernel.numbers import NBSP, format_decimal, parse_decimal

_LONGEST = 80


class Change(StrEnum):
    """What happens to a row."""

    NEW = "new"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, as a reader sees them."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that is added or changed. `fields` is empty for a new one."""

    kind: Change
    key: str
    label: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(slots=True)
class TableChanges:
    """What happens in one table."""

    table: Table
    rows: list[RowChange] = field(default_factory=list)
    unchanged: int = 0

    @property
    def new(self) -> int:
        return sum(row.kind is Change.NEW for row in self.rows)

    @property
    def changed(self) -> int:
        return sum(row.kind is Change.CHANGED for row in self.rows)


def difference(table: Table, before: Values | None, after: Values) -> RowChange | None:
    """How a row changes; None when it does not."""
    if before is None:
        return RowChange(Change.NEW, key_of(table, after), label_of(table, after))
    fields = tuple(
        FieldChange(one.title, shown(one, before.get(one.key)), shown(one, after.get(one.key)))
        for one in table.fields
        if before.get(one.key) != after.get(one.key)
    )
    return RowChange(Change.CHANGED, key_of(table, after), label_of(table, after), fields) if fields else None


def key_of(table: Table, values: Values) -> str:
    """What finds the row again, as one text."""
    return ", ".join(str(values[name]) for name in table.identity if values.get(name) not in (None, ""))


def label_of(table: Table, values: Values) -> str:
    """What a reader calls the row."""
    names: Sequence[str] = [field.key for field in table.fields]
    for name in ("name", "title"):
        if name in names and values.get(name):
            return _cut(str(values[name]))
    return key_of(table, values)


def shown(field_: Field, value: Any) -> str:
    """A value as a reader sees it; an en dash when it is empty."""
    if value is None or value in ("", ()):
        return "–"
    if field_.kind is Kind.CHOICE:
        return field_.label(value)
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, dt.date):
        return value.isoformat()
    if field_.kind is Kind.DECIMAL and (number := parse_decimal(str(value))) is not None:
        return f"{number:f}".replace(".", ",").replace("-", "−")
    if field_.kind is Kind.MONEY:
        return f"{format_decimal(in_kronor(value), 2)}{NBSP}kr"
    if field_.kind is Kind.MONTHS:
        return _cut("; ".join(format_decimal(in_kronor(ore), 2) for ore in value))
    if field_.kind is Kind.PARTS:
        return _cut("; ".join(f"{label}){NBSP}{text}" for label, text in value))
    if field_.kind in (Kind.COUNTS, Kind.STATED):
        return _cut(write(field_, value))
    return _cut(str(value))


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1].rstrip()}…"
