"""Hold a payload against its schema: every problem at once, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from uppsikt.typeset.check_charts import kind_problems
from uppsikt.typeset.payload import SCHEMA, ChartKind, Colour, Payload, PayloadError, Shape
from uppsikt.typeset.schema import (
    Problems,
    base64_text,
    filled,
    flag,
    list_of,
    matching,
    maybe,
    one_of,
    record,
    text,
    variant,
    whole,
)

SHAPES = frozenset(get_args(Shape))
COLOURS = frozenset(get_args(Colour))
CHART_KINDS = frozenset(get_args(ChartKind))
_DECIMAL = re.compile(r"-?\d{1,30}(\.\d{1,20})?\Z")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_HEX = re.compile(r"#[0-9a-fA-F]{6}\Z")
_HREF = re.compile(r"(https?://|mailto:|/(?!/)|#)[^\s]*\Z")
IMAGE_MIMES = frozenset({"image/png", "image/jpeg", "image/svg+xml", "image/gif", "image/webp"})


def validate(payload: object) -> list[str]:
    """What is wrong with a payload, as "place: what". An empty list means every output can be made."""
    return list(_payload(payload))


def checked(payload: Payload | Mapping[str, Any]) -> Payload:
    """The payload itself, or PayloadError with everything that is wrong."""
    problems = validate(payload)
    if problems:
        raise PayloadError(problems)
    return payload  # type: ignore[return-value]


def _weight(value: Any, where: str) -> Problems:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if value != "auto" and not (number and 0 < value < 1000):
        yield f'{where}: must be a number above zero or "auto", is {value!r}'


_decimal = matching(_DECIMAL, 'a canonical decimal such as "74.5"')
_href = matching(_HREF, "https, http, mailto or a path beginning with /")
_date = matching(_DATE, "a date YYYY-MM-DD")

# --- structured text -----------------------------------------------------------------------------------

MAX_DEPTH = 12


def _inlines(value: Any, where: str) -> Problems:
    if where.count(".children") > MAX_DEPTH:
        yield f"{where}: nested too deeply"
        return
    yield from list_of(_inline)(value, where)


_inline = variant(
    "type",
    {
        "text": record({"text": text}, {"marks": list_of(one_of({"bold", "italic"}))}),
        "link": record({"href": _href, "text": text}),
        "footnote": record({"children": _inlines}),
        "break": record({}),
        "figure": record({"key": text, "text": text}, {"origin": maybe(text)}),
    },
)


def _nodes(value: Any, where: str) -> Problems:
    if where.count(".items") + where.count(".children") > MAX_DEPTH:
        yield f"{where}: nested too deeply"
        return
    yield from list_of(_node)(value, where)


def _table_node(value: Any, where: str) -> Problems:
    yield from record(
        {"header": list_of(_inlines), "rows": list_of(list_of(_inlines))}, {"caption": maybe(text)}
    )(value, where)
    header, rows = value.get("header"), value.get("rows")
    if isinstance(header, list) and isinstance(rows, list):
        if not header:
            yield f"{where}.header: a table needs at least one column"
        for index, row in enumerate(rows):
            if isinstance(row, list) and len(row) != len(header):
                yield f"{where}.rows[{index}]: has {len(row)} cells, the header {len(header)}"


_node = variant(
    "type",
    {
        "paragraph": record({"children": _inlines}),
        "heading": record({"level": whole(1, 6), "children": _inlines}),
        "bullet_list": record({"items": list_of(_nodes)}),
        "ordered_list": record({"items": list_of(_nodes)}),
        "table": _table_node,
        "image": record(
            {"alt": text},
            {"caption": maybe(text), "data": maybe(base64_text), "mime": maybe(one_of(IMAGE_MIMES))},
        ),
        "quote": record({"children": _nodes}),
    },
)

# --- blocks --------------------------------------------------------------------------------------------

_symbol = record({"shape": one_of(SHAPES), "colour": one_of(COLOURS)})
_cell = record(
    {"text": text},
    {
        "value": maybe(_decimal),
        "symbol": maybe(_symbol),
        "origin": maybe(text),
        "note": maybe(text),
        "lines": maybe(list_of(text)),
        "rowspan": whole(1, 1000),
        "strong": flag,
        "quiet": list_of(whole(0, 1000)),
    },
)
_column = record(
    {"key": text, "title": text}, {"align": one_of({"start", "end", "center"}), "weight": _weight}
)
_row = record({"cells": list_of(maybe(_cell))}, {"kind": one_of({"row", "section", "subtotal", "total"})})


def _table(value: Any, where: str) -> Problems:
    found = list(
        record(
            {"key": filled, "caption": text, "columns": list_of(_column), "rows": list_of(_row)},
            {
                "row_header": flag,
                "notes": list_of(text),
                "source": maybe(text),
                "empty": maybe(text),
            },
        )(value, where)
    )
    yield from found
    if not found:
        yield from _grid(value, where)


def _grid(table: Mapping[str, Any], where: str) -> Problems:
    """Rows must fill the columns exactly, with None under a rowspan and nowhere else."""
    width = len(table["columns"])
    if not width:
        yield f"{where}.columns: a table needs at least one column"
    left = [0] * width
    for index, row in enumerate(table["rows"]):
        place = f"{where}.rows[{index}]"
        cells = row["cells"]
        if row.get("kind") == "section":
            if len(cells) != 1 or cells[0] is None:
                yield f"{place}: a section row has exactly one cell"
            if any(left):
                yield f"{place}: a section row stands inside a rowspan"
            continue
        if len(cells) != width:
            yield f"{place}: has {len(cells)} cells, the table {width} columns"
            return
        for column, cell in enumerate(cells):
            covered = left[column] > 0
            if covered and cell is not None:
                yield f"{place}.cells[{column}]: is covered by a rowspan from above and must be null"
            elif not covered and cell is None:
                yield f"{place}.cells[{column}]: is null but no rowspan covers it"
            left[column] = left[column] - 1 if covered else (cell or {}).get("rowspan", 1) - 1
    if any(count > 0 for count in left):
        yield f"{where}.rows: a rowspan reaches below the last row"


def _chart(value: Any, where: str) -> Problems:
    found = list(
        record(
            {
                "key": filled,
                "caption": text,
                "alt": filled,
                "type": one_of(CHART_KINDS),
                "unit": text,
                "x": list_of(text),
                "series": list_of(
                    record({"name": text, "values": list_of(maybe(_decimal))}, {"role": maybe(text)})
                ),
            },
            {
                "target": maybe(record({"label": text, "value": _decimal})),
                "table": maybe(_table),
                "source": maybe(text),
                "decimals": maybe(whole(0, 6)),
            },
        )(value, where)
    )
    yield from found
    if not found:
        yield from kind_problems(value, where)
        for index, series in enumerate(value["series"]):
            if len(series["values"]) != len(value["x"]):
                yield f"{where}.series[{index}]: has {len(series['values'])} values for {len(value['x'])} x"


_part = record({"label": text, "text": text})
_status = {"symbol": one_of(SHAPES), "colour": one_of(COLOURS), "label": text}
_block = variant(
    "kind",
    {
        "heading": record(
            {"level": whole(2, 5), "text": filled},
            {"eyebrow": maybe(text), "style": maybe(one_of({"band", "context", "lead"}))},
        ),
        "text": record({"content": _nodes}),
        "table": _table,
        "chart": _chart,
        "fulfilment": record({**_status, "long": text}, {"proposal": maybe(text)}),
        "commitment": record(
            {"key": text, "title": text, "text": text},
            {
                "badges": list_of(text),
                "background": maybe(text),
                "parts": list_of(_part),
                "status": maybe(record(_status)),
                "comment": maybe(text),
                "facts": list_of(_part),
                "labels": record({}, {"text": text, "status": text, "comment": text}),
            },
        ),
        "key_figures": record(
            {
                "items": list_of(
                    record({"label": text, "text": text}, {"origin": maybe(text), "note": maybe(text)})
                )
            }
        ),
        "note": record({"tone": one_of({"info", "warn"}), "text": text}),
        "page_break": record({}),
    },
)

# --- the document --------------------------------------------------------------------------------------

_chapter = record(
    {"key": filled, "title": filled, "level": whole(1, 3), "blocks": list_of(_block)},
    {"number": maybe(text)},
)
_named = record({"key": text, "name": text})
_document = record(
    {
        "title": filled,
        "kind": one_of({"report", "plan"}),
        "body": _named,
        "municipality": record(
            {"key": text, "name": text},
            {
                "accent": maybe(matching(_HEX, "a colour #rrggbb")),
                "logo": maybe(record({"mime": one_of(IMAGE_MIMES), "data": base64_text, "alt": text})),
            },
        ),
        "year": whole(1862, 9999),
        "date": _date,
        "state": one_of({"draft", "adopted"}),
        "state_text": text,
    },
    {
        "subtitle": maybe(text),
        "round": maybe(record({"key": text, "name": text}, {"cutoff": maybe(_date)})),
        "adopted": maybe(
            record(
                {"at": text, "by": text},
                {
                    "decision": maybe(text),
                    "decision_case": maybe(text),
                    "decision_body": maybe(text),
                    "decision_date": maybe(_date),
                    "decision_section": maybe(text),
                    "fingerprint": maybe(text),
                },
            )
        ),
    },
)
_origin = record(
    {"label": text, "value": text},
    {
        "source": maybe(text),
        "formula": maybe(text),
        "by": maybe(text),
        "at": maybe(text),
        "href": maybe(_href),
    },
)


def _origins(value: Any, where: str) -> Problems:
    if not isinstance(value, Mapping):
        yield f"{where}: must be an object"
        return
    for key, origin in value.items():
        yield from _origin(origin, f"{where}.{key}")


_root = record(
    {"schema": one_of({SCHEMA}), "language": one_of({"sv"}), "document": _document},
    {"chapters": list_of(_chapter), "origins": _origins, "xlsx_name": maybe(text)},
)


def _payload(payload: object) -> Problems:
    found = list(_root(payload, "payload"))
    yield from found
    if found or not isinstance(payload, Mapping):
        return
    if "chapters" not in payload:
        yield "payload.chapters: is missing"
        return
    yield from _unique(payload)
    known = set(payload.get("origins") or {})
    for place, origin in _origin_marks(payload["chapters"], "payload.chapters"):
        if origin not in known:
            yield f"{place}: origin {origin!r} is not among the payload's origins"


def _unique(payload: Mapping[str, Any]) -> Problems:
    seen: set[tuple[str, str]] = set()
    for number, chapter in enumerate(payload["chapters"]):
        keyed = [("chapter", chapter["key"])]
        keyed += [("block", b["key"]) for b in chapter["blocks"] if b["kind"] in ("table", "chart")]
        for pair in keyed:
            if pair in seen:
                yield f"payload.chapters[{number}]: the {pair[0]} key {pair[1]!r} is used twice"
            seen.add(pair)


def _origin_marks(value: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        origin = value.get("origin")
        if isinstance(origin, str):
            yield f"{where}.origin", origin
        for key, child in value.items():
            if isinstance(child, Mapping | list):
                yield from _origin_marks(child, f"{where}.{key}")
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _origin_marks(child, f"{where}[{index}]")
