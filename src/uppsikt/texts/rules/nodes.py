"""Structured text as data, in its one canonical form.

The node types are those of the report payload (`uppsikt.typeset.payload`), so that a stored text goes into a
report as it is. `normalise` is total: whatever comes in, canonical nodes come out, and what is not text,
list, table, picture, quote or link is gone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from uppsikt.typeset.payload import Inline, Node

MAX_DEPTH = 6  # lists and quotes inside each other; deeper ones are lifted up
MAX_RECURSION = 60
MAX_COLUMNS = 30
MARKS = ("bold", "italic")

DIGEST = re.compile(r"[0-9a-f]{64}\Z")
FIGURE = re.compile(r"\[\[([a-z][a-z0-9_.:-]{0,99})\]\]")
_HREF = re.compile(
    r"(?:https?://[^\W_](?:[\w.-]*[^\W_])?(?::\d{1,5})?(?:[/?#]\S*)?|mailto:[^\s@]+@[^\s@]+)\Z",
    re.IGNORECASE,
)
_UNSAFE_IN_HREF = re.compile(r"[()<>\"'\\`{}|^\[\]]")
_SPACE = re.compile("[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_EDGE = " \u00a0"
_DROPPED = frozenset({"Cc", "Cs"})
_INVISIBLE = frozenset("\ufeff\u200b\u2060\ufffe\uffff") | {
    chr(code) for low, high in ((0x202A, 0x202F), (0x2066, 0x206A)) for code in range(low, high)
}


def normalise(data: object) -> list[Node]:
    """The same text in its canonical form: runs merged, spaces collapsed, empty parts gone.

    `[[key]]` in running text becomes a live figure. Idempotent, and never raises.
    """
    return list(_nodes(data, 0, 0))


def _nodes(data: object, depth: int, level: int) -> Iterator[Node]:
    if isinstance(data, list) and level < MAX_RECURSION:
        for raw in data:
            if isinstance(raw, Mapping):
                yield from _node(raw, depth, level + 1)


def _node(raw: Mapping[str, Any], depth: int, level: int) -> Iterator[Node]:
    match raw.get("type"):
        case "paragraph":
            if children := inlines(raw.get("children")):
                yield {"type": "paragraph", "children": children}
        case "heading":
            if children := inlines(raw.get("children"), breaks=False):
                yield {"type": "heading", "level": heading_level(raw.get("level")), "children": children}
        case "bullet_list" | "ordered_list" as kind:
            given = raw.get("items")
            items = (
                [list(_nodes(item, depth + 1, level)) for item in given] if isinstance(given, list) else []
            )
            items = [item for item in items if item]
            if depth >= MAX_DEPTH:
                for item in items:
                    yield from item
            elif items:
                yield {"type": kind, "items": items}
        case "quote":
            quoted = list(_nodes(raw.get("children"), depth + 1, level))
            if depth >= MAX_DEPTH:
                yield from quoted
            elif quoted:
                yield {"type": "quote", "children": quoted}
        case "table":
            yield from _table(raw)
        case "image":
            digest = raw.get("file")
            if isinstance(digest, str) and DIGEST.match(digest):
                alt, caption = one_line(raw.get("alt")), one_line(raw.get("caption"))
                yield {"type": "image", "file": digest, "alt": alt, "caption": caption}
        case _:
            return


def _table(raw: Mapping[str, Any]) -> Iterator[Node]:
    given = raw.get("rows")
    rows = [_cells(row) for row in given] if isinstance(given, list) else []
    header = _cells(raw.get("header"))
    rows = [row for row in rows if any(row)]
    if not any(header) and not rows:
        return
    width = min(MAX_COLUMNS, max(len(row) for row in [header, *rows]))
    header, *rows = [(row + [[] for _ in range(width)])[:width] for row in [header, *rows]]
    yield {"type": "table", "header": header, "rows": rows, "caption": one_line(raw.get("caption"))}


def _cells(data: object) -> list[list[Inline]]:
    return [inlines(cell) for cell in data] if isinstance(data, list) else []


def heading_level(level: object) -> int:
    """A heading inside a text is of level 3 or 4: the chapters above it own the rest."""
    return 4 if isinstance(level, int) and level >= 4 else 3


def inlines(data: object, *, breaks: bool = True, footnotes: bool = True) -> list[Inline]:
    """Running text in its canonical form: no space at its ends, none doubled, none at a mark's ends."""
    atoms = _merged(_atoms(data, breaks=breaks, footnotes=footnotes, level=0))
    pieces = (piece for atom in atoms for piece in _pieces(atom))
    return _merged(_trimmed(_single_spaced(pieces)))


