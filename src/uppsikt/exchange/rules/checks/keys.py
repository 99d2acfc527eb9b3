"""That every row can be found again: no two rows with the same key."""

from __future__ import annotations

from collections.abc import Mapping

from uppsikt.exchange.rules.rows import Dataset, Identity, Known, Row, Values
from uppsikt.exchange.rules.tables import BY_KEY


def check_keys(dataset: Dataset, stored: Mapping[str, Mapping[Identity, Values]]) -> Known:
    """The rows by identity. Of two rows with the same the second is complained of."""
    given: dict[str, dict[Identity, Row]] = {}
    for name in BY_KEY:
        found: dict[Identity, Row] = {}
        for row in dataset.rows.get(name, []):
            if not row.sound(*row.table.identity):
                continue
            first = found.setdefault(row.identity, row)
            if first is not row:
                _twice(row, first, dataset)
        given[name] = found
    return Known(stored, given)


def _twice(row: Row, first: Row, dataset: Dataset) -> None:
    fields = [name for name in row.table.identity if row.values.get(name) not in (None, "")]
    shown = ", ".join(str(row.values[name]) for name in fields)
    place = f"rad {first.line}" if first.file == row.file else str(first.where())
    dataset.faults.at(
        row,
        fields[0] if len(fields) == 1 else row.table.identity[0],
        "duplicate",
        f"”{shown}” finns redan på {place}.",
        "Ta bort den ena raden, eller ge den en egen nyckel.",
    )
