"""What the ledger says of the units and lines that are forecast: this year to the cut-off, last year by month.

All amounts are öre with income positive and cost negative. A unit is its key; "" is what the body keeps on no unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from uppsikt.economy.rules.coding import LINE, PLACE, Coding
from uppsikt.economy.rules.grain import Nodes
from uppsikt.economy.selectors.answers import Reading
from uppsikt.economy.selectors.ledger import LedgerView

Cell = tuple[str, str]
UNIT = "unit:"


@dataclass(frozen=True, slots=True)
class Months:
    """Amounts by unit, line and month. `now`: January to the cut-off; `before`: last year's twelve months.

    `knows_now`, `knows_before`: whether the ledger holds the year at all.
    """

    now: Mapping[Cell, tuple[int, ...]] = field(default_factory=dict)
    before: Mapping[Cell, tuple[int, ...]] = field(default_factory=dict)
    knows_now: bool = False
    knows_before: bool = False


def by_cell(
    reading: Reading, leaves: frozenset[str], planned: frozenset[str], year: int = 0
) -> dict[Cell, int] | None:
    """What has been booked, by unit and line; None when the ledger has not got the year. One query of the ledger.

    Args: year: another year than the round's, then as a whole.
    """
    view = reading.ledger
    if view is None or not has(view, year or reading.year):
        return None
    coding = view.coding(year)
    lines, units = _lines(coding, leaves), homes(coding, reading.place, planned)
    scope = view.scope(Nodes(place=reading.place), year=year, last=12 if year else 0)
    found: dict[Cell, int] = defaultdict(int)
    for (centre, account), amount in view.cross("cost_centre", scope).items():
        if account in lines:
            found[units.get(centre, ""), lines[account]] += amount
    return dict(found)


def by_month(reading: Reading, leaves: frozenset[str], planned: frozenset[str], unit: str | None) -> Months:
    """What one unit has booked by month, or all units. One query of the ledger a year for a unit without units below
    that are planned themselves; else one for each month.
    """
    view = reading.ledger
    if view is None:
        return Months()
    knows_now, knows_before = has(view, view.year), has(view, view.year - 1)
    now = _year(reading, view, view.year, view.month, leaves, planned, unit) if knows_now else {}
    before = _year(reading, view, view.year - 1, 12, leaves, planned, unit) if knows_before else {}
    return Months(now, before, knows_now, knows_before)


def _year(
    reading: Reading,
    view: LedgerView,
    year: int,
    last: int,
    leaves: frozenset[str],
    planned: frozenset[str],
    unit: str | None,
) -> dict[Cell, tuple[int, ...]]:
    coding = view.coding(year)
    lines, units = _lines(coding, leaves), homes(coding, reading.place, planned)
    found: dict[Cell, list[int]] = defaultdict(lambda: [0] * last)
    if unit and _is_alone(coding, unit, units):
        scope = view.scope(Nodes(place=UNIT + unit), year=year, last=last)
        for (month, account), amount in view.cross("month", scope).items():
            if account in lines:
                found[unit, lines[account]][int(month) - 1] += amount
    else:
        for at in range(last):
            scope = view.scope(Nodes(place=reading.place), year=year, first=at + 1, last=at + 1)
            for (centre, account), amount in view.cross("cost_centre", scope).items():
                if account in lines:
                    found[units.get(centre, ""), lines[account]][at] += amount
    return {cell: tuple(months) for cell, months in found.items()}


def has(view: LedgerView, year: int) -> bool:
    """Whether this version of the ledger holds anything of a year. Asks no database."""
    return bool(view.ledger.months(view.version, year))


def homes(coding: Coding, place: str, planned: frozenset[str]) -> dict[str, str]:
    """The unit that each cost centre of a place is forecast by: the nearest above it that is planned, else its own."""
    inside = coding.under(PLACE, place)
    nodes = [node for node in inside if node.startswith(UNIT)]
    # The nearest is the smallest; what is planned is told last, so that it prevails.
    ordered = sorted(
        nodes, key=lambda node: (node.removeprefix(UNIT) in planned, -len(coding.under(PLACE, node)))
    )
    found: dict[str, str] = {}
    for node in ordered:
        for leaf in coding.under(PLACE, node) & coding.leaves[PLACE]:
            found[leaf] = node.removeprefix(UNIT)
    return found


def _is_alone(coding: Coding, unit: str, units: Mapping[str, str]) -> bool:
    """Whether all that stands under the unit is forecast by the unit itself."""
    under = coding.under(PLACE, UNIT + unit) & coding.leaves[PLACE]
    own = {leaf for leaf, home in units.items() if home == unit}
    return under == own


def _lines(coding: Coding, leaves: frozenset[str]) -> dict[str, str]:
    """The line of each account."""
    return {
        account: line for line in sorted(leaves) for account in coding.under(LINE, line) if account != line
    }
