"""What the charts of money draw is what the table beside them says."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from uppsikt.economy.rules.model import Column, RowSpec, TableSpec
from uppsikt.economy.rules.plots import compared, grouped, portfolio, waterfall
from uppsikt.economy.rules.tables import Setting, Table, asks, compose, expanded

SETTING = Setting(2024, 12)
BUDGET, OUTCOME = Column("b", "Budget", measure="budget"), Column("u", "Utfall", measure="outcome")
FORECAST = Column("p", "Prognos", measure="forecast")
VARIANCE = Column("v", "Avvikelse", difference=("u", "b"))
EXPECTED = Column("e", "Avvikelse prognos", difference=("p", "b"))
Amounts = dict[str, dict[str, int | None]]


def made(spec: TableSpec, amounts: Amounts) -> Table:
    """The table with öre by row and measure; what is not said is not reported."""
    ready = expanded(spec, lambda row: [], SETTING)
    told = {ask: amounts.get(ask.node("line"), {}).get(ask.measure) for ask in asks(ready)}
    return compose(ready, told, SETTING)


def statement(
    *rows: RowSpec, columns: tuple[Column, ...] = (BUDGET, OUTCOME, VARIANCE), commented: str = "v"
) -> TableSpec:
    return TableSpec("t", "T", columns, rows, commented=commented)


def row(key: str, role: str = "detail") -> RowSpec:
    return RowSpec(key.title(), key, role, scope={"line": key})


def test_an_income_that_stands_as_a_sum_alone_is_a_step_and_a_sum_of_listed_rows_is_none() -> None:
    """Income has no rows of its own; costs are the sum of wages and goods: three steps, not four."""
    table = made(
        statement(
            row("income", "subtotal"),
            row("wages"),
            row("goods"),
            row("costs", "subtotal"),
            row("all", "total"),
        ),
        {
            "income": {"budget": 100, "outcome": 130},
            "wages": {"budget": -200, "outcome": -190},
            "goods": {"budget": -50, "outcome": -90},
            "costs": {"budget": -250, "outcome": -280},
            "all": {"budget": -150, "outcome": -150},
        },
    )
    fall = waterfall(table)
    assert fall is not None
    assert fall.steps == (("Income", 30), ("Wages", 10), ("Goods", -40))
    assert (fall.start, fall.end) == (-150, -150)


def test_what_the_rows_do_not_come_to_is_a_step_of_its_own() -> None:
    table = made(
        statement(row("wages"), row("all", "total")),
        {"wages": {"budget": -5, "outcome": -7}, "all": {"budget": -20, "outcome": -25}},
    )
    fall = waterfall(table)
    assert fall is not None
    assert fall.steps == (("Wages", -2), ("Övrigt", -3))


def test_before_a_forecast_is_set_the_outcome_is_drawn() -> None:
    spec = statement(
        row("wages"),
        row("all", "total"),
        columns=(BUDGET, FORECAST, OUTCOME, EXPECTED, VARIANCE),
        commented="e",
    )
    amounts: Amounts = {name: {"budget": -20, "outcome": -25} for name in ("wages", "all")}
    found = compared(made(spec, amounts))
    assert found is not None
    assert found[0].key == "v"
    for one in amounts.values():
        one["forecast"] = -30
    found = compared(made(spec, amounts))
    assert found is not None
    assert found[0].key == "e"


def test_nothing_that_differs_draws_nothing() -> None:
    assert waterfall(made(statement(row("a"), row("all", "total")), {})) is None
    same: Amounts = {name: {"budget": -5, "outcome": -5} for name in ("a", "all")}
    assert waterfall(made(statement(row("a"), row("all", "total")), same)) is None


@given(
    st.lists(
        st.tuples(st.integers(-(10**12), 10**12), st.integers(-(10**12), 10**12)), min_size=1, max_size=8
    )
)
def test_the_steps_always_lead_from_one_end_to_the_other(pairs: list[tuple[int, int]]) -> None:
    amounts: Amounts = {f"r{n}": {"budget": b, "outcome": u} for n, (b, u) in enumerate(pairs)}
    amounts["all"] = {"budget": sum(b for b, _ in pairs), "outcome": sum(u for _, u in pairs)}
    rows = [row(f"r{n}") for n in range(len(pairs))]
    fall = waterfall(made(statement(*rows, row("all", "total")), amounts))
    if fall is not None:
        assert fall.start + sum(amount for _label, amount in fall.steps) == fall.end


def test_net_costs_stand_side_by_side_as_positive_figures() -> None:
    columns = (Column("y1", "2023", measure="outcome", years=-1), Column("y2", "2024", measure="outcome"))
    spec = TableSpec("t", "T", columns, (row("all", "total"), row("a")))
    drawn = grouped(made(spec, {"a": {"outcome": -300_000}, "all": {"outcome": -300_000}}))
    assert drawn is not None
    assert drawn.labels == ("A",)
    assert drawn.series == (("2023", (Decimal(3),)), ("2024", (Decimal(3),)))


def test_a_portfolio_says_under_which_heading_a_row_stands() -> None:
    spec = TableSpec(
        "t", "T", (BUDGET, OUTCOME),
        (row("roads", "subtotal"), RowSpec("Planering", role="group"), row("north"), row("all", "total")),
    )  # fmt: skip
    drawn = portfolio(made(spec, {"north": {"budget": -200_000, "outcome": -100_000}}))
    assert drawn is not None
    assert drawn.labels == ("North, Planering, Roads",)
    assert (drawn.budget, drawn.outcome, drawn.forecast) == ((Decimal(2),), (Decimal(1),), (None,))
