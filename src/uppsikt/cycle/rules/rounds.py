"""A reporting round's states: data, from which the diagram in docs is generated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from uppsikt.kernel.period import MONTHS


class RoundState(StrEnum):
    """Where in its life a round is. Reporting is possible only while it is open."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The state in words."""
        return {"planned": "planerat", "open": "öppet", "closed": "stängt"}[self.value]


class RoundKind(StrEnum):
    """What sort of round it is; the year's end has its own status scale."""

    MONTH = "month"
    INTERIM = "interim"
    YEAR_END = "year_end"

    @property
    def label(self) -> str:
        """The kind in words."""
        return {"month": "månadsrapport", "interim": "delårsrapport", "year_end": "årsbokslut"}[self.value]


def short_name(kind: str, cutoff: dt.date) -> str:
    """A round's name where there is little room, year first: "2024 årsbokslut", "2025 delår augusti"."""
    month = MONTHS[cutoff.month - 1]
    what = {RoundKind.YEAR_END: "årsbokslut", RoundKind.INTERIM: f"delår {month}", RoundKind.MONTH: month}
    return f"{cutoff.year} {what[RoundKind(kind)]}"


def seen_on(state: str, cutoff: dt.date, today: dt.date) -> dt.date:
    """The day that a round is looked at from: today while it is open, afterwards the day after its cut-off.

    What should have been done by the cut-off and was not is late in a closed round for ever, and nothing else is.
    """
    return today if state == RoundState.OPEN.value else cutoff + dt.timedelta(days=1)


TRANSITIONS: Mapping[tuple[RoundState, RoundState], str] = {
    (RoundState.PLANNED, RoundState.OPEN): "öppna",
    (RoundState.OPEN, RoundState.CLOSED): "stäng",
    (RoundState.CLOSED, RoundState.OPEN): "öppna på nytt (kräver skäl)",
}


def may_move(before: RoundState, after: RoundState) -> bool:
    """Whether the round may go from one state to the other."""
    return (before, after) in TRANSITIONS


def needs_reason(before: RoundState, after: RoundState) -> bool:
    """A closed round is opened again only with a reason, which stands in the history."""
    return before is RoundState.CLOSED and after is RoundState.OPEN
