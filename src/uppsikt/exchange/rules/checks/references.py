"""That what a row points at exists, in the dataset or in the database."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable

from uppsikt.exchange.rules.rows import Dataset, Known, Row
from uppsikt.exchange.rules.spec import Field, Kind
from uppsikt.exchange.rules.tables import BY_KEY

FEW = 12  # as many keys as a message can list


def check_references(dataset: Dataset, known: Known) -> None:
    """Complain of every key that is nobody's, unless it was somebody's whose own key is faulty."""
    keys = {name: _keys(name, dataset, known) for name in BY_KEY}
    dangling: dict[tuple[str, ...], list[tuple[Row, Field, object]]] = defaultdict(list)
    for row in dataset.all():
        for field in row.table.references:
            value = row.values.get(field.key)
            if value in (None, "") or not row.sound(field.key):
                continue
            if not any(value in keys[one] for one in field.tables):
                dangling[field.tables].append((row, field, value))
    for names, found in dangling.items():
        wanted = [str(value) for _row, _field, value in found]
        excused = {key for name in names for key in _excused(name, dataset, wanted)}
        there = {key for name in names for key in keys[name]}
        for row, field, value in found:
            if not dataset.broken.isdisjoint(names) or str(value) in excused:
                row.faulty.add(field.key)
            else:
                _unknown(row, field, value, there, dataset)
            if field.kind is Kind.YEAR:  # what belongs to a year that is not there belongs to none
                row.values[field.key] = None


def _keys(table: str, dataset: Dataset, known: Known) -> set[object]:
    """Every key of the table; a row with another fault counts too."""
    name = BY_KEY[table].identity[0]
    stored = {values[name] for values in known.stored.get(table, {}).values()}
    return stored | {row.values.get(name) for row in dataset.rows.get(table, []) if row.values.get(name)}


def _excused(table: str, dataset: Dataset, wanted: list[str]) -> set[str]:
    """Keys that would have been there, had not a row's own key been wrong: that one fault is said there."""
    name = BY_KEY[table].identity[0]
    faulty = [row for row in dataset.rows.get(table, []) if name in row.faulty and not row.values.get(name)]
    counts = Counter(wanted)
    excused: set[str] = set()
    nameless = 0
    for row in faulty:
        written = str(row.cells.get(name) or "").strip()
        near = difflib.get_close_matches(written.casefold(), counts, n=1, cutoff=0.6) if written else []
        excused.update(near)
        nameless += not near
    left = [key for key, times in counts.most_common() if key not in excused and times > 1]
    return excused | set(left[:nameless])


def _unknown(row: Row, field: Field, value: object, keys: Iterable[object], dataset: Dataset) -> None:
    *others, last = [f"{BY_KEY[one].title} ({one})" for one in field.tables]
    where = f"{', '.join(others)} eller {last}" if others else last
    known = sorted(str(key) for key in keys)
    near = difflib.get_close_matches(str(value), known, n=1, cutoff=0.7)
    if near:
        hint = f"Menade du ”{near[0]}”?"
    elif 0 < len(known) <= FEW:
        hint = f"Där finns: {', '.join(known)}."
    else:
        hint = "Lägg till det där, eller rätta nyckeln."
    dataset.faults.at(row, field.key, "reference", f"”{value}” finns inte i tabellen {where}.", hint)
