"""Periods are half-open, have one written form, and know what they may be compared with."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.kernel.period import format_date, parse_period

codes = st.one_of(
    st.integers(1990, 2099).map(str),
    st.builds("{}-T{}".format, st.integers(1990, 2099), st.integers(1, 3)),
    st.builds("{}-Q{}".format, st.integers(1990, 2099), st.integers(1, 4)),
    st.builds("{}-{:02d}".format, st.integers(1990, 2099), st.integers(1, 12)),
    st.builds("{}-{:02d}/R12".format, st.integers(1990, 2099), st.integers(1, 12)),
)


@pytest.mark.parametrize(
    ("code", "start", "end", "kind", "label"),
    [
        ("2024", "2024-01-01", "2025-01-01", "year", "2024"),
        ("2024-T2", "2024-05-01", "2024-09-01", "tertial", "tertial 2 2024"),
        ("2024-Q4", "2024-10-01", "2025-01-01", "quarter", "kvartal 4 2024"),
        ("2020-03", "2020-03-01", "2020-04-01", "month", "mars 2020"),
        ("2020-02/R12", "2019-03-01", "2020-03-01", "rolling12", "12 mån t.o.m. februari 2020"),
    ],
)
def test_every_form_has_its_days_and_its_words(
    code: str, start: str, end: str, kind: str, label: str
) -> None:
    period = parse_period(code)
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)
    assert (period.kind, period.label) == (kind, label)


@pytest.mark.parametrize(
    "code", ["", "24", "2024-13", "2024-00", "2024-T4", "2024-Q5", "2024-1", "2024/R12", "x"]
)
def test_what_is_no_period_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        parse_period(code)


@given(codes)
def test_the_first_day_belongs_to_the_period_and_the_end_does_not(code: str) -> None:
    period = parse_period(code)
    assert period.holds(period.start)
    assert not period.holds(period.end)
    assert period.year == (period.end - dt.timedelta(days=1)).year


@given(codes, st.integers(1, 5))
def test_a_year_earlier_is_the_same_kind_at_the_same_time_of_year(code: str, years: int) -> None:
    period = parse_period(code)
    earlier = period.same_a_year_earlier(years)
    assert (earlier.kind, earlier.start.month) == (period.kind, period.start.month)
    assert period.year - earlier.year == years


def test_dates_in_words() -> None:
    assert format_date(dt.date(2025, 10, 15)) == "15 oktober 2025"
