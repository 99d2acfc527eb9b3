"""Risks, controls with measures and occasions, deficiencies and mitigations, against the year's steering model."""

from __future__ import annotations

import re
from collections.abc import Mapping

from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.exchange.rules.checks.planning import check_carried, same_year
from uppsikt.exchange.rules.rows import Dataset, Known, Row
from uppsikt.exchange.rules.tables import BY_KEY
from uppsikt.exchange.rules.tables.reporting import ITEM_TABLES
from uppsikt.exchange.rules.whole import OCCASION

Models = Mapping[int, SteeringModel]
_MEASURE = re.compile(r"[a-z0-9]+(?:[-_]+[a-z0-9]+)*")


def check_control(dataset: Dataset, known: Known, models: Models) -> None:
    """What the tables of internal control demand."""
    for table in ("risks", "controls", "mitigations"):
        check_carried(dataset, known, table)
    for row in dataset.rows.get("risks", []):
        _check_risk(row, known, dataset)
    for row in dataset.rows.get("risk_assessments", []):
        _check_assessment(row, known, models, dataset)
    for row in dataset.rows.get("controls", []):
        _check_control(row, known, dataset)
    for row in dataset.rows.get("control_measures", []):
        _check_measure(row, dataset)
    for row in dataset.rows.get("occasions", []):
        _check_retest(row, known, dataset)
    for row in dataset.rows.get("deficiencies", []):
        has_occasion(row, known, dataset)
    for row in dataset.rows.get("mitigations", []):
        _check_mitigation(row, known, dataset)
    for row in dataset.rows.get("dependencies", []):
        if row.values["item"] and row.values["item"] == row.values["waits_for"]:
            dataset.faults.at(row, "waits_for", "circle", "Det väntar på sig självt.", "Ta bort raden.")
    _check_item_keys(dataset, known)


def has_occasion(row: Row, known: Known, dataset: Dataset) -> bool:
    """Whether the occasion that the row points at is there; complain when it is not.

    One that may have been meant, but whose own row is faulty, is complained of there.
    """
    if not row.sound(*OCCASION):
        return False
    place = tuple(row.values[name] for name in OCCASION)
    if known.values("occasions", *place) is not None:
        source = known.row("occasions", *place)
        if source is None or source.sound(*OCCASION):
            return True
        row.faulty.add("period")
        return False
    doubtful = any(
        all(not one.sound(name) or one.values[name] == row.values[name] for name in OCCASION)
        for one in dataset.rows.get("occasions", [])
        if not one.sound(*OCCASION)
    )
    if doubtful or "occasions" in dataset.broken:
        row.faulty.add("period")
        return False
    retest = f", omtest av {place[2]}" if place[2] else ""
    dataset.faults.at(
        row,
        "period",
        "reference",
        f"Kontrollen ”{place[0]}” har inget tillfälle {place[1]}{retest}.",
        "Lägg till det i Kontrolltillfällen (occasions), eller rätta perioden.",
    )
    return False


def _check_risk(row: Row, known: Known, dataset: Dataset) -> None:
    shared = known.values("risks", row.values["adopted_from"]) if row.values["adopted_from"] else None
    if shared is None or not same_year(row, "adopted_from", shared, "Risken som tas över", dataset):
        return
    source = known.row("risks", row.values["adopted_from"])
    if not shared["shared"] and (source is None or source.sound("shared")):
        dataset.faults.at(
            row, "adopted_from", "shared", "Bara en kommungemensam risk kan tas över.", "Välj en sådan risk."
        )
    elif row.values["shared"]:
        dataset.faults.at(
            row, "shared", "shared", "En övertagen risk är inte själv kommungemensam.", "Skriv nej."
        )


def _check_assessment(row: Row, known: Known, models: Models, dataset: Dataset) -> None:
    risk = known.values("risks", row.values["risk"]) if row.sound("risk") else None
    model = models.get(risk["year"]) if risk and risk["year"] else None
    if risk is None or model is None:
        return
    for name, word in (("likelihood", "sannolikhet"), ("consequence", "konsekvens")):
        labels = model.control.labels(name)
        if row.sound(name) and row.values[name] not in labels and not known.stands(row, name):
            listed = ", ".join(f"{value} ({label})" for value, label in labels.items())
            dataset.faults.at(
                row,
                name,
                "steering",
                f"{row.values[name]} finns inte på skalan för {word} {risk['year']}.",
                f"Välj något av: {listed}." if listed else "Lägg till en riskskala i årets styrmodell.",
            )


