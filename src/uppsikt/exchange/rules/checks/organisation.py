"""The municipality, bodies, units, people and roles."""

from __future__ import annotations

import itertools
from collections import defaultdict

from uppsikt.exchange.rules.rows import Dataset, Known, Row, Values
from uppsikt.files.rules import JPEG, PNG, faults
from uppsikt.kernel.tree import circular


def check_organisation(dataset: Dataset, known: Known) -> None:
    """What the tables of the organisation demand."""
    _check_municipality(dataset, known)
    for name in ("bodies", "units", "roles"):
        _check_periods(dataset, name)
    for name in ("bodies", "units"):
        _check_overlaps(dataset, known, name)
    _check_kinds(dataset)
    _check_successions(dataset)
    _check_unit_tree(dataset, known)
    _check_addresses(dataset, known)
    for row in dataset.rows.get("roles", []):
        if row.values["body"] and row.values["unit"]:
            dataset.faults.at(row, "unit", "either", "Både organ och enhet är angivna.", "Ange bara det ena.")


def _check_municipality(dataset: Dataset, known: Known) -> None:
    rows = dataset.rows.get("municipality", [])
    for row in rows[1:]:
        dataset.faults.at(row, "key", "municipality", "En installation tillhör en kommun.", "Ta bort raden.")
    for values in known.stored.get("municipality", {}).values():
        for row in rows[:1]:
            if row.sound("key") and row.values["key"] != values["key"]:
                dataset.faults.at(
                    row,
                    "key",
                    "municipality",
                    f"Databasen tillhör {values['name']} ({values['key']}).",
                    "Läs in datamängden i en egen installation.",
                )
    for row in rows:
        logo = row.values["logo"]
        stored = {values["logo"] for values in known.stored.get("municipality", {}).values()}
        if logo and row.sound("logo") and logo not in dataset.files and logo not in stored:
            dataset.faults.at(
                row, "logo", "file", f"Filen {logo} finns inte i datamängden.", "Lägg den bredvid tabellerna."
            )
        for problem in faults(dataset.files[logo], logo, (PNG, JPEG)) if logo in dataset.files else ():
            dataset.faults.at(row, "logo", "file", problem.message, problem.remedy)


def _check_periods(dataset: Dataset, table: str) -> None:
    for row in dataset.rows.get(table, []):
        start, end = row.values["valid_from"], row.values["valid_to"]
        if start and end and row.sound("valid_from", "valid_to") and end <= start:
            dataset.faults.at(
                row,
                "valid_to",
                "order",
                "”Gäller till” är inte efter ”Gäller från”.",
                "Rätta den ena av dagarna.",
            )


def _check_overlaps(dataset: Dataset, known: Known, table: str) -> None:
    """The dataset's rows of one key, together with those of the database that it says nothing of."""
    periods: dict[str, list[tuple[Values, Row | None]]] = defaultdict(list)
    for row in dataset.rows.get(table, []):
        if row.sound("key", "valid_from", "valid_to"):
            periods[row.values["key"]].append((row.values, row))
    for identity, values in known.stored.get(table, {}).items():
        if identity not in known.given[table] and values["key"] in periods:
            periods[values["key"]].append((values, None))
    for rows in periods.values():
        rows.sort(key=lambda one: one[0]["valid_from"])
        for (before, earlier), (after, later) in itertools.pairwise(rows):
            place = later or earlier
            if place is not None and (before["valid_to"] is None or before["valid_to"] > after["valid_from"]):
                dataset.faults.at(
                    place,
                    "valid_from" if later else "valid_to",
                    "overlap",
                    f"”{before['name']}” och ”{after['name']}” gäller samtidigt från {after['valid_from']}.",
                    "Avsluta den första den dag då den andra börjar.",
                )


def _check_kinds(dataset: Dataset) -> None:
    kinds: dict[str, str] = {}
    for row in dataset.rows.get("bodies", []):
        if not row.sound("key", "kind"):
            continue
        first = kinds.setdefault(row.values["key"], row.values["kind"])
        if first != row.values["kind"]:
            dataset.faults.at(
                row,
                "kind",
                "kind",
                f"Organet ”{row.values['key']}” har ett annat slag på en tidigare rad.",
                "Ge raderna samma slag, eller ge det nya organet en egen nyckel.",
            )


def _check_successions(dataset: Dataset) -> None:
    for row in dataset.rows.get("successions", []):
        both = row.values["predecessor"], row.values["successor"]
        if row.sound("predecessor", "successor") and both[0] == both[1]:
            dataset.faults.at(
                row,
                "successor",
                "itself",
                "Ett organ kan inte efterträda sig självt.",
                "Ange ett annat organ.",
            )


def _check_unit_tree(dataset: Dataset, known: Known) -> None:
    """A unit may move, so that only units that stand under each other at the same time make a circle."""
    rows = [
        row for row in dataset.rows.get("units", []) if row.sound("key", "parent", "valid_from", "valid_to")
    ]
    for row in rows:
        if row.values["parent"] == row.values["key"]:
            dataset.faults.at(
                row, "parent", "circle", "Enheten ligger under sig själv.", "Rätta överordnad enhet."
            )
    for day in sorted({row.values["valid_from"] for row in rows}):
        standing = [
            values
            for values in known.every("units")
            if values["valid_from"]
            and values["valid_from"] <= day
            and (values["valid_to"] is None or day < values["valid_to"])
        ]
        turning = {
            values["key"]
            for values in circular(standing, lambda one: one["key"], lambda one: one["parent"] or None)
        }
        if turning and not any("parent" in row.faulty for row in rows if row.values["key"] in turning):
            row = next(row for row in reversed(rows) if row.values["key"] in turning)
            dataset.faults.at(
                row,
                "parent",
                "circle",
                f"Enheterna {', '.join(sorted(turning))} ligger under varandra.",
                "Rätta överordnad enhet.",
            )


def _check_addresses(dataset: Dataset, known: Known) -> None:
    owners: dict[str, str] = {
        values["email"]: values["key"]
        for identity, values in known.stored.get("people", {}).items()
        if identity not in known.given["people"]
    }
    for row in dataset.rows.get("people", []):
        if not row.sound("key", "email"):
            continue
        owner = owners.setdefault(row.values["email"], row.values["key"])
        if owner != row.values["key"]:
            dataset.faults.at(
                row,
                "email",
                "address",
                f"{row.values['email']} hör redan till ”{owner}”.",
                "Ge personen en egen adress.",
            )
