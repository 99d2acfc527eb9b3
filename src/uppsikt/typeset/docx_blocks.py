"""The report's blocks and structured text as Word paragraphs and tables."""

# ruff: noqa: SLF001 - python-docx offers its XML elements under private names only
from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any, assert_never

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Emu, Length, Mm
from docx.text.paragraph import Paragraph

from uppsikt.typeset import charts as drawing
from uppsikt.typeset import docx_goals, palette, pictures, symbols
from uppsikt.typeset.docx_xml import (
    TABLE_NOTE,
    TABLE_TEXT,
    Footnotes,
    ensure_table_style,
    ensure_text_styles,
    field,
    node,
    set_property,
    table_cell,
    table_frame,
    table_row,
    text_run,
)
from uppsikt.typeset.payload import (
    Block,
    Cell,
    ChartBlock,
    Inline,
    Node,
    TableBlock,
)
from uppsikt.typeset.prepare import TEXT_WIDTH, note_marks, paragraphs

_MUTED = palette.MUTED[1:].upper()

# The style wanted, then what a template may call it instead.
_FALLBACKS: dict[str, tuple[str, ...]] = {
    "Title": ("Rubrik", "Heading 1"),
    "Subtitle": ("Underrubrik", "Normal"),
    "Caption": ("Beskrivning", "Bildtext", "Normal"),
    "List Bullet": ("Punktlista", "List Paragraph", "Normal"),
    "List Number": ("Numrerad lista", "List Paragraph", "Normal"),
    "Quote": ("Citat", "Normal"),
    **{f"Heading {level}": (f"Rubrik {level}", f"Rubrik{level}") for level in range(1, 7)},
}


