"""The figures of a list of projects: one row each, and their totals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.investments.rules.amounts import total, use_percent
from uppsikt.investments.rules.amounts import variance as variance_of

DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Figures:
    """What a list shows of a project, in öre. Amounts of the year signed, totals as outlays."""

    budget: int | None = None
    outcome: int | None = None
    forecast: int | None = None
    variance: int | None = None
    spent: int | None = None
    decided: int | None = None
    estimated: int | None = None

    @property
    def used(self) -> Decimal | None:
        """Spent to date in percent of what was decided."""
        return use_percent(self.spent, self.decided)

    @property
    def used_of_budget(self) -> Decimal | None:
        """The year's outcome in percent of its budget."""
        return use_percent(self.outcome, self.budget)


def figures(
    *,
    budget: int | None,
    outcome: int | None,
    forecast: int | None,
    spent: int | None,
    decided: int | None,
    estimated: int | None,
    month: int,
) -> Figures:
    """A project's figures. The variance is the forecast's from the budget; in December the outcome's.

    With nothing forecast there is no variance before December: half a year's outcome says nothing of the whole.
    """
    expected = outcome if month == DECEMBER else forecast
    return Figures(budget, outcome, forecast, variance_of(expected, budget), spent, decided, estimated)


def totals(rows: Iterable[Figures]) -> Figures:
    """Every column added up; what is not told is left out, so a variance is of those projects that have one."""
    listed = list(rows)
    return Figures(
        budget=total(row.budget for row in listed),
        outcome=total(row.outcome for row in listed),
        forecast=total(row.forecast for row in listed),
        variance=total(row.variance for row in listed),
        spent=total(row.spent for row in listed),
        decided=total(row.decided for row in listed),
        estimated=total(row.estimated for row in listed),
    )


def used_together(rows: Iterable[Figures]) -> Decimal | None:
    """How much of what was decided has been spent, counting the projects that have a decided total."""
    comparable = [row for row in rows if row.decided is not None]
    return use_percent(total(row.spent for row in comparable), total(row.decided for row in comparable))
