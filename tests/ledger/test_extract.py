"""Ledger extracts as ERP systems deliver them. Every sum is added up by hand."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from uppsikt.ledger.extract.preview import columns_of
from uppsikt.ledger.extract.reading import stage_extract
from uppsikt.ledger.extract.values import code_of, iso_day, ore_of
from uppsikt.ledger.staging import Staged

SWEDISH = '''\
Huvudbok 2026;;;;;;;;
;;;;;;;;
Bokf.datum;Serie;Vernr;Konto;Kontonamn;Ansvar;Verksamhet;Belopp;Text
2026-01-31;LEV;1;5020;Löner tillsvidare;310;407;1 000,00;Lön, januari
2026-01-31;LEV;1;1930;Bank;;;-1 000,00;
2026-03-01;LEV;2;3130;Avgifter;310;407;(1 234,50);"Avgift ""mars"""
2026-03-01;LEV;2;1930;Bank;;;1234,50;
Summa;;;;;;;0,00;
'''


def written(folder: Path, text: str, encoding: str = "utf-8-sig") -> Path:
    file = folder / "utdrag.csv"
    file.write_bytes(text.encode(encoding))
    return file


def staged(file: Path, mapping: dict[str, str] | None = None, year: int = 2026) -> Staged:
    return stage_extract(
        file, file.parent / "staged", mapping=mapping or dict(columns_of(file).mapping), year=year
    )


def rows(found: Staged) -> list[dict[str, str]]:
    return [
        row for file in found.files for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    ]


def faults(found: Staged) -> list[tuple[str, int | None, str]]:
    return [(one.code, one.where.row, one.where.field) for one in found.problems]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "cp437", "utf-16"])
def test_headings_are_found_under_titles_and_recognised(encoding: str, tmp_path: Path) -> None:
    found = columns_of(written(tmp_path, SWEDISH, encoding))
    assert found.heading_row == 3
    assert found.mapping == {
        "date": "Bokf.datum", "series": "Serie", "number": "Vernr", "account": "Konto", "account_name": "Kontonamn",
        "cost_centre": "Ansvar", "activity": "Verksamhet", "amount": "Belopp", "text": "Text",
    }  # fmt: skip
    assert found.rows[0] == (
        "2026-01-31",
        "LEV",
        "1",
        "5020",
        "Löner tillsvidare",
        "310",
        "407",
        "1 000,00",
        "Lön, januari",
    )
    assert found.facts["delimiter"] == ";"


def test_an_extract_is_staged(tmp_path: Path) -> None:
    """Debits 1 000 and 1 234.50; the sum row is left out and said to be."""
    found = staged(written(tmp_path, SWEDISH))
    assert not found.problems
    assert (found.format, found.year, found.first, found.last) == ("extract", 2026, 1, 3)
    assert (found.rows, found.vouchers, found.debit_ore) == (4, 2, 223_450)
    assert found.months == {1: (2, 100_000), 3: (2, 123_450)}
    assert [(row["row"], row["account"], row["amount_ore"]) for row in rows(found)] == [
        ("4", "5020", "100000"), ("5", "1930", "-100000"), ("6", "3130", "-123450"), ("7", "1930", "123450"),
    ]  # fmt: skip
    assert rows(found)[2]["text"] == 'Avgift "mars"'
    assert found.codes["account"]["5020"] == "Löner tillsvidare"
    assert found.used["cost_centre"] == {"310"}
    assert [one.code for one in found.warnings] == ["sums"]


def test_debit_and_credit_in_columns_of_their_own(tmp_path: Path) -> None:
    text = "Datum\tKonto\tVer\tDebet\tKredit\n20260131\t5020\tA1\t10,5\t\n20260131\t1930\tA1\t\t10.50\n"
    found = staged(written(tmp_path, text))
    assert [row["amount_ore"] for row in rows(found)] == ["1050", "-1050"]


def test_a_workbook_with_real_dates_and_numbers(tmp_path: Path) -> None:
    file = tmp_path / "utdrag.xlsx"
    book = xlsxwriter.Workbook(str(file), {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Datum", "Vernr", "Konto", "Projekt", "Belopp"])
    sheet.write_row(1, 0, [dt.date(2026, 2, 28), 7, 5020, 12, 0.1 + 0.2])
    sheet.write_row(2, 0, [46081, 7, "1930", "", -0.3])  # 46081 days from 1899-12-30 is 2026-02-28
    sheet.write_row(4, 0, ["20260228", 8, 1930.0, "", "1 000,00"])
    sheet.write_row(5, 0, ["20260228", 8, 1930.0, "", "1 000,00-"])
    book.close()
    found = staged(file)
    assert not found.problems
    assert [(row["row"], row["date"], row["number"], row["account"], row["amount_ore"]) for row in rows(found)] == [
        ("2", "2026-02-28", "7", "5020", "30"), ("3", "2026-02-28", "7", "1930", "-30"),
        ("5", "2026-02-28", "8", "1930", "100000"), ("6", "2026-02-28", "8", "1930", "-100000"),
    ]  # fmt: skip


def test_every_fault_is_told_with_its_row_and_field(tmp_path: Path) -> None:
    text = (
        "Datum;Vernr;Konto;Belopp\n"
        "2026-02-30;1;5020;1,00\n"
        "2025-12-31;1;5020;1,00\n"
        "2026-01-31;2;;1,00\n"
        "2026-01-31;2;5020;\n"
        "2026-01-31;2;5020;1,005\n"
        "2026-01-31;2\n"
        "2026-01-31;2;5020;1,00;mer\n"
        "2026-01-31;3;5020;1,00\n"
        "2026-01-31;3;1930;-1,01\n"
        "2026-01-31;4;5020;1,00\n"
        "2026-01-31;4;1930;-1,00\n"
        "2026-01-31;5;1930;0\n"
    )
    found = staged(written(tmp_path, text))
    assert faults(found) == [
        ("date", 2, "Datum"), ("outside-year", 3, "Datum"), ("account", 4, "Konto"), ("amount", 5, "Belopp"),
        ("amount", 6, "Belopp"), ("width", 7, ""), ("width", 8, ""), ("unbalanced", 9, "Vernr"),
    ]  # fmt: skip
    assert found.files == ()
    assert list((tmp_path / "staged").iterdir()) == []


def test_result_accounts_alone_cannot_balance_and_that_is_said(tmp_path: Path) -> None:
    text = "Datum;Vernr;Konto;Belopp\n2026-01-31;1;5020;10,00\n2026-01-31;2;3130;-4,00\n"
    found = staged(written(tmp_path, text))
    assert not found.problems
    assert [one.code for one in found.warnings] == ["partial"]


def test_an_unknown_heading_and_a_missing_choice(tmp_path: Path) -> None:
    found = staged(
        written(tmp_path, "Datum;Konto;Belopp\n"), {"date": "Dag", "account": "Konto", "colour": "Konto"}
    )
    assert sorted(one.code for one in found.problems) == ["column", "heading", "unmapped"]


def test_many_faults_are_cut_short_and_counted(tmp_path: Path) -> None:
    text = "Datum;Konto;Belopp\n" + "2026-01-31;5020;x\n" * 250
    found = staged(written(tmp_path, text))
    assert len(found.problems) == 201
    assert "50" in found.problems[-1].message


@pytest.mark.parametrize("data", [b"", b"<html>", b"PK\x03\x04rubbish", b"a\0b\0"])
def test_what_is_no_table_is_refused(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "fel.csv"
    file.write_bytes(data)
    assert [one.code for one in columns_of(file).problems] == ["unreadable"]
    assert [one.code for one in staged(file, {"date": "a", "account": "b", "amount": "c"}).problems] == [
        "unreadable"
    ]


@pytest.mark.parametrize(
    ("value", "ore"),
    [("1 234,50", 123_450), ("1\u00a0234,50", 123_450), ("-1234.5", -123_450), ("1234,50-", -123_450),
     ("(1 234,50)", -123_450), ("\u22121 234", -123_400), ("1.234,50", 123_450), ("1,234.50", 123_450), ("+5", 500),
     ("5,000", 500), ("100 kr", 10_000), (",5", 50), (1234.56, 123_456), (0.1 + 0.2, 30), (7, 700),
     ("1,005", None), (1.005, None), ("", None), ("ett", None), ("1-2", None), (True, None), (dt.date(2026, 1, 1), None)],
)  # fmt: skip
def test_amounts(value: object, ore: int | None) -> None:
    assert ore_of(value) == ore  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "day"),
    [("2026-01-31", "2026-01-31"), ("20260131", "2026-01-31"), ("2026-01-31 00:00:00", "2026-01-31"),
     ("2026/1/5", "2026-01-05"), (dt.datetime.fromisoformat("2026-01-31T12:00"), "2026-01-31"), (46053.0, "2026-01-31"),
     (20260131.0, "2026-01-31"), ("2026-02-30", None), ("", None), ("igår", None), (True, None)],
)  # fmt: skip
def test_days(value: object, day: str | None) -> None:
    assert iso_day(value) == day  # type: ignore[arg-type]


def test_codes_are_text_on_one_line() -> None:
    assert code_of(3010.0) == "3010"
    assert code_of(" två\n rader ") == "två rader"


def test_a_workbook_with_a_cell_far_away_is_refused_before_it_is_laid_out(tmp_path: Path) -> None:
    file = tmp_path / "utdrag.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet("Utdrag")
        sheet.write_row(0, 0, ["Datum", "Konto", "Belopp"])
        sheet.write(1_048_575, 16_383, "långt borta")
    found = staged(file, {"date": "Datum", "account": "Konto", "amount": "Belopp"})
    assert [problem.code for problem in found.problems] == ["unreadable"]
    assert "ända till rad 1048576" in found.problems[0].message
