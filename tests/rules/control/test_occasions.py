"""When controls are made: occasions from how often, with stable codes."""

from __future__ import annotations

import datetime as dt

import pytest

from uppsikt.control.rules import occasions
from uppsikt.control.rules.occasions import OccasionState


@pytest.mark.parametrize(
    ("frequency", "many", "first", "last"),
    [
        ("month", 12, ("2024-01", "2024-01-31"), ("2024-12", "2024-12-30")),
        ("tertial", 3, ("2024-T1", "2024-04-30"), ("2024-T3", "2024-12-30")),
        ("year", 1, ("2024", "2024-12-30"), ("2024", "2024-12-30")),
        ("once", 1, ("2024", "2024-12-30"), ("2024", "2024-12-30")),
        # 25 May 2024 is a Saturday, 25 December a holiday after a holiday's eve.
        ("payroll", 12, ("2024-01", "2024-01-25"), ("2024-12", "2024-12-23")),
        ("week", 52, ("2024-W01", "2024-01-05"), ("2024-W52", "2024-12-27")),
        # 366 days, 104 at weekends, 11 holidays and eves on other days.
        ("day", 251, ("2024-01-02", "2024-01-02"), ("2024-12-30", "2024-12-30")),
    ],
)
def test_a_years_occasions(frequency: str, many: int, first: tuple[str, str], last: tuple[str, str]) -> None:
    slots = occasions.slots(frequency, 2024)
    assert len(slots) == len({slot.period for slot in slots}) == many
    assert [(slot.period, slot.due.isoformat()) for slot in (slots[0], slots[-1])] == [first, last]
    assert [occasions.order(slot.period) for slot in slots] == sorted(
        occasions.order(s.period) for s in slots
    )


def test_a_week_belongs_to_the_year_of_its_thursday() -> None:
    assert len(occasions.slots("week", 2026)) == 53
    assert occasions.slots("week", 2025)[0] == occasions.Slot("2025-W01", dt.date(2025, 1, 3))


def test_nothing_is_laid_out_when_it_is_not_said_how_often() -> None:
    assert occasions.slots("", 2024) == ()


@pytest.mark.parametrize(
    "day", ["2024-03-29", "2024-04-01", "2024-05-09", "2024-06-21", "2025-04-18", "2019-06-06"]
)
def test_holidays_are_not_working_days(day: str) -> None:
    """Good Friday, Easter Monday, Ascension Day and Midsummer Eve of 2024; Good Friday of 2025; the national day."""
    assert not occasions.is_working_day(dt.date.fromisoformat(day))


def test_the_year_comes_after_its_last_month_and_a_part_before_the_whole() -> None:
    codes = ["2024", "2024-12", "2024-T2", "2024-W10", "2024-03-14", "2023"]
    assert sorted(codes, key=occasions.order) == [
        "2023",
        "2024-W10",
        "2024-03-14",
        "2024-T2",
        "2024-12",
        "2024",
    ]


def test_codes_in_words() -> None:
    assert occasions.label("2024-W07") == "vecka 7 2024"
    assert occasions.label("2024-03-14") == "14 mars 2024"
    assert occasions.label("2024", "januari–november 2024") == "januari–november 2024"
    assert occasions.label("vad som helst") == "vad som helst"


def test_an_occasion_is_late_the_day_after_its_last() -> None:
    due = dt.date(2024, 4, 30)
    assert occasions.state(due, False, due) is OccasionState.COMING
    assert occasions.state(due, False, due + dt.timedelta(days=1)) is OccasionState.LATE
    assert occasions.state(due, True, due + dt.timedelta(days=1)) is OccasionState.DONE
    assert occasions.state(None, False, due) is OccasionState.COMING


@pytest.mark.parametrize("code", ["9999-12-31", "9999-W52", "2025-W54", "2025-02-29", "2025-13"])
def test_a_code_that_names_no_days_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        occasions.span(code)
    assert occasions.label(code) == code
