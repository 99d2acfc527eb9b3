"""Suppliers, agreements and procurements. A personal number is taken out of a row before it is compared or written."""

from __future__ import annotations

from uppsikt.exchange.rules.rows import Dataset, Known, Row
from uppsikt.kernel.identity import holds_personal, is_personal, written

_TEXTS = {
    "suppliers": ("key", "name", "exempt", "note"),
    "agreements": ("key", "title", "number", "category", "case_number"),
    "procurements": ("key", "title", "category", "purchaser", "case_number"),
    "purchase_limits": ("source",),
    "purchase_handlings": ("category", "handling"),
    "supplier_checks": ("kind", "note"),
    "agreement_follow_ups": ("finding", "note"),
}


def check_procurement(dataset: Dataset, known: Known) -> None:
    """What the tables of procurement demand."""
    for table, fields in _TEXTS.items():
        for row in dataset.rows.get(table, []):
            for field in fields:
                _check_text(row, field, dataset)
    for row in dataset.rows.get("suppliers", []):
        _settle_number(row)
    _check_codes(dataset, known)
    for row in dataset.rows.get("agreements", []):
        _check_bodies(row, known, dataset)
        _check_span(row, "valid_from", "last_day", dataset)
    for row in dataset.rows.get("procurements", []):
        _check_span(row, "period_from", "period_to", dataset)
        _settle_supplier(row, known)


def _check_text(row: Row, field: str, dataset: Dataset) -> None:
    if row.sound(field) and holds_personal(row.values[field]):
        remedy = "Ta bort det: personnummer sparas inte i registret."
        dataset.faults.at(row, field, "personal", "Här står ett personnummer.", remedy)


def _settle_number(row: Row) -> None:
    """A sole trader's number goes no further than here."""
    if not row.sound("org_number", "sole_trader"):
        return
    if row.values["sole_trader"] or is_personal(row.values["org_number"]):
        row.values |= {"sole_trader": True, "org_number": ""}
    row.values["org_number"] = written(row.values["org_number"])


def _settle_supplier(row: Row, known: Known) -> None:
    """What is called off is bought of the agreement's supplier, whether that is written or not."""
    if row.values["agreement"] and not row.values["supplier"] and row.sound("agreement", "supplier"):
        held = known.values("agreements", row.values["agreement"])
        row.values["supplier"] = held["supplier"] if held else ""


def _check_codes(dataset: Dataset, known: Known) -> None:
    """A ledger code belongs to one supplier, or what was bought would be counted twice."""
    owners = {
        code: values["key"]
        for identity, values in known.stored.get("suppliers", {}).items()
        if identity not in known.given["suppliers"]
        for code in values["codes"].split()
    }
    for row in dataset.rows.get("suppliers", []):
        if not row.sound("key", "codes"):
            continue
        row.values["codes"] = " ".join(dict.fromkeys(row.values["codes"].split()))
        for code in row.values["codes"].split():
            owner = owners.setdefault(code, row.values["key"])
            if owner != row.values["key"]:
                dataset.faults.at(
                    row,
                    "codes",
                    "code",
                    f"Koden {code} hör redan till leverantören ”{owner}”.",
                    "Låt koden stå på en leverantör, annars räknas köpen två gånger.",
                )


def _check_bodies(row: Row, known: Known, dataset: Dataset) -> None:
    if not row.sound("bodies") or "bodies" in dataset.broken:
        return
    there = {values["key"] for values in known.every("bodies")}
    keys = sorted({key.strip() for key in row.values["bodies"].split(";") if key.strip()})
    for key in keys:
        if key not in there:
            dataset.faults.at(
                row,
                "bodies",
                "reference",
                f"”{key}” finns inte i tabellen Organ (bodies).",
                "Lägg till det där, eller rätta nyckeln.",
            )
    row.values["bodies"] = ";".join(keys)  # whatever order they were written in


def _check_span(row: Row, first: str, last: str, dataset: Dataset) -> None:
    if not row.sound(first, last) or row.values[first] is None or row.values[last] is None:
        return
    if row.values[last] < row.values[first]:
        dataset.faults.at(row, last, "dates", "Tiden slutar innan den börjar.", "Rätta någon av dagarna.")
