"""Writing what it costs: economy models, codes, frames, budgets, forecasts, registers."""

from __future__ import annotations

from collections.abc import Sequence

from uppsikt.economy.actions import budget as budgets
from uppsikt.economy.actions import coding as codes
from uppsikt.economy.actions import registers
from uppsikt.economy.actions.tables import set_budgets, set_forecasts
from uppsikt.economy.rules.coding import Value
from uppsikt.economy.selectors import BudgetAmount, ForecastAmount
from uppsikt.exchange.actions.apply_years import decision
from uppsikt.exchange.actions.lookups import Here
from uppsikt.exchange.rules.models_sheet import ordered
from uppsikt.exchange.rules.rows import Row
from uppsikt.exchange.rules.tables import ECONOMY
from uppsikt.organisation.selectors import Unit


def year(row: Row, here: Here) -> None:
    document = here.dataset.economy_models[row.values["model"]]
    codes.save_model(year=row.values["year"], document=ordered(document, ECONOMY), by=here.by)


def coding(rows: Sequence[Row], here: Here) -> None:
    """A year's codes."""
    names = ("dimension", "key", "name", "parent", "unit", "body")
    codes.save_codes(
        year=rows[0].values["year"],
        values=[Value(*(row.values[name] for name in names)) for row in rows],
        units=here.units,
        bodies=here.bodies,
        by=here.by,
    )


def frame(row: Row, here: Here) -> None:
    _frame(row.values["key"], here)


def frame_amount(row: Row, here: Here) -> None:
    """All of the decision's amounts at once: the decision and what it gives are one."""
    _frame(row.values["frame"], here)


def _frame(key: str, here: Here) -> None:
    values = here.known.values("frames", key)
    if values is None:
        raise KeyError(key)
    here.frames[key], _changed = budgets.save_frame(
        key=key,
        body=here.bodies[values["body"]],
        year=values["year"],
        original=values["original"],
        date=values["date"],
        text=values["text"],
        decision=decision(values),
        amounts=here.frame_amounts.get(key, {}),
        by=here.by,
    )


def budget(rows: Sequence[Row], here: Here) -> None:
    """A body's budget of a year."""
    body, of_year = here.bodies[rows[0].values["body"]], rows[0].values["year"]
    amounts = [
        BudgetAmount(
            body=body,
            year=of_year,
            line=row.values["line"],
            unit=_unit(row, here),
            activity=row.values["activity"],
            decision=here.frames[row.values["frame"]] if row.values["frame"] else None,
            amount_ore=row.values["amount_ore"],
            profile=row.values["profile"],
            months=list(row.values["months"]),
        )
        for row in rows
    ]
    set_budgets(body=body, year=of_year, amounts=amounts, by=here.by)


def forecasts(rows: Sequence[Row], here: Here) -> None:
    """A body's forecasts of a round."""
    body, round_ = here.bodies[rows[0].values["body"]], here.rounds[rows[0].values["round"]]
    amounts = [
        ForecastAmount(
            body=body,
            round=round_,
            line=row.values["line"],
            unit=_unit(row, here),
            activity=row.values["activity"],
            amount_ore=row.values["amount_ore"],
            explanation=row.values["explanation"],
        )
        for row in rows
    ]
    set_forecasts(body=body, round_=round_, amounts=amounts, by=here.by, importing=True)


def restatement(row: Row, here: Here) -> None:
    values = row.values
    budgets.set_restatement(
        key=values["key"],
        body=here.bodies[values["body"]],
        year=values["year"],
        line=values["line"],
        unit=_unit(row, here),
        activity=values["activity"],
        amount_ore=values["amount_ore"],
        reason=values["reason"],
        by=here.by,
    )


def register_item(row: Row, here: Here) -> None:
    values = row.values
    item, _changed = registers.save_item(
        register=values["register"],
        key=values["key"],
        body=here.bodies[values["body"]],
        year=values["year"],
        name=values["name"],
        group=values["group"],
        position=values["position"],
        goal=values["goal"],
        project=values["project"],
        by=here.by,
    )
    here.register_items[item.register, item.key] = item


def register_amount(row: Row, here: Here) -> None:
    values = row.values
    registers.set_amount(
        item=here.register_items[values["register"], values["item"]],
        round_=here.rounds[values["round"]],
        measure=values["measure"],
        amount=values["count"] if values["amount_ore"] is None else values["amount_ore"],
        source=values["source"],
        by=here.by,
        importing=True,
    )


def _unit(row: Row, here: Here) -> Unit | None:
    return here.units[row.values["unit"]] if row.values["unit"] else None
