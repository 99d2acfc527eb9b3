"""A body's year month by month, accumulated: outcome, budget, forecast and the year before."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from uppsikt.economy.rules.grain import Nodes, by_month, matching
from uppsikt.economy.selectors.answers import Reading


@dataclass(frozen=True, slots=True)
class ThroughYear:
    """Twelve accumulated amounts in öre each, income positive. None: not yet, or not known.

    `forecast` stands at the cut-off (where the outcome is) and in December, with nothing between.
    """

    outcome: tuple[int | None, ...]
    budget: tuple[int | None, ...]
    forecast: tuple[int | None, ...]
    last_year: tuple[int | None, ...]


NOTHING: tuple[int | None, ...] = (None,) * 12


def through_year(reading: Reading, nodes: Nodes | None = None) -> ThroughYear:
    """The year through the model's result line, or through the nodes asked for. At most three ledger queries."""
    wanted = nodes or Nodes(line=reading.model.result_line, place=reading.place)
    month = reading.round.cutoff.month
    view = reading.ledger
    outcome = last_year = NOTHING
    if view is not None:
        held = view.years()
        if reading.year in held:
            booked = list(accumulate(view.months(view.scope(wanted, last=12))))
            outcome = tuple(booked[:month]) + (None,) * (12 - month)
        if reading.year - 1 in held:
            last_year = tuple(accumulate(view.months(view.scope(wanted, year=reading.year - 1, last=12))))
    grains = reading.budget(reading.year)
    budget = NOTHING
    if grains:
        found = matching(grains, wanted, reading.coding(reading.year))
        follows = any(grain.profile.value == "last_year" for grain in found)
        shapes = reading.shapes(reading.year) if follows else {}
        months = [by_month(grain, shapes.get(grain.line, ())) for grain in found]
        budget = (
            tuple(accumulate(sum(column) for column in zip(*months, strict=True))) if months else (0,) * 12
        )
    return ThroughYear(outcome, budget, _forecast(reading, wanted, outcome, month), last_year)


def _forecast(
    reading: Reading, nodes: Nodes, outcome: tuple[int | None, ...], month: int
) -> tuple[int | None, ...]:
    told = matching(reading.forecast, nodes, reading.coding(reading.year))
    if not told or month == 12:
        return NOTHING
    line: list[int | None] = list(NOTHING)
    line[month - 1] = outcome[month - 1]
    line[11] = sum(grain.amount_ore for grain in told)
    return tuple(line)
