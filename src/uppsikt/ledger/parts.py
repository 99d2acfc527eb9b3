"""Which loads make up each version of the ledger, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from uppsikt.ledger.rows import PartRow

__all__ = ["LoadSpan", "PartRow", "parts_of"]


@dataclass(frozen=True, slots=True)
class LoadSpan:
    """An accepted load and the months it covers, `first` to `last` inclusive of the fiscal year `year`.

    "replace" takes the place of everything earlier in its months. "add" is added beside it; one that `replaces`
    an earlier added load takes that one's place instead.
    """

    id: int
    year: int
    first: int
    last: int
    mode: Literal["replace", "add"] = "replace"
    replaces: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.first <= self.last <= 12:
            raise ValueError(f"load {self.id} covers months {self.first} to {self.last}")


def parts_of(loads: Sequence[LoadSpan]) -> list[PartRow]:
    """The parts of every version, in the order of the loads given, which is the order they were accepted in.

    Each load makes one version, named by its id: the version before with this load taken in. `replaces` means
    something only for a load that adds, since one that replaces takes its months from everything.

    Raises:
        ValueError: if two loads have the same id, or one replaces a load that was never added before it.
    """
    standing: dict[tuple[int, int], tuple[int, ...]] = {}
    modes: dict[int, str] = {}
    parts: list[PartRow] = []
    for load in loads:
        if load.id in modes:
            raise ValueError(f"load {load.id} is given twice")
        if load.mode == "add" and load.replaces is not None:
            if modes.get(load.replaces) != "add":
                raise ValueError(f"load {load.id} replaces {load.replaces}, which was not added before it")
            standing = {
                month: tuple(one for one in ids if one != load.replaces) for month, ids in standing.items()
            }
        for month in range(load.first, load.last + 1):
            beside = standing.get((load.year, month), ()) if load.mode == "add" else ()
            standing[load.year, month] = (*beside, load.id)
        modes[load.id] = load.mode
        parts += [
            PartRow(load.id, year, month, one)
            for (year, month), ids in sorted(standing.items())
            for one in ids
        ]
    return parts
