"""What lies behind a budget, a forecast or a registered amount: each amount, who set it, when and by which decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from uppsikt.economy.pages.amounts import money
from uppsikt.economy.rules.coding import ALL
from uppsikt.economy.rules.follow import BUDGETS, FORECASTS
from uppsikt.economy.rules.grain import Profile, matching
from uppsikt.economy.rules.tables import Ask, Table
from uppsikt.economy.selectors import BudgetAmount, ForecastAmount, RegisterAmount, budget, follow, registers
from uppsikt.economy.selectors.answers import Reading, nodes_of
from uppsikt.economy.selectors.origins import day, of_register
from uppsikt.web import tables as grid
from uppsikt.web.tables import Cell, Column, Row

SHOWN = 60
"""How many amounts are listed; a whole municipality's budget has thousands."""


def behind(asked: Sequence[Ask], table: Table, reading: Reading) -> grid.Table | None:
    """The stored amounts behind a figure that is itself a budget, a forecast or registered; else None."""
    if len(asked) != 1:
        return None
    ask, unit = asked[0], table.spec.unit
    if ask.node("register"):
        return _registered(ask, reading)
    if ask.measure not in (*BUDGETS, *FORECASTS):
        return None
    place = ALL if table.spec.whole else reading.place
    found = list(_matching(ask, reading, place))
    if not found:
        return None
    names = follow.place_names(reading.year)
    shown = sorted(found, key=lambda row: -abs(row.amount_ore))[:SHOWN]
    left = len(found) - len(shown)
    notes = [_("Ytterligare %(count)s belopp visas inte här.") % {"count": left}] if left else []
    return grid.Table(
        key="belopp",
        caption=_("Belopp bakom siffran"),
        unit=unit,
        caption_hidden=True,
        dense=True,
        sticky=False,
        columns=(
            Column("what", _("Rad")),
            Column("by", _("Av"), width="fit"),
            Column("amount", _("Belopp"), "num"),
        ),
        rows=tuple(_row(row, reading, names, unit, table.spec.decimals) for row in shown),
        notes=tuple(notes),
    )


def _matching(ask: Ask, reading: Reading, place: str) -> list[Any]:
    """The rows of the budget or the forecast that the figure is the sum of."""
    year = reading.year + ask.years
    rows: Sequence[Any]
    if ask.measure in BUDGETS:
        rows = list(budget.budget_rows(year, reading.body))
        if ask.measure == "budget_original":
            rows = [row for row in rows if row.decision_id is None]
    elif ask.measure == "forecast":
        rows = list(budget.forecast_rows(reading.round, reading.body))
    else:
        chain = [row for row in budget.forecast_rounds(reading.round) if row != reading.round]
        rows = list(budget.forecast_rows(chain[-1], reading.body)) if chain else []
    nodes, coding = nodes_of(ask, place), reading.coding(year)
    return [
        row for row, grain in zip(rows, budget.grains(rows), strict=True) if matching([grain], nodes, coding)
    ]


def _row(
    row: BudgetAmount | ForecastAmount, reading: Reading, names: Mapping[str, str], unit: str, decimals: int
) -> Row:
    line = reading.model.line(row.line)
    activity = reading.coding(reading.year).name("activity", row.activity) if row.activity else ""
    where = [names.get(budget.place(row), ""), activity, *_words(row)]
    return Row(
        (
            Cell(line.label if line else row.line, sub=" · ".join(filter(None, where))),
            Cell(row.recorded_by_name, sub=day(row.recorded_at), muted=True),
            Cell(money(row.amount_ore, unit, decimals)),
        )
    )


def _words(row: BudgetAmount | ForecastAmount) -> list[str]:
    """What is said of the amount: how it is spread and by which decision, or why it is forecast."""
    if isinstance(row, ForecastAmount):
        return [row.explanation]
    decision = str(row.decision.decision) if row.decision else _("ursprunglig budget")
    return [Profile(row.profile).label, decision]


def _registered(ask: Ask, reading: Reading) -> grid.Table | None:
    told = registers.amounts(reading.round, reading.body)
    rows = [row for row in told.values() if of_register(row, ask)]
    if not rows:
        return None
    model = reading.model.register(ask.node("register"))
    counts = {measure.key for measure in model.measures if measure.count} if model else set()
    return grid.Table(
        key="belopp",
        caption=_("Registrerade belopp"),
        caption_hidden=True,
        dense=True,
        sticky=False,
        columns=(
            Column("what", _("Post")),
            Column("by", _("Av"), width="fit"),
            Column("amount", _("Belopp"), "num"),
        ),
        rows=tuple(_registered_row(row, counts) for row in rows),
    )


def _registered_row(row: RegisterAmount, counts: set[str]) -> Row:
    amount = str(row.amount) if row.measure in counts else f"{money(row.amount)}\u00a0tkr"
    return Row(
        (
            Cell(row.item.name, sub=row.source),
            Cell(row.recorded_by_name, sub=day(row.recorded_at), muted=True),
            Cell(amount),
        )
    )
