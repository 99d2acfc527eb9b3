"""The report's blocks and structured text as HTML: every text escaped, every address checked before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, assert_never

from uppsikt.typeset import charts as drawing
from uppsikt.typeset import pictures, symbols
from uppsikt.typeset.payload import (
    Block,
    Cell,
    ChartBlock,
    CommitmentBlock,
    FulfilmentBlock,
    HeadingBlock,
    Inline,
    KeyFiguresBlock,
    Node,
    Origin,
    TableBlock,
)
from uppsikt.typeset.prepare import caption, note_marks, paragraphs
from uppsikt.typeset.printing import COMMITMENT_WORDS

_WIDE = 4
"""Columns from which a table scrolls sideways on a phone instead of being squeezed."""


@dataclass
class Page:
    """What the blocks need from the page, and what they leave behind for it."""

    origins: Mapping[str, Origin]
    charts: Mapping[str, str]
    app_links: bool = False
    used_origins: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    note_count: int = 0


def element(name: str, attributes: Mapping[str, str | int | None], inside: str | None = None) -> str:
    """One element. `inside` is markup that is already safe; attribute values are escaped here."""
    written = "".join(
        f' {key}="{escape(str(value))}"' for key, value in attributes.items() if value is not None
    )
    return f"<{name}{written}>" if inside is None else f"<{name}{written}>{inside}</{name}>"


def symbol(shape: str, colour: str) -> str:
    return (
        f'<svg class="symbol {escape(colour)}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        f"{symbols.drawing(shape, 'currentColor')}</svg>"
    )


def figure(text: str, origin: str | None, page: Page) -> str:
    """A figure, linked to where it comes from when that is known."""
    shown = escape(text)
    if not origin or origin not in page.origins:
        return shown
    facts = page.origins[origin]
    title = " · ".join(filter(None, (facts["label"], facts.get("source") or facts.get("formula"))))
    if page.app_links:
        href = facts.get("href")
        if not href:
            return element("span", {"class": "figure", "data-origin": origin, "title": title}, shown)
        return element("a", {"class": "figure", "data-origin": origin, "href": href, "title": title}, shown)
    first = origin not in page.used_origins
    number = page.used_origins.setdefault(origin, len(page.used_origins) + 1)
    place = f"siffra-{number}" if first else None
    return element(
        "a", {"class": "figure", "id": place, "href": f"#ursprung-{number}", "title": title}, shown
    )


def block_html(block: Block, page: Page) -> str:
    """One block."""
    match block["kind"]:
        case "heading":
            return _heading(block)
        case "text":
            return f'<div class="text">{nodes_html(block["content"], page)}</div>'
        case "table":
            return table_html(block, page)
        case "chart":
            return _chart(block, page)
        case "fulfilment":
            return _fulfilment(block)
        case "commitment":
            return _commitment(block)
        case "key_figures":
            return _key_figures(block, page)
        case "note":
            inside = "".join(f"<p>{escape(line)}</p>" for line in paragraphs(block["text"]))
            return f'<aside class="note {block["tone"]}">{inside}</aside>'
        case "page_break":
            return '<div class="page-break"></div>'
        case other:
            assert_never(other)


def _heading(block: HeadingBlock) -> str:
    level = min(block["level"] + 1, 6)
    eyebrow = block.get("eyebrow")
    above = f'<p class="eyebrow">{escape(eyebrow)}</p>' if eyebrow else ""
    made = f'{above}<h{level} id="{block.get("anchor", "")}">{escape(block["text"])}</h{level}>'
    style = block.get("style")
    return f'<div class="rank {escape(style)}">{made}</div>' if style else made


# --- structured text -----------------------------------------------------------------------------------


def inlines_html(children: Sequence[Inline], page: Page) -> str:
    return "".join(_inline(child, page) for child in children)


def _inline(child: Inline, page: Page) -> str:
    match child["type"]:
        case "text":
            text = escape(child["text"])
            marks = child.get("marks", [])
            if "italic" in marks:
                text = f"<em>{text}</em>"
            return f"<strong>{text}</strong>" if "bold" in marks else text
        case "link":
            return element("a", {"href": child["href"]}, escape(child["text"]))
        case "footnote":
            return _footnote(child["children"], page)
        case "break":
            return "<br>"
        case "figure":
            return figure(child["text"], child.get("origin"), page)
        case other:
            assert_never(other)


def _footnote(children: Sequence[Inline], page: Page) -> str:
    page.note_count += 1
    number = page.note_count
    page.notes.append("")
    slot = len(page.notes) - 1
    inside = inlines_html(children, page)
    page.notes[slot] = (
        f'<li id="fotnot-{number}" value="{number}">{inside} '
        f'<a href="#fotnotsmark-{number}" aria-label="Tillbaka till texten">↑</a></li>'
    )
    return (
        f'<sup><a class="footnote" id="fotnotsmark-{number}" href="#fotnot-{number}" '
        f'aria-label="Fotnot {number}">{number}</a></sup>'
    )


def footnotes_html(page: Page) -> str:
    """The footnotes since last asked for, numbered on through the report."""
    if not page.notes:
        return ""
    inside = "".join(page.notes)
    page.notes.clear()
    return f'<aside class="footnotes" aria-label="Fotnoter"><ol>{inside}</ol></aside>'


def count_footnotes(tree: Any) -> int:
    """How many footnotes a chapter holds, for numbering past chapters that are not shown."""
    if isinstance(tree, Mapping):
        return (tree.get("type") == "footnote") + sum(count_footnotes(child) for child in tree.values())
    return sum(map(count_footnotes, tree)) if isinstance(tree, list) else 0


def nodes_html(nodes: Sequence[Node], page: Page) -> str:
    return "".join(_node(node, page) for node in nodes)


def _node(node: Node, page: Page) -> str:
    match node["type"]:
        case "paragraph":
            inside = inlines_html(node["children"], page)
            return f"<p>{inside}</p>" if inside else ""
        case "heading":
            level = min(node["level"] + 1, 6)
            return f"<h{level}>{inlines_html(node['children'], page)}</h{level}>"
        case "bullet_list" | "ordered_list":
            name = "ul" if node["type"] == "bullet_list" else "ol"
            items = "".join(f"<li>{nodes_html(item, page)}</li>" for item in node["items"])
            return f"<{name}>{items}</{name}>"
        case "quote":
            return f"<blockquote>{nodes_html(node['children'], page)}</blockquote>"
        case "table":
            head = "".join(f'<th scope="col">{inlines_html(c, page)}</th>' for c in node["header"])
            body = "".join(
                f"<tr>{''.join(f'<td>{inlines_html(c, page)}</td>' for c in row)}</tr>"
                for row in node["rows"]
            )
            title = caption("Tabell", node.get("number"), node.get("caption") or "")
            return _table_frame(
                title, f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>", node.get("number"), ""
            )
        case "image":
            return _image(node)
        case other:
            assert_never(other)


def _image(node: Mapping[str, Any]) -> str:
    title = caption("Figur", node.get("number"), node.get("caption") or "")
    picture = pictures.read(node.get("data"))
    if picture is None:
        inside = f'<p class="missing">Bild saknas: {escape(node["alt"])}</p>'
    else:
        inside = element(
            "img", {"src": picture.address(), "alt": node["alt"], "width": picture.width or None}
        )
    above = f"<figcaption>{escape(title)}</figcaption>" if title else ""
    return f'<figure class="picture">{above}{inside}</figure>'


# --- tables and charts ---------------------------------------------------------------------------------


def table_html(block: TableBlock, page: Page) -> str:
    title = caption("Tabell", block.get("number"), block["caption"])
    if not block["rows"]:
        above = f'<p class="caption">{escape(title)}</p>' if title else ""
        return f'<div class="table empty">{above}<p>{escape(block.get("empty") or "Inget att redovisa.")}</p></div>'
    head = "".join(
        element("th", {"scope": "col", "class": _head_class(i, c.get("align", "start"))}, escape(c["title"]))
        for i, c in enumerate(block["columns"])
    )
    foot = "".join(
        f"<p>{f'<sup>{mark}</sup> ' if mark else ''}{escape(note)}</p>" for mark, note in note_marks(block)
    )
    if block.get("source"):
        foot += f"<p>{escape(block.get('source') or '')}</p>"
    below = f'<div class="table-notes">{foot}</div>' if foot else ""
    inside = f"<thead><tr>{head}</tr></thead>{_bodies(block, page)}"
    return _table_frame(title, inside, block.get("number"), below, wide=len(block["columns"]) >= _WIDE)


def _head_class(index: int, align: str) -> str | None:
    return " ".join((["first"] if index == 0 else []) + ([align] if align != "start" else [])) or None


def _table_frame(title: str, inside: str, number: int | None, below: str, *, wide: bool = False) -> str:
    name = f"tabell-{number}"
    region: dict[str, str | int | None] = {"class": "scroll", "tabindex": 0, "role": "region"}
    region |= {"aria-labelledby": name} if title else {"aria-label": "Tabell"}
    above = f'<caption id="{name}">{escape(title)}</caption>' if title else ""
    table = element("table", {"class": "wide" if wide else None}, above + inside)
    return f'<div class="table">{element("div", region, table)}{below}</div>'


def _bodies(block: TableBlock, page: Page) -> str:
    columns = block["columns"]
    parts = ["<tbody>"]
    for row in block["rows"]:
        kind = row.get("kind", "row")
        if kind == "section":
            cell = row["cells"][0]
            inside = _cell_inside(cell, page) if cell else ""
            parts.append(
                f'</tbody><tbody><tr class="section"><th scope="rowgroup" colspan="{len(columns)}">{inside}</th></tr>'
            )
            continue
        cells = []
        for index, cell in enumerate(row["cells"]):
            if cell is None:
                continue
            header = index == 0 and block.get("row_header", True)
            attributes: dict[str, str | int | None] = {"scope": "row"} if header else {}
            align = columns[index].get("align", "start")
            classes: list[str] = [align] if align != "start" else []
            if index == 0:
                classes.append("first")
            if cell.get("strong"):
                classes.append("strong")
            attributes["class"] = " ".join(classes) or None
            span = cell.get("rowspan", 1)
            attributes["rowspan"] = span if span > 1 else None
            cells.append(element("th" if header else "td", attributes, _cell_inside(cell, page)))
        css = f' class="{kind}"' if kind != "row" else ""
        parts.append(f"<tr{css}>{''.join(cells)}</tr>")
    parts.append("</tbody>")
    return "".join(parts).replace("<tbody></tbody>", "")


def _cell_inside(cell: Cell, page: Page) -> str:
    lines = cell.get("lines")
    if lines:
        quiet = cell.get("quiet") or []
        inside = "".join(
            element("p", {"class": "quiet" if place in quiet else None}, escape(line))
            for place, line in enumerate(lines)
        )
    else:
        inside = figure(cell["text"], cell.get("origin"), page)
    if cell.get("note"):
        inside += f"<sup>{escape(cell.get('note') or '')}</sup>"
    mark = cell.get("symbol")
    if mark:
        return f'<span class="marked">{symbol(mark["shape"], mark["colour"])}<span>{inside}</span></span>'
    return inside


def _chart(block: ChartBlock, page: Page) -> str:
    title = caption("Figur", block.get("number"), block["caption"])
    above = f"<figcaption>{escape(title)}</figcaption>" if title else ""
    svg = drawing.screen_svg(page.charts[block["key"]], alt=block["alt"])
    table = block.get("table")
    data = ""
    if table:
        unnumbered: TableBlock = {**table, "caption": "", "number": None}
        opened = " open" if block.get("print_table") else ""
        data = f"<details{opened}><summary>Visa som tabell</summary>{table_html(unnumbered, page)}</details>"
    said = [line for line in (block.get("note"), block.get("source")) if line]
    source = "".join(f'<p class="table-notes">{escape(line)}</p>' for line in said)
    label = escape(title or block["alt"])
    return (
        f'<figure class="chart">{above}<div class="scroll" role="region" tabindex="0" aria-label="{label}">{svg}</div>'
        f"{source}{data}</figure>"
    )


# --- what is said about a goal and an assignment -------------------------------------------------------


def _fulfilment(block: FulfilmentBlock) -> str:
    proposal = block.get("proposal")
    below = f'<p class="proposal">{escape(proposal)}</p>' if proposal else ""
    return (
        f'<div class="fulfilment"><p class="marked">{symbol(block["symbol"], block["colour"])}'
        f"<strong>{escape(block['long'] or block['label'])}</strong></p>{below}</div>"
    )


def _commitment(block: CommitmentBlock) -> str:
    words = {**COMMITMENT_WORDS, **block.get("labels", {})}
    rows: list[tuple[str, str]] = []
    status = block.get("status")
    if status:
        inside = f'<span class="marked">{symbol(status["symbol"], status["colour"])}<strong>{escape(status["label"])}</strong></span>'
        rows.append((words["status"], inside))
    if paragraphs(block.get("background")):
        rows.append((words["background"], _paragraphs(block.get("background"))))
    parts = "".join(
        f'<li><span class="letter">{escape(part["label"])})</span> {escape(part["text"])}</li>'
        for part in block.get("parts", [])
    )
    text = _paragraphs(block["text"]) + (f'<ul class="parts">{parts}</ul>' if parts else "")
    if text:
        rows.append((words["text"], text))
    if paragraphs(block.get("comment")):
        rows.append((words["comment"], _paragraphs(block.get("comment"))))
    rows += [(fact["label"], escape(fact["text"])) for fact in block.get("facts", [])]
    badges = block.get("badges", [])
    below = f'<p class="badges">{escape(" ".join(badges))}</p>' if badges else ""
    level = min(block.get("level", 3) + 1, 6)
    body = "".join(f"<div><dt>{escape(a)}</dt><dd>{b}</dd></div>" for a, b in rows)
    return f'<section class="commitment"><h{level}>{escape(block["title"])}</h{level}>{below}<dl>{body}</dl></section>'


def _paragraphs(text: str | None) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in paragraphs(text))


def _key_figures(block: KeyFiguresBlock, page: Page) -> str:
    items = []
    for item in block["items"]:
        note = f'<span class="small">{escape(item.get("note") or "")}</span>' if item.get("note") else ""
        items.append(
            f"<div><dt>{escape(item['label'])}{note}</dt>"
            f"<dd>{figure(item['text'], item.get('origin'), page)}</dd></div>"
        )
    return f'<dl class="key-figures">{"".join(items)}</dl>'
