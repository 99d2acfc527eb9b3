"""A budget frame: the original with its adjustments, and what the detailed budget makes of it. Amounts are öre."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FrameStep:
    """One decision: what it moves in each column, in all, and what the frame is after it."""

    key: str
    original: bool
    amounts: Mapping[str, int]
    moved: int
    after: int


def steps(decisions: Iterable[tuple[str, bool, Mapping[str, int]]]) -> list[FrameStep]:
    """The decisions (key, whether it is the original, amounts by column) in order, with the running total."""
    found: list[FrameStep] = []
    running = 0
    for key, original, amounts in decisions:
        moved = sum(amounts.values())
        running += moved
        found.append(FrameStep(key, original, amounts, moved, running))
    return found


def by_column(found: Sequence[FrameStep]) -> dict[str, int]:
    """The frame as it is after all decisions, by column."""
    total: dict[str, int] = {}
    for step in found:
        for column, amount in step.amounts.items():
            total[column] = total.get(column, 0) + amount
    return total
