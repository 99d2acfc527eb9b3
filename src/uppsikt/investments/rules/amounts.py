"""Sums of a project's money. Öre; income positive, expense negative, as everywhere above the ledger.

An outlay is the same money seen from the other side: what has gone out, net of what has come in, as a positive
figure. Decided, estimated and spent totals are outlays, because that is how they are decided and printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from uppsikt.investments.rules.words import FLOWS, NET, Flow

ByFlow = Mapping[str, int]
"""Öre by flow. A flow that is not told of is missing, never zero."""


def flow_sum(amounts: ByFlow, flow: str = NET) -> int | None:
    """What the flows asked for come to together; None when none of them is told of."""
    told = [amounts[one] for one in FLOWS[flow] if one in amounts]
    return sum(told) if told else None


def total(amounts: Iterable[int | None]) -> int | None:
    """The sum of what is told of; None when nothing is."""
    told = [amount for amount in amounts if amount is not None]
    return sum(told) if told else None


def added(parts: Iterable[ByFlow]) -> dict[str, int]:
    """Amounts of several projects, kinds or years added flow by flow."""
    found: dict[str, int] = {}
    for part in parts:
        for flow, amount in part.items():
            found[flow] = found.get(flow, 0) + amount
    return found


def variance(amount: int | None, budget: int | None) -> int | None:
    """Outcome or forecast − budget: positive is better than budget. None when either is not told of."""
    return None if amount is None or budget is None else amount - budget


def outlay(amounts: ByFlow, flow: str = NET) -> int:
    """What has gone out, net of what has come in, as a positive figure. What is not told of is nothing."""
    return -(flow_sum(amounts, flow) or 0)


def use_percent(used: int | None, granted: int | None) -> Decimal | None:
    """How much of what was granted has been used, in percent of its size. None without anything granted.

    Works on amounts of one sign: spent and decided outlays, or a year's outcome and budget. An outcome of the
    other sign than its budget is use below zero.
    """
    if used is None or not granted:
        return None
    return Decimal(used) * 100 / Decimal(granted)


def unspent(budget: int | None, outcome: int | None) -> int:
    """What may be proposed to carry over to the next year: the part of a budget that was not used. Öre, signed.

    Nothing when the budget is used up or overrun, and never more than the budget itself.
    """
    if not budget:
        return 0
    left = budget - (outcome or 0)
    if (left > 0) != (budget > 0) or left == 0:
        return 0
    return left if abs(left) <= abs(budget) else budget


def forecast_proposal(budget: int | None, outcome: int | None, earlier: int | None, month: int) -> int | None:
    """A first guess of the whole year: the last forecast, else the budget, but never less than is booked.

    Outlays come in leaps and follow no calendar, so nothing is drawn on from the months gone. In December the
    outcome is the answer.

    Args: earlier: the forecast of the round before. month: of the cut-off.
    """
    if month == 12:
        return outcome
    start = earlier if earlier is not None else budget
    if start is None or outcome is None:
        return start if start is not None else outcome
    if start == 0:
        return outcome
    return min(start, outcome) if start < 0 else max(start, outcome)


def estimate_over(estimated: int | None, decided: int | None) -> int | None:
    """How much more a project is thought to cost than was decided. Negative: less."""
    return None if estimated is None or decided is None else estimated - decided


def flows_in(*many: ByFlow) -> list[Flow]:
    """The flows that any of the amounts tell of, in their order."""
    return [flow for flow in Flow if any(flow.value in amounts for amounts in many)]
