"""Every table of a report as a sheet: numbers as numbers, with the decimals they are printed with."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from uppsikt.typeset import labels, palette, symbols
from uppsikt.typeset.columns import inline_text, line_count, table_widths
from uppsikt.typeset.payload import Cell, Node, Payload, Row, TableBlock, TableNode
from uppsikt.typeset.prepare import TEXT_WIDTH, caption, note_marks, prepare

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_MAX_SHEET_NAME = 31
_LINE_POINTS = 15.0
_CHARACTER_POINTS = 6.2
_MAX_TEXT = 32_000
_MAX_EXACT_DIGITS = 15
"""Excel keeps fifteen digits; a longer number is written as text rather than wrongly."""


def render_xlsx(payload: Payload | Mapping[str, Any], *, fingerprint: str | None = None) -> bytes:
    """A workbook with one sheet per table and chart, and a first sheet that lists them.

    Raises:
        PayloadError: the payload does not follow its schema.
    """
    ready = prepare(payload, fingerprint=fingerprint)
    out = BytesIO()
    # Texts that begin with "=" or look like an address must stay texts.
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        _Writer(book, ready).write()
    return out.getvalue()


class _Writer:
    """Writes one workbook; holds its formats and the sheet names taken."""

    def __init__(self, book: Workbook, ready: Payload) -> None:
        self.book = book
        self.ready = ready
        self.names: set[str] = set()
        self.formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.accent = palette.accent_of(ready["document"]["municipality"].get("accent"))

    def write(self) -> None:
        document = self.ready["document"]
        self.book.set_properties(
            {
                "title": f"{document['title']} – {document['body']['name']}",
                "author": document["municipality"]["name"],
                "subject": document["state_text"],
                "created": datetime.fromisoformat(document["date"]),
            }
        )
        self.book.set_size(1800, 1200)
        index = self.book.add_worksheet(self._name("Innehåll"))
        listed = [self._sheet(title, chapter, table) for title, chapter, table in self._tables()]
        self._index(index, listed)

    def _tables(self) -> list[tuple[str, str, TableBlock]]:
        """Title, chapter and table, in reading order, with the numbers the other outputs print."""
        found: list[tuple[str, str, TableBlock]] = []
        for chapter in self.ready["chapters"]:
            where = chapter["title"]
            for block in chapter["blocks"]:
                if block["kind"] == "table":
                    found.append((caption("Tabell", block.get("number"), block["caption"]), where, block))
                elif block["kind"] == "chart":
                    table = block.get("table")
                    if table:
                        found.append((caption("Figur", block.get("number"), block["caption"]), where, table))
                elif block["kind"] == "text":
                    for node in _table_nodes(block["content"]):
                        title = caption("Tabell", node.get("number"), node.get("caption") or "")
                        found.append((title, where, _as_block(node)))
        return found

    def _name(self, wanted: str) -> str:
        plain = _FORBIDDEN.sub(" ", wanted).strip(" '")[:_MAX_SHEET_NAME].strip(" '") or "Tabell"
        name, turn = plain, 2
        while name.lower() in self.names or name.lower() == "history":
            name = f"{plain[: _MAX_SHEET_NAME - 3].strip()} {turn}"
            turn += 1
        self.names.add(name.lower())
        return name

    def _format(self, **wanted: Any) -> Format:
        properties = {"font_name": "Calibri", "font_size": 11, "valign": "top", **wanted}
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(properties)
        return self.formats[key]

    def _index(self, sheet: Worksheet, listed: list[tuple[str, str, str]]) -> None:
        document = self.ready["document"]
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 64)
        sheet.set_column(1, 1, 44)
        sheet.set_column(2, 2, 32)
        sheet.write_string(
            0, 0, document["title"], self._format(bold=True, font_size=16, font_color=self.accent)
        )
        sheet.write_string(
            1, 0, f"{document['body']['name']}, {document['municipality']['name']}", self._format()
        )
        sheet.write_string(
            2, 0, labels.footer_state(document), self._format(bold=document["state"] == "draft")
        )
        head = self._format(bold=True, font_color=palette.MUTED, bottom=1)
        for column, text in enumerate(("Tabell", "Avsnitt", "Blad")):
            sheet.write_string(4, column, text, head)
        for row, (title, chapter, name) in enumerate(listed, 5):
            link = self._format(font_color=self.accent, underline=1, text_wrap=True)
            sheet.write_url(row, 0, f"internal:'{name}'!A1", link, title[:255] or name)
            sheet.write_string(row, 1, chapter[:_MAX_TEXT], self._format(text_wrap=True))
            sheet.write_string(row, 2, name, self._format())
        sheet.freeze_panes(5, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)

    def _sheet(self, title: str, chapter: str, table: TableBlock) -> tuple[str, str, str]:
        shown = title or table["key"]
        # "Tabell 7" alone: short enough to read on the tab, and the same as in the other outputs.
        number = re.match(r"(Tabell|Figur) \d+", title)
        name = self._name(number.group(0) if number else shown)
        sheet = self.book.add_worksheet(name)
        document = self.ready["document"]
        sheet.hide_gridlines(2)
        widths = table.get("widths") or table_widths(table, TEXT_WIDTH)
        across = [max(9.0, points / 4.6) for points in widths]
        for column, characters in enumerate(across):
            sheet.set_column(column, column, characters)
        sheet.write_string(0, 0, shown[:_MAX_TEXT], self._format(bold=True, font_size=13))
        where = f"{chapter} · {document['title']}, {document['body']['name']}"
        if document["state"] == "draft":
            where += f" · {document['state_text']}"
        sheet.write_string(1, 0, where[:_MAX_TEXT], self._format(font_color=palette.MUTED))
        for column, heading in enumerate(table["columns"]):
            style = self._format(
                bold=True, bottom=2, text_wrap=True, valign="bottom", font_color=palette.MUTED,
                align=_align(heading.get("align", "start")),
            )  # fmt: skip
            sheet.write_string(3, column, heading["title"][:_MAX_TEXT], style)
        last = self._rows(sheet, table, across, first=4)
        self._foot(sheet, table, last + 1)
        sheet.freeze_panes(4, 1 if table.get("row_header", True) and len(table["columns"]) > 1 else 0)
        sheet.repeat_rows(3)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.write_url(
            1,
            len(table["columns"]),
            "internal:'Innehåll'!A1",
            self._format(font_color=self.accent),
            "Till innehållet",
        )
        return shown, chapter, name

    def _rows(self, sheet: Worksheet, table: TableBlock, widths: Sequence[float], first: int) -> int:
        """Write the rows; the row after the last one."""
        if not table["rows"]:
            sheet.write_string(
                first, 0, table.get("empty") or "Inget att redovisa.", self._format(italic=True)
            )
            return first + 1
        at = first
        for row in table["rows"]:
            kind = row.get("kind", "row")
            style: dict[str, Any] = {"bottom": 4, "bottom_color": palette.RULE, "text_wrap": True}
            if kind in ("subtotal", "total", "section"):
                style["bold"] = True
            if kind == "total":
                style |= {"top": 1, "bottom": 1}
            for column, cell in enumerate(row["cells"]):
                if cell is not None:
                    align = "start" if kind == "section" else table["columns"][column].get("align", "start")
                    self._cell(sheet, at, column, cell, {**style, "align": _align(align)})
                elif kind != "section":
                    sheet.write_blank(at, column, None, self._format(**style))
            sheet.set_row(at, _LINE_POINTS * _lines(row, widths) + 3)
            at += 1
        return at

    def _cell(self, sheet: Worksheet, row: int, column: int, cell: Cell, style: dict[str, Any]) -> None:
        if cell.get("strong"):
            style["bold"] = True
        value = cell.get("value")
        if value is not None and len(value.strip("-").replace(".", "")) <= _MAX_EXACT_DIGITS:
            style["num_format"] = number_format(value, cell["text"])
            sheet.write_number(row, column, float(value), self._format(**style))
            return
        text = "\n".join(cell.get("lines") or []) or cell["text"]
        mark = cell.get("symbol")
        if mark:
            text = f"{symbols.CHARACTERS[mark['shape']]} {text}"
        if cell.get("note"):
            text += f" ({cell.get('note')})"
        sheet.write_string(row, column, text[:_MAX_TEXT], self._format(**style))

    def _foot(self, sheet: Worksheet, table: TableBlock, at: int) -> None:
        style = self._format(font_color=palette.MUTED, font_size=10)
        lines = [f"{mark}) {note}" if mark else note for mark, note in note_marks(table)]
        lines += [table.get("source") or ""] if table.get("source") else []
        lines += _noted_numbers(table)
        for line in lines:
            sheet.write_string(at, 0, line[:_MAX_TEXT], style)
            at += 1


def _lines(row: Row, widths: Sequence[float]) -> int:
    """On how many lines the row's fullest cell is set: not every program works it out when it opens the file."""
    most = 1
    if row.get("kind") == "section":
        return most
    for cell, width in zip(row["cells"], widths, strict=True):
        if cell is not None:
            texts = cell.get("lines") or [cell["text"]]
            room = (width - (4 if cell.get("symbol") else 1)) * _CHARACTER_POINTS
            most = max(most, sum(line_count(text, room, size=10) for text in texts))
    return most


