"""Reporting a line's forecast as a person does it: from a version, kept as finely as it was kept before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from uppsikt.cycle.actions import require_open
from uppsikt.cycle.selectors import Round
from uppsikt.economy.actions.budget import set_forecast
from uppsikt.economy.models import BudgetAmount, ForecastAmount
from uppsikt.economy.rules.forecast_sheet import deal
from uppsikt.economy.selectors.forecasts import explanation_of, version_of
from uppsikt.history.actions import atomic
from uppsikt.history.rules import Actor
from uppsikt.kernel.problems import refuse
from uppsikt.organisation.selectors import Body, Unit

ANY = "any"
"""As version begun from: whatever stands is to be replaced. The person has seen it and chosen."""


@dataclass(frozen=True, slots=True)
class Stale:
    """Somebody else saved first and nothing was written: what stands now. `amount_ore` None: it was taken away."""

    amount_ore: int | None
    explanation: str
    version: str
    by: str
    at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Kept:
    """What was sent in stands. `changed`: it did not stand so before."""

    changed: bool


@atomic
def report_forecast(
    *,
    round_: Round,
    body: Body,
    unit: Unit | None,
    line: str,
    amount_ore: int | None,
    explanation: str,
    base: str,
    by: Actor,
) -> Kept | Stale:
    """Set a line's forecast for the year, begun from the version `base` ("": nothing stood); None takes it away.

    A version that the same person saved meanwhile is no obstacle.
    Raises: InputError as `set_forecast`, and for an explanation of no forecast.
    """
    require_open(round_)
    explanation = explanation.strip()
    if amount_ore is None and explanation:
        raise refuse(
            "amount",
            "Förklaringen hör till en prognos.",
            field="amount",
            remedy="Ange prognosen, eller ta bort förklaringen.",
        )
    rows = list(
        ForecastAmount.objects.all()
        .current()
        .filter(round=round_, body=body, unit=unit, line=line)
        .order_by("activity")
    )
    standing = sum(row.amount_ore for row in rows) if rows else None
    if (standing, explanation_of(rows)) == (amount_ore, explanation):
        return Kept(changed=False)
    overtaken = _overtaken(rows, base, by)
    if overtaken is not None:
        return overtaken
    held = {row.activity: row.amount_ore for row in rows}
    parts: Mapping[str, int | None] = dict.fromkeys(held)
    if amount_ore is not None:
        parts = deal(amount_ore, held, {} if held else _budgeted(round_, body, unit, line))
    said = max(parts, key=lambda key: (abs(parts[key] or 0), key), default="")
    for activity, part in parts.items():
        set_forecast(
            round_=round_, body=body, line=line, unit=unit, activity=activity, amount_ore=part,
            explanation=explanation if activity == said else "", by=by,
        )  # fmt: skip
    return Kept(changed=True)


def _overtaken(rows: Sequence[ForecastAmount], base: str, by: Actor) -> Stale | None:
    if base in (ANY, version_of(rows)):
        return None
    if not rows:
        return Stale(None, "", "", "", None)
    latest = max(rows, key=lambda row: row.recorded_at)
    if latest.recorded_by_key == by.key:
        return None
    total = sum(row.amount_ore for row in rows)
    return Stale(total, explanation_of(rows), version_of(rows), latest.recorded_by_name, latest.recorded_at)


def _budgeted(round_: Round, body: Body, unit: Unit | None, line: str) -> dict[str, int]:
    """The line's budget by activity."""
    found: dict[str, int] = {}
    rows = BudgetAmount.objects.all().current().filter(body=body, year=round_.year_id, unit=unit, line=line)
    for activity, amount in rows.order_by("activity").values_list("activity", "amount_ore"):
        found[activity] = found.get(activity, 0) + amount
    return found
