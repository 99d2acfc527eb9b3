"""A folder of YAML and CSV files."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from uppsikt.exchange.rules.rows import Dataset, Faults, Row
from uppsikt.exchange.rules.spec import Field, Kind, Table
from uppsikt.exchange.rules.tables import FORMAT, MODEL_SHEETS, TABLES, table_named
from uppsikt.kernel.archive import MIB
from uppsikt.kernel.problems import Where

TABLE_ENDINGS = (".yaml", ".yml", ".csv")
PICTURE_ENDINGS = (".png", ".jpg", ".jpeg")
LARGEST_FILE = 50 * MIB
HEADER = "dataset.yaml"
LISTS = frozenset({Kind.LIST, Kind.PARTS, Kind.COUNTS, Kind.STATED})
_NULL = "tag:yaml.org,2002:null"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def files_in(path: Path, faults: Faults) -> dict[str, bytes]:
    """The files of a dataset's folder and of its folders of models, by their path in it."""
    files = {}
    within = (found for folder in MODEL_SHEETS for found in (path / folder).glob("*"))
    for found in sorted([*path.iterdir(), *within]):
        name = found.relative_to(path).as_posix()
        if not found.is_file() or not name.lower().endswith((*TABLE_ENDINGS, *PICTURE_ENDINGS)):
            continue
        if found.stat().st_size > LARGEST_FILE:
            faults.file("size", Where(name), "Filen är större än 50 MB.", "Dela upp tabellen på flera filer.")
            continue
        files[name] = found.read_bytes()
    return files


def read(files: Mapping[str, bytes], dataset: Dataset) -> None:
    """Read every table, model and picture among the files. Others, such as a README, are left alone."""
    for name in sorted(files):
        path = PurePosixPath(name)
        if name.startswith(".") or "/." in name:
            continue
        if path.suffix.lower() in PICTURE_ENDINGS:
            dataset.files[path.name] = files[name]
        elif path.suffix.lower() in TABLE_ENDINGS:
            _read_one(name, path, files[name], dataset)


def _read_one(name: str, path: PurePosixPath, content: bytes, dataset: Dataset) -> None:
    faults = dataset.faults
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        faults.file("encoding", Where(name), "Filen är inte sparad som UTF-8.", "Spara den som UTF-8.")
        dataset.broken.add(nearest_table(path.stem))
        return
    if name == HEADER:
        _check_format(name, text, faults)
        return
    if path.parent.name in MODEL_SHEETS:
        model = _mapping(name, text, faults)
        if model is None:
            dataset.broken.add(f"{path.parent.name}/{path.stem}")
        else:
            dataset.documents[path.parent.name][path.stem] = model
        return
    table = table_named(path.stem)
    if table is None:
        known = ", ".join(table.key for table in TABLES)
        dataset.broken.add(nearest_table(path.stem))
        faults.file(
            "unknown-file",
            Where(name),
            f"”{path.stem}” är ingen tabell.",
            f"Byt namn på filen, eller ta bort den. Tabellerna heter: {known}.",
        )
        return
    reader = _csv_rows if path.suffix.lower() == ".csv" else _yaml_rows
    before = len(faults.problems)
    dataset.rows[table.key].extend(reader(table, name, text, faults))
    if any(one.code in ("yaml", "csv", "columns") for one in faults.problems[before:]):
        dataset.broken.add(table.key)


def nearest_table(name: str) -> str:
    """The table that a misspelt file or sheet probably is; empty when it looks like none."""
    names = {known.casefold(): table.key for table in TABLES for known in (table.key, table.title)}
    near = difflib.get_close_matches(name.split("-", maxsplit=1)[0].casefold(), names, n=1)
    return names[near[0]] if near else ""


def _compose(name: str, text: str, faults: Faults) -> yaml.Node | None:
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        faults.file(
            "yaml",
            Where(name, mark.line + 1 if mark else None),
            "Filen är inte rätt skriven YAML; läsningen stannade här.",
            "Se över indrag, kolon och citattecken på raden och raden före.",
        )
        return None
    return node


