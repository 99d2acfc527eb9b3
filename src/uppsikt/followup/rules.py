"""What is common to everything that must be done, whatever its kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class ItemKind(StrEnum):
    """What sort of thing is followed up. The kinds share status, comment, deadline and carry-over."""

    ASSIGNMENT = "assignment"
    MITIGATION = "mitigation"
    CONTROL = "control"


def carried_badges(
    *, carried_from_year: int | None, origin_year: int | None, carried_text: str, origin_text: str
) -> list[str]:
    """What is printed about an item that comes from an earlier year, in the steering model's words.

    Args: carried_text, origin_text: with {year}; empty when the model prints nothing.
    """
    badges = []
    if carried_from_year is not None and carried_text:
        badges.append(carried_text.format(year=carried_from_year))
    if origin_year is not None and origin_text:
        badges.append(origin_text.format(year=origin_year))
    return badges


def is_overdue(deadline: dt.date | None, done: bool, today: dt.date) -> bool:
    """Whether the day has passed and it is not done."""
    return deadline is not None and not done and deadline < today


def would_circle(waits: Iterable[tuple[int, int]], item: int, waits_for: int) -> bool:
    """Whether something would come to wait for itself if `item` waited for `waits_for` too.

    Args: waits: what waits for what already, as (waiting, waited for).
    """
    before: dict[int, list[int]] = {}
    for waiting, first in waits:
        before.setdefault(waiting, []).append(first)
    seen: set[int] = set()
    left = [waits_for]
    while left:
        one = left.pop()
        if one == item:
            return True
        if one not in seen:
            seen.add(one)
            left.extend(before.get(one, ()))
    return False


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of what should be reported has been."""

    reported: int
    total: int

    @property
    def left(self) -> int:
        """How many remain."""
        return self.total - self.reported

    @property
    def percent(self) -> int:
        """Whole percent reported, rounded down so that 100 means all. 100 when there is nothing to report."""
        return 100 * self.reported // self.total if self.total else 100

    @property
    def complete(self) -> bool:
        """Whether nothing remains."""
        return self.left == 0

    def __add__(self, other: Progress) -> Progress:
        return Progress(self.reported + other.reported, self.total + other.total)


def total(parts: Sequence[Progress]) -> Progress:
    """The parts together."""
    return sum(parts, start=Progress(0, 0))