class Writer:
    """Appends to the end of one Word document, in reading order."""

    def __init__(self, word: WordDocument, charts: Mapping[str, str], accent: str | None = None) -> None:
        """`accent`: the report's own look is wanted; None leaves headings to the template's styles."""
        self.word = word
        self.accent = accent
        self._in_footnote = False
        ensure_text_styles(word)
        self.charts = charts
        self.footnotes = Footnotes(word)
        self.table_style = ensure_table_style(word)
        self.styles = {style.name.lower(): style.style_id for style in word.styles if style.name}
        section = word.sections[0]
        across = (section.page_width or Mm(210)) - (section.left_margin or 0) - (section.right_margin or 0)
        self.across = Emu(across)
        self.end = word.element.body.find(qn("w:sectPr"))

    def add(self, element: Any) -> Any:
        if self.end is not None:
            self.end.addprevious(element)
        else:
            self.word.element.body.append(element)
        return element

    def style_id(self, name: str) -> str | None:
        """The id of a style, or of the nearest the template has."""
        for candidate in (name, *_FALLBACKS.get(name, ())):
            found = self.styles.get(candidate.lower())
            if found:
                return str(found)
        return None

    def make(self, *runs: Any, style: str | None = None) -> Any:
        paragraph = node("w:p")
        identity = self.style_id(style) if style else None
        if identity:
            paragraph.append(node("w:pPr", None, node("w:pStyle", {"w:val": identity})))
        for run in runs:
            paragraph.append(run)
        return paragraph

    def paragraph(self, *runs: Any, style: str | None = None) -> Any:
        return self.add(self.make(*runs, style=style))

    def heading(self, text: str, level: int) -> Any:
        return self.paragraph(text_run(text), style=f"Heading {min(level, 6)}")

    def caption(self, word: str, number: int | None, text: str) -> None:
        """A caption Word can count and list; nothing when there is no text."""
        if not text:
            return
        runs = (
            [text_run(f"{word} "), *field(f"SEQ {word} \\* ARABIC", str(number)), text_run(". ")]
            if number
            else []
        )
        paragraph = self.paragraph(*runs, text_run(text), style="Caption")
        self.keep_with_next(paragraph)

    @staticmethod
    def keep_with_next(paragraph: Any) -> None:
        set_property(paragraph, node("w:keepNext"))

    def picture(
        self, data: bytes, mime: str, alt: str, *, width: Length | None = None, height: Length | None = None
    ) -> None:
        """A picture in its own paragraph, described for readers by ear; drawings become pixels."""
        if mime == "image/svg+xml":
            data = drawing.png(data.decode("utf-8", "replace"))
        paragraph = self.paragraph()
        run = Paragraph(paragraph, self.word._body).add_run()
        try:
            shape = run.add_picture(io.BytesIO(data), width=width, height=height)
        except Exception:  # noqa: BLE001 - python-docx raises whatever its picture readers raise on a broken file
            paragraph.append(text_run(f"Bild saknas: {alt}", colour=_MUTED))
            return
        if shape.width > self.across:
            shape.height = Emu(int(shape.height * self.across / shape.width))
            shape.width = self.across
        properties = shape._inline.docPr
        properties.set("descr", alt)
        properties.set("name", f"Bild {properties.get('id')}")

    def block(self, block: Block) -> None:
        """One block."""
        match block["kind"]:
            case "heading":
                docx_goals.heading(self, block)
            case "text":
                self.nodes(block["content"])
            case "table":
                self.table(block)
            case "chart":
                self.chart(block)
            case "fulfilment":
                mark = symbols.CHARACTERS[block["symbol"]]
                colour = palette.status_colour(block["colour"], palette.INK)[1:].upper()
                told = self.paragraph(
                    text_run(f"{mark} ", colour=colour, size=26),
                    text_run(block["long"] or block["label"], bold=True, size=23),
                )
                self.keep_with_next(told)
                if block.get("proposal"):
                    self.paragraph(text_run(block.get("proposal") or "", colour=_MUTED))
            case "commitment":
                docx_goals.commitment(self, block)
            case "key_figures":
                for item in block["items"]:
                    note = f" ({item.get('note')})" if item.get("note") else ""
                    self.paragraph(
                        text_run(item["text"], bold=True, size=28), text_run(f"  {item['label']}{note}")
                    )
            case "note":
                for line in paragraphs(block["text"]):
                    self.paragraph(text_run(line, italic=True))
            case "page_break":
                self.paragraph(node("w:r", None, node("w:br", {"w:type": "page"})))
            case other:
                assert_never(other)

    # --- structured text -------------------------------------------------------------------------------

    def nodes(self, nodes: Sequence[Node], style: str | None = None) -> None:
        for item in nodes:
            match item["type"]:
                case "paragraph":
                    self.inlines(self.paragraph(style=style), item["children"])
                case "heading":
                    self.inlines(self.paragraph(style=f"Heading {min(item['level'], 6)}"), item["children"])
                case "bullet_list" | "ordered_list":
                    self._list(
                        item["items"], "List Bullet" if item["type"] == "bullet_list" else "List Number"
                    )
                case "quote":
                    self.nodes(item["children"], "Quote")
                case "table":
                    self.caption("Tabell", item.get("number"), item.get("caption") or "")
                    self._text_table(item)
                case "image":
                    self.caption("Figur", item.get("number"), item.get("caption") or "")
                    picture = pictures.read(item.get("data"))
                    if picture:
                        self.picture(picture.data, picture.mime, item["alt"])
                    else:
                        self.paragraph(text_run(f"Bild saknas: {item['alt']}", colour=_MUTED))
                case other:
                    assert_never(other)

    def _list(self, items: Sequence[list[Node]], style: str) -> None:
        numbering = self._restarted_list(style) if style == "List Number" else None
        for item in items:
            for position, child in enumerate(item):
                if child["type"] != "paragraph":
                    self.nodes([child])
                    continue
                paragraph = self.paragraph(style=style if position == 0 else "List Continue")
                if numbering is not None and position == 0:
                    properties = node(
                        "w:numPr", None, node("w:ilvl", {"w:val": "0"}), node("w:numId", {"w:val": numbering})
                    )
                    paragraph.get_or_add_pPr().append(properties)
                self.inlines(paragraph, child["children"])

    def _restarted_list(self, style: str) -> str | None:
        """A numbering that begins at 1 again: Word otherwise counts on from the list before."""
        identity = self.style_id(style)
        wanted = next((s for s in self.word.styles if s.style_id == identity), None)
        used = (
            wanted.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
            if wanted is not None
            else None
        )
        if used is None:
            return None
        try:
            numbering = self.word.part.numbering_part.element
            abstract = numbering.num_having_numId(int(used.get(qn("w:val")))).abstractNumId.val
        except (KeyError, NotImplementedError):
            return None
        made = numbering.add_num(abstract)
        made.add_lvlOverride(ilvl=0).add_startOverride(1)
        return str(made.numId)

    def inlines(self, paragraph: Any, children: Sequence[Inline], *, bold: bool = False) -> None:
        for child in children:
            match child["type"]:
                case "text":
                    marks = child.get("marks", [])
                    paragraph.append(
                        text_run(child["text"], bold=bold or "bold" in marks, italic="italic" in marks)
                    )
                case "figure":
                    paragraph.append(text_run(child["text"], bold=bold))
                case "break":
                    paragraph.append(node("w:r", None, node("w:br")))
                case "link":
                    paragraph.append(self._link(child["href"], child["text"]))
                case "footnote":
                    paragraph.append(self.footnotes.add(self._filler(child["children"])))
                case other:
                    assert_never(other)

    def _filler(self, children: Sequence[Inline]) -> Callable[[Any], None]:
        def fill(paragraph: Any) -> None:
            self._in_footnote = True
            self.inlines(paragraph, children)
            self._in_footnote = False

        return fill

    def _link(self, href: str, text: str) -> Any:
        if not href.startswith(("http://", "https://", "mailto:")):
            return text_run(text)
        # A footnote's address belongs to the footnotes' own part.
        relation = (
            self.footnotes.relate(href)
            if self._in_footnote
            else self.word.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        )
        return node(
            "w:hyperlink",
            {"r:id": relation},
            text_run(text, style=self.style_id("Hyperlink"), colour="0B5563"),
        )

    # --- tables and charts -----------------------------------------------------------------------------

    def _widths(self, points: Sequence[float]) -> list[int]:
        """Column widths measured for the PDF's page, on this document's page, in twentieths of a point."""
        scale = self.across.pt / TEXT_WIDTH
        return [int(width * scale * 20) for width in points]

    def table(self, block: TableBlock, *, captioned: bool = True) -> None:
        if captioned:
            self.caption("Tabell", block.get("number"), block["caption"])
        if not block["rows"]:
            self.paragraph(text_run(block.get("empty") or "Inget att redovisa.", colour=_MUTED))
            return
        widths = self._widths(
            block.get("widths") or [TEXT_WIDTH / len(block["columns"])] * len(block["columns"])
        )
        aligns = [column.get("align", "start") for column in block["columns"]]
        frame = table_frame(
            self.table_style, widths, title=block["caption"], row_header=block.get("row_header", True)
        )
        head = [
            table_cell(width, [self._aligned([text_run(column["title"], bold=True, colour=_MUTED)], align)])
            for width, column, align in zip(widths, block["columns"], aligns, strict=True)
        ]
        frame.append(table_row(head, header=True))
        spans = [0] * len(widths)
        for row in block["rows"]:
            kind = row.get("kind", "row")
            if kind == "section":
                cell = row["cells"][0]
                inside = [self._aligned(self._cell_runs(cell, bold=True), "start")] if cell else []
                frame.append(table_row([table_cell(sum(widths), inside, span=len(widths))]))
                continue
            heavy = kind in ("subtotal", "total")
            cells = []
            for index, cell in enumerate(row["cells"]):
                top = {"total": "10", "subtotal": "4"}.get(kind, "")
                if cell is None:
                    spans[index] -= 1
                    cells.append(table_cell(widths[index], [], merge="continue"))
                    continue
                spans[index] = cell.get("rowspan", 1) - 1
                inside = self._cell_paragraphs(cell, aligns[index], bold=heavy or cell.get("strong", False))
                merge = "restart" if spans[index] else None
                cells.append(table_cell(widths[index], inside, merge=merge, top=top))
            frame.append(table_row(cells))
        self.add(frame)
        self._after_table(block)

    def _after_table(self, block: TableBlock) -> None:
        lines = [[*([text_run(mark, raised=True)] if mark else []), text_run(f" {n}" if mark else n)]
                 for mark, n in note_marks(block)]  # fmt: skip
        if block.get("source"):
            lines.append([text_run(block.get("source") or "")])
        last = [self.paragraph(*line, style=TABLE_NOTE) for line in lines or [[]]][-1]
        set_property(last, node("w:spacing", {"w:before": "40", "w:after": "240"}))

    def _cell_paragraphs(self, cell: Cell, align: str, *, bold: bool) -> list[Any]:
        lines = cell.get("lines") or []
        if not lines:
            return [self._aligned(self._cell_runs(cell, bold=bold), align)]
        quiet = cell.get("quiet") or []
        first = self._cell_runs({**cell, "text": lines[0], "lines": None}, bold=bold)
        if 0 in quiet:
            first[-1] = text_run(lines[0], bold=bold, colour=_MUTED)
        return [
            self._aligned(first, align),
            *[
                self._aligned([text_run(line, bold=bold, colour=_MUTED if place in quiet else None)], align)
                for place, line in enumerate(lines[1:], 1)
            ],
        ]

    @staticmethod
    def _cell_runs(cell: Cell, *, bold: bool) -> list[Any]:
        runs = []
        mark = cell.get("symbol")
        if mark:
            colour = palette.status_colour(mark["colour"], palette.INK)[1:].upper()
            runs.append(text_run(f"{symbols.CHARACTERS[mark['shape']]} ", colour=colour))
        runs.append(text_run(cell["text"], bold=bold))
        if cell.get("note"):
            runs.append(text_run(cell.get("note") or "", raised=True))
        return runs

    def _aligned(self, runs: Sequence[Any], align: str) -> Any:
        paragraph = self.make(*runs, style=TABLE_TEXT)
        set_property(
            paragraph, node("w:jc", {"w:val": {"start": "left", "end": "right"}.get(align, "center")})
        )
        return paragraph

    def _text_table(self, item: Any) -> None:
        widths = self._widths(item["widths"])
        frame = table_frame(self.table_style, widths, title=item.get("caption") or "", row_header=False)
        for position, row in enumerate([item["header"], *item["rows"]]):
            cells = []
            for width, children in zip(widths, row, strict=True):
                paragraph = self._aligned([], "start")
                self.inlines(paragraph, children, bold=position == 0)
                cells.append(table_cell(width, [paragraph]))
            frame.append(table_row(cells, header=position == 0))
        self.add(frame)
        self.paragraph()

    def chart(self, block: ChartBlock) -> None:
        self.caption("Figur", block.get("number"), block["caption"])
        self.picture(self.charts[block["key"]].encode(), "image/svg+xml", block["alt"], width=self.across)
        for line in (block.get("note"), block.get("source")):
            if line:
                self.paragraph(text_run(line), style=TABLE_NOTE)
        table = block.get("table")
        if block.get("print_table") and table:
            self.table(table, captioned=False)
