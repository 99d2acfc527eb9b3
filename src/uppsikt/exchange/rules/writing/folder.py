"""A dataset as files: YAML where texts are long, CSV where rows are many and short."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from uppsikt.exchange.rules.cells import write
from uppsikt.exchange.rules.reading.folder import HEADER
from uppsikt.exchange.rules.rows import Values
from uppsikt.exchange.rules.spec import Table
from uppsikt.exchange.rules.tables import FORMAT, TABLES

WIDTH = 110


class _Dumper(yaml.SafeDumper):
    """Block style; paragraphs on lines of their own."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        return super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def files(
    rows: Mapping[str, Sequence[Values]],
    documents: Mapping[str, Mapping[str, dict[str, Any]]],
    pictures: Mapping[str, bytes],
) -> dict[str, bytes]:
    """The files of a dataset, by their path in its folder. Empty tables have none.

    Args: documents: the models by folder and name.
    """
    found: dict[str, bytes] = {HEADER: dump({"format": FORMAT})}
    for table in TABLES:
        if rows.get(table.key):
            name = f"{table.key}.{'csv' if table.as_csv else 'yaml'}"
            found[name] = (_csv if table.as_csv else _yaml)(table, rows[table.key])
    for folder, models in documents.items():
        found.update({f"{folder}/{name}.yaml": dump(document) for name, document in models.items()})
    return {**found, **pictures}


def dump(data: Any) -> bytes:
    """Data as YAML, in the order given."""
    text: str = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)
    return text.encode()


def _yaml(table: Table, rows: Sequence[Values]) -> bytes:
    entries = []
    for row in rows:
        written = {field.key: write(field, row.get(field.key)) for field in table.fields}
        entries.append({name: value for name, value in written.items() if value is not None})
    return dump(entries)


def _csv(table: Table, rows: Sequence[Values]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([field.key for field in table.fields])
    for row in rows:
        writer.writerow([_plain(write(field, row.get(field.key))) for field in table.fields])
    return out.getvalue().encode()


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, dt.date) else str(value)