def _atoms(data: object, *, breaks: bool, footnotes: bool, level: int) -> Iterator[Inline]:
    if not isinstance(data, list) or level > MAX_RECURSION:
        return
    for raw in data:
        if not isinstance(raw, Mapping):
            continue
        match raw.get("type"):
            case "text":
                marks = raw.get("marks")
                held = [mark for mark in MARKS if isinstance(marks, list) and mark in marks]
                yield {"type": "text", "text": clean(raw.get("text")), "marks": held}
            case "link":
                href, text = safe_href(raw.get("href")), clean(raw.get("text"))
                if not href:
                    yield {"type": "text", "text": text, "marks": []}
                    continue
                label = text.strip(" ") or href
                yield {"type": "text", "text": " " * text.startswith(" "), "marks": []}
                yield {"type": "link", "href": href, "text": label}
                yield {"type": "text", "text": " " * text.endswith(" "), "marks": []}
            case "footnote" if footnotes:
                if children := inlines(raw.get("children"), breaks=False, footnotes=False):
                    yield {"type": "footnote", "children": children}
            case "footnote":
                yield from _atoms(raw.get("children"), breaks=breaks, footnotes=False, level=level + 1)
            case "break" if breaks:
                yield {"type": "break"}
            case "break":
                yield {"type": "text", "text": " ", "marks": []}
            case "figure":
                key = raw.get("key")
                if isinstance(key, str) and FIGURE.fullmatch(f"[[{key}]]"):
                    yield {"type": "figure", "key": key, "text": ""}
            case _:
                continue


def _merged(atoms: Iterator[Inline] | list[Inline]) -> list[Inline]:
    """Neighbouring runs with the same marks as one; empty runs gone."""
    merged: list[Inline] = []
    for atom in atoms:
        if atom["type"] == "text":
            if not atom["text"]:
                continue
            last = merged[-1] if merged else None
            if last is not None and last["type"] == "text" and last.get("marks") == atom.get("marks"):
                merged[-1] = {
                    "type": "text",
                    "text": last["text"] + atom["text"],
                    "marks": last.get("marks", []),
                }
                continue
        elif (
            atom["type"] == "link"
            and merged
            and (link := merged[-1])["type"] == "link"
            and link["href"] == atom["href"]
        ):
            merged[-1] = {"type": "link", "href": link["href"], "text": link["text"] + atom["text"]}
            continue
        merged.append(atom)
    return merged


def _pieces(atom: Inline) -> Iterator[Inline]:
    """A run cut where a figure's token stands and, when marked, at the spaces of its ends."""
    if atom["type"] != "text":
        yield atom
        return
    marks = atom.get("marks", [])
    for index, part in enumerate(FIGURE.split(atom["text"])):
        if index % 2:
            yield {"type": "figure", "key": part, "text": ""}
        elif marks:
            yield {"type": "text", "text": " " * part.startswith(" "), "marks": []}
            yield {"type": "text", "text": part.strip(" "), "marks": marks}
            yield {"type": "text", "text": " " * (part.endswith(" ") and bool(part.strip(" "))), "marks": []}
        else:
            yield {"type": "text", "text": part, "marks": []}


def _single_spaced(pieces: Iterator[Inline]) -> Iterator[Inline]:
    at_edge = after_space = True
    for piece in pieces:
        if piece["type"] == "text":
            text = _SPACE.sub(" ", piece["text"])
            if at_edge:
                text = text.lstrip(_EDGE)
            elif after_space:
                text = text.removeprefix(" ")
            if text:
                at_edge, after_space = False, text.endswith(" ")
                yield {"type": "text", "text": text, "marks": piece.get("marks", [])}
        else:
            at_edge = after_space = piece["type"] == "break"
            yield piece


def _trimmed(pieces: Iterator[Inline]) -> list[Inline]:
    """No break first, last or doubled, and no space before a break or at the end."""
    kept: list[Inline] = []
    for piece in pieces:
        if piece["type"] == "break":
            _drop_trailing_space(kept)
            if not kept or kept[-1]["type"] == "break":
                continue
        kept.append(piece)
    _drop_trailing_space(kept)
    if kept and kept[-1]["type"] == "break":
        kept.pop()
    return kept


def _drop_trailing_space(kept: list[Inline]) -> None:
    while kept and (last := kept[-1])["type"] == "text" and last["text"].endswith((" ", "\u00a0")):
        text = last["text"].rstrip(_EDGE)
        if text:
            kept[-1] = {"type": "text", "text": text, "marks": last.get("marks", [])}
        else:
            kept.pop()


def clean(value: object) -> str:
    """Text without control signs and invisible marks, every run of white space as one space."""
    if not isinstance(value, str):
        return ""
    if value.isascii() and value.isprintable() and "  " not in value:
        return value
    text = _SPACE.sub(" ", value)
    text = "".join(c for c in text if c not in _INVISIBLE and unicodedata.category(c) not in _DROPPED)
    return _SPACE.sub(" ", text)


def one_line(value: object) -> str:
    """Cleaned text without spaces at its ends."""
    return clean(value).strip(_EDGE)


def safe_href(value: object) -> str:
    """The address of a link, when it leads to the web or is an e-mail address; otherwise empty."""
    if not isinstance(value, str):
        return ""
    href = _UNSAFE_IN_HREF.sub(
        lambda found: f"%{ord(found[0]):02X}", clean(value).strip(" ").replace(" ", "%20")
    )
    if len(href) > 2000 or not _HREF.match(href):
        return ""
    try:
        urlsplit(href)
    except ValueError:
        return ""
    scheme, rest = href.split(":", 1)
    return f"{scheme.lower()}:{rest}"
