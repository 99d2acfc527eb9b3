"""Each table is a sheet, and a number is a number."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.typeset import sample
from tests.typeset.test_pdf import everywhere
from uppsikt.typeset.xlsx import number_format, render_xlsx


def sheets(payload: object) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(render_xlsx(payload)))  # type: ignore[arg-type]
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_every_table_and_chart_has_a_sheet_with_its_number() -> None:
    found = sheets(sample.payload(goals=2))
    assert list(found) == [
        "Innehåll",
        "Tabell 1",
        "Tabell 2",
        "Tabell 3",
        "Tabell 4",
        "Figur 2",
        "Tabell 5",
        "Figur 3",
    ]
    index = found["Innehåll"]
    assert index[0][0] == "Verksamhetsberättelse 2024"
    assert index[2][0] == "Utkast – inte fastställd"
    assert index[6] == ["Tabell 2. Driftredovisning, mnkr", "Målbedömning", "Tabell 2"]


def test_numbers_are_numbers_and_words_are_words() -> None:
    rows = sheets(sample.payload(goals=1))["Tabell 2"]
    assert rows[3][:4] == ["Verksamhet", "Budget", "Utfall", "Avvikelse"]
    assert ["Avgifter", 1204.5, 1251.0, 46.5] in [row[:4] for row in rows]
    assert ["Kostnader", "", "", ""] in [row[:4] for row in rows]
    indicators = sheets(sample.payload(goals=1))["Tabell 4"]
    assert indicators[4][:7] == [
        "Oro för brottslighet i samhället (%)",
        44,
        52,
        55,
        "≤38",
        "✕ Ej uppnått",
        "≤35",
    ]
    below = [row[0] for row in indicators[7:]]
    assert "1) Mätningen 2024 gjordes med ny metod och jämförs med försiktighet." in below
    assert "Not 1 gäller: Oro för brottslighet i samhället (%), 2024." in below


@pytest.mark.parametrize(
    ("value", "printed", "expected"),
    [
        ("74.50", "74,50", "#,##0.00"),
        ("74.5", "74,5", "#,##0.0"),
        ("1204", "1\u00a0204", "#,##0"),
        ("74.5", "74,5\u00a0%", '#,##0.0"\u00a0%"'),
        ("-0.3", "−0,3", "#,##0.0"),
    ],
)
def test_as_many_decimals_as_printed(value: str, printed: str, expected: str) -> None:
    assert number_format(value, printed) == expected


@pytest.mark.parametrize(
    "words", ["=1+1", "+46", "-1+1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://example.org", "12"]
)
def test_words_never_become_formulas_links_or_numbers(words: str) -> None:
    payload = sample.payload(goals=0)
    payload["chapters"][1]["blocks"][1]["rows"][0]["cells"][2]["text"] = words
    assert sheets(payload)["Tabell 1"][4][2] == words
    parts = zipfile.ZipFile(io.BytesIO(render_xlsx(payload)))
    assert all(b"<f>" not in parts.read(name) for name in parts.namelist())


def test_the_same_payload_gives_the_same_bytes() -> None:
    assert render_xlsx(sample.payload()) == render_xlsx(sample.payload())


@settings(max_examples=25)
@given(st.text(min_size=1, max_size=60))
def test_any_text_can_be_written(words: str) -> None:
    assert len(sheets(everywhere(words))) > 4
