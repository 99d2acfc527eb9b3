"""When a control is made: the year's occasions by how often it is, each with a stable code and a last day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from uppsikt.control.rules.words import Frequency
from uppsikt.kernel.period import Period, format_date, parse_period

_WEEK = re.compile(r"^(?P<year>\d{4})-W(?P<week>\d{2})$")
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
SATURDAY = 5
THURSDAY = 4
PAYDAY = 25
FIXED_DAYS_OFF = ((1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31))
EASTER_DAYS_OFF = (-2, 1, 39)


class OccasionState(StrEnum):
    """Where an occasion stands on a day."""

    DONE = "done"
    LATE = "late"
    COMING = "coming"

    @property
    def label(self) -> str:
        """The state in words."""
        return {"done": "Gjord", "late": "Försenad", "coming": "Kommande"}[self.value]


@dataclass(frozen=True, slots=True)
class Slot:
    """An occasion of the year: its period's code and the last day it should be done."""

    period: str
    due: dt.date


@dataclass(frozen=True, slots=True)
class Span:
    """The days that an occasion's code names. `end` is not included."""

    code: str
    start: dt.date
    end: dt.date
    label: str

    @property
    def order(self) -> tuple[dt.date, int, str]:
        """Sorts by when it ends; of two that end together the longer comes last."""
        return self.end, -self.start.toordinal(), self.code


def span(code: str) -> Span:
    """The days of a period, an ISO date or an ISO week.

    Raises: ValueError when the code is none of them.
    """
    try:
        return _span(code.strip())
    except OverflowError as error:  # the last day of the calendar
        raise ValueError(f"no day after {code}") from error


def _span(text: str) -> Span:
    if _DAY.match(text):
        day = dt.date.fromisoformat(text)
        return Span(text, day, day + dt.timedelta(days=1), format_date(day))
    week = _WEEK.match(text)
    if week is not None:
        monday = dt.date.fromisocalendar(int(week["year"]), int(week["week"]), 1)
        return Span(text, monday, monday + dt.timedelta(days=7), f"vecka {int(week['week'])} {week['year']}")
    period: Period = parse_period(text)
    return Span(period.code, period.start, period.end, period.label)


def order(code: str) -> tuple[dt.date, int, str]:
    """Where a code comes in time; what cannot be read comes first."""
    try:
        return span(code).order
    except ValueError:
        return dt.date.min, 0, code


def label(code: str, text: str = "") -> str:
    """What an occasion is called: its own text, else its period in words."""
    if text:
        return text
    try:
        return span(code).label
    except ValueError:
        return code


def state(due: dt.date | None, done: bool, today: dt.date) -> OccasionState:
    """Where an occasion stands. One without a last day is never late."""
    if done:
        return OccasionState.DONE
    return OccasionState.LATE if due is not None and due < today else OccasionState.COMING


def slots(frequency: str, year: int) -> tuple[Slot, ...]:
    """OCCASION-1: a year's occasions of a control, in order; none when it is not said how often it is made.

    A day is a working day; a week is one whose Thursday lies in the year (ISO 8601). What is done for a day, week,
    month, tertial or year is due on its last working day; at a payroll run on the last working day to the 25th.
    """
    if not frequency:
        return ()
    kind = Frequency(frequency)
    if kind is Frequency.DAY:
        return tuple(Slot(day.isoformat(), day) for day in _days(year) if is_working_day(day))
    if kind is Frequency.WEEK:
        return tuple(_slot(code) for code in _weeks(year))
    if kind is Frequency.PAYROLL:
        return tuple(
            Slot(f"{year}-{month:02d}", _working_day_to(dt.date(year, month, PAYDAY)))
            for month in range(1, 13)
        )
    codes = {
        Frequency.MONTH: [f"{year}-{month:02d}" for month in range(1, 13)],
        Frequency.TERTIAL: [f"{year}-T{number}" for number in (1, 2, 3)],
    }
    return tuple(_slot(code) for code in codes.get(kind, [str(year)]))


def _slot(code: str) -> Slot:
    held = span(code)
    return Slot(code, max(_working_day_to(held.end - dt.timedelta(days=1)), held.start))


def is_working_day(day: dt.date) -> bool:
    """Whether a municipality's offices work: not Saturday or Sunday, a public holiday or a holiday's eve.

    Source: lag (1989:253) om allmänna helgdagar; midsummer's, Christmas and New Year's eve by collective agreement.
    """
    if day.weekday() >= SATURDAY or (day.month, day.day) in FIXED_DAYS_OFF:
        return False
    return day not in {_easter(day.year) + dt.timedelta(days=after) for after in EASTER_DAYS_OFF} and (
        day != _midsummer_eve(day.year)
    )


def _working_day_to(day: dt.date) -> dt.date:
    while not is_working_day(day):
        day -= dt.timedelta(days=1)
    return day


def _days(year: int) -> Iterator[dt.date]:
    day = dt.date(year, 1, 1)
    while day.year == year:
        yield day
        day += dt.timedelta(days=1)


def _weeks(year: int) -> Iterator[str]:
    for number in range(1, 54):
        try:
            thursday = dt.date.fromisocalendar(year, number, THURSDAY)
        except ValueError:
            return
        if thursday.year == year:
            yield f"{year}-W{number:02d}"


def _midsummer_eve(year: int) -> dt.date:
    """The Friday between 19 and 25 June."""
    first = dt.date(year, 6, 19)
    return first + dt.timedelta(days=(4 - first.weekday()) % 7)


def _easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar.

    Source: the anonymous algorithm of 1876 (Meeus, Astronomical Algorithms, ch. 8).
    """
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, left = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - shift + 15) % 30
    quarter, last = divmod(rest, 4)
    weekday = (32 + 2 * left + 2 * quarter - epact - last) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return dt.date(year, month, day + 1)