def _check_control(row: Row, known: Known, dataset: Dataset) -> None:
    for name, table, what in (("group", "group_controls", "Kontrollen"), ("risk", "risks", "Risken")):
        if row.values[name]:
            same_year(row, name, known.values(table, row.values[name]), what, dataset)
    if not row.values["name"] and not row.values["group"] and row.sound("name", "group"):
        dataset.faults.at(
            row, "name", "required", "”Kontroll” är inte ifyllt.", "Skriv vad som kontrolleras."
        )


def _check_measure(row: Row, dataset: Dataset) -> None:
    values = row.values
    if values["key"] and row.sound("key") and not _MEASURE.fullmatch(values["key"]):
        dataset.faults.at(
            row,
            "key",
            "key",
            f"”{values['key']}” kan inte vara ett måtts nyckel.",
            "Använd bara små bokstäver a–z, siffror, bindestreck och understreck.",
        )
    if row.sound("group", "control") and bool(values["group"]) == bool(values["control"]):
        both = bool(values["group"])
        dataset.faults.at(
            row,
            "control",
            "either",
            "Både kontroll och kommungemensam kontroll är angivna."
            if both
            else "Varken kontroll eller kommungemensam kontroll är angiven.",
            "Ange en av dem.",
        )


def _check_retest(row: Row, known: Known, dataset: Dataset) -> None:
    """A retest is of a deficiency of the same control, that was found at another occasion."""
    key = row.values["retest_of"]
    found = known.values("deficiencies", key) if key and row.sound(*OCCASION) else None
    source = known.row("deficiencies", key) if found else None
    if found is None or (source is not None and not source.sound(*OCCASION)):
        return
    if found["control"] != row.values["control"]:
        dataset.faults.at(
            row,
            "retest_of",
            "control",
            f"Bristen fanns i kontrollen ”{found['control']}”.",
            "Lägg omtestet på den kontrollen.",
        )
    elif _found_later(key, known):
        dataset.faults.at(
            row,
            "retest_of",
            "circle",
            "Bristen skulle vara funnen vid sitt eget omtest.",
            "Ange tillfället där den först fanns.",
        )


def _found_later(key: str, known: Known) -> bool:
    """Whether one comes back to a deficiency by going from it to the deficiency whose retest found it, and so on."""
    passed: set[str] = set()
    at = key
    while at not in passed:
        passed.add(at)
        found = known.values("deficiencies", at)
        if found is None or not found["retest_of"]:
            return False
        at = found["retest_of"]
    return at == key


def _check_mitigation(row: Row, known: Known, dataset: Dataset) -> None:
    about = ("risk", "recommendation", "deficiency")
    given = [name for name in about if row.values[name]]
    if row.sound(*about) and len(given) != 1:
        what = "gäller flera saker" if given else "gäller ingenting"
        dataset.faults.at(
            row,
            given[-1] if given else "risk",
            "either",
            f"Åtgärden {what}.",
            "Ange en risk, en rekommendation eller en brist.",
        )
    elif row.values["risk"]:
        same_year(row, "risk", known.values("risks", row.values["risk"]), "Risken", dataset)


def _check_item_keys(dataset: Dataset, known: Known) -> None:
    """A key is of one assignment, mitigation or control: statuses and dependencies point at any of them."""
    for table in ITEM_TABLES:
        others = [one for one in ITEM_TABLES if one != table]
        for row in dataset.rows.get(table, []):
            held = next(
                (one for one in others if known.values(one, row.values["key"]) is not None), None
            )  # fmt: skip
            if held is None or not row.sound("key"):
                continue
            first = known.row(held, row.values["key"])
            if first is None or ITEM_TABLES.index(held) < ITEM_TABLES.index(table):
                dataset.faults.at(
                    row,
                    "key",
                    "duplicate",
                    f"”{row.values['key']}” finns redan i tabellen {BY_KEY[held].title} ({held}).",
                    "Ge raden en egen nyckel.",
                )
