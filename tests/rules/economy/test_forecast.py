"""What a sheet of forecasts is made of, and when a forecast must be explained."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.economy.rules.forecast import (
    Accuracy,
    Basis,
    Proposal,
    accuracy,
    departs_from,
    mean_absolute_percent,
)
from uppsikt.economy.rules.forecast_sheet import deal, expected, is_negative, leaves, placed, signed
from uppsikt.economy.rules.model import EconomyModel, Line, Threshold

LIMIT = Threshold(50_000, Decimal(5))
THOUSAND = 100_000
MODEL = EconomyModel(
    "liten",
    lines=(
        Line("result", "Resultat"),
        Line("revenue", "Intäkter", "result", ("3",), income=True),
        Line("costs", "Kostnader", "result"),
        Line("personnel", "Personal", "costs"),
        Line("gross", "Löner", "personnel", ("5",)),
        Line("to_projects", "Lön till projekt", "personnel", ("59",)),
        Line("goods", "Varor", "costs", ("4", "6")),
        Line("investment", "Investeringar"),
        Line("expense", "Utgift", "investment", ("11",)),
        Line("law", "Resultat enligt lag"),
        Line("law_costs", "Kostnader", "law", lines=("costs",)),
    ),
    flows={"expense": "expense"},
)


@pytest.mark.parametrize(
    ("forecast", "budget", "proposal", "departs"),
    [
        (None, -1000, -1200, ()),
        (-1200, -1000, -1200, ("budget",)),  # 200 000 kronor and 20 percent from budget
        (-1000, -1000, -1200, ("proposal",)),
        (-1400, -1000, -1200, ("budget", "proposal")),
        (-1040, -1000, -1040, ()),  # 40 000 kronor is under the amount
        (-10_060, -10_000, -10_000, ()),  # 60 000 kronor is 0.6 percent
        (-60, None, None, ("budget",)),  # without a budget the amount alone decides
        (-40, None, None, ()),
    ],
)
def test_what_a_forecast_departs_from(
    forecast: int | None, budget: int | None, proposal: int | None, departs: tuple[str, ...]
) -> None:
    told = Proposal(proposal * THOUSAND, Basis.PACE) if proposal is not None else None
    amounts = [None if each is None else each * THOUSAND for each in (forecast, budget)]
    assert departs_from(amounts[0], amounts[1], told, LIMIT) == departs


def test_no_threshold_asks_for_nothing() -> None:
    assert departs_from(-9, -1, Proposal(-5, Basis.PACE), Threshold()) == ()


def test_the_mean_error_has_no_sign() -> None:
    assert mean_absolute_percent([accuracy(-100, -110), accuracy(-100, -98)]) == Decimal(6)
    assert mean_absolute_percent([Accuracy(5, None)]) is None
    assert mean_absolute_percent([]) is None


def test_projects_and_made_up_lines_are_not_forecast_here() -> None:
    assert list(leaves(MODEL)) == ["revenue", "gross", "to_projects", "goods"]


def test_sums_stand_after_their_lines() -> None:
    rows = placed(MODEL, frozenset({"revenue", "gross", "to_projects", "goods"}))
    assert [(row.line.key, row.leaves) for row in rows] == [
        ("revenue", ()),
        ("gross", ()),
        ("to_projects", ()),
        ("personnel", ("gross", "to_projects")),
        ("goods", ()),
        ("costs", ("gross", "to_projects", "goods")),
        ("result", ("revenue", "gross", "to_projects", "goods")),
    ]


def test_a_group_of_one_line_has_no_sum() -> None:
    rows = placed(MODEL, frozenset({"gross", "goods"}))
    assert [row.line.key for row in rows] == ["gross", "goods", "costs", "result"]


@given(st.sets(st.sampled_from(sorted(leaves(MODEL)))))
def test_every_shown_line_stands_once_and_in_the_total(shown: set[str]) -> None:
    rows = placed(MODEL, frozenset(shown))
    assert {row.line.key for row in rows if not row.is_sum} == shown
    if shown:
        assert set(rows[-1].leaves) == shown


@pytest.mark.parametrize(
    ("amount", "told", "negative", "meant"),
    [
        (1200, False, True, -1200),
        (-1200, True, True, -1200),
        (50, True, True, 50),
        (1200, False, False, 1200),
    ],
)
def test_a_bare_figure_has_the_rows_own_sign(amount: int, told: bool, negative: bool, meant: int) -> None:
    assert signed(amount, told=told, negative=negative) == meant


def test_what_a_row_is_by_nature() -> None:
    cost, income = Line("a", "A"), Line("b", "B", income=True)
    assert is_negative(cost, (None, 0))
    assert not is_negative(income, ())
    assert not is_negative(cost, (None, 65, -3))
    assert is_negative(income, (-5,))


def test_a_forecast_is_dealt_as_it_was_kept() -> None:
    assert deal(-300, {}, {}) == {"": -300}
    assert deal(-300, {}, {"901": -100, "101": -50}) == {"901": -200, "101": -100}
    assert deal(-300, {"": -10}, {"901": -100}) == {"": -300}
    # Parts of both signs have no proportions: the largest takes the difference.
    assert deal(-60, {"901": -100, "101": 20}, {}) == {"901": -80, "101": 20}
    assert deal(7, {"901": 0}, {}) == {"901": 7}


@given(
    st.integers(-(10**12), 10**12),
    st.dictionaries(st.sampled_from("abc"), st.integers(-(10**9), 10**9)),
    st.dictionaries(st.sampled_from("abc"), st.integers(-(10**9), 10**9)),
)
def test_the_parts_are_the_whole(total: int, held: dict[str, int], budget: dict[str, int]) -> None:
    parts = deal(total, held, budget)
    assert sum(parts.values()) == total
    assert set(parts) == set(held or budget or {""})


def test_a_line_without_a_forecast_counts_as_its_budget() -> None:
    assert [expected(-5, -3), expected(0, -3), expected(None, -3), expected(None, None)] == [-5, 0, -3, 0]
