"""Which rows of a faulty dataset can be tried all the same, so that what is wrong with them shows too."""

from __future__ import annotations

from collections.abc import Mapping

from uppsikt.exchange.rules.rows import Dataset, Known, Row
from uppsikt.exchange.rules.tables import BY_KEY


def sound_rows(wanted: Mapping[str, list[Row]], dataset: Dataset, known: Known) -> dict[str, list[Row]]:
    """The rows without faults that point at nothing faulty, directly or not."""
    out = {id(row) for row in dataset.all() if row.faulty}
    bad: dict[str, set[object]] = {name: set() for name in BY_KEY}
    for row in dataset.all():
        if row.faulty:
            bad[row.table.key].add(row.values.get(row.table.identity[0]))
    stored = {name: {key[0] for key in known.stored.get(name, {})} for name in BY_KEY}
    growing = True
    while growing:
        growing = False
        for row in dataset.all():
            if id(row) in out:
                continue
            if any(
                row.values.get(field.key) in bad[field.table] - stored[field.table]
                for field in row.table.references
                if row.values.get(field.key)
            ):
                out.add(id(row))
                bad[row.table.key].add(row.values.get(row.table.identity[0]))
                growing = True
    return {name: [row for row in rows if id(row) not in out] for name, rows in wanted.items()}


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
                found.add(("assignments", values.get("assignment")))
            case "years":
                found.add(("years", values.get("year")))
            case _:
                pass
    return found
