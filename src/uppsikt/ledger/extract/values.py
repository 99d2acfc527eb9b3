"""Amounts, dates and codes as ERP systems and Excel write them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from uppsikt.kernel.numbers import round_half_away
from uppsikt.ledger.extract.table import Cell
from uppsikt.ledger.sie.grammar import day_of

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']")
_PLAIN = re.compile(r"(\d*)(?:[.,](\d+))?\Z")
_GROUPED = re.compile(r"(\d{1,3}(?:([.,])\d{3})+)(?!\2)[.,](\d+)\Z")
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?\Z")
_SERIAL_ZERO = dt.date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
_NEAR = Decimal("0.0001")


def ore_of(value: Cell) -> int | None:
    """Exact öre of an amount: "1 234,50", "-1234.5", "1234,50-", "(1 234,50)", "1.234,50", 1234.5. None otherwise.

    A number of a workbook is binary: it is taken as the öre it lies within a hundredth of, never further away.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        exact = Decimal(str(value))
        kronor = round_half_away(exact, 2)
        return int(kronor * 100) if abs(kronor - exact) < _NEAR else None
    return _ore_of_text(value) if isinstance(value, str) else None


def _ore_of_text(value: str) -> int | None:
    text = _SPACES.sub("", value).replace("\u2212", "-").replace("\u2013", "-")
    text = re.sub(r"(?i)(kr|sek)\Z", "", text)
    negative = False
    if text.startswith("(") and text.endswith(")"):
        negative, text = True, text[1:-1]
    elif text.endswith("-"):
        negative, text = True, text[:-1]
    elif text.startswith(("-", "+")):
        negative, text = text[0] == "-", text[1:]
    grouped = _GROUPED.match(text)
    if grouped:
        text = re.sub(r"[.,]", "", grouped[1]) + "," + grouped[3]
    found = _PLAIN.match(text)
    if not found or not (found[1] or found[2]):
        return None
    part = (found[2] or "").rstrip("0")
    if len(part) > 2:
        return None
    ore = int(found[1] or "0") * 100 + int(part.ljust(2, "0"))
    return -ore if negative else ore


def iso_day(value: Cell) -> str | None:
    """The ISO date of a cell: a date, "2026-01-31", "20260131", "2026-01-31 00:00", or a workbook's day number."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        number = int(value)
        return (
            (_SERIAL_ZERO + dt.timedelta(number)).isoformat() if number in _SERIALS else day_of(str(number))
        )
    if not isinstance(value, str):
        return None
    text = value.strip()
    found = _DAY.match(text)
    return day_of(f"{found[1]}{found[2]:0>2}{found[3]:0>2}" if found else text)


def code_of(value: Cell) -> str:
    """A cell as a code or a text on one line: 3010.0 is "3010"."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(value.split()) if isinstance(value, str) else str(value)
