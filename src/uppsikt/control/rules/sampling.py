"""Drawing rows from a list so that anyone can draw the same again: docs/algorithms/sampling.md."""

from __future__ import annotations

import hashlib
import heapq
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from uppsikt.kernel.problems import Problem, Where

METHOD = "sha256-1"
"""SAMPLING-1: the way rows are drawn, kept with each draw so that a later way cannot change an earlier draw."""
MOST_DRAWN = 1_000
LONGEST_SEED = 100


def digest(seed: str, row: int) -> str:
    """The number that decides a row's place: SHA-256 of "seed:row" in UTF-8, as 64 hex digits."""
    return hashlib.sha256(f"{seed}:{row}".encode()).hexdigest()


def draw(seed: str, population: int, size: int) -> tuple[int, ...]:
    """SAMPLING-1: the `size` rows of 1..population whose digests are the smallest, in the order they are drawn.

    A larger size gives the same rows first, and then more. Nothing but the seed and the number of rows decides.
    """
    return tuple(heapq.nsmallest(size, range(1, population + 1), key=lambda row: (digest(seed, row), row)))


def spelled(seed: str) -> str:
    """A seed in the one form it is used in: Unicode NFC, without spaces at its ends."""
    return unicodedata.normalize("NFC", seed).strip()


def faults(seed: str, population: int, size: int) -> list[Problem]:
    """What keeps a draw from being made. An empty seed is none of it: one is made then."""
    problems = []
    if len(seed) > LONGEST_SEED or any(unicodedata.category(sign)[0] == "C" for sign in seed):
        problems.append(
            Problem(
                "seed",
                Where(field="seed"),
                f"Fröet är längre än {LONGEST_SEED} tecken eller har osynliga tecken.",
                "Skriv bokstäver och siffror, eller lämna tomt så görs ett.",
            )
        )
    most = min(population, MOST_DRAWN)
    if not 1 <= size <= most:
        larger = size > population
        message = f"Listan har {population} rader." if larger else f"{size} rader kan inte dras."
        problems.append(
            Problem("size", Where(field="size"), message, f"Skriv ett antal mellan 1 och {most}.")
        )
    return problems


@dataclass(frozen=True, slots=True)
class SampleCounts:
    """How a draw stands: rows drawn, checked and faulty, and how many have each kind of fault, the most common first."""

    drawn: int
    checked: int
    faulty: int
    faults: tuple[tuple[str, int], ...]

    @property
    def done(self) -> bool:
        """Whether every drawn row has been checked."""
        return self.drawn > 0 and self.checked == self.drawn


def counted(drawn: int, verdicts: Iterable[tuple[bool, Iterable[str]]]) -> SampleCounts:
    """SAMPLING-2: the counts of a draw. A row may have several kinds of fault; it is one faulty row.

    Args: verdicts: (faulty, kinds of fault) of each row that has been checked.
    """
    checked = faulty = 0
    kinds: dict[str, int] = {}
    for is_faulty, found in verdicts:
        checked += 1
        faulty += is_faulty
        for kind in dict.fromkeys(found):
            kinds[kind] = kinds.get(kind, 0) + 1
    ranked = sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    return SampleCounts(drawn, checked, faulty, tuple(ranked))
