"""What moved a figure most: the largest differences between two sets of amounts, both ways, and all the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

TOP = 3


@dataclass(frozen=True, slots=True)
class Moved:
    """One code's amount beside what it is held against, in öre. `before` None: it had nothing to be held against."""

    key: str
    amount: int
    before: int | None

    @property
    def difference(self) -> int:
        """How much more it came to; negative is for the worse."""
        return self.amount - (self.before or 0)


@dataclass(frozen=True, slots=True)
class Causes:
    """The largest for the worse and for the better, the largest first, and how many others with their sum."""

    worse: tuple[Moved, ...]
    better: tuple[Moved, ...]
    rest_count: int
    rest_ore: int

    @property
    def total(self) -> int:
        """The whole difference: what is listed and all the rest."""
        return self.rest_ore + sum(one.difference for one in (*self.worse, *self.better))


def causes(amounts: Mapping[str, int], before: Mapping[str, int], *, top: int = TOP) -> Causes:
    """What moved most from `before` to `amounts` (öre by code), at most `top` each way.

    A code that is in only one of the two counts as nothing in the other. Codes that did not move are left out.
    """
    moved = [
        one
        for key in {*amounts, *before}
        if (one := Moved(key, amounts.get(key, 0), before.get(key))).difference
    ]
    moved.sort(key=lambda one: (-abs(one.difference), one.key))
    worse = tuple(one for one in moved if one.difference < 0)[:top]
    better = tuple(one for one in moved if one.difference > 0)[:top]
    listed = {one.key for one in (*worse, *better)}
    rest = [one for one in moved if one.key not in listed]
    return Causes(worse, better, len(rest), sum(one.difference for one in rest))
