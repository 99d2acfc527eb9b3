"""One cell: what is written is read, in the ways people write, and one value has one form."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.exchange.rules.cells import CellFault, read, settled, write
from uppsikt.exchange.rules.spec import Field, Kind
from uppsikt.exchange.rules.tables import BY_KEY, TABLES, table_named
from uppsikt.kernel.numbers import format_decimal

DECIMAL = Field("value", "Värde", Kind.DECIMAL, default=None)
PERIOD = Field("period", "Period", Kind.PERIOD)
DATE = Field("date", "Datum", Kind.DATE, default=None)
INTEGER = Field("position", "Ordning", Kind.INTEGER, default=0, maximum=100)
TEXT = Field("name", "Namn", maximum=300)
PROSE = Field("note", "Anmärkning", Kind.PROSE)
BOOLEAN = Field("preliminary", "Preliminärt", Kind.BOOLEAN, default=False)
PARTS = Field("parts", "Delar", Kind.PARTS, default=())


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        (DECIMAL, "74,5", "74.5"), (DECIMAL, "1 234,50", "1234.50"), (DECIMAL, "−3", "-3"), (DECIMAL, 74.5, "74.5"),
        (DECIMAL, 0.1 + 0.2, "0.3"), (DECIMAL, 2.0, "2"), (DECIMAL, "2.0", "2.0"), (DECIMAL, 0.00001, "0.00001"),
        (DECIMAL, " ", None), (DECIMAL, None, None),
        (PERIOD, 2024.0, "2024"), (PERIOD, "2024-t1", "2024-T1"), (PERIOD, dt.date(2024, 3, 1), "2024-03"),
        (PERIOD, "2020-02/R12", "2020-02/R12"),
        (DATE, "2024-12-31", dt.date(2024, 12, 31)), (DATE, dt.datetime.fromisoformat("2024-12-31"), dt.date(2024, 12, 31)),
        (INTEGER, "7", 7), (INTEGER, 7.0, 7), (INTEGER, "", 0),
        (TEXT, " två\n rader ", "två rader"), (TEXT, 1.1, "1.1"), (TEXT, dt.date(2024, 1, 1), "2024-01-01"),
        (PROSE, "ett  \r\n\r\ntvå", "ett\n\ntvå"),
        (BOOLEAN, "Ja", True), (BOOLEAN, "nej", False), (BOOLEAN, True, True), (BOOLEAN, "", False),
        (PARTS, "a) Ett.;; b) Två; tre.", (("a", "Ett."), ("b", "Två; tre."))),
    ],
)  # fmt: skip
def test_how_people_write(field: Field, raw: Any, value: Any) -> None:
    assert read(field, raw) == value


@pytest.mark.parametrize(
    ("field", "raw", "code"),
    [
        (DECIMAL, "74.5%", "decimal"), (DECIMAL, "1e999", "decimal"), (DECIMAL, "NaN", "decimal"),
        (DECIMAL, "#DIV/0!", "excel-error"), (PERIOD, "2024-13", "period"), (PERIOD, "2024-T4", "period"),
        (DATE, "31/12 2024", "date"), (DATE, "2023-02-29", "date"), (DATE, 45000.0, "date"),
        (INTEGER, "1,5", "integer"), (INTEGER, "-1", "range"), (INTEGER, "101", "range"),
        (TEXT, "x" * 301, "long"), (TEXT, "a\x00b", "control"), (BOOLEAN, "kanske", "boolean"),
        (PARTS, "Ett. ;; Två.", "parts"), (PARTS, "a) Ett.;; a) Två.", "parts"),
    ],
)  # fmt: skip
def test_what_cannot_be_read(field: Field, raw: Any, code: str) -> None:
    with pytest.raises(CellFault) as caught:
        read(field, raw)
    assert (caught.value.code, bool(caught.value.remedy)) == (code, True)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_a_figure_in_print_is_read_back(value: Decimal) -> None:
    assert Decimal(read(DECIMAL, format_decimal(value))) == value
    assert read(DECIMAL, f"{value:f}") == f"{value:f}"


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    for field in (DECIMAL, PERIOD, DATE, INTEGER, TEXT, PROSE, BOOLEAN, PARTS):
        try:
            value = read(field, text)
        except CellFault:
            continue
        assert read(field, write(field, value)) == value, "one value has one form"


@given(st.text(max_size=200))
def test_what_is_stored_is_settled_as_it_will_be_read(text: str) -> None:
    for field in (TEXT, PROSE):
        value = settled(field, text)
        assert settled(field, value) == value
        assert read(field, value) == value


def test_choices_are_read_by_key_and_by_label() -> None:
    for table in TABLES:
        for field in table.fields:
            for key, label in field.choices:
                assert {read(field, key), read(field, label), read(field, label.upper())} == {key}


def test_tables_are_whole() -> None:
    for table in TABLES:
        keys = [field.key for field in table.fields]
        titles = [field.title.casefold() for field in table.fields]
        assert len(set(keys)) == len(keys)
        assert len(set(titles)) == len(titles)
        assert set(table.identity) <= set(keys)
        assert all(field.table in BY_KEY for field in table.references)
        assert len(table.title) <= 31, "Excel's longest sheet name"
        assert {table_named(table.key), table_named(table.title), table_named(f"{table.key}-2024")} == {table}
