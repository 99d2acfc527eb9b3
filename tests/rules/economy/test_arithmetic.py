"""The economy's arithmetic as docs/algorithms/economy.md has it, on figures from printed reports."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.tables import figure, names, table
from uppsikt.economy.rules.forecast import accuracy, propose
from uppsikt.economy.rules.grain import Grain, Profile, accumulated, by_month, spread
from uppsikt.economy.rules.model import Column, RowSpec, TableSpec, Threshold
from uppsikt.economy.rules.tables import Ask, Setting, Table, asks, compose, expanded, over_threshold
from uppsikt.kernel.numbers import round_half_away

DOC = "economy.md"
VARIANCES = table(DOC, "TABLE-1")
PERCENTS = table(DOC, "TABLE-2")
SPREADS = table(DOC, "SPREAD-1")
FORECASTS = table(DOC, "FORECAST-1")
THRESHOLDS = table(DOC, "THRESHOLD-1")
SETTING = Setting(2024, 12)


def two_columns(*derived: Column, decimals: int = 0) -> TableSpec:
    """A table of one row with an outcome, a budget and what is worked out from them."""
    columns = (Column("a", "A", measure="outcome"), Column("b", "B", measure="budget"), *derived)
    return TableSpec("t", "T", columns, (RowSpec("Rad", "rad", scope={"line": "x"}),), decimals=decimals)


def with_amounts(spec: TableSpec, a: int | None, b: int | None) -> Table:
    ready = expanded(spec, lambda row: [], SETTING)
    told = {"outcome": a, "budget": b}
    return compose(ready, {ask: told[ask.measure] for ask in asks(ready)}, SETTING)


def ore(text: str, scale: int = 100_000) -> int:
    found = figure(text)
    assert found is not None
    return int(found * scale)


@pytest.mark.parametrize("row", VARIANCES, ids=names(VARIANCES))
def test_a_variance_is_outcome_less_budget(row: dict[str, str]) -> None:
    made = with_amounts(
        two_columns(Column("v", "V", difference=("a", "b")), decimals=1),
        ore(row["outcome"]),
        ore(row["budget"]),
    )
    assert made.row("rad").cell("v").exact == ore(row["variance"])
    assert made.row("rad").cell("v").shown == figure(row["variance"])


@pytest.mark.parametrize("row", PERCENTS, ids=names(PERCENTS))
def test_percent_change_and_growth(row: dict[str, str]) -> None:
    operation = {row["operation"]: ("a", "b")}
    column = Column("p", "P", decimals=int(row["decimals"]), **operation)
    made = with_amounts(two_columns(column), ore(row["this"]), ore(row["other"]))
    assert made.row("rad").cell("p").shown == figure(row["percent"])


@pytest.mark.parametrize("operation", ["percent", "change", "growth"])
@pytest.mark.parametrize(("this", "other"), [(5, 0), (None, 5), (5, None)])
def test_nothing_is_a_percent_of_nothing(operation: str, this: int | None, other: int | None) -> None:
    made = with_amounts(two_columns(Column("p", "P", **{operation: ("a", "b")})), this, other)
    assert made.row("rad").cell("p").shown is None


def test_not_reported_is_not_zero() -> None:
    made = with_amounts(two_columns(Column("v", "V", difference=("a", "b"))), None, -500_000)
    assert [cell.shown for cell in made.row("rad").cells] == [None, Decimal(-5), None]


def test_a_figure_that_rounds_to_zero_has_no_minus() -> None:
    made = with_amounts(two_columns(), -49_999, 0)
    assert made.row("rad").cell("a").text == "0"


def test_a_table_says_when_printed_figures_do_not_add_up() -> None:
    """−256 364,4 less −248 970,6 is −7 393,8 and prints −7 394, though −256 364 less −248 971 is −7 393."""
    spec = two_columns(Column("v", "V", difference=("a", "b")))
    assert any("orundade" in note for note in with_amounts(spec, -25_636_440_000, -24_897_060_000).notes)
    assert with_amounts(spec, -25_636_400_000, -24_897_100_000).notes == ()


@given(a=st.integers(-(10**14), 10**14), b=st.integers(-(10**14), 10**14))
def test_a_printed_variance_is_within_half_a_unit_of_the_true_one(a: int, b: int) -> None:
    shown = (
        with_amounts(two_columns(Column("v", "V", difference=("a", "b"))), a, b).row("rad").cell("v").shown
    )
    assert shown is not None
    assert abs(shown - Decimal(a - b) / 100_000) <= Decimal("0.5")


def rows_of_parts(parts: list[int]) -> Table:
    rows = (
        *(RowSpec(f"Del {n}", f"p{n}", scope={"line": f"l{n}"}) for n in range(len(parts))),
        RowSpec("Summa", "sum", "total", sum=tuple(f"p{n}" for n in range(len(parts)))),
    )
    spec = expanded(
        TableSpec("t", "T", (Column("a", "A", measure="outcome"),), rows), lambda row: [], SETTING
    )
    told = {f"l{n}": amount for n, amount in enumerate(parts)}
    return compose(spec, {ask: told[ask.node("line")] for ask in asks(spec)}, SETTING)


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=12))
def test_a_sum_is_of_unrounded_parts(parts: list[int]) -> None:
    made = rows_of_parts(parts)
    assert made.row("sum").cell("a").exact == sum(parts)
    assert made.row("sum").cell("a").shown == round_half_away(Decimal(sum(parts)) / 100_000, 0)


def test_a_subtotal_may_stand_before_its_parts() -> None:
    rows = (
        RowSpec("Summa", "s", "subtotal", sum=("x", "y")),
        RowSpec("X", "x", scope={"line": "x"}),
        RowSpec("Y", "y", scope={"line": "y"}),
    )
    spec = expanded(
        TableSpec("t", "T", (Column("a", "A", measure="outcome"),), rows), lambda row: [], SETTING
    )
    made = compose(spec, dict.fromkeys(asks(spec), 100_000), SETTING)
    assert made.row("s").cell("a").text == "2"


def test_years_and_months_are_filled_in() -> None:
    column = Column("plan_{year+1}", "Utfall {month} {year}", measure="plan", years=1)
    spec = TableSpec("t", "T {year-1}", (column,), (RowSpec("Rad", scope={"item": "i-{year}"}),))
    ready = expanded(spec, lambda row: [], Setting(2024, 3))
    assert (ready.columns[0].key, ready.columns[0].label, ready.title) == (
        "plan_2025",
        "Utfall mars 2024",
        "T 2023",
    )
    assert asks(ready) == [Ask("plan", 1, "cutoff", (("item", "i-2024"),))]


@pytest.mark.parametrize("row", SPREADS, ids=names(SPREADS))
def test_a_year_is_spread_over_its_months(row: dict[str, str]) -> None:
    weights = [int(w) for w in row["weights"].split()]
    assert spread(int(figure(row["year"]) or 0), weights) == tuple(
        int(figure(p) or 0) for p in row["parts"].split()
    )


@given(total=st.integers(-(10**14), 10**14), weights=st.lists(st.integers(0, 10**9), min_size=1, max_size=12))
def test_months_always_add_up_to_the_year(total: int, weights: list[int]) -> None:
    assert sum(spread(total, weights)) == total


@given(total=st.integers(0, 10**12), weights=st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_no_month_of_a_positive_budget_is_negative(total: int, weights: list[int]) -> None:
    assert min(spread(total, weights)) >= 0


def test_last_year_shapes_only_when_its_months_agree() -> None:
    grain = Grain("x", "unit:a", "", -1200, Profile.LAST_YEAR)
    assert by_month(grain, (-1,) * 11 + (-13,)) == (-50,) * 11 + (-650,)
    assert by_month(grain, (-1,) * 11 + (5,)) == (-100,) * 12
    assert by_month(grain) == (-100,) * 12


def test_a_budget_by_hand_is_as_it_was_given() -> None:
    months = (7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5)
    assert accumulated([Grain("x", "unit:a", "", 12, Profile.MANUAL, months)], 3) == 7


def shape(upto: int, whole: int, month: int) -> tuple[int, ...]:
    """Twelve months with a sum to `month` and a sum of the year."""
    return (upto, *(0,) * (month - 1), whole - upto, *(0,) * (11 - month))


@pytest.mark.parametrize("row", FORECASTS, ids=names(FORECASTS))
def test_a_forecast_is_proposed(row: dict[str, str]) -> None:
    found = {name: figure(row[name]) for name in row if name != "basis"}
    month = int(row["month"])
    proposed = propose(
        outcome=int(found["outcome"] or 0),
        month=month,
        budget=int(found["budget"] or 0),
        last_year=shape(int(found["last year to then"] or 0), int(found["last year"] or 0), month),
        earlier=int(found["earlier"]) if found["earlier"] is not None else None,
    )
    assert proposed is not None
    assert (proposed.amount_ore, proposed.basis.value) == (int(found["proposal"] or 0), row["basis"])


def test_a_whole_year_is_its_own_forecast() -> None:
    proposed = propose(outcome=-700, month=12, budget=-1000, last_year=(-1,) * 12)
    assert proposed is not None
    assert proposed.amount_ore == -700


def test_nothing_known_proposes_nothing() -> None:
    assert propose(outcome=None, month=3, budget=None) is None


def test_a_forecast_is_held_against_the_outcome() -> None:
    """Forecast −806,8, outcome −804,5: the year ended 2,3 better, 0,3 percent of the forecast."""
    found = accuracy(-8068, -8045)
    assert found.error_ore == 23
    assert found.percent is not None
    assert round_half_away(found.percent, 1) == Decimal("0.3")


@pytest.mark.parametrize("row", THRESHOLDS, ids=names(THRESHOLDS))
def test_what_must_be_explained(row: dict[str, str]) -> None:
    limit = Threshold(
        int(figure(row["amount kr"]) or 0), figure(row["percent"]) or Decimal(0), row["either"] == "yes"
    )
    assert over_threshold(ore(row["variance kr"], 100), ore(row["budget kr"], 100), limit) is (
        row["explain"] == "yes"
    )
