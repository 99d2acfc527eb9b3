"""Reading every cell: types, choices and what must be given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from uppsikt.exchange.rules.cells import CellFault, read
from uppsikt.exchange.rules.rows import Dataset, Faults, Identity, Row, Values, identity

EMPTY: tuple[Any, ...] = (None, "", ())


def read_values(dataset: Dataset, stored: Mapping[str, Mapping[Identity, Values]]) -> None:
    """Fill every row's values. A field without a column keeps what the database has."""
    for row in dataset.all():
        for field in row.table.fields:
            try:
                row.values[field.key] = read(field, row.cells.get(field.key), kronor=row.in_kronor(field.key))
            except CellFault as fault:
                row.values[field.key] = field.default
                dataset.faults.at(row, field.key, fault.code, fault.message, fault.remedy)
                continue
            if field.required and row.values[field.key] in EMPTY:
                _missing(row, field.key, field.title, dataset.faults)
        if row.absent:
            before = stored.get(row.table.key, {}).get(identity(row.table, row.values), {})
            row.values.update((name, before[name]) for name in row.absent if name in before)


def _missing(row: Row, name: str, title: str, faults: Faults) -> None:
    if name in row.absent:  # said once, of the column
        row.faulty.add(name)
    else:
        faults.at(row, name, "required", f"”{title}” är inte ifyllt.", "Fyll i fältet.")
