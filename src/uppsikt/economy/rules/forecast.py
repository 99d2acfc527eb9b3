"""What a line may be expected to come to for the year, and how earlier expectations turned out.

All amounts are öre with income positive and cost negative. Rules: docs/algorithms/economy.md, FORECAST.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from uppsikt.economy.rules.grain import rounded_share
from uppsikt.economy.rules.model import Threshold
from uppsikt.economy.rules.tables import over_threshold


class Basis(StrEnum):
    """What a proposal rests on."""

    SHAPE = "shape"
    PACE = "pace"
    EARLIER = "earlier"
    BUDGET = "budget"

    @property
    def label(self) -> str:
        """The basis in words."""
        return {
            "shape": "utfallet hittills och förra årets fördelning över månaderna",
            "pace": "utfallet hittills, lika fort resten av året",
            "earlier": "den förra prognosen",
            "budget": "budgeten",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed forecast and what it rests on. The person responsible decides."""

    amount_ore: int
    basis: Basis


def propose(
    *,
    outcome: int | None,
    month: int,
    budget: int | None,
    last_year: Sequence[int] = (),
    earlier: int | None = None,
) -> Proposal | None:
    """A proposal for the full year (FORECAST-1), None when nothing is known.

    Args: outcome: January to `month`. last_year: last year's twelve months. earlier: the year's latest forecast.

    With at least a quarter of last year's amount booked by the same month, and the months of one sign, the outcome is
    carried on as last year went: outcome × last year's whole / last year to the month. Without such a shape the pace
    so far goes on from April; before that an earlier forecast, else the budget, says more than two months' invoices.
    """
    if outcome is not None and outcome != 0 and month >= 12:
        return Proposal(outcome, Basis.PACE)
    if outcome is not None and outcome != 0 and len(last_year) == 12:
        whole, upto = sum(last_year), sum(last_year[:month])
        one_sign = len({amount > 0 for amount in last_year if amount}) == 1
        if one_sign and upto and abs(upto) * 4 >= abs(whole) and (outcome > 0) == (upto > 0):
            return Proposal(rounded_share(outcome, whole, upto), Basis.SHAPE)
    if outcome is not None and outcome != 0 and month >= 4:
        return Proposal(rounded_share(outcome, 12, month), Basis.PACE)
    if earlier is not None:
        return Proposal(earlier, Basis.EARLIER)
    return Proposal(budget, Basis.BUDGET) if budget is not None else None


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How far a forecast was from the year's outcome: outcome − forecast, and in percent of the forecast."""

    error_ore: int
    percent: Decimal | None


def accuracy(forecast: int, outcome: int) -> Accuracy:
    """How a forecast turned out (FORECAST-2). Positive: the year ended better than forecast."""
    error = outcome - forecast
    return Accuracy(error, Decimal(error) * 100 / abs(Decimal(forecast)) if forecast else None)


def mean_absolute_percent(turned_out: Iterable[Accuracy]) -> Decimal | None:
    """The mean of the percents without their signs (FORECAST-3); None where no forecast has a percent."""
    known = [abs(one.percent) for one in turned_out if one.percent is not None]
    return sum(known, Decimal(0)) / len(known) if known else None


def departs_from(
    forecast: int | None, budget: int | None, proposal: Proposal | None, limit: Threshold
) -> tuple[str, ...]:
    """What the forecast departs from by more than the threshold (FORECAST-4): "budget", "proposal", both or nothing.

    A forecast that departs from either must be explained. Without a forecast there is nothing to explain; without a
    budget the budget is zero.
    """
    if forecast is None:
        return ()
    against = {"budget": budget or 0} | ({"proposal": proposal.amount_ore} if proposal else {})
    return tuple(
        name for name, amount in against.items() if over_threshold(forecast - amount, amount or None, limit)
    )
