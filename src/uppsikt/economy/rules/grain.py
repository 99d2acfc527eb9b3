"""Detailed amounts (budget, forecast, restatement) by line, place and activity, and how they are summed and spread.

Signs: income positive, cost negative, as everywhere above the ledger. Amounts are öre.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from uppsikt.economy.rules.coding import ALL, LINE, PLACE, Coding


class Profile(StrEnum):
    """How a year's budget is spread over its months."""

    EVEN = "even"
    LAST_YEAR = "last_year"
    MANUAL = "manual"

    @property
    def label(self) -> str:
        """The profile in words."""
        return {"even": "jämnt över året", "last_year": "som förra årets utfall", "manual": "per månad"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Grain:
    """One detailed amount of a year. `place` is "unit:…" or "body:…"; `activity` empty when not told."""

    line: str
    place: str
    activity: str
    amount_ore: int
    profile: Profile = Profile.EVEN
    months: tuple[int, ...] = ()
    original: bool = True


@dataclass(frozen=True, slots=True)
class Nodes:
    """What is asked for, as a node of each axis ("*" is everything)."""

    line: str = ALL
    place: str = ALL
    activity: str = ALL
    project: str = ALL
    counterparty: str = ALL


def matching(grains: Iterable[Grain], nodes: Nodes, coding: Coding) -> list[Grain]:
    """The amounts under the nodes. Nothing is held by project or counterparty, so asking for one finds none."""
    if (nodes.project, nodes.counterparty) != (ALL, ALL):
        return []
    lines = coding.under(LINE, nodes.line)
    places = coding.under(PLACE, nodes.place)
    activities = coding.under("activity", nodes.activity)
    return [
        grain
        for grain in grains
        if (nodes.line == ALL or grain.line in lines)
        and (nodes.place == ALL or grain.place in places)
        and (nodes.activity == ALL or grain.activity in activities)
    ]


def spread(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """`total` in parts as the weights say, öre by öre: the parts add up to the whole exactly.

    Each running sum is rounded half away from zero, so no part is off by more than one öre. Weights that add up
    to nothing spread evenly.
    """
    whole = sum(weights)
    if whole == 0 or not weights:
        weights = (1,) * (len(weights) or 1)
        whole = sum(weights)
    parts, before, running = [], 0, 0
    for weight in weights:
        running += weight
        upto = rounded_share(total, running, whole)
        parts.append(upto - before)
        before = upto
    return tuple(parts)


def rounded_share(total: int, part: int, whole: int) -> int:
    """Total × part / whole in whole öre, half away from zero. Raises: ZeroDivisionError when whole is 0."""
    product = total * part
    negative = (product < 0) != (whole < 0)
    share = (2 * abs(product) + abs(whole)) // (2 * abs(whole))
    return -share if negative else share


def by_month(grain: Grain, shape: Sequence[int] = ()) -> tuple[int, ...]:
    """The amount over the year's twelve months.

    Args: shape: last year's outcome month by month, for the profile that follows it. Twelve figures of one sign
        make a shape; anything else (a new line, a corrected month) would turn costs into income, so it is even.
    """
    if grain.profile is Profile.MANUAL and len(grain.months) == 12:
        return grain.months
    if (
        grain.profile is Profile.LAST_YEAR
        and len(shape) == 12
        and len({month > 0 for month in shape if month}) == 1
    ):
        return spread(grain.amount_ore, shape)
    return spread(grain.amount_ore, (1,) * 12)


def accumulated(grains: Iterable[Grain], last: int, shapes: Mapping[str, Sequence[int]] | None = None) -> int:
    """The sum of the amounts from January to month `last`. `shapes`: last year's months by line."""
    known = shapes or {}
    return sum(sum(by_month(grain, known.get(grain.line, ()))[:last]) for grain in grains)
