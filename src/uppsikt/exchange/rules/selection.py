"""Which rows of a faulty dataset can be tried all the same, so that what is wrong with them shows too."""

from __future__ import annotations

from collections.abc import Mapping

from uppsikt.exchange.rules.rows import Dataset, Known, Row
from uppsikt.exchange.rules.tables import BY_KEY

# References without which a row still means the same, save for what they point at.
_SPARED = frozenset(
    {"responsible", "carried_over_from", "parent", "unit", "performer", "reviewer", "returns", "adopted_from"}
)


def sound_rows(wanted: Mapping[str, list[Row]], dataset: Dataset, known: Known) -> dict[str, list[Row]]:
    """The rows that can be written and point at nothing that cannot, directly or not.

    A faulty cell that may be empty is emptied, so that the rest of its row and what points at it can be tried.
    """
    out = {id(row) for row in dataset.all() if not _emptied(row, row.faulty)}
    while True:
        there = {name: {key[0] for key in known.stored.get(name, {})} for name in BY_KEY}
        for row in dataset.all():
            if id(row) not in out:
                there[row.table.key].add(row.values.get(row.table.identity[0]))
        more = {
            id(row)
            for row in dataset.all()
            if id(row) not in out and not _emptied(row, _dangling(row, there))
        }
        if not more:
            break
        out |= more
    return {name: [row for row in rows if id(row) not in out] for name, rows in wanted.items()}


def _dangling(row: Row, there: Mapping[str, set[object]]) -> set[str]:
    """The references of the row to rows that will not be there."""
    return {
        field.key
        for field in row.table.references
        if (value := row.values.get(field.key)) and not any(value in there[one] for one in field.tables)
    }


def _emptied(row: Row, names: set[str]) -> bool:
    """Empty these cells of the row; whether the row still means something."""
    needed = {
        field.key
        for field in row.table.fields
        if field.required or field.key in row.table.identity or (field.table and field.key not in _SPARED)
    }
    if names & (needed | {""}):
        return False
    row.values.update((name, row.table.field(name).default) for name in names)
    return True


def tainted(dataset: Dataset) -> set[tuple[str, object]]:
    """What a rule cannot be asked about, since something it rests on is faulty: (table, key)."""
    found: set[tuple[str, object]] = set()
    for row in dataset.all():
        if not row.faulty:
            continue
        values = row.values
        match row.table.key:
            case "indicators" | "uses" | "goals" | "assignments" | "rounds" as name:
                found.add((name, values.get("key")))
                found.update((("goals", values.get("goal")), ("indicators", values.get("indicator"))))
            case "targets":
                found.add(("uses", values.get("use")))
            case "observations":
                found.add(("indicators", values.get("indicator")))
            case "statuses":
                found.add(("assignments", values.get("item")))
            case "years":
                found.add(("years", values.get("year")))
            case _:
                pass
    return found
