"""Which of a register's projects belong to a year: those begun and not yet done with."""

from __future__ import annotations

from collections.abc import Iterable


def is_current(year: int, touched: Iterable[int]) -> bool:
    """Whether a project belongs to the year: it lies between the first and the last year that touch it.

    A year touches a project when it has an amount, an outcome, a report, its decision or the end of its guarantee.
    A project that nothing has touched is new, and belongs to every year.
    """
    years = set(touched)
    return not years or min(years) <= year <= max(years)
