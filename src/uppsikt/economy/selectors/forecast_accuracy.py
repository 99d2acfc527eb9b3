"""How earlier forecasts of a body turned out: every round's forecast beside what the year came to.

All amounts are öre with income positive and cost negative.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from uppsikt.cycle.selectors import Round
from uppsikt.economy.models import ForecastAmount
from uppsikt.economy.rules.forecast import Accuracy, accuracy, mean_absolute_percent
from uppsikt.economy.rules.forecast_sheet import leaves
from uppsikt.economy.selectors import forecast_outcomes
from uppsikt.economy.selectors.answers import Reading
from uppsikt.economy.selectors.forecast_outcomes import Cell

Grouping = Literal["unit", "line"]
DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Turned:
    """One forecast and what the year came to."""

    forecast: int
    outcome: int

    @property
    def accuracy(self) -> Accuracy:
        """How far apart they are."""
        return accuracy(self.forecast, self.outcome)


@dataclass(frozen=True, slots=True)
class Kept:
    """A unit or a line with each round's forecast of it; None where the round had none."""

    key: str
    turned: tuple[Turned | None, ...]

    @property
    def mean(self) -> Decimal | None:
        """The mean of the errors in percent, without their signs."""
        return mean_absolute_percent(one.accuracy for one in self.turned if one)


@dataclass(frozen=True, slots=True)
class Record:
    """Every round whose year is over, and the units or lines, the worst first. `waiting`: years not over or not booked."""

    rounds: tuple[Round, ...]
    rows: tuple[Kept, ...]
    total: Kept
    waiting: tuple[int, ...]


def record(reading: Reading, grouping: Grouping, unit: str | None = None) -> Record:
    """How the body's forecasts turned out, by unit or by line. One query, and one of the ledger for each year.

    Only what was forecast is held against its outcome, so a unit without a forecast is no error of anybody's.

    Args: unit: only this unit.
    """
    said = _said(reading)
    outcomes: dict[int, dict[Cell, int]] = {}
    waiting = []
    for year in sorted({round_.year_id for round_ in said}):
        booked = _booked(reading, year, said)
        if booked is None:
            waiting.append(year)
        else:
            outcomes[year] = booked
    rounds = tuple(round_ for round_ in said if round_.year_id in outcomes)
    place = 0 if grouping == "unit" else 1
    groups: dict[str, list[Turned | None]] = defaultdict(lambda: [None] * len(rounds))
    totals: list[Turned | None] = [None] * len(rounds)
    for at, round_ in enumerate(rounds):
        booked = outcomes[round_.year_id]
        for cell, amount in said[round_].items():
            if unit is None or cell[0] == unit:
                turned = Turned(amount, booked.get(cell, 0))
                groups[cell[place]][at] = _plus(groups[cell[place]][at], turned)
                totals[at] = _plus(totals[at], turned)
    rows = [Kept(key, tuple(turned)) for key, turned in groups.items()]
    rows.sort(key=lambda row: (row.mean is None, -(row.mean or 0), row.key))
    return Record(rounds, tuple(rows), Kept("", tuple(totals)), tuple(waiting))


def _said(reading: Reading) -> dict[Round, dict[Cell, int]]:
    known = frozenset(leaves(reading.model))
    rows = (
        ForecastAmount.objects.all()
        .current()
        .filter(body=reading.body, round__cutoff__lte=reading.round.cutoff)
        .select_related("unit", "round")
        .order_by("round__cutoff", "pk")
    )
    found: dict[Round, dict[Cell, int]] = {}
    for row in rows:
        if row.line in known:
            cells = found.setdefault(row.round, defaultdict(int))
            cells[row.unit.key if row.unit else "", row.line] += row.amount_ore
    return found


def _booked(reading: Reading, year: int, said: Mapping[Round, Mapping[Cell, int]]) -> dict[Cell, int] | None:
    """What the whole year came to; None until December has been booked and read in."""
    view = reading.ledger
    if view is None or (year == reading.year and reading.round.cutoff.month < DECEMBER):
        return None
    if DECEMBER not in view.ledger.months(view.version, year):
        return None
    units = frozenset(
        unit for round_, cells in said.items() if round_.year_id == year for unit, _line in cells
    )
    return forecast_outcomes.by_cell(reading, frozenset(leaves(reading.model)), units, year)


def _plus(held: Turned | None, more: Turned) -> Turned:
    return more if held is None else Turned(held.forecast + more.forecast, held.outcome + more.outcome)
