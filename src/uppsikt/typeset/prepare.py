"""From a payload to what the outputs print: cleaned, numbered, heading levels without jumps, columns measured.

Every output starts here, so that Tabell 7 is Tabell 7 in all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from uppsikt.typeset import check, columns, labels
from uppsikt.typeset.clean import clean_tree
from uppsikt.typeset.payload import Block, Chapter, ChartBlock, Node, Payload, TableBlock

TEXT_WIDTH = 459.0
"""Width of the text on the page in points: A4 less margins of 24 mm."""


@dataclass
class _Counters:
    table: int = 0
    figure: int = 0
    heading: int = 0
    level: int = 0

    def next_table(self) -> int:
        self.table += 1
        return self.table

    def next_figure(self) -> int:
        self.figure += 1
        return self.figure

    def step_to(self, nominal: int, at_least: int) -> int:
        """A heading level without a jump: at most one deeper than the heading before."""
        self.level = max(min(nominal, self.level + 1), at_least)
        return self.level


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
    repeated = _repeated_headings(ready)
    for chapter in ready["chapters"]:
        counters.heading += 1
        chapter["anchor"] = f"avsnitt-{counters.heading}"
        chapter["level"] = counters.step_to(chapter["level"], 1)
        for block in chapter["blocks"]:
            _prepare_block(block, chapter["level"], counters)
            if block["kind"] == "heading":
                block["listed"] = block["text"] not in repeated
    return ready


def _repeated_headings(ready: Payload) -> set[str]:
    """Headings that return under every goal ("Motivering", "Uppdrag"): they would only fill the contents list."""
    texts = Counter(block["text"] for _, block in blocks_of(ready) if block["kind"] == "heading")
    return {text for text, times in texts.items() if times > 1}


def _prepare_block(block: Block, chapter_level: int, counters: _Counters) -> None:
    if block["kind"] == "heading":
        counters.heading += 1
        block["anchor"] = f"avsnitt-{counters.heading}"
        block["level"] = counters.step_to(block["level"], chapter_level + 1)
    elif block["kind"] == "table":
        _prepare_table(block)
        block["number"] = counters.next_table() if block["caption"] else None
    elif block["kind"] == "chart":
        block["number"] = counters.next_figure() if block["caption"] else None
        block["print_table"] = not labels.all_labelled(block)
        table = block.get("table")
        if table:
            _prepare_table(table)
            table["number"] = None
    elif block["kind"] == "commitment":
        block["level"] = min(counters.level + 1, 6)
    elif block["kind"] == "text":
        _prepare_nodes(block["content"], chapter_level, counters)


def _prepare_table(table: TableBlock) -> None:
    table.setdefault("row_header", True)
    table["widths"] = columns.table_widths(table, TEXT_WIDTH)


def _prepare_nodes(nodes: list[Node], chapter_level: int, counters: _Counters) -> None:
    for node in nodes:
        if node["type"] == "heading":
            node["level"] = counters.step_to(node["level"], chapter_level + 1)
        elif node["type"] == "table":
            node["number"] = counters.next_table() if node.get("caption") else None
            node["widths"] = columns.node_widths(node["header"], node["rows"], TEXT_WIDTH)
        elif node["type"] == "image":
            node["number"] = counters.next_figure() if node.get("caption") else None
        elif node["type"] in ("bullet_list", "ordered_list"):
            for item in cast("Any", node)["items"]:
                _prepare_nodes(item, chapter_level, counters)
        elif node["type"] == "quote":
            _prepare_nodes(node["children"], chapter_level, counters)


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
