"""From a payload to what the outputs print: cleaned, numbered, heading levels without jumps, columns measured.

Every output starts here, so that Tabell 7 is Tabell 7 in all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from uppsikt.typeset import check, columns, labels
from uppsikt.typeset.clean import clean_tree
from uppsikt.typeset.payload import Block, Chapter, ChartBlock, Node, Payload, TableBlock
from uppsikt.typeset.plot import blocks

TEXT_WIDTH = 459.0
"""Width of the text on the page in points: A4 less margins of 24 mm."""


_LISTED_LEVEL = 3
_CONTENTS_LINES = 46
"""How many lines the contents list may have on its one page."""


@dataclass
class _Counters:
    table: int = 0
    figure: int = 0
    heading: int = 0
    open: list[tuple[int, int]] = field(default_factory=list)
    """The headings one stands under: the level asked for, and the level given."""
    block_level: int = 0
    """The level of the nearest heading that no text wrote."""

    def next_table(self) -> int:
        self.table += 1
        return self.table

    def next_figure(self) -> int:
        self.figure += 1
        return self.figure

    @property
    def level(self) -> int:
        """The level of the heading before."""
        return self.open[-1][1] if self.open else 0

    def step_to(self, nominal: int, at_least: int) -> int:
        """A heading level without a jump: one deeper than what it stands under, and as deep as its equals."""
        while self.open and self.open[-1][0] >= nominal and self.open[-1][1] >= at_least:
            self.open.pop()
        given = max(min(nominal, self.level + 1), at_least)
        self.open.append((nominal, given))
        return given


def prepare(
    payload: Payload | Mapping[str, Any],
    *,
    glyphs: Collection[str] | None = None,
    fingerprint: str | None = None,
) -> Payload:
    """A deep copy ready to print. Raises PayloadError when the payload does not follow its schema."""
    ready = cast("Payload", clean_tree(check.checked(payload), glyphs=glyphs))
    adopted = ready["document"].get("adopted")
    if fingerprint and adopted:
        adopted["fingerprint"] = fingerprint
    counters = _Counters()
    listed = _listed_headings(ready)
    for chapter in ready["chapters"]:
        counters.heading += 1
        chapter["anchor"] = f"avsnitt-{counters.heading}"
        chapter["level"] = counters.block_level = counters.step_to(chapter["level"], 1)
        for block in chapter["blocks"]:
            _prepare_block(block, chapter["level"], counters)
            if block["kind"] == "heading":
                block["listed"] = id(block) in listed
    return ready


def _listed_headings(ready: Payload) -> set[int]:
    """The headings that stand in the contents list, by identity.

    Left out are those that return under every goal ("Motivering", "Uppdrag") and those that only say what the next
    belongs to; and, where the list would not fit on its page, all but the groups.
    """
    headings = [block for _, block in blocks_of(ready) if block["kind"] == "heading"]
    times = Counter(block["text"] for block in headings if block.get("style") != "lead")
    deepest = _LISTED_LEVEL
    wanted = [
        block
        for block in headings
        if block.get("style") in ("band", "lead")
        or (not block.get("style") and times[block["text"]] == 1 and block["level"] <= deepest)
    ]
    if len(ready["chapters"]) + len(wanted) > _CONTENTS_LINES:
        wanted = [block for block in wanted if block["level"] == 2 or block.get("style") == "band"]
    return {id(block) for block in wanted}


def _prepare_block(block: Block, chapter_level: int, counters: _Counters) -> None:
    if block["kind"] == "heading":
        counters.heading += 1
        block["anchor"] = f"avsnitt-{counters.heading}"
        block["level"] = counters.block_level = counters.step_to(block["level"], chapter_level + 1)
    elif block["kind"] == "table":
        _prepare_table(block)
        block["number"] = counters.next_table() if block["caption"] else None
    elif block["kind"] == "chart":
        block["number"] = counters.next_figure() if block["caption"] else None
        block["print_table"] = not labels.all_labelled(block)
        block["note"] = blocks.note_of(block)
        table = block.get("table")
        if table:
            _prepare_table(table)
            table["number"] = None
    elif block["kind"] == "commitment":
        block["level"] = min(counters.level + 1, 6)
    elif block["kind"] == "text":
        _prepare_nodes(block["content"], counters)


def _prepare_table(table: TableBlock) -> None:
    table.setdefault("row_header", True)
    table["widths"] = columns.table_widths(table, TEXT_WIDTH)


def _prepare_nodes(nodes: list[Node], counters: _Counters) -> None:
    for node in nodes:
        if node["type"] == "heading":
            node["level"] = counters.step_to(node["level"], counters.block_level + 1)
        elif node["type"] == "table":
            node["number"] = counters.next_table() if node.get("caption") else None
            node["widths"] = columns.node_widths(node["header"], node["rows"], TEXT_WIDTH)
        elif node["type"] == "image":
            node["number"] = counters.next_figure() if node.get("caption") else None
        elif node["type"] in ("bullet_list", "ordered_list"):
            for item in cast("Any", node)["items"]:
                _prepare_nodes(item, counters)
        elif node["type"] == "quote":
            _prepare_nodes(node["children"], counters)


def charts_of(payload: Payload) -> list[ChartBlock]:
    """Every chart in reading order."""
    return [block for _, block in blocks_of(payload) if block["kind"] == "chart"]


def blocks_of(payload: Payload) -> Iterator[tuple[Chapter, Block]]:
    for chapter in payload["chapters"]:
        for block in chapter["blocks"]:
            yield chapter, block


def caption(word: str, number: int | None, text: str) -> str:
    """A printed caption, "Tabell 3. Indikatorer"."""
    return f"{word} {number}. {text}" if number else text


def note_marks(table: TableBlock) -> list[tuple[str | None, str]]:
    """The table's notes with the mark each is printed with; None when no cell points to it."""
    used = {
        cell.get("note")
        for row in table["rows"]
        for cell in row["cells"]
        if cell is not None and cell.get("note")
    }
    notes = table.get("notes") or []
    return [(str(i) if str(i) in used else None, note) for i, note in enumerate(notes, 1)]


def paragraphs(text: str | None) -> list[str]:
    """A plain text as paragraphs: a line break begins a new one."""
    return [line.strip() for line in (text or "").split("\n") if line.strip()]
