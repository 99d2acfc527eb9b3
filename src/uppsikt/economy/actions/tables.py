"""Writing a whole table of amounts at once, as it comes in a dataset: one event for the table, not one a row."""

from __future__ import annotations

from collections.abc import Sequence

from uppsikt.cycle.actions import require_open
from uppsikt.cycle.selectors import Round
from uppsikt.economy.models import BudgetAmount, ForecastAmount
from uppsikt.economy.rules.grain import Profile
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.economy.selectors import models as economy_models
from uppsikt.history.actions import atomic, record
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.history.superseding import supersede_many
from uppsikt.kernel.problems import InputError, Problem, Where
from uppsikt.organisation.selectors import Body


@atomic
def set_budgets(*, body: Body, year: int, amounts: Sequence[BudgetAmount], by: Actor) -> int:
    """Set many detailed budget amounts of a body and year; those not named are left as they are.

    Args: amounts: unsaved rows of the body and year. Income positive, cost negative.
    Returns: how many were new or changed.
    Raises: InputError for a line that is no leaf of the model, or months that do not add up.
    """
    problems = [*_line_problems(amounts, economy_models.model_for(year)), *_month_problems(amounts)]
    if problems:
        raise InputError(*problems)
    standing = {
        (row.line, row.unit_id, row.activity, row.decision_id): row
        for row in BudgetAmount.objects.all().current().filter(body=body, year=year)
    }
    pairs: list[tuple[BudgetAmount | None, BudgetAmount]] = []
    for row in amounts:
        held = standing.get((row.line, row.unit_id, row.activity, row.decision_id))
        if held is None or _said(held) != _said(row):
            pairs.append((held, row))
    if not pairs:
        return 0
    supersede_many(pairs, by=by)
    record(
        EventKind.BUDGET_SET,
        by=by,
        subject=f"budget:{year}-{body.key}",
        label=f"{body.key} {year}, {len(pairs)} st",
        body_key=body.key,
        data={
            "rows": [
                [
                    *_place(row),
                    row.decision.key if row.decision else "",
                    held.amount_ore if held else None,
                    row.amount_ore,
                    row.profile,
                ]
                for held, row in pairs
            ]
        },
    )
    return len(pairs)


@atomic
def set_forecasts(
    *, body: Body, round_: Round, amounts: Sequence[ForecastAmount], by: Actor, importing: bool = False
) -> int:
    """Set many forecasts of a body in a round; those not named are left as they are.

    Args: amounts: unsaved rows of the body and round. Income positive, cost negative.
    Returns: how many were new or changed.
    Raises: InputError when the round is closed, or for a line that is no leaf of the model.
    """
    require_open(round_, importing=importing)
    if problems := _line_problems(amounts, economy_models.model_for(round_.year_id)):
        raise InputError(*problems)
    standing = {
        (row.line, row.unit_id, row.activity): row
        for row in ForecastAmount.objects.all().current().filter(body=body, round=round_)
    }
    pairs: list[tuple[ForecastAmount | None, ForecastAmount]] = []
    for row in amounts:
        held = standing.get((row.line, row.unit_id, row.activity))
        if held is None or (held.amount_ore, held.explanation) != (row.amount_ore, row.explanation):
            pairs.append((held, row))
    if not pairs:
        return 0
    supersede_many(pairs, by=by)
    record(
        EventKind.FORECAST_SET,
        by=by,
        subject=f"forecast:{round_.key}-{body.key}",
        label=f"{body.key} {round_.name}, {len(pairs)} st",
        body_key=body.key,
        data={
            "round": round_.key,
            "rows": [
                [
                    *_place(row),
                    held.amount_ore if held else None,
                    row.amount_ore,
                    held.explanation if held else "",
                    row.explanation,
                ]
                for held, row in pairs
            ],
        },
    )
    return len(pairs)


def _said(row: BudgetAmount) -> tuple[int, str, list[int]]:
    return row.amount_ore, row.profile, list(row.months)


def _place(row: BudgetAmount | ForecastAmount) -> tuple[str, str, str]:
    return row.line, row.unit.key if row.unit else "", row.activity


def _line_problems(
    amounts: Sequence[BudgetAmount] | Sequence[ForecastAmount], model: EconomyModel
) -> list[Problem]:
    leaves = {line.key for line in model.lines} - {line.parent for line in model.lines}
    return [
        Problem(
            "line",
            Where(field="line"),
            f"”{line}” är ingen rad i årets ekonomimodell, eller summerar andra rader.",
            "Välj en av modellens rader som inte summerar andra.",
        )
        for line in dict.fromkeys(row.line for row in amounts)
        if line not in leaves
    ]


def _month_problems(amounts: Sequence[BudgetAmount]) -> list[Problem]:
    return [
        Problem(
            "months",
            Where(field="months"),
            f"Månadernas belopp ger inte årets belopp ({row.line}).",
            "Ange tolv belopp som tillsammans blir årets budget.",
        )
        for row in amounts
        if row.profile == Profile.MANUAL.value
        and (len(row.months) != 12 or sum(row.months) != row.amount_ore)
    ]
