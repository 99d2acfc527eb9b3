"""Fields, amounts and dates of single SIE records (SIE 4B, chapters 5 and 11)."""

from __future__ import annotations

import pytest

from uppsikt.ledger.sie.grammar import Field, Malformed, amount_of, day_of, fields, fields_of, loose_amount_of


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("#FNAMN  Kommun", ["#FNAMN", "Kommun"]),
        ('\t#FNAMN\t"Exempel  kommun" ', ["#FNAMN", "Exempel  kommun"]),
        (r'#X "sa \"hej\"" C:\ProgramData "C:\a b"', ["#X", 'sa "hej"', r"C:\ProgramData", r"C:\a b"]),
        (r'#X "C:\mapp\"', ["#X", "C:\\mapp\\"]),
        ("#TRANS 1930 {} -1", ["#TRANS", "1930", (), "-1"]),
        ('#TRANS "1930"{ }-1 ""', ["#TRANS", "1930", (), "-1", ""]),
        ('#T 1 {"1" "456" 7 "4 7"} 2', ["#T", "1", ("1", "456", "7", "4 7"), "2"]),
        ('#X "{ }" a"b', ["#X", "{ }", 'a"b']),
        ("{", ["{"]),
        ("}", ["}"]),
        (" \t", []),
    ],
)
def test_fields(line: str, expected: list[Field]) -> None:
    assert fields(line) == expected


def test_a_quote_left_open_goes_on_to_the_end_and_is_told() -> None:
    told: list[str] = []
    assert fields('#X "a b', told) == ["#X", "a b"]
    assert told == ["a b"]


@pytest.mark.parametrize("line", ['#T 1 {"1" "2" 5.00', "#T 1 {1 {2} 5"])
def test_an_open_object_list_is_refused(line: str) -> None:
    with pytest.raises(Malformed):
        fields(line)


@pytest.mark.parametrize(
    ("text", "ore"),
    [("0", 0), ("-0.5", -50), ("1234.56", 123_456), ("12345678901234567890.01", 1_234_567_890_123_456_789_001),
     ("+1", None), ("1,5", None), ("1.234", None), ("1 000", None), ("", None), ("-", None), ("1.", None)],
)  # fmt: skip
def test_amounts(text: str, ore: int | None) -> None:
    assert amount_of(text) == ore


@pytest.mark.parametrize(
    ("text", "ore"),
    [("+1", 100), ("1,5", 150), ("-.5", -50), ("1.2300", 123), ("1.234", None), ("1.5.5", None), ("", None), ("-", None)],
)  # fmt: skip
def test_amounts_that_break_the_format(text: str, ore: int | None) -> None:
    assert loose_amount_of(text) == ore


@pytest.mark.parametrize(
    ("text", "day"),
    [("20260131", "2026-01-31"), ("180501", "2018-05-01"), ("990501", "1999-05-01"), ("2018-05-01", "2018-05-01"),
     ("20260229", None), ("20240229", "2024-02-29"), ("2026", None), ("2026013a", None), ("", None), ("00000000", None)],
)  # fmt: skip
def test_days(text: str, day: str | None) -> None:
    assert day_of(text) == day


def test_what_a_checksum_is_counted_over() -> None:
    """Labels and fields only: no separators, quotes, braces or escapes."""
    record = b'#TRANS 1930 {"1" "4 5"} -1.00\t"sa \\"hej\\""\r\n'
    assert b"|".join(fields_of(record)) == b'#TRANS|1930|1|4 5|-1.00|sa "hej"'
