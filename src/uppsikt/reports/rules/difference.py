"""What a report would say otherwise today: two payloads compared place by place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs. `before` None: it has come since; `after` None: it is gone.

    Args: chapter: the chapter's key. place: where in it, in words ("Indikatorer, rad Arbetsplatskvot, 2024").
    """

    chapter: str
    chapter_title: str
    place: str
    before: str | None
    after: str | None


def difference(frozen: Mapping[str, Any], now: Mapping[str, Any]) -> list[Change]:
    """What differs between an adopted payload and one composed now, in reading order.

    Compares what a reader sees: titles, texts, cells and their symbols, statuses. Dates of printing, who recorded a
    figure and numbering are no differences.
    """
    changes: list[Change] = []
    new = {chapter["key"]: chapter for chapter in now["chapters"]}
    old_keys = {chapter["key"] for chapter in frozen["chapters"]}
    for chapter in frozen["chapters"]:
        other = new.get(chapter["key"])
        where = (chapter["key"], chapter["title"])
        if other is None:
            changes.append(Change(*where, "Kapitlet", chapter["title"], None))
            continue
        if other["title"] != chapter["title"]:
            changes.append(Change(*where, "Rubriken", chapter["title"], other["title"]))
        changes += [
            Change(*where, place, before, after)
            for place, before, after in _pieces(_flat(chapter), _flat(other))
        ]
    changes += [
        Change(chapter["key"], chapter["title"], "Kapitlet", None, chapter["title"])
        for chapter in now["chapters"]
        if chapter["key"] not in old_keys
    ]
    return changes


Piece = tuple[tuple[str, ...], str, str]
"""(what identifies the place, the place in words, what stands there)."""


def _flat(chapter: Mapping[str, Any]) -> list[Piece]:
    pieces: list[Piece] = []
    heading = ""
    for block in chapter["blocks"]:
        if block["kind"] == "heading":
            heading = block["text"]
        pieces += _block(block, heading)
    return _numbered(pieces)


def _numbered(pieces: list[Piece]) -> list[Piece]:
    """Places made unique, so that the second paragraph of a text is not taken for the first."""
    seen: dict[tuple[str, ...], int] = {}
    out = []
    for identity, place, text in pieces:
        count = seen[identity] = seen.get(identity, 0) + 1
        out.append(((*identity, str(count)), place, text))
    return out


def _block(block: Mapping[str, Any], heading: str) -> Iterator[Piece]:
    kind = block["kind"]
    under = f" under ”{heading}”" if heading else ""
    if kind == "heading":
        yield ("heading", block["text"]), "Rubriken", block["text"]
    elif kind == "text":
        for paragraph in _paragraphs(block["content"]):
            yield ("text", heading), f"Texten{under}", paragraph
    elif kind == "table":
        yield from _table(block)
    elif kind == "chart":
        for series in block["series"]:
            for x, value in zip(block["x"], series["values"], strict=True):
                place = f"{block['caption']}, {series['name']}, {x}"
                yield ("chart", block["key"], series["name"], x), place, value or "–"
    elif kind == "fulfilment":
        yield ("fulfilment", heading), f"Bedömningen{under}", block["long"]
        if block.get("proposal"):
            yield ("proposal", heading), f"Regelns förslag{under}", block["proposal"]
    elif kind == "commitment":
        yield from _commitment(block)
    elif kind == "key_figures":
        for item in block["items"]:
            yield ("key", item["label"]), item["label"], item["text"]
    elif kind == "note":
        yield ("note", heading), f"Anmärkningen{under}", block["text"]


def _commitment(block: Mapping[str, Any]) -> Iterator[Piece]:
    key, title = block["key"], block["title"]
    status = block.get("status") or {}
    parts = [f"{part['label']}) {part['text']}" for part in block.get("parts") or []]
    facts = [f"{fact['label']}: {fact['text']}" for fact in block.get("facts") or []]
    fields = (
        ("rubriken", title),
        ("texten", "\n".join([block["text"], *parts])),
        ("bakgrunden", block.get("background") or ""),
        ("märkningen", " ".join(block.get("badges") or [])),
        ("status", status.get("label", "")),
        ("kommentaren", block.get("comment") or ""),
        ("uppgifterna", " · ".join(facts)),
    )
    for name, text in fields:
        if text:
            yield ("commitment", key, name), f"{title}: {name}", text


