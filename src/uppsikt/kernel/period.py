"""Periods of the year. Every period is half-open: it holds `start` and ends before `end`."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip

_FORMS = re.compile(
    r"^(?P<year>\d{4})(?:-(?:T(?P<tertial>[1-3])|Q(?P<quarter>[1-4])|(?P<month>\d{2})(?P<rolling>/R12)?))?$"
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of time that a figure stands for. `code` is its stable written form.

    Forms: "2024" year, "2024-T1" tertial, "2024-Q1" quarter, "2024-03" month,
    "2020-02/R12" the twelve months that end with February 2020.
    """

    start: dt.date
    end: dt.date
    code: str

    @property
    def year(self) -> int:
        """The year the period is counted to: the one it ends in."""
        return (self.end - dt.timedelta(days=1)).year

    @property
    def kind(self) -> str:
        """year, tertial, quarter, month or rolling12. Only periods of one kind are comparable."""
        if self.code.endswith("/R12"):
            return "rolling12"
        if "T" in self.code:
            return "tertial"
        if "Q" in self.code:
            return "quarter"
        return "month" if "-" in self.code else "year"

    @property
    def label(self) -> str:
        """How a reader names it: "2024", "mars 2024", "tertial 1 2024", "12 mån t.o.m. februari 2020"."""
        last = self.end - dt.timedelta(days=1)
        if self.kind == "year":
            return str(self.year)
        if self.kind == "tertial":
            return f"tertial {self.code[-1]} {self.year}"
        if self.kind == "quarter":
            return f"kvartal {self.code[-1]} {self.year}"
        month = f"{MONTHS[last.month - 1]} {self.year}"
        return f"12 mån t.o.m. {month}" if self.kind == "rolling12" else month

    def same_a_year_earlier(self, years: int = 1) -> Period:
        """The comparable period `years` earlier: same form, earlier year."""
        return parse_period(f"{int(self.code[:4]) - years:04d}{self.code[4:]}")

    def holds(self, day: dt.date) -> bool:
        """Whether `day` is in the period."""
        return self.start <= day < self.end


def parse_period(code: str) -> Period:
    """The period that `code` names.

    Raises: ValueError when it is none of the forms.
    """
    match = _FORMS.match(code.strip())
    if match is None:
        raise ValueError(f"not a period: {code!r}")
    year = int(match["year"])
    if year < 1:
        raise ValueError(f"not a year: {code!r}")
    if match["tertial"]:
        return _months(year, (int(match["tertial"]) - 1) * 4, 4, code.strip())
    if match["quarter"]:
        return _months(year, (int(match["quarter"]) - 1) * 3, 3, code.strip())
    if match["month"]:
        month = int(match["month"])
        if not 1 <= month <= 12:
            raise ValueError(f"not a month: {code!r}")
        if match["rolling"]:
            end = _first_of(year, month)
            return Period(dt.date(end.year - 1, end.month, 1), end, code.strip())
        return _months(year, month - 1, 1, code.strip())
    return _months(year, 0, 12, code.strip())


def _months(year: int, before: int, count: int, code: str) -> Period:
    start = dt.date(year, before + 1, 1)
    return Period(start, _first_of(year, before + count), code)


def _first_of(year: int, month: int) -> dt.date:
    """The first day after `month` (1-12)."""
    return dt.date(year + month // 12, month % 12 + 1, 1)


def format_date(day: dt.date) -> str:
    """A date in words, as "15 oktober 2025"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
