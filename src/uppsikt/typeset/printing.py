"""The prepared payload as the Typst templates read it: plain JSON, every choice already made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from uppsikt.typeset import columns, labels, palette, pictures, symbols
from uppsikt.typeset.payload import Node, Payload, TableBlock
from uppsikt.typeset.prepare import TEXT_WIDTH, caption, note_marks, paragraphs

_PIXELS_ACROSS = 960
_LONG_CELL = 900
"""Characters above which a row may break over a page."""

_SHORT_COMMITMENT = 1500
"""Characters up to which an assignment is kept on one page."""
_SHORT_TABLE = 230.0
"""Height in points up to which a table is kept on one page."""
_SHORT_GROUP = 300.0
"""Height in points up to which the rows of one label are kept on one page."""

COMMITMENT_WORDS = {"background": "Bakgrund", "text": "Uppdrag", "status": "Status", "comment": "Kommentar"}


@dataclass
class Job:
    """What the worker needs: data for the templates, files beside them, and for every row of every table how many
    cells it has and whether it begins with a header.
    """

    data: dict[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)
    row_headers: list[list[tuple[int, bool]]] = field(default_factory=list)


def job(ready: Payload, charts: Mapping[str, str]) -> Job:
    """Turn a prepared payload and its drawn charts into a job for the worker."""
    accent = palette.accent_of(ready["document"]["municipality"].get("accent"))
    made = Job({"document": ready["document"], "chapters": ready["chapters"]})
    shapes: set[tuple[str, str]] = set()
    for chapter in ready["chapters"]:
        for block in chapter["blocks"]:
            _block(cast("dict[str, Any]", block), made, charts, shapes)
    made.data["look"] = _look(ready, accent, made)
    made.data["look"]["symbols"] = {}
    for number, (shape, colour) in enumerate(sorted(shapes)):
        name = f"symbol-{number}.svg"
        made.files[name] = symbols.svg(shape, palette.status_colour(colour, accent)).encode()
        made.data["look"]["symbols"][f"{shape} {colour}"] = name
    return made


def _look(ready: Payload, accent: str, made: Job) -> dict[str, Any]:
    document = ready["document"]
    body, municipality = document["body"]["name"], document["municipality"]
    subtitle = document.get("subtitle")
    logo = municipality.get("logo")
    picture = pictures.read(logo["data"]) if logo else None
    title_size = 40 if len(document["title"]) < 32 else 31 if len(document["title"]) < 64 else 24
    if picture:
        made.files[f"logo.{picture.suffix}"] = picture.data
    return {
        "accent": accent,
        "full-title": f"{document['title']} – {body}",
        "description": f"{document['title']}, {body}, {municipality['name']}. {document['state_text']}",
        "keywords": [municipality["name"], body, str(document["year"])],
        "date": [int(part) for part in document["date"].split("-")],
        "running-head": f"{body} · {document['title']}",
        "footer": labels.footer_state(document),
        "eyebrow": body,
        "subtitle": subtitle if subtitle and subtitle != body else None,
        "title-size": title_size,
        "title-lines": columns.balanced(document["title"], TEXT_WIDTH, size=title_size),
        "facts": [list(fact) for fact in labels.title_facts(document)],
        "logo": {"file": f"logo.{picture.suffix}", "alt": logo["alt"] or municipality["name"]}
        if picture and logo
        else None,
        "contents": len(ready["chapters"]) > 1,
    }


def _block(block: dict[str, Any], made: Job, charts: Mapping[str, str], shapes: set[tuple[str, str]]) -> None:
    kind = block["kind"]
    if kind == "text":
        block["runs"] = _runs(block.pop("content"), made)
    elif kind == "table":
        _table(block, made, shapes)
    elif kind == "chart":
        name = f"chart-{len(made.files)}.svg"
        made.files[name] = charts[block["key"]].encode()
        block["path"] = name
        block["alt-text"] = block["alt"] or block["caption"]
        block["caption-text"] = caption("Figur", block["number"], block["caption"]) or None
        if block["print_table"] and block.get("table"):
            block["table"]["caption"] = ""
            _table(block["table"], made, shapes)
    elif kind == "heading":
        block.setdefault("style", None)
        block.setdefault("eyebrow", None)
    elif kind == "fulfilment":
        shapes.add((block["symbol"], block["colour"]))
    elif kind == "commitment":
        _commitment(block, shapes)
    elif kind == "note":
        block["lines"] = paragraphs(block["text"])


def _commitment(block: dict[str, Any], shapes: set[tuple[str, str]]) -> None:
    for name in ("background", "text", "comment"):
        block[f"{name}-lines"] = paragraphs(block.get(name))
    block["words"] = {**COMMITMENT_WORDS, **(block.get("labels") or {})}
    status = block.setdefault("status", None)
    shown = [
        block["title"],
        *(line for name in ("background", "text", "comment") for line in block[f"{name}-lines"]),
    ]
    block["whole"] = sum(map(len, shown)) < _SHORT_COMMITMENT
    for name in ("badges", "parts", "facts"):
        block.setdefault(name, [])
    if status:
        shapes.add((status["symbol"], status["colour"]))


def _table(block: dict[str, Any], made: Job, shapes: set[tuple[str, str]]) -> None:
    table = cast("TableBlock", block)
    block["caption-text"] = caption("Tabell", block["number"], block["caption"]) or None
    block["empty-text"] = table.get("empty") or "Inget att redovisa."
    foot: list[tuple[str | None, str]] = list(note_marks(table))
    if table.get("source"):
        foot.append((None, table.get("source") or ""))
    block["foot"] = foot
    flags = []
    heights = []
    widths = table.get("widths") or []
    for column, width in zip(table["columns"], widths, strict=True):
        raw_column = cast("dict[str, Any]", column)
        raw_column["hyphenate"] = columns.must_hyphenate([column["title"]], width, head=True)
    for row in table["rows"]:
        raw = cast("dict[str, Any]", row)
        kind = raw.setdefault("kind", "row")
        longest = 0
        height = 0.0
        for cell, width in zip(row["cells"], widths, strict=False):
            if cell is not None:
                room = sum(widths) if kind == "section" else width
                longest = max(longest, _cell(cast("dict[str, Any]", cell), shapes, room))
                if cell["rowspan"] == 1:
                    height = max(height, columns.cell_height(cell, room))
        raw["long"] = longest > _LONG_CELL
        heights.append(height or columns.LEAST_HEIGHT)
        present = sum(cell is not None for cell in row["cells"])
        flags.append(
            (present, kind == "section" or (table.get("row_header", True) and row["cells"][0] is not None))
        )
    long = any(cast("dict[str, Any]", row)["long"] for row in table["rows"])
    block["whole"] = not long and sum(heights) <= _SHORT_TABLE
    for index, row in enumerate(table["rows"]):
        for cell in row["cells"]:
            if cell is not None:
                span = cell["rowspan"]
                whole = sum(heights[index : index + span]) <= _SHORT_GROUP if span > 1 else True
                cast("dict[str, Any]", cell)["breakable"] = cast("dict[str, Any]", row)["long"] or not whole
    if not block["whole"]:
        _keep_together(cast("list[dict[str, Any]]", table["rows"]))
    if table["rows"]:
        made.row_headers.append(flags)


def _keep_together(rows: list[dict[str, Any]]) -> None:
    """Say how many rows from each on stay on one page: no row of a table stands alone at a page's edge, and no
    section begins at its foot.
    """
    pairs = {0, len(rows) - 2} | {i for i, row in enumerate(rows) if row["kind"] == "section"}
    index = 0
    while index < len(rows):
        end = index + 1
        while end < len(rows) and end - 1 in pairs and not rows[end - 1]["long"] and not rows[end]["long"]:
            end += 1
        rows[index]["keep"] = end - index
        for covered in range(index + 1, end):
            rows[covered]["keep"] = 0
        index = end


def _cell(cell: dict[str, Any], shapes: set[tuple[str, str]], room: float) -> int:
    """Give the cell its defaults; its length in characters."""
    cell["lines"] = cell.get("lines") or []
    for name, default in (
        ("symbol", None), ("note", None), ("rowspan", 1), ("strong", False), ("quiet", []), ("value", None),
    ):  # fmt: skip
        cell.setdefault(name, default)
    if cell["symbol"]:
        shapes.add((cell["symbol"]["shape"], cell["symbol"]["colour"]))
        room -= columns.SYMBOL
    cell["hyphenate"] = columns.must_hyphenate([cell["text"], *cell["lines"]], room)
    return max(len(cell["text"]), sum(map(len, cell["lines"])))


def _runs(content: list[Node], made: Job) -> list[dict[str, Any]]:
    """The nodes of a text in runs: reading width, or the whole page for tables and pictures."""
    runs: list[dict[str, Any]] = []
    for node in content:
        wide = node["type"] in ("table", "image")
        _node(cast("dict[str, Any]", node), made)
        if not runs or runs[-1]["wide"] != wide:
            runs.append({"wide": wide, "nodes": []})
        runs[-1]["nodes"].append(node)
    return runs


def _node(node: dict[str, Any], made: Job) -> None:
    kind = node["type"]
    if kind in ("bullet_list", "ordered_list"):
        for item in node["items"]:
            for child in item:
                _node(child, made)
    elif kind == "quote":
        for child in node["children"]:
            _node(child, made)
    elif kind == "table":
        node["caption-text"] = caption("Tabell", node["number"], node.get("caption") or "") or None
        node["cells"] = [{"children": cell} for row in node["rows"] for cell in row]
        made.row_headers.append([(len(node["header"]), False)] * len(node["rows"]))
    elif kind == "image":
        picture = pictures.read(node.pop("data", None))
        node["path"] = None
        if picture:
            node["path"] = f"picture-{len(made.files)}.{picture.suffix}"
            made.files[node["path"]] = picture.data
        node["share"] = max(25, 100 * picture.width / _PIXELS_ACROSS) if picture and picture.width else 60
        node["alt"] = node["alt"] or node.get("caption") or "Bild"
        node["caption-text"] = caption("Figur", node["number"], node.get("caption") or "") or None
