"""What a sheet of forecasts is made of: which lines, in which order, and how an amount is kept.

All amounts are öre with income positive and cost negative. Rules: docs/algorithms/economy.md, FORECAST.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.economy.rules.coding import trees
from uppsikt.economy.rules.grain import spread
from uppsikt.economy.rules.model import UNITS, EconomyModel, Line
from uppsikt.kernel.numbers import format_decimal, round_half_away


@dataclass(frozen=True, slots=True)
class Placed:
    """A line where it stands in a sheet: a leaf that is forecast, or the sum of the `leaves` before it."""

    line: Line
    depth: int
    leaves: tuple[str, ...] = ()

    @property
    def is_sum(self) -> bool:
        """Whether the line sums others."""
        return bool(self.leaves)


def forecast_trees(model: EconomyModel) -> dict[str, list[Line]]:
    """The lines that may be forecast by unit, by the top line they stand under.

    What projects' money is read from is forecast project by project, and a tree made of another tree's lines
    follows from that tree; neither is here.
    """
    flows = set(model.flows.values())
    return {
        top: lines
        for top, lines in trees(model.lines).items()
        if any(line.accounts for line in lines)
        and not any(line.lines for line in lines)
        and not flows & {line.key for line in lines}
    }


def leaves(model: EconomyModel) -> dict[str, Line]:
    """The lines that hold an amount of their own, in the model's order."""
    return {line.key: line for lines in forecast_trees(model).values() for line in lines if line.accounts}


def placed(model: EconomyModel, shown: frozenset[str]) -> list[Placed]:
    """The lines of a sheet in reading order: the `shown` leaves, and after each group of several its sum."""
    found: list[Placed] = []
    for top, lines in forecast_trees(model).items():
        children: dict[str, list[Line]] = {}
        for line in lines:
            children.setdefault(line.parent, []).append(line)
        root = next(line for line in lines if line.key == top)
        found += _below(root, 0, children, shown)
    return found


def _below(line: Line, depth: int, children: Mapping[str, list[Line]], shown: frozenset[str]) -> list[Placed]:
    below = children.get(line.key, [])
    if not below:
        return [Placed(line, depth)] if line.key in shown else []
    rows = [row for child in below for row in _below(child, depth + 1, children, shown)]
    held = tuple(row.line.key for row in rows if not row.is_sum)
    if depth and len(held) < 2:
        return [Placed(row.line, depth) for row in rows]
    return [*rows, Placed(line, depth, held)] if held else []


def signed(amount: int, *, told: bool, negative: bool) -> int:
    """What a figure written without a sign means: the row's own sign (FORECAST-5).

    Args: told: the figure was written with a plus or a minus. negative: the row is a cost.
    """
    return -amount if negative and not told else amount


def is_negative(line: Line, amounts: Iterable[int | None]) -> bool:
    """Whether a row is a cost: by the first of the amounts that says so, else by the line's nature."""
    known = next((amount for amount in amounts if amount), None)
    return not line.income if known is None else known < 0


def deal(total: int, held: Mapping[str, int], budget: Mapping[str, int]) -> dict[str, int]:
    """A line's forecast over the activities it is kept on (FORECAST-6): their parts add up to `total`.

    By the parts of the forecast that stands, else by the budget's, else on no activity. Parts of one sign keep
    their proportions; else the largest takes the whole difference.
    """
    parts = dict(held or budget) or {"": 0}
    if len({amount > 0 for amount in parts.values() if amount}) == 1:
        return dict(zip(parts, spread(total, list(parts.values())), strict=True))
    largest = max(parts, key=lambda key: (abs(parts[key]), key))
    parts[largest] += total - sum(parts.values())
    return parts


def expected(forecast: int | None, budget: int | None) -> int:
    """What a line is counted as in a total: its forecast, else its budget (FORECAST-7)."""
    return forecast if forecast is not None else budget or 0


def written(ore: int | None, unit: str, *, negative: bool) -> str:
    """An amount as its field holds it: exact, with a plus where a bare figure would be read as a cost (FORECAST-5)."""
    if ore is None:
        return ""
    text = format_decimal((Decimal(ore) / UNITS[unit]).normalize())
    return f"+{text}" if negative and ore > 0 else text


def whole_units(ore: int, unit: str, decimals: int) -> int:
    """A proposal as it is printed: nobody forecasts öre that the sheet does not show."""
    return int(round_half_away(Decimal(ore) / UNITS[unit], decimals) * UNITS[unit])
