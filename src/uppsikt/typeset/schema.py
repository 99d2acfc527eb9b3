"""Small tests that a schema is put together from. Each yields what is wrong, as "place: what"."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Problems = Iterator[str]
Test = Callable[[Any, str], Problems]


def text(value: Any, where: str) -> Problems:
    if not isinstance(value, str):
        yield f"{where}: must be text, is {type(value).__name__}"


def filled(value: Any, where: str) -> Problems:
    if not isinstance(value, str) or not value.strip():
        yield f"{where}: must be text that is not empty"


def flag(value: Any, where: str) -> Problems:
    if not isinstance(value, bool):
        yield f"{where}: must be true or false"


def matching(pattern: re.Pattern[str], meaning: str) -> Test:
    def test(value: Any, where: str) -> Problems:
        if not isinstance(value, str) or not pattern.match(value):
            yield f"{where}: must be {meaning}, is {value!r}"

    return test


def one_of(allowed: frozenset[Any] | set[Any]) -> Test:
    def test(value: Any, where: str) -> Problems:
        if not isinstance(value, str | int) or value not in allowed:
            yield f"{where}: {value!r} is not one of {', '.join(sorted(map(str, allowed)))}"

    return test


def whole(low: int, high: int) -> Test:
    def test(value: Any, where: str) -> Problems:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            yield f"{where}: must be a whole number {low}-{high}, is {value!r}"

    return test


def maybe(test: Test) -> Test:
    def present(value: Any, where: str) -> Problems:
        if value is not None:
            yield from test(value, where)

    return present


def list_of(test: Test) -> Test:
    def each(value: Any, where: str) -> Problems:
        if not isinstance(value, list):
            yield f"{where}: must be a list"
            return
        for index, item in enumerate(value):
            yield from test(item, f"{where}[{index}]")

    return each


def record(required: Mapping[str, Test], optional: Mapping[str, Test] | None = None) -> Test:
    """A mapping with these fields. Unknown fields are let through: a newer writer may add some."""
    optional = optional or {}

    def fields(value: Any, where: str) -> Problems:
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

    return fields


def variant(field: str, variants: Mapping[str, Test]) -> Test:
    def chosen(value: Any, where: str) -> Problems:
        kind = value.get(field) if isinstance(value, Mapping) else None
        if not isinstance(kind, str) or kind not in variants:
            yield f"{where}.{field}: {kind!r} is not one of {', '.join(variants)}"
        else:
            yield from variants[kind](value, where)

    return chosen


def base64_text(value: Any, where: str) -> Problems:
    try:
        base64.b64decode(value, validate=True)
    except (TypeError, ValueError, binascii.Error):
        yield f"{where}: must be base64"