def _mapping(name: str, text: str, faults: Faults) -> dict[str, Any] | None:
    if _compose(name, text, faults) is None:
        return None
    try:
        found = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, in C where there is one
    except (yaml.YAMLError, ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        faults.file("model", Where(name), "Modellen kan inte läsas.", "Utgå från en som går att läsa.")
        return None
    return found


def _check_format(name: str, text: str, faults: Faults) -> None:
    found = _mapping(name, text, faults)
    if found is not None and found.get("format") != FORMAT:
        faults.file(
            "format",
            Where(name, 1, "format"),
            f"Formatet är ”{found.get('format')}”, men den här versionen läser ”{FORMAT}”.",
            "Exportera datamängden på nytt från en version som passar.",
        )


def _yaml_rows(table: Table, name: str, text: str, faults: Faults) -> list[Row]:
    node = _compose(name, text, faults)
    if node is None or node.tag == _NULL:
        return []
    entries = node.value if isinstance(node, yaml.SequenceNode) else [node]
    rows = []
    for entry in entries:
        if isinstance(entry, yaml.MappingNode):
            rows.append(_yaml_row(table, name, entry, faults))
        else:
            faults.file(
                "yaml-row",
                Where(name, entry.start_mark.line + 1),
                "Här ska stå en rad med namngivna fält.",
                "Skriv ”- fält: värde”.",
            )
    return rows


def _yaml_row(table: Table, name: str, entry: yaml.MappingNode, faults: Faults) -> Row:
    cells: dict[str, Any] = {}
    lines: dict[str, int] = {}
    names: dict[str, str] = {}
    row = Row(table, name, entry.start_mark.line + 1, cells, names=names, lines=lines)
    known = {field.key: field for field in table.fields}
    former = {one: field for field in table.fields for one in field.former}
    for key, value in entry.value:
        line = key.start_mark.line + 1
        field = known.get(key.value) or former.get(key.value) if isinstance(key, yaml.ScalarNode) else None
        if field is None:
            faults.file(
                "unknown-field",
                Where(name, line, str(key.value)[:60]),
                f"Tabellen {table.key} har inget fält ”{str(key.value)[:60]}”.",
                f"Fälten heter: {', '.join(known)}.",
            )
            continue
        lines[field.key] = line
        if key.value != field.key:
            names[field.key] = key.value
        if field.key in cells:
            faults.at(row, field.key, "twice", "Fältet står två gånger på samma rad.", "Ta bort det ena.")
            continue
        cells[field.key] = _yaml_cell(row, field, value, faults)
    return row


def _yaml_cell(row: Row, field: Field, node: yaml.Node, faults: Faults) -> str | None:
    if isinstance(node, yaml.ScalarNode):
        return None if node.tag == _NULL else str(node.value)
    scalars = isinstance(node, yaml.SequenceNode) and all(
        isinstance(one, yaml.ScalarNode) for one in node.value
    )
    if scalars and field.kind in LISTS:
        return (";;" if field.kind is Kind.PARTS else ";").join(one.value for one in node.value)
    faults.at(
        row, field.key, "nested", "Fältet innehåller en lista eller flera fält.", "Skriv ett enda värde."
    )
    return None


def _csv_rows(table: Table, name: str, text: str, faults: Faults) -> list[Row]:
    lines = io.StringIO(text, newline="")
    head = text.split("\n", 1)[0]
    reader = csv.reader(lines, delimiter=";" if ";" in head and "," not in head else ",", strict=True)
    rows: list[Row] = []
    try:
        headings = next(reader, [])
        fields, names, absent = columns(table, name, headings, faults)
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(headings):
                faults.file(
                    "columns",
                    Where(name, line),
                    f"Raden har {len(cells)} fält men rubriken {len(headings)}.",
                    "Sätt citattecken om värden som innehåller komma, eller skriv decimaltal med punkt.",
                )
                rows.append(_shifted(table, name, line))
                continue
            found = {fields[i].key: cell for i, cell in enumerate(cells) if i in fields}
            rows.append(Row(table, name, line, found, names=names, absent=absent))
    except csv.Error:
        faults.file(
            "csv",
            Where(name, reader.line_num),
            "Filen är inte rätt skriven CSV; läsningen stannade här.",
            "Se över citattecknen på raden.",
        )
    return rows


def _shifted(table: Table, name: str, line: int) -> Row:
    """A row whose cells may stand in the wrong columns: nothing more is said of it."""
    every = {field.key for field in table.fields}
    return Row(table, name, line, {}, absent=frozenset(every), faulty=every)


def columns(
    table: Table, name: str, headings: list[str], faults: Faults
) -> tuple[dict[int, Field], dict[str, str], frozenset[str]]:
    """Which column is which field.

    Returns: fields by column, what the file calls each field, and the fields that have no column.
    """
    fields: dict[int, Field] = {}
    names: dict[str, str] = {}
    for index, heading in enumerate(headings):
        if not heading.strip():
            continue
        field = table.named(heading)
        if field is None:
            known = ", ".join(f"{field.title} ({field.key})" for field in table.fields)
            faults.file(
                "unknown-column",
                Where(name, 1, heading.strip()[:60]),
                f"Kolumnen ”{heading.strip()[:60]}” hör inte till tabellen {table.key}.",
                f"Ta bort den eller byt rubrik. Kolumnerna heter: {known}.",
            )
        elif field.key in names:
            faults.file(
                "twice",
                Where(name, 1, heading.strip()),
                f"Kolumnen ”{heading.strip()}” finns två gånger.",
                "Ta bort den ena.",
            )
        else:
            fields[index] = field
            names[field.key] = heading.strip().rstrip("*").strip()
    absent = frozenset(field.key for field in table.fields) - set(names)
    for field in table.fields:
        if field.required and field.key in absent:
            faults.file(
                "missing-column",
                Where(name, 1, field.title),
                f"Kolumnen ”{field.title}” ({field.key}) saknas.",
                "Lägg till kolumnen; den måste fyllas i.",
            )
    return fields, names, absent
