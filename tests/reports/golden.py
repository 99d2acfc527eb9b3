"""Reading the golden facts, and the cells of a composed payload, for comparing the two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

GOLDEN = Path(__file__).parents[1] / "golden"
MINUS = "\u2212"

Payload = dict[str, Any]
Table = dict[str, Any]


def facts(name: str) -> Any:
    return yaml.safe_load((GOLDEN / f"{name}.yaml").read_text(encoding="utf-8"))


def blocks(payload: Payload, chapter: str) -> list[dict[str, Any]]:
    return next(each["blocks"] for each in payload["chapters"] if each["key"] == chapter)


def tables(payload: Payload, chapter: str) -> list[Table]:
    return [block for block in blocks(payload, chapter) if block["kind"] == "table"]


def lines(cell: dict[str, Any]) -> list[str]:
    """A cell's paragraphs."""
    return cell.get("lines") or [cell["text"]]


def rows(table: Table) -> Iterator[dict[str, dict[str, Any]]]:
    """The rows by column key, cells under a rowspan repeated; section rows are left out."""
    above: list[dict[str, Any]] = []
    for row in table["rows"]:
        if row.get("kind") == "section":
            continue
        above = [cell if cell is not None else above[index] for index, cell in enumerate(row["cells"])]
        yield {column["key"]: cell for column, cell in zip(table["columns"], above, strict=True)}


def sections(payload: Payload, chapter: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Each goal's heading with the blocks under it."""
    name, under = "", []
    for block in blocks(payload, chapter):
        if block["kind"] == "heading" and block.get("eyebrow"):
            if name:
                yield name, under
            name, under = block["text"], []
        else:
            under.append(block)
    if name:
        yield name, under
