"""An Excel workbook: one sheet per table, headings on the first row."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import yaml
from lxml import etree
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from uppsikt.exchange.rules.cells import shown
from uppsikt.exchange.rules.models_sheet import assemble
from uppsikt.exchange.rules.reading.folder import columns, nearest_table
from uppsikt.exchange.rules.rows import Dataset, Faults, Row
from uppsikt.exchange.rules.spec import Table
from uppsikt.exchange.rules.tables import INSTRUCTION_SHEET, LISTS_SHEET, MODEL_SHEETS, TABLES, table_named
from uppsikt.kernel.archive import workbook_too_large
from uppsikt.kernel.problems import Where

MOST_ROWS = 200_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

_FOLDERS = {sheet.casefold(): folder for folder, sheet in MODEL_SHEETS.items()}

Cells = dict[tuple[int, int], str]


def read(name: str, content: bytes, dataset: Dataset) -> None:
    """Read every sheet that is a table."""
    faults = dataset.faults
    if problem := workbook_too_large(name, content):
        faults.problems.append(problem)
        return
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = [(title, book.get_sheet_by_name(title)) for title in book.sheet_names]
        formulas = _formulas(content)
    except (CalamineError, etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError, OSError):
        faults.file(
            "workbook", Where(name), "Arbetsboken kan inte läsas.", "Öppna den i Excel och spara på nytt."
        )
        return
    for title, sheet in sheets:
        place = f"{name}, bladet {title}"
        if title in (INSTRUCTION_SHEET, LISTS_SHEET):
            continue
        rows = _numbered(sheet)
        if title.casefold() in _FOLDERS:
            dataset.documents[_FOLDERS[title.casefold()]].update(_models(place, rows, faults))
            continue
        table = table_named(title)
        if table is None:
            known = ", ".join(table.title for table in TABLES)
            dataset.broken.add(nearest_table(title))
            faults.file(
                "unknown-sheet",
                Where(place),
                f"Bladet ”{title}” är ingen tabell.",
                f"Ta bort bladet eller byt namn. Bladen heter: {known}.",
            )
            continue
        dataset.rows[table.key].extend(_table(table, place, rows, formulas.get(title, {}), faults))


def _numbered(sheet: CalamineSheet) -> list[tuple[int, list[Any]]]:
    """The rows with their number in Excel; those without content are left out."""
    first = sheet.start[0] if sheet.start else 0
    offset = sheet.start[1] if sheet.start else 0
    found = []
    for index, cells in enumerate(sheet.to_python(skip_empty_area=True), start=first + 1):
        if any(shown(cell).strip() for cell in cells):
            found.append((index, [""] * offset + list(cells)))
    return found


def _table(
    table: Table, place: str, rows: list[tuple[int, list[Any]]], formulas: Cells, faults: Faults
) -> Iterator[Row]:
    if not rows:
        return
    head, headings = rows[0]
    fields, names, absent = columns(table, place, [shown(cell) for cell in headings], faults)
    if len(rows) > MOST_ROWS:
        faults.file(
            "size", Where(place), f"Bladet har {len(rows)} rader.", f"Dela upp det: högst {MOST_ROWS} rader."
        )
        return
    beside: set[int] = set()
    for number, cells in rows[1:]:
        found = {field.key: cells[i] for i, field in fields.items() if i < len(cells)}
        row = Row(table, place, number, found, names=names, absent=absent)
        for index, field in fields.items():
            if (number, index) in formulas:
                faults.at(
                    row,
                    field.key,
                    "formula",
                    "Cellen innehåller en formel, som kan ge ett annat värde hos någon annan.",
                    "Kopiera cellen och klistra in den som värde.",
                )
        for index, cell in enumerate(cells):
            if index not in fields and index not in beside and shown(cell).strip():
                beside.add(index)
                if index >= len(headings) or not shown(headings[index]).strip():
                    faults.file(
                        "no-heading",
                        Where(place, number),
                        f"”{shown(cell)[:40]}” står i en kolumn utan rubrik (rubrikerna står på rad {head}).",
                        "Ta bort det, eller skriv en rubrik.",
                    )
        yield row


def _models(place: str, rows: list[tuple[int, list[Any]]], faults: Faults) -> dict[str, dict[str, Any]]:
    """The models of the sheet: a line for each value, with its path."""
    lines = [(number, [shown(cell) for cell in [*cells, "", "", ""][:3]]) for number, cells in rows[1:]]
    found: dict[str, list[tuple[str, Any]]] = {}
    for number, (model, path, written) in lines:
        try:
            value = yaml.safe_load(written) if written.strip() else None
        except (yaml.YAMLError, ValueError):
            value = written
        if not model.strip() or not path.strip():
            faults.file(
                "model",
                Where(place, number),
                "Raden saknar modellens namn eller väg.",
                "Fyll i eller ta bort den.",
            )
            continue
        found.setdefault(model.strip(), []).append((path.strip(), value))
    models = {}
    for model, pairs in found.items():
        document = assemble(pairs)
        if document is None:
            faults.file(
                "model",
                Where(place),
                f"Modellen ”{model}” hänger inte ihop.",
                "Se över vägarna i kolumn två.",
            )
        else:
            models[model] = document
    return models


def _formulas(content: bytes) -> dict[str, Cells]:
    """Where the formulas stand, by sheet: {(row from 1, column from 0): formula}."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        book = _parse(archive.read("xl/workbook.xml"))
        links = _parse(archive.read("xl/_rels/workbook.xml.rels"))
        targets = {link.get("Id"): link.get("Target", "") for link in links.iter(f"{_PACKAGE}Relationship")}
        found: dict[str, Cells] = {}
        for sheet in book.iter(f"{_MAIN}sheet"):
            target = targets.get(sheet.get(_ID), "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if path not in archive.namelist():
                continue
            cells: Cells = {}
            with archive.open(path) as inside:
                for _event, cell in etree.iterparse(
                    inside, tag=f"{_MAIN}c", resolve_entities=False, no_network=True, huge_tree=False
                ):
                    formula = cell.find(f"{_MAIN}f")
                    if formula is not None and cell.get("r"):
                        cells[_place(cell.get("r"))] = formula.text or ""
                    cell.clear()
            found[sheet.get("name", "")] = cells
        return found


def _parse(content: bytes) -> Any:
    return etree.fromstring(
        content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    )


def _place(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(reference[len(letters) :]), column - 1
