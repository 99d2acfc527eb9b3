"""Sums of a project's money, use in percent, and what is proposed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.investments.rules.amounts import (
    added,
    estimate_over,
    flow_sum,
    flows_in,
    forecast_proposal,
    outlay,
    total,
    unspent,
    use_percent,
    variance,
)
from uppsikt.investments.rules.current import is_current
from uppsikt.investments.rules.listing import Figures, figures, totals, used_together
from uppsikt.investments.rules.matching import Traits, flow_of, matches
from uppsikt.investments.rules.words import FLOWS, NET, SALES_NET, AmountKind, Flow, Schedule
from uppsikt.web.svg import SYMBOLS

ORE = st.integers(min_value=-(10**14), max_value=10**14)
BY_FLOW = st.dictionaries(st.sampled_from([flow.value for flow in Flow]), ORE)


def test_expense_and_income_apart_and_net() -> None:
    # Development 2024: −116 380 out and 59 150 in make −57 230 net (yearly report 2024, tkr).
    amounts = {"expense": -116_380, "income": 59_150, "sales_income": 53_953}
    assert flow_sum(amounts) == -57_230
    assert flow_sum(amounts, "expense") == -116_380
    assert flow_sum(amounts, "sales_net") == 53_953
    assert flow_sum(amounts, "sales_expense") is None
    assert outlay(amounts) == 57_230


@given(st.lists(BY_FLOW))
def test_the_sum_of_the_projects_is_the_sum_of_each(many: list[dict[str, int]]) -> None:
    whole = added(many)
    for flow in FLOWS:
        assert (flow_sum(whole, flow) or 0) == sum(flow_sum(one, flow) or 0 for one in many)


@given(BY_FLOW)
def test_net_and_sales_share_nothing_and_leave_nothing_out(amounts: dict[str, int]) -> None:
    assert set(FLOWS[NET]) | set(FLOWS[SALES_NET]) == set(Flow)
    assert (flow_sum(amounts, NET) or 0) + (flow_sum(amounts, SALES_NET) or 0) == sum(amounts.values())


@given(st.lists(st.one_of(st.none(), ORE)))
def test_what_is_not_told_is_never_zero(amounts: list[int | None]) -> None:
    told = [amount for amount in amounts if amount is not None]
    assert total(amounts) == (sum(told) if told else None)


def test_variance_is_positive_when_better_than_budget() -> None:
    assert variance(-30_638, -110_707) == 80_069  # printed +80 069
    assert variance(None, -1) is None
    assert variance(-1, None) is None


@pytest.mark.parametrize(
    ("used", "granted", "expected"),
    [(150_900, 1_192_000, "12.66"), (-15_514, -36_500, "42.50"), (0, 100, "0.00"), (-20, 100, "-20.00")],
)
def test_use_in_percent(used: int, granted: int, expected: str) -> None:
    found = use_percent(used, granted)
    assert found is not None
    assert found.quantize(Decimal("0.01")) == Decimal(expected)


def test_nothing_granted_has_no_share_of_use() -> None:
    assert use_percent(5, 0) is None
    assert use_percent(5, None) is None
    assert use_percent(None, 5) is None


@pytest.mark.parametrize(
    ("budget", "outcome", "left"),
    [
        (-100, -60, -40),
        (-100, -100, 0),
        (-100, -130, 0),
        (-100, None, -100),
        (-100, 20, -100),  # money that came in is not more to spend
        (50, 20, 30),
        (50, 80, 0),
        (0, -10, 0),
        (None, -10, 0),
    ],
)
def test_unspent_budget(budget: int | None, outcome: int | None, left: int) -> None:
    assert unspent(budget, outcome) == left


@given(ORE, ORE)
def test_no_more_is_carried_over_than_was_given(budget: int, outcome: int) -> None:
    left = unspent(budget, outcome)
    assert abs(left) <= abs(budget)
    assert left * budget >= 0


@pytest.mark.parametrize(
    ("budget", "outcome", "earlier", "month", "proposed"),
    [
        (-100, -20, None, 3, -100),
        (-100, -20, -80, 8, -80),
        (-100, -130, -80, 8, -130),  # already booked
        (-100, -70, -80, 12, -70),
        (None, -30, None, 8, -30),
        (60, 10, None, 8, 60),
        (60, 75, None, 8, 75),
        (0, -5, None, 8, -5),
        (-100, None, None, 8, -100),
        (None, None, None, 8, None),
    ],
)
def test_forecast_proposal(
    budget: int | None, outcome: int | None, earlier: int | None, month: int, proposed: int | None
) -> None:
    assert forecast_proposal(budget, outcome, earlier, month) == proposed


def test_estimated_over_decided() -> None:
    assert estimate_over(120, 100) == 20
    assert estimate_over(None, 100) is None


def test_flows_stand_in_their_order() -> None:
    assert flows_in({"income": 1}, {"expense": -1}) == [Flow.EXPENSE, Flow.INCOME]


def test_every_word_has_its_text_and_symbol() -> None:
    assert all(kind.label for kind in AmountKind)
    assert all(flow.label for flow in Flow)
    assert {schedule.shape for schedule in Schedule} <= SYMBOLS.keys()
    assert all(schedule.label and schedule.colour for schedule in Schedule)


# ---------------------------------------------------------------- the list


def row(**values: int | None) -> Figures:
    told: dict[str, int | None] = dict.fromkeys(
        ("budget", "outcome", "forecast", "spent", "decided", "estimated")
    )
    month = values.pop("month", 8) or 8
    return figures(**{**told, **values}, month=month)


def test_variance_is_the_forecasts_until_the_year_has_ended() -> None:
    assert row(budget=-100, outcome=-20, forecast=-90).variance == 10
    assert row(budget=-100, outcome=-20).variance is None
    assert row(budget=-100, outcome=-120, forecast=-90, month=12).variance == -20


@given(st.lists(st.builds(Figures, *([st.one_of(st.none(), ORE)] * 7))))
def test_totals_add_up_every_column(rows: list[Figures]) -> None:
    held = totals(rows)
    for name in ("budget", "outcome", "forecast", "variance", "spent", "decided", "estimated"):
        assert (getattr(held, name) or 0) == sum(getattr(one, name) or 0 for one in rows)


def test_use_together_counts_those_with_a_decided_total() -> None:
    rows = [row(spent=50, decided=100), row(spent=900), row(spent=0, decided=100)]
    assert used_together(rows) == Decimal(25)
    assert rows[0].used == Decimal(50)


def test_a_project_belongs_to_the_years_between_its_first_and_last() -> None:
    assert is_current(2024, [])
    assert is_current(2024, [2022, 2026])
    assert not is_current(2024, [2020, 2021])
    assert not is_current(2020, [2023])


def test_axes_are_combined() -> None:
    traits = Traits(kind="development", phase="planning", area="west")
    assert matches(traits, {"kind": "development", "area": "west", "flow": "income"})
    assert not matches(traits, {"kind": "development", "area": "middle"})
    assert flow_of({}) == "net"
    with pytest.raises(LookupError):
        flow_of({"flow": "sideways"})
