"""The worked tables of docs/algorithms as rows: what is documented is what is tested."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from uppsikt.kernel.numbers import parse_decimal

DOCS = Path(__file__).parents[2] / "docs" / "algorithms"


def table(file: str, name: str) -> list[dict[str, str]]:
    """The rows of the table that follows `<!-- table: NAME -->`, by the column's heading."""
    text = (DOCS / file).read_text(encoding="utf-8")
    found = re.search(rf"<!-- table: {re.escape(name)} -->\n+((?:\|.*\n?)+)", text)
    assert found, f"{file} has no table {name}"
    head, _rule, *rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in found[1].strip().splitlines()
    ]
    assert rows, f"{name} has no rows"
    return [dict(zip(head, row, strict=True)) for row in rows]


def figure(text: str) -> Decimal | None:
    """A figure as written in a table; None for an empty cell."""
    if not text:
        return None
    found = parse_decimal(text)
    assert found is not None, text
    return found


def names(rows: list[dict[str, str]]) -> list[str]:
    """The rows in words, for the names of tests."""
    return [" ".join(row.values())[:60] for row in rows]
