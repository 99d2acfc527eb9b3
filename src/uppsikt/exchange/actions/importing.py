"""Reading a dataset into the database: everything or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.db import transaction

from uppsikt.cycle.presets import names as preset_names
from uppsikt.cycle.presets import preset
from uppsikt.exchange import selectors
from uppsikt.exchange.actions.applying import apply
from uppsikt.exchange.actions.lookups import Here
from uppsikt.exchange.rules.changes import TableChanges, difference
from uppsikt.exchange.rules.checks import check
from uppsikt.exchange.rules.models_sheet import ordered
from uppsikt.exchange.rules.reading import Source, read
from uppsikt.exchange.rules.result import ImportResult
from uppsikt.exchange.rules.rows import Dataset, Known, Row, Values
from uppsikt.exchange.rules.selection import sound_rows
from uppsikt.exchange.rules.tables import ECONOMY, STEERING, TABLES
from uppsikt.files.actions import store_file
from uppsikt.files.rules import digest
from uppsikt.history.actions import atomic, record
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.kernel.problems import Problem


def import_dataset(source: Source, *, by: Actor, dry_run: bool = False, name: str = "") -> ImportResult:
    """Read a dataset: a folder, an Excel workbook or a zip of a folder.

    Every problem is found before anything is kept, also those that show only when rows are written: the sound
    rows of a faulty dataset are written and taken back. What the dataset does not mention stays as it is.

    Args: dry_run: do everything and take it back. name: what the history calls it, its own name unless told.
    """
    own = source.name if isinstance(source, Path) else source[0]
    return _bring_in(read(source), name or own, by=by, dry_run=dry_run)


@atomic
def _bring_in(dataset: Dataset, name: str, *, by: Actor, dry_run: bool) -> ImportResult:
    stored = selectors.by_identity(selectors.every_row())
    known = check(dataset, stored, selectors.models(), selectors.economy_years())
    _name_models(dataset, "years", STEERING, preset_names())
    _name_models(dataset, "economy_years", ECONOMY, ())
    _name_logo(dataset)
    changes, wanted = _compare(dataset, known)
    if dataset.faults.problems:
        wanted = sound_rows(wanted, dataset, known)
    point = transaction.savepoint()
    apply(wanted, Here(by=by, dataset=dataset, known=known))
    problems = _sorted(dataset.faults.problems)
    if problems or dry_run:
        transaction.savepoint_rollback(point)
        return ImportResult(name, problems, tuple(changes), dry_run)
    _store_logo(dataset, by)
    if counts := {one.table.key: len(one.rows) for one in changes if one.rows}:
        record(
            EventKind.DATASET_IMPORTED,
            by=by,
            subject="dataset",
            label=name,
            data={
                "rows": counts,
                "models": sorted(dataset.models),
                "economy_models": sorted(dataset.economy_models),
            },
        )
    transaction.savepoint_commit(point)
    return ImportResult(name, problems, tuple(changes), dry_run)


def _compare(dataset: Dataset, known: Known) -> tuple[list[TableChanges], dict[str, list[Row]]]:
    """What differs from the database, for the reader and for writing."""
    changes = []
    wanted: dict[str, list[Row]] = {}
    for table in TABLES:
        found = TableChanges(table)
        for row in dataset.rows.get(table.key, []):
            before: Values | None = known.stored[table.key].get(row.identity)
            change = difference(table, before, row.values)
            if change is None:
                found.unchanged += 1
                continue
            found.rows.append(change)
            wanted.setdefault(table.key, []).append(row)
        if found.rows or found.unchanged:
            changes.append(found)
    return changes, wanted


def _name_models(dataset: Dataset, table: str, folder: str, presets: Sequence[str]) -> None:
    """A year's model is the same when its content is, whatever the dataset calls it."""
    standing = selectors.years_models(folder)
    models = dataset.documents[folder]
    for row in dataset.rows.get(table, []):
        name = row.values["model"]
        if not row.sound("year", "model") or (name not in models and name not in presets):
            continue
        document = ordered(models[name] if name in models else preset(name), folder)
        before = standing.get(row.values["year"])
        if before is None:
            continue
        if before[1] == document:
            row.values["model"] = before[0]
        elif before[0] == name:
            row.values["model"] = f"{name} (ändrad)"
            models[row.values["model"]] = document


def _name_logo(dataset: Dataset) -> None:
    """A picture with another content is another picture, whatever its name."""
    standing = selectors.logo()
    for row in dataset.rows.get("municipality", []):
        content = dataset.files.get(row.values["logo"])
        if content is None:
            continue
        if standing and digest(standing[1]) == digest(content):
            row.values["logo"] = standing[0]
            dataset.files[standing[0]] = content
        elif standing and standing[0] == row.values["logo"]:
            row.values["logo"] = f"ny-{standing[0]}"
            dataset.files[row.values["logo"]] = content


def _store_logo(dataset: Dataset, by: Actor) -> None:
    for row in dataset.rows.get("municipality", []):
        if row.values["logo"] in dataset.files:
            store_file(content=dataset.files[row.values["logo"]], name=row.values["logo"], by=by)


def _sorted(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda one: (one.where.file, one.where.row or 0, one.where.field)))
