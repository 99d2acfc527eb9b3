"""What explains the variances: a heading and a text for every row that has one, in the table's order.

Options: table (key of a table; every table that asks for comments when not given).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from uppsikt.reports.composition import Composition
from uppsikt.texts.rules import is_empty
from uppsikt.typeset.payload import Block


def compose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """The comments; a note for a row over the threshold that nobody has explained, as long as the report is a draft."""
    only = str(options.get("table", ""))
    blocks: list[Block] = []
    told: set[str] = set()
    for key, table in c.economy.tables.items():
        if not table.spec.commented or (only and key != only):
            continue
        for row in table.rows:
            written = c.economy.comments.get((key, row.key), [])
            if is_empty(written) or row.label in told:
                continue
            told.add(row.label)
            blocks.append(
                {"kind": "heading", "level": min(c.chapter_level + 1, 4), "text": row.label, "listed": False}
            )
            blocks += c.text(c.key("comment", key, row.key), written)
    return blocks