def number_format(value: str, printed: str) -> str:
    """An Excel format that shows a number as the report prints it.

    The group and decimal signs are the ones of the reader's own Excel; in a Swedish one "1 204,5".
    """
    decimals = len(printed.rpartition(",")[2].rstrip(" %\u00a0")) if "," in printed else 0
    if not printed.rpartition(",")[2].rstrip(" %\u00a0").isdigit():
        decimals = len(value.partition(".")[2])
    shown = "#,##0" + ("." + "0" * decimals if decimals else "")
    return shown + ('"\u00a0%"' if printed.rstrip().endswith("%") else "")


def _noted_numbers(table: TableBlock) -> list[str]:
    """Which number cells carry a note: the number itself must stay a number."""
    found = []
    for row in table["rows"]:
        first = row["cells"][0]
        for column, cell in enumerate(row["cells"]):
            if cell is not None and cell.get("note") and cell.get("value") is not None:
                place = ", ".join(
                    filter(None, (first["text"] if first else "", table["columns"][column]["title"]))
                )
                found.append(f"Not {cell.get('note')} gäller: {place}.")
    return found


def _align(align: str) -> str:
    return {"start": "left", "end": "right", "center": "center"}[align]


def _table_nodes(nodes: list[Node]) -> list[TableNode]:
    found: list[TableNode] = []
    for node in nodes:
        if node["type"] == "table":
            found.append(node)
        elif node["type"] == "quote":
            found += _table_nodes(node["children"])
        elif node["type"] == "bullet_list" or node["type"] == "ordered_list":
            for item in node["items"]:
                found += _table_nodes(item)
    return found


def _as_block(node: TableNode) -> TableBlock:
    """A table written in a text, in the shape of the other tables. Its cells are words."""
    return {
        "kind": "table",
        "key": "tabell",
        "caption": node.get("caption") or "",
        "columns": [{"key": str(i), "title": inline_text(head)} for i, head in enumerate(node["header"])],
        "rows": [{"kind": "row", "cells": [{"text": inline_text(c)} for c in row]} for row in node["rows"]],
        "row_header": False,
        "widths": node.get("widths") or [],
    }
