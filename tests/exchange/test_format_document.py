"""docs/formats/dataset.md names every table and field there is, and says which must be given."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from uppsikt.exchange.rules.spec import Table
from uppsikt.exchange.rules.tables import FORMAT, TABLES

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "formats" / "dataset.md").read_text(
    encoding="utf-8"
)


def fields(table: Table) -> dict[str, bool]:
    """The fields of the table's own chapter, and whether each is in bold."""
    chapter = re.split(r"^##+ ", DOCUMENT.split(f"\n### {table.key}\n", 1)[1], flags=re.MULTILINE)[0]
    found: dict[str, bool] = {}
    for line in chapter.splitlines():
        if line.startswith("| ") and not line.startswith(("| field", "| live", "| [[")):
            cell = line.split("|")[1]
            for name in re.findall(r"\*\*([a-z_]+)\*\*|(?<![\[`a-z_])([a-z_]+)(?![\]`a-z_])", cell):
                found[name[0] or name[1]] = bool(name[0])
    return found


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
def test_every_field_is_described(table: Table) -> None:
    assert fields(table) == {field.key: field.required for field in table.fields}


def test_the_format_is_named() -> None:
    assert f"`{FORMAT}`" in DOCUMENT
