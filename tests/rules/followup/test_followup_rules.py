"""What is common to all that must be done."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from uppsikt.followup.rules import Progress, carried_badges, is_overdue, total

progress = st.integers(0, 500).flatmap(lambda n: st.builds(Progress, st.integers(0, n), st.just(n)))


def test_carried_over_is_printed_in_the_model_s_words() -> None:
    badges = carried_badges(
        carried_from_year=2019,
        origin_year=2016,
        carried_text="Överflyttad från verksamhetsberättelse för {year}.",
        origin_text="Åtagandet är från {year}.",
    )
    assert badges == ["Överflyttad från verksamhetsberättelse för 2019.", "Åtagandet är från 2016."]


def test_what_is_new_carries_nothing() -> None:
    assert (
        carried_badges(carried_from_year=None, origin_year=None, carried_text="{year}", origin_text="{year}")
        == []
    )


def test_the_deadline_s_own_day_is_in_time() -> None:
    day = dt.date(2025, 9, 20)
    assert not is_overdue(day, done=False, today=day)
    assert is_overdue(day, done=False, today=day + dt.timedelta(days=1))
    assert not is_overdue(day, done=True, today=day + dt.timedelta(days=1))
    assert not is_overdue(None, done=False, today=day)


@given(progress)
def test_a_hundred_percent_means_all(part: Progress) -> None:
    assert 0 <= part.percent <= 100
    assert (part.percent == 100) == part.complete


@given(st.lists(progress))
def test_the_whole_is_the_sum_of_its_parts(parts: list[Progress]) -> None:
    whole = total(parts)
    assert whole.left == sum(part.left for part in parts)
