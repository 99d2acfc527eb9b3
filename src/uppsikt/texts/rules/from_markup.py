"""Structured text from HTML: what the editor sends, and what is pasted into it.

First `nh3` throws out everything that is not writing; the rest is read into nodes, and only nodes
are kept. No HTML is ever stored, so nothing that was sent in can come out again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import nh3

from uppsikt.kernel.problems import Problem, Where
from uppsikt.texts.rules.nodes import DIGEST, normalise, one_line, safe_href
from uppsikt.typeset.payload import Node

_HEADINGS = {"h1": 3, "h2": 3, "h3": 3, "h4": 4, "h5": 4, "h6": 4}
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "header", "footer", "main", "aside", "pre", "hr", "dl", "dt", "dd"}
    | {"figure", "address", "details", "summary", *_HEADINGS}
)
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"i", "em", "cite", "dfn"})
_TAGS = (
    _BLOCKS
    | _BOLD
    | _ITALIC
    | {"ul", "ol", "li", "blockquote", "br", "a", "span", "sup", "img", "figcaption"}
    | {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
)
_THROWN_AWAY = {"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math", "head"}
_ATTRIBUTES = {
    "a": {"href"},
    "p": {"class"},
    "b": {"style"},
    "span": {"style", "data-note", "data-figure"},
    "img": {"data-file", "alt", "data-caption"},
    "table": {"data-caption"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_VOID = frozenset({"br", "img", "hr"})
_WORD_LIST = re.compile(r"(?i)\bMsoList")
_WORD_BULLET = re.compile(r"[·•▪●◦§o\-–\uf0b7\uf0a7][\s\u00a0]+")
_WORD_NUMBER = re.compile(r"(?:\d{1,3}|[a-z])[.)][\s\u00a0]+")
_LIGHT = re.compile(r"(?i)font-weight\s*:\s*(?:normal|[1-4]00)\b")
_HEAVY = re.compile(r"(?i)font-weight\s*:\s*(?:bold|[6-9]00)\b")
_SLANTED = re.compile(r"(?i)font-style\s*:\s*(?:italic|oblique)\b")
_MAX_SPAN = 30
MAX_HTML = 4_000_000  # characters; more than the request limit lets through


def from_html(html: str) -> tuple[list[Node], list[Problem]]:
    """The structured text of some HTML, and what could not be kept of it (pictures from elsewhere, odd links).

    A problem here is a notice: the text can be saved without what was left out.
    """
    cleaned = nh3.clean(
        html[:MAX_HTML].replace("\0", ""),
        tags=set(_TAGS),
        clean_content_tags=set(_THROWN_AWAY),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )
    reader = _Reader()
    reader.feed(cleaned)
    reader.close()
    return normalise(reader.finished()), reader.problems()


@dataclass
class _Frame:
    """One open container: the text itself, a list, its item, a quote, a table, its cell or a caption."""

    kind: str
    nodes: list[dict[str, Any]] = field(default_factory=list)
    items: list[list[dict[str, Any]]] = field(default_factory=list)
    rows: list[list[_Cell]] = field(default_factory=list)
    caption: str = ""
    span: tuple[int, int] = (1, 1)


@dataclass
class _Cell:
    children: list[dict[str, Any]]
    columns: int
    rows: int


class _Reader(HTMLParser):
    """Reads cleaned HTML (well formed, known tags only) into raw nodes. Iterative: depth costs no stack."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._frames = [_Frame("text")]
        self._inlines: list[dict[str, Any]] = []
        self._level = 0
        self._word = False
        self._marks: list[tuple[str, tuple[str, ...] | None]] = []
        self._href = ""
        self._note: list[dict[str, Any]] | None = None
        self._note_depth = 0
        self._silent_depth = 0
        self._spans: list[str] = []
        self._lost_pictures = 0
        self._lost_links = 0

    # --- what the parser calls

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS:
            self._flush()
            self._level = _HEADINGS.get(tag, 0)
            self._word = tag == "p" and bool(_WORD_LIST.search(given.get("class", "")))
        elif tag in ("ul", "ol", "blockquote", "figcaption", "caption"):
            self._flush()
            kinds = {"ul": "bullet_list", "ol": "ordered_list", "blockquote": "quote"}
            self._frames.append(_Frame(kinds.get(tag, "caption")))
        elif tag == "li":
            self._flush()
            self._frames.append(_Frame("item"))
        elif tag in ("table", "tr", "td", "th"):
            self._open_table_part(tag, given)
        elif tag == "br":
            self._inlines.append({"type": "break"})
        elif tag == "img":
            self._picture(given)
        elif tag == "a":
            self._href = safe_href(given.get("href"))
            self._lost_links += bool(given.get("href")) and not self._href
        elif tag in _BOLD | _ITALIC or tag in ("span", "sup"):
            self._open_run(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._flush()
            self._level = 0
        elif tag in ("ul", "ol", "blockquote", "figcaption", "caption", "li", "td", "th", "table"):
            self._flush()
            self._close(tag)
        elif tag == "a":
            self._href = ""
        elif tag in _BOLD | _ITALIC and self._marks:
            self._marks.pop()
        elif tag in ("span", "sup") and self._spans:
            self._close_span()

    def handle_data(self, data: str) -> None:
        if self._silent_depth:
            return
        if self._href:
            last = self._inlines[-1] if self._inlines else None
            if last is not None and last["type"] == "link" and last["href"] == self._href:
                last["text"] += data
            else:
                self._inlines.append({"type": "link", "href": self._href, "text": data})
            return
        weight = next(
            (held for kind, held in reversed(self._marks) if kind == "bold" and held is not None), ()
        )
        slant = next(
            (held for kind, held in reversed(self._marks) if kind == "italic" and held is not None), ()
        )
        self._inlines.append({"type": "text", "text": data, "marks": [*weight, *slant]})

    # --- runs

    def _open_run(self, tag: str, given: dict[str, str]) -> None:
        style = given.get("style", "")
        if tag in _BOLD:
            self._marks.append(("bold", () if _LIGHT.search(style) else ("bold",)))
        elif tag in _ITALIC:
            self._marks.append(("italic", ("italic",)))
        elif "data-figure" in given and not self._silent_depth:
            self._inlines.append({"type": "figure", "key": given["data-figure"]})
            self._silent_depth = len(self._spans) + 1
            self._spans.append("figure")
        elif "data-note" in given and self._note is None:
            self._note, self._inlines = self._inlines, []
            self._note_depth = len(self._frames)
            self._spans.append("note")
        else:
            bold = () if _LIGHT.search(style) else ("bold",) if _HEAVY.search(style) else None
            italic = ("italic",) if _SLANTED.search(style) else None
            self._marks += [("bold", bold), ("italic", italic)]
            self._spans.append("style")

    def _close_span(self) -> None:
        match self._spans.pop():
            case "note":
                self._end_note()
            case "figure":
                self._silent_depth = 0
            case _:
                del self._marks[-2:]

    def _end_note(self) -> None:
        if self._note is not None:
            children, self._inlines, self._note = self._inlines, self._note, None
            self._inlines.append({"type": "footnote", "children": children})

    # --- blocks

    def _flush(self) -> None:
        """End the running text: it becomes a paragraph (or heading) of the innermost container."""
        if self._note is not None:
            if len(self._frames) == self._note_depth:
                self._inlines.append({"type": "break"})
                return
            self._end_note()
        children, self._inlines = self._inlines, []
        if not any(child["type"] != "text" or child["text"].strip() for child in children):
            return
        if self._level:
            self._add({"type": "heading", "level": self._level, "children": children})
        elif self._word and (item := _word_item(children)):
            kind, children = item
            self._add_word_item(kind, {"type": "paragraph", "children": children})
        else:
            self._add({"type": "paragraph", "children": children})

    def _add(self, node: dict[str, Any]) -> None:
        frame = self._frames[-1]
        if frame.kind in ("bullet_list", "ordered_list"):
            # Straight in the list, as some programs nest theirs: it belongs to the item before.
            if node["type"] in ("bullet_list", "ordered_list") and frame.items:
                frame.items[-1].append(node)
            else:
                frame.items.append([node])
        else:
            frame.nodes.append(node)

    def _add_word_item(self, kind: str, node: dict[str, Any]) -> None:
        frame = self._frames[-1]
        last = frame.nodes[-1] if frame.nodes else None
        if last is not None and last["type"] == kind and last.get("word"):
            last["items"].append([node])
        else:
            self._add({"type": kind, "items": [[node]], "word": True})

    def _close(self, tag: str) -> None:
        wanted = {
            "ul": "bullet_list", "ol": "ordered_list", "blockquote": "quote", "li": "item",
            "td": "cell", "th": "cell", "table": "table",
        }.get(tag, "caption")  # fmt: skip
        if len(self._frames) == 1 or self._frames[-1].kind != wanted:
            return
        frame = self._frames.pop()
        match frame.kind:
            case "bullet_list" | "ordered_list":
                self._add({"type": frame.kind, "items": frame.items})
            case "item":
                self._close_item(frame)
            case "quote":
                self._add({"type": "quote", "children": frame.nodes})
            case "cell":
                self._close_cell(frame)
            case "table":
                header, *rows = _grid(frame.rows) or [[]]
                self._add({"type": "table", "header": header, "rows": rows, "caption": frame.caption})
            case _:
                self._close_caption(frame)

    def _close_item(self, frame: _Frame) -> None:
        parent = self._frames[-1]
        if parent.kind in ("bullet_list", "ordered_list"):
            parent.items.append(frame.nodes)
        else:
            parent.nodes += frame.nodes

    def _close_caption(self, frame: _Frame) -> None:
        text = one_line(" ".join(_words(child) for child in _flat(frame.nodes)))
        parent = self._frames[-1]
        if parent.kind == "table":
            parent.caption = text
        elif parent.nodes and parent.nodes[-1]["type"] == "image":
            parent.nodes[-1]["caption"] = text
        else:
            parent.nodes += frame.nodes

    def _picture(self, given: dict[str, str]) -> None:
        if not DIGEST.match(given.get("data-file", "")):
            self._lost_pictures += 1
            return
        self._flush()
        self._add(
            {
                "type": "image",
                "file": given["data-file"],
                "alt": given.get("alt", ""),
                "caption": given.get("data-caption", ""),
            }
        )

    # --- tables

    def _open_table_part(self, tag: str, given: dict[str, str]) -> None:
        self._flush()
        inside = self._frames[-1].kind
        if tag == "table":
            self._frames.append(_Frame("table", caption=given.get("data-caption", "")))
        elif tag == "tr" and inside == "table":
            self._frames[-1].rows.append([])
        elif tag in ("td", "th") and inside == "table":
            if not self._frames[-1].rows:
                self._frames[-1].rows.append([])
            span = (_span(given.get("colspan", "")), _span(given.get("rowspan", "")))
            self._frames.append(_Frame("cell", span=span))

    def _close_cell(self, frame: _Frame) -> None:
        if self._frames[-1].kind == "table":
            self._lost_pictures += sum(node["type"] == "image" for node in frame.nodes)
            cell = _Cell(list(_flat(frame.nodes)), *frame.span)
            self._frames[-1].rows[-1].append(cell)

    # --- the end

    def finished(self) -> list[dict[str, Any]]:
        self._flush()
        closing = {
            "bullet_list": "ul",
            "ordered_list": "ol",
            "quote": "blockquote",
            "item": "li",
            "cell": "td",
        }
        while len(self._frames) > 1:
            kind = self._frames[-1].kind
            self._close(closing.get(kind, kind))
        return self._frames[0].nodes

    def problems(self) -> list[Problem]:
        found = []
        if self._lost_pictures:
            found.append(
                Problem(
                    "picture",
                    Where(field="content"),
                    f"{self._lost_pictures} bild(er) följde inte med.",
                    "Lägg in dem med knappen Bild.",
                )
            )
        if self._lost_links:
            found.append(
                Problem(
                    "link",
                    Where(field="content"),
                    f"{self._lost_links} länk(ar) leder inte till webben eller en e-postadress och togs bort.",
                )
            )
        return found


def _span(text: str) -> int:
    return min(_MAX_SPAN, max(1, int(text))) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _grid(rows: list[list[_Cell]]) -> list[list[list[dict[str, Any]]]]:
    """The table's cells in their columns: a cell that spans several stands in the first, the rest are empty."""
    grid: list[list[list[dict[str, Any]]]] = []
    covered: dict[int, int] = {}
    for row in rows:
        line: list[list[dict[str, Any]]] = []

        def skip(line: list[list[dict[str, Any]]] = line) -> None:
            while covered.get(len(line), 0) > 0:
                covered[len(line)] -= 1
                line.append([])

        for cell in row:
            skip()
            for offset in range(cell.columns):
                if cell.rows > 1:
                    covered[len(line)] = cell.rows - 1
                line.append(cell.children if not offset else [])
        skip()
        grid.append(line)
    return grid


def _flat(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The running text of some blocks, a line each: what fits in a table's cell."""
    lines: list[list[dict[str, Any]]] = []
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        match node["type"]:
            case "paragraph" | "heading":
                lines.append(node["children"])
            case "bullet_list" | "ordered_list":
                waiting += reversed([child for item in node["items"] for child in item])
            case "quote":
                waiting += reversed(node["children"])
            case "table":
                lines += [cell for row in [node["header"], *node["rows"]] for cell in row]
            case _:
                continue
    return [piece for index, line in enumerate(lines) for piece in ([{"type": "break"}] * bool(index) + line)]


def _words(inline: dict[str, Any]) -> str:
    return inline.get("text", "") if inline["type"] in ("text", "link") else " "


def _word_item(children: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]] | None:
    """A paragraph that a word processor means as a list item: its list and its text without the bullet."""
    first, *rest = children
    together = list(children)
    if (
        first["type"] == "text"
        and rest
        and rest[0]["type"] == "text"
        and not first["text"].strip("\n ").endswith(" ")
    ):
        together = [{**first, "text": first["text"] + rest[0]["text"], "marks": rest[0]["marks"]}, *rest[1:]]
    if together[0]["type"] != "text":
        return None
    text = together[0]["text"].lstrip()
    for pattern, kind in ((_WORD_BULLET, "bullet_list"), (_WORD_NUMBER, "ordered_list")):
        if found := pattern.match(text):
            return kind, [{**together[0], "text": text[found.end() :]}, *together[1:]]
    return None