def _table(block: Mapping[str, Any]) -> Iterator[Piece]:
    titles = [column["title"] for column in block["columns"]]
    above: list[str] = [""] * len(titles)
    name, section = block["caption"] or block["key"], ""
    for row in block["rows"]:
        if row.get("kind") == "section":
            section = _cell(row["cells"][0])
            yield ("section", block["key"], section), f"{name}: delrubriken", section
            continue
        cells = [cell and _cell(cell) for cell in row["cells"]]
        above = [shown if shown is not None else above[i] for i, shown in enumerate(cells)]
        identity = _row_name(above, row["cells"])
        for i, shown in enumerate(cells):
            if shown is not None:
                place = f"{name}: {identity}, {titles[i]}" if titles[i] else f"{name}: {identity}"
                yield ("cell", block["key"], section, identity, block["columns"][i]["key"]), place, shown
    for note in block.get("notes") or []:
        yield ("tablenote", block["key"]), f"{name}: noten", note


def _row_name(texts: Sequence[str], cells: Sequence[Mapping[str, Any] | None]) -> str:
    """What a reader calls the row: its first words that are neither a figure nor a status."""
    worded = [
        text
        for text, cell in zip(texts, cells, strict=True)
        if text and not (cell and (cell.get("value") or cell.get("symbol")))
    ]
    name = (worded or [text for text in texts if text] or [""])[0]
    return name if len(name) <= 80 else f"{name[:79]}…"


def _cell(cell: Mapping[str, Any]) -> str:
    return "\n".join(cell.get("lines") or []) or cell["text"]


def _paragraphs(nodes: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for node in nodes:
        kind = node["type"]
        if kind in ("paragraph", "heading"):
            yield inline_text(node["children"])
        elif kind in ("bullet_list", "ordered_list"):
            for item in node["items"]:
                yield from _paragraphs(item)
        elif kind == "quote":
            yield from _paragraphs(node["children"])
        elif kind == "table":
            for row in [node["header"], *node["rows"]]:
                yield " | ".join(inline_text(cell) for cell in row)
        elif kind == "image":
            yield f"[bild: {node['alt']}]"


def inline_text(children: Sequence[Mapping[str, Any]]) -> str:
    """Running text as a reader hears it, footnotes in brackets."""
    parts = []
    for child in children:
        if child["type"] == "footnote":
            parts.append(f" ({inline_text(child['children'])})")
        else:
            parts.append(child.get("text", " "))
    return "".join(parts)


def _pieces(before: list[Piece], after: list[Piece]) -> Iterator[tuple[str, str | None, str | None]]:
    """The pieces that differ. A paragraph put in moves the others: so texts are aligned, cells matched by place."""
    matcher = SequenceMatcher(
        None, [(p[0][:-1], p[2]) for p in before], [(p[0][:-1], p[2]) for p in after], autojunk=False
    )
    gone: list[Piece] = []
    come: list[Piece] = []
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation != "equal":
            gone += before[a:b]
            come += after[c:d]
    waiting: dict[tuple[str, ...], list[Piece]] = {}
    for piece in come:
        waiting.setdefault(piece[0][:-1], []).append(piece)
    lost: list[Piece] = []
    for identity, place, text in gone:
        others = waiting.get(identity[:-1])
        if others:
            new = others.pop(0)[2]
            if new != text:
                yield place, text, new
        else:
            lost.append((identity, place, text))
    found = [piece for others in waiting.values() for piece in others]
    yield from _moved(lost, found)


def _moved(lost: list[Piece], found: list[Piece]) -> Iterator[tuple[str, str | None, str | None]]:
    """What went and came, where a row that only stands in another group of its table is told of once."""
    cells: dict[tuple[str, ...], list[Piece]] = {}
    for piece in found:
        if piece[0][0] == "cell":
            cells.setdefault(_groupless(piece), []).append(piece)
    taken: set[int] = set()
    told: set[tuple[str, str]] = set()
    for piece in lost:
        identity, place, text = piece
        others = cells.get(_groupless(piece)) if identity[0] == "cell" else None
        if not others:
            yield place, text, None
            continue
        new = others.pop(0)
        taken.add(id(new))
        _kind, table, group, row, _column, _count = identity
        moved = (group, new[0][2])
        if (table, row) not in told:
            told.add((table, row))
            yield f"{place.split(f': {row}')[0]}: {row}, grupp", *moved
        if new[2] != text and (text, new[2]) != moved:
            yield place, text, new[2]
    for piece in found:
        if id(piece) not in taken:
            yield piece[1], None, piece[2]


def _groupless(piece: Piece) -> tuple[str, ...]:
    """What identifies a cell whatever group its row stands in."""
    _kind, table, _group, row, column, _count = piece[0]
    return table, row, column
