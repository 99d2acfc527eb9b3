"""What was known then: figures are superseded, never overwritten, and a round keeps what was said in it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest

from tests import build
from uppsikt.kernel import clock
from uppsikt.planning import selectors

pytestmark = pytest.mark.django_db

FEBRUARY = dt.datetime(2025, 2, 1, 12, tzinfo=clock.STOCKHOLM)
MARCH = dt.datetime(2025, 3, 1, 12, tzinfo=clock.STOCKHOLM)


@pytest.fixture
def world() -> SimpleNamespace:
    with clock.frozen(FEBRUARY):
        made = build.small_world()
    with clock.frozen(MARCH):
        build.outcome(
            of=made.indicator, period="2024", value="37", at=made.board, round_=made.rounds.year_end
        )
    return made


def judged(world: SimpleNamespace, moment: dt.datetime | None) -> tuple[Decimal | None, str]:
    judgement = selectors.indicator_view(world.use, moment=moment).judgement
    return (judgement.observed.value if judgement.observed else None), judgement.verdict.value


def test_the_revised_figure_is_the_one_that_stands(world: SimpleNamespace) -> None:
    assert judged(world, None) == (Decimal(37), "met")


def test_the_day_before_the_earlier_one_stood(world: SimpleNamespace) -> None:
    assert judged(world, MARCH - dt.timedelta(days=1)) == (Decimal(55), "not_met")


def test_before_anything_was_said_nothing_is_known(world: SimpleNamespace) -> None:
    view = selectors.indicator_view(world.use, moment=FEBRUARY - dt.timedelta(days=1))
    assert (view.series, view.targets) == ((), ())


def test_both_are_told_with_author_and_day(world: SimpleNamespace) -> None:
    said = [one for one in selectors.registered(world.indicator, None) if one.period.code == "2024"]
    assert [(one.value, one.at, one.superseded_at) for one in said] == [
        (Decimal(37), MARCH.astimezone(dt.UTC), None),
        (Decimal(55), FEBRUARY.astimezone(dt.UTC), MARCH.astimezone(dt.UTC)),
    ]
    then = selectors.registered(world.indicator, None, MARCH - dt.timedelta(days=1))
    assert [one.superseded_at for one in then if one.period.code == "2024"] == [None]


def test_a_later_rounds_outcome_is_not_shown_in_an_earlier_one(world: SimpleNamespace) -> None:
    view = selectors.indicator_view(world.use, round_=world.rounds.interim)
    assert view.judgement.verdict.value == "no_outcome"


def test_few_people_are_hidden_in_what_was_superseded_too(world: SimpleNamespace) -> None:
    series = build.indicator(key="sjuk", small_group_limit=11)
    for value, by in (("5.1", "gender=men"), ("4.9", "gender=women")):
        build.outcome(
            of=series, value=value, breakdown=by, at=world.board, group_size=9 if "women" not in by else 40
        )
    build.outcome(of=series, value="5", at=world.board, group_size=49)
    build.outcome(of=series, value="6.1", breakdown="gender=men", at=world.board, group_size=9)
    shown = {one.breakdown: one.value for one in selectors.registered(series, None)}
    assert shown == {"": Decimal(5), "gender=men": None, "gender=women": None}


def test_other_bodies_figures_are_theirs_alone(world: SimpleNamespace) -> None:
    other = build.body(key="nsn")
    build.outcome(of=world.indicator, value="12", at=other)
    mine = selectors.registered(world.indicator, frozenset({"ks"}))
    assert {one.holder.body for one in mine} == {"ks"}
    assert judged(world, None) == (Decimal(37), "met")
