"""The report payload: the one document all outputs are made from.

`docs/formats/report-payload.md` explains the fields to readers. The types below are the contract for code;
`uppsikt.typeset.check.validate` holds a payload against it.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

SCHEMA = "uppsikt.report/1"

Shape = Literal[
    "circle-0", "circle-1", "circle-2", "circle-3", "circle-4",
    "square-full", "square-empty", "triangle-right", "triangle-half",
    "dash", "cross", "check", "diamond", "dot",
]  # fmt: skip
Colour = Literal["good", "fair", "warn", "bad", "neutral", "accent"]
Align = Literal["start", "end", "center"]
RowKind = Literal["row", "section", "subtotal", "total"]


# --- structured text -------------------------------------------------------------------------------------


class TextInline(TypedDict):
    """A run of text; `marks` may hold "bold" and "italic"."""

    type: Literal["text"]
    text: str
    marks: NotRequired[list[str]]


class LinkInline(TypedDict):
    """A link. Schemes allowed: https, http, mailto; or a path in the installation, beginning with "/"."""

    type: Literal["link"]
    href: str
    text: str


class FootnoteInline(TypedDict):
    """A footnote, numbered through the whole report in reading order."""

    type: Literal["footnote"]
    children: list[Inline]


class BreakInline(TypedDict):
    """A line break inside a paragraph."""

    type: Literal["break"]


class FigureInline(TypedDict):
    """A live figure as it stood when the payload was composed; `origin` points into `origins`."""

    type: Literal["figure"]
    key: str
    text: str
    origin: NotRequired[str | None]


Inline = TextInline | LinkInline | FootnoteInline | BreakInline | FigureInline


class ParagraphNode(TypedDict):
    type: Literal["paragraph"]
    children: list[Inline]


class HeadingNode(TypedDict):
    type: Literal["heading"]
    level: int
    children: list[Inline]


class ListNode(TypedDict):
    type: Literal["bullet_list", "ordered_list"]
    items: list[list[Node]]


class TableNode(TypedDict):
    """A table written by hand in a text. `number` is set by `prepare`."""

    type: Literal["table"]
    header: list[list[Inline]]
    rows: list[list[list[Inline]]]
    caption: NotRequired[str]
    number: NotRequired[int | None]
    widths: NotRequired[list[float]]


class ImageNode(TypedDict):
    """A picture. `data` is base64 and None when the file could not be had. `number` is set by `prepare`."""

    type: Literal["image"]
    file: str
    alt: str
    caption: NotRequired[str]
    data: NotRequired[str | None]
    mime: NotRequired[str]
    number: NotRequired[int | None]


class QuoteNode(TypedDict):
    type: Literal["quote"]
    children: list[Node]


Node = ParagraphNode | HeadingNode | ListNode | TableNode | ImageNode | QuoteNode


# --- blocks ----------------------------------------------------------------------------------------------


class Symbol(TypedDict):
    shape: Shape
    colour: Colour


class Cell(TypedDict):
    """One printed cell.

    `text` is what is printed; `value` the canonical decimal behind it ("74.5", trailing zeros kept), None
    where the cell is words. `lines` replaces `text` when the cell holds several paragraphs. `note` is the
    mark of a table note: "1" points to the first of the table's `notes`. `quiet` are the places of those
    `lines` that stand in the background.
    """

    text: str
    value: NotRequired[str | None]
    symbol: NotRequired[Symbol | None]
    origin: NotRequired[str | None]
    note: NotRequired[str | None]
    lines: NotRequired[list[str] | None]
    rowspan: NotRequired[int]
    strong: NotRequired[bool]
    quiet: NotRequired[list[int]]


class Column(TypedDict):
    """`weight` is the share of the spare width; "auto" or absent lets the contents decide."""

    key: str
    title: str
    align: NotRequired[Align]
    weight: NotRequired[float | int | Literal["auto"]]


class Row(TypedDict):
    """A section row has one cell over all columns. A cell covered by a rowspan from above is None."""

    kind: NotRequired[RowKind]
    cells: list[Cell | None]


class TableBlock(TypedDict):
    kind: Literal["table"]
    key: str
    caption: str
    columns: list[Column]
    rows: list[Row]
    row_header: NotRequired[bool]
    notes: NotRequired[list[str]]
    source: NotRequired[str | None]
    empty: NotRequired[str | None]
    number: NotRequired[int | None]
    widths: NotRequired[list[float]]


SeriesRole = Literal["outcome", "budget", "forecast", "last_year"]


class Series(TypedDict):
    """Canonical decimals, one per x; None where there is no value (the line is broken there).

    `role` says what a series of a "year" or "bullet" chart is.
    """

    name: str
    values: list[str | None]
    role: NotRequired[SeriesRole | None]


class ChartTarget(TypedDict):
    label: str
    value: str


ChartKind = Literal["line", "bar", "year", "waterfall", "bullet", "grouped"]


class ChartBlock(TypedDict):
    """`decimals` is how the figures of a year, waterfall, bullet or grouped chart are printed; None as written.

    `note`, what the scale leaves out, is set by `prepare`.
    """

    kind: Literal["chart"]
    key: str
    caption: str
    alt: str
    type: ChartKind
    unit: str
    x: list[str]
    series: list[Series]
    target: NotRequired[ChartTarget | None]
    table: NotRequired[TableBlock | None]
    source: NotRequired[str | None]
    number: NotRequired[int | None]
    print_table: NotRequired[bool]
    decimals: NotRequired[int | None]
    note: NotRequired[str | None]


HeadingStyle = Literal["band", "context", "lead"]
"""What a heading is to the reader, whatever its level: a group, what the next one belongs to, or the thing itself."""


class HeadingBlock(TypedDict):
    kind: Literal["heading"]
    level: int
    text: str
    eyebrow: NotRequired[str | None]
    style: NotRequired[HeadingStyle | None]
    anchor: NotRequired[str]
    listed: NotRequired[bool]


class TextBlock(TypedDict):
    kind: Literal["text"]
    key: str
    content: list[Node]


class FulfilmentBlock(TypedDict):
    kind: Literal["fulfilment"]
    symbol: Shape
    colour: Colour
    label: str
    long: str
    proposal: NotRequired[str | None]


class Part(TypedDict):
    label: str
    text: str


class Status(TypedDict):
    symbol: Shape
    colour: Colour
    label: str


class CommitmentBlock(TypedDict):
    """An assignment told in full. Line breaks in its texts begin new paragraphs.

    `labels` holds the municipality's own words for the headings ("text", "status", "comment").
    """

    kind: Literal["commitment"]
    key: str
    title: str
    badges: NotRequired[list[str]]
    background: NotRequired[str | None]
    text: str
    parts: NotRequired[list[Part]]
    status: NotRequired[Status | None]
    comment: NotRequired[str | None]
    facts: NotRequired[list[Part]]
    labels: NotRequired[dict[str, str]]
    level: NotRequired[int]


class KeyFigure(TypedDict):
    label: str
    text: str
    origin: NotRequired[str | None]
    note: NotRequired[str | None]


class KeyFiguresBlock(TypedDict):
    kind: Literal["key_figures"]
    items: list[KeyFigure]


class NoteBlock(TypedDict):
    kind: Literal["note"]
    tone: Literal["info", "warn"]
    text: str


class PageBreakBlock(TypedDict):
    kind: Literal["page_break"]


Block = (
    HeadingBlock
    | TextBlock
    | TableBlock
    | ChartBlock
    | FulfilmentBlock
    | CommitmentBlock
    | KeyFiguresBlock
    | NoteBlock
    | PageBreakBlock
)


# --- the document ----------------------------------------------------------------------------------------


class Chapter(TypedDict):
    """Chapters stand flat, in reading order; `level` 1-3 says how they nest. `anchor` is set by `prepare`."""

    key: str
    title: str
    level: int
    number: NotRequired[str | None]
    blocks: list[Block]
    anchor: NotRequired[str]


class Named(TypedDict):
    key: str
    name: str


class Logo(TypedDict):
    mime: str
    data: str
    alt: str


class Municipality(TypedDict):
    key: str
    name: str
    accent: NotRequired[str | None]
    logo: NotRequired[Logo | None]


class Round(TypedDict):
    key: str
    name: str
    cutoff: NotRequired[str | None]


class Adopted(TypedDict):
    """`at` and `by` are the freezing. `decision` is the decision in print; in its parts where they are known.

    `fingerprint` is None inside a payload (a hash cannot contain itself): hand it to the renderers.
    """

    at: str
    by: str
    decision: NotRequired[str | None]
    decision_case: NotRequired[str | None]
    decision_body: NotRequired[str | None]
    decision_date: NotRequired[str | None]
    decision_section: NotRequired[str | None]
    fingerprint: NotRequired[str | None]


class Document(TypedDict):
    title: str
    subtitle: NotRequired[str | None]
    kind: Literal["report", "plan"]
    body: Named
    municipality: Municipality
    year: int
    round: NotRequired[Round | None]
    date: str
    state: Literal["draft", "adopted"]
    state_text: str
    adopted: NotRequired[Adopted | None]


class Origin(TypedDict):
    """Where one printed figure comes from."""

    label: str
    value: str
    source: NotRequired[str | None]
    formula: NotRequired[str | None]
    by: NotRequired[str | None]
    at: NotRequired[str | None]
    href: NotRequired[str | None]


class Payload(TypedDict):
    schema: str
    language: Literal["sv"]
    document: Document
    chapters: list[Chapter]
    origins: NotRequired[dict[str, Origin]]
    xlsx_name: NotRequired[str | None]


class PayloadError(ValueError):
    """The payload is not a report payload; `problems` lists all that is wrong, with the place of each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems[:5]))
        self.problems = problems
