"""Hold a payload against its schema: every problem at once, each with its place."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_args

from uppsikt.typeset.payload import SCHEMA, Colour, Payload, PayloadError, Shape

SHAPES = frozenset(get_args(Shape))
COLOURS = frozenset(get_args(Colour))
_DECIMAL = re.compile(r"-?\d{1,30}(\.\d{1,20})?\Z")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_HEX = re.compile(r"#[0-9a-fA-F]{6}\Z")
_HREF = re.compile(r"(https?://|mailto:|/(?!/)|#)[^\s]*\Z")
IMAGE_MIMES = frozenset({"image/png", "image/jpeg", "image/svg+xml", "image/gif", "image/webp"})

Problems = Iterator[str]
Test = Callable[[Any, str], Problems]


def validate(payload: object) -> list[str]:
    """What is wrong with a payload, as "place: what". An empty list means every output can be made."""
    return list(_payload(payload))


def checked(payload: Payload | Mapping[str, Any]) -> Payload:
    """The payload itself, or PayloadError with everything that is wrong."""
    problems = validate(payload)
    if problems:
        raise PayloadError(problems)
    return payload  # type: ignore[return-value]


# --- small tests ---------------------------------------------------------------------------------------


def _text(value: Any, where: str) -> Problems:
    if not isinstance(value, str):
        yield f"{where}: must be text, is {type(value).__name__}"


def _filled(value: Any, where: str) -> Problems:
    if not isinstance(value, str) or not value.strip():
        yield f"{where}: must be text that is not empty"


def _flag(value: Any, where: str) -> Problems:
    if not isinstance(value, bool):
        yield f"{where}: must be true or false"


def _matching(pattern: re.Pattern[str], meaning: str) -> Test:
    def test(value: Any, where: str) -> Problems:
        if not isinstance(value, str) or not pattern.match(value):
            yield f"{where}: must be {meaning}, is {value!r}"

    return test


def _one_of(allowed: frozenset[Any] | set[Any]) -> Test:
    def test(value: Any, where: str) -> Problems:
        if not isinstance(value, str | int) or value not in allowed:
            yield f"{where}: {value!r} is not one of {', '.join(sorted(map(str, allowed)))}"

    return test


def _whole(low: int, high: int) -> Test:
    def test(value: Any, where: str) -> Problems:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            yield f"{where}: must be a whole number {low}-{high}, is {value!r}"

    return test


def _maybe(test: Test) -> Test:
    def maybe(value: Any, where: str) -> Problems:
        if value is not None:
            yield from test(value, where)

    return maybe


def _list(test: Test) -> Test:
    def each(value: Any, where: str) -> Problems:
        if not isinstance(value, list):
            yield f"{where}: must be a list"
            return
        for index, item in enumerate(value):
            yield from test(item, f"{where}[{index}]")

    return each


def _record(required: Mapping[str, Test], optional: Mapping[str, Test] | None = None) -> Test:
    """A mapping with these fields. Unknown fields are let through: a newer writer may add some."""
    optional = optional or {}

    def record(value: Any, where: str) -> Problems:
        if not isinstance(value, Mapping):
            yield f"{where}: must be an object"
            return
        for name, test in required.items():
            if name not in value:
                yield f"{where}.{name}: is missing"
            else:
                yield from test(value[name], f"{where}.{name}")
        for name, test in optional.items():
            if name in value:
                yield from test(value[name], f"{where}.{name}")

    return record


def _variant(field: str, variants: Mapping[str, Test]) -> Test:
    def variant(value: Any, where: str) -> Problems:
        kind = value.get(field) if isinstance(value, Mapping) else None
        if not isinstance(kind, str) or kind not in variants:
            yield f"{where}.{field}: {kind!r} is not one of {', '.join(variants)}"
        else:
            yield from variants[kind](value, where)

    return variant


def _base64(value: Any, where: str) -> Problems:
    try:
        base64.b64decode(value, validate=True)
    except (TypeError, ValueError, binascii.Error):
        yield f"{where}: must be base64"


def _weight(value: Any, where: str) -> Problems:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if value != "auto" and not (number and 0 < value < 1000):
        yield f'{where}: must be a number above zero or "auto", is {value!r}'


_decimal = _matching(_DECIMAL, 'a canonical decimal such as "74.5"')
_href = _matching(_HREF, "https, http, mailto or a path beginning with /")
_date = _matching(_DATE, "a date YYYY-MM-DD")

# --- structured text -----------------------------------------------------------------------------------

MAX_DEPTH = 12


def _inlines(value: Any, where: str) -> Problems:
    if where.count(".children") > MAX_DEPTH:
        yield f"{where}: nested too deeply"
        return
    yield from _list(_inline)(value, where)


_inline = _variant(
    "type",
    {
        "text": _record({"text": _text}, {"marks": _list(_one_of({"bold", "italic"}))}),
        "link": _record({"href": _href, "text": _text}),
        "footnote": _record({"children": _inlines}),
        "break": _record({}),
        "figure": _record({"key": _text, "text": _text}, {"origin": _maybe(_text)}),
    },
)


def _nodes(value: Any, where: str) -> Problems:
    if where.count(".items") + where.count(".children") > MAX_DEPTH:
        yield f"{where}: nested too deeply"
        return
    yield from _list(_node)(value, where)


def _table_node(value: Any, where: str) -> Problems:
    yield from _record(
        {"header": _list(_inlines), "rows": _list(_list(_inlines))}, {"caption": _maybe(_text)}
    )(value, where)
    header, rows = value.get("header"), value.get("rows")
    if isinstance(header, list) and isinstance(rows, list):
        if not header:
            yield f"{where}.header: a table needs at least one column"
        for index, row in enumerate(rows):
            if isinstance(row, list) and len(row) != len(header):
                yield f"{where}.rows[{index}]: has {len(row)} cells, the header {len(header)}"


_node = _variant(
    "type",
    {
        "paragraph": _record({"children": _inlines}),
        "heading": _record({"level": _whole(1, 6), "children": _inlines}),
        "bullet_list": _record({"items": _list(_nodes)}),
        "ordered_list": _record({"items": _list(_nodes)}),
        "table": _table_node,
        "image": _record(
            {"alt": _text},
            {"caption": _maybe(_text), "data": _maybe(_base64), "mime": _maybe(_one_of(IMAGE_MIMES))},
        ),
        "quote": _record({"children": _nodes}),
    },
)

# --- blocks --------------------------------------------------------------------------------------------

_symbol = _record({"shape": _one_of(SHAPES), "colour": _one_of(COLOURS)})
_cell = _record(
    {"text": _text},
    {
        "value": _maybe(_decimal),
        "symbol": _maybe(_symbol),
        "origin": _maybe(_text),
        "note": _maybe(_text),
        "lines": _maybe(_list(_text)),
        "rowspan": _whole(1, 1000),
        "strong": _flag,
    },
)
_column = _record(
    {"key": _text, "title": _text}, {"align": _one_of({"start", "end", "center"}), "weight": _weight}
)
_row = _record({"cells": _list(_maybe(_cell))}, {"kind": _one_of({"row", "section", "subtotal", "total"})})


def _table(value: Any, where: str) -> Problems:
    found = list(
        _record(
            {"key": _filled, "caption": _text, "columns": _list(_column), "rows": _list(_row)},
            {
                "row_header": _flag,
                "notes": _list(_text),
                "source": _maybe(_text),
                "empty": _maybe(_text),
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
        _record(
            {
                "key": _filled,
                "caption": _text,
                "alt": _filled,
                "type": _one_of({"line", "bar"}),
                "unit": _text,
                "x": _list(_text),
                "series": _list(_record({"name": _text, "values": _list(_maybe(_decimal))})),
            },
            {
                "target": _maybe(_record({"label": _text, "value": _decimal})),
                "table": _maybe(_table),
                "source": _maybe(_text),
            },
        )(value, where)
    )
    yield from found
    if not found:
        for index, series in enumerate(value["series"]):
            if len(series["values"]) != len(value["x"]):
                yield f"{where}.series[{index}]: has {len(series['values'])} values for {len(value['x'])} x"


_part = _record({"label": _text, "text": _text})
_status = {"symbol": _one_of(SHAPES), "colour": _one_of(COLOURS), "label": _text}
_block = _variant(
    "kind",
    {
        "heading": _record({"level": _whole(2, 5), "text": _filled}, {"eyebrow": _maybe(_text)}),
        "text": _record({"content": _nodes}),
        "table": _table,
        "chart": _chart,
        "fulfilment": _record({**_status, "long": _text}, {"proposal": _maybe(_text)}),
        "commitment": _record(
            {"key": _text, "title": _text, "text": _text},
            {
                "badges": _list(_text),
                "background": _maybe(_text),
                "parts": _list(_part),
                "status": _maybe(_record(_status)),
                "comment": _maybe(_text),
                "facts": _list(_part),
                "labels": _record({}, {"text": _text, "status": _text, "comment": _text}),
            },
        ),
        "key_figures": _record(
            {
                "items": _list(
                    _record({"label": _text, "text": _text}, {"origin": _maybe(_text), "note": _maybe(_text)})
                )
            }
        ),
        "note": _record({"tone": _one_of({"info", "warn"}), "text": _text}),
        "page_break": _record({}),
    },
)

# --- the document --------------------------------------------------------------------------------------

_chapter = _record(
    {"key": _filled, "title": _filled, "level": _whole(1, 3), "blocks": _list(_block)},
    {"number": _maybe(_text)},
)
_named = _record({"key": _text, "name": _text})
_document = _record(
    {
        "title": _filled,
        "kind": _one_of({"report", "plan"}),
        "body": _named,
        "municipality": _record(
            {"key": _text, "name": _text},
            {
                "accent": _maybe(_matching(_HEX, "a colour #rrggbb")),
                "logo": _maybe(_record({"mime": _one_of(IMAGE_MIMES), "data": _base64, "alt": _text})),
            },
        ),
        "year": _whole(1862, 9999),
        "date": _date,
        "state": _one_of({"draft", "adopted"}),
        "state_text": _text,
    },
    {
        "subtitle": _maybe(_text),
        "round": _maybe(_record({"key": _text, "name": _text}, {"cutoff": _maybe(_date)})),
        "adopted": _maybe(
            _record({"at": _text, "by": _text}, {"decision": _maybe(_text), "fingerprint": _maybe(_text)})
        ),
    },
)
_origin = _record(
    {"label": _text, "value": _text},
    {
        "source": _maybe(_text),
        "formula": _maybe(_text),
        "by": _maybe(_text),
        "at": _maybe(_text),
        "href": _maybe(_href),
    },
)


def _origins(value: Any, where: str) -> Problems:
    if not isinstance(value, Mapping):
        yield f"{where}: must be an object"
        return
    for key, origin in value.items():
        yield from _origin(origin, f"{where}.{key}")


_root = _record(
    {"schema": _one_of({SCHEMA}), "language": _one_of({"sv"}), "document": _document},
    {"chapters": _list(_chapter), "origins": _origins, "xlsx_name": _maybe(_text)},
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
