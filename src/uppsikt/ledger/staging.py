"""Between reading a file and the store: staged CSV files and what is said of them.

Both readers (SIE and extract) end here. A file with problems stages nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from uppsikt.kernel.problems import Problem, Where
from uppsikt.ledger.rows import DIMENSIONS, STAGED_COLUMNS

PROBLEM_LIMIT = 200
LARGEST_ORE = 10**17 - 1
"""A thousand billion kronor: what a row may hold so that sums fit the store's 64 bits."""
CODING = DIMENSIONS[1:]
"""The coding columns of an entry besides its account, in the order of the staged file."""

HEADING = ",".join(STAGED_COLUMNS) + "\n"

Budget = tuple[int, str, Mapping[str, str], int]
"""Month, account, value by coding column, öre with the ledger's sign."""


@dataclass(frozen=True, slots=True)
class Staged:
    """What a file holds, once read and checked. Amounts are öre with the ledger's sign: debit +, credit -.

    `year` is the year in which the fiscal year ends; months are those of the calendar. `first` and `last` are the
    months that the file itself covers, inclusive. `codes` holds every value that is declared or used, with its name
    ("" where unknown); the key "account" too. `opening`, `closing` and `result` are the file's own statements.
    """

    files: tuple[Path, ...]
    format: str
    year: int
    first: int
    last: int
    rows: int = 0
    vouchers: int = 0
    debit_ore: int = 0
    months: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    used: Mapping[str, frozenset[str]] = field(default_factory=dict)
    closing: Mapping[str, int] = field(default_factory=dict)
    result: Mapping[str, int] = field(default_factory=dict)
    opening: Mapping[str, int] = field(default_factory=dict)
    budgets: tuple[Budget, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()


def cell(text: str) -> str:
    """The text as a field of a staged file: quoted only where RFC 4180 needs it."""
    if '"' in text:
        return '"' + text.replace('"', '""') + '"'
    return f'"{text}"' if "," in text or "\n" in text or "\r" in text else text


def capped(problems: Iterable[Problem], more: int = 0, *, file: str = "") -> tuple[Problem, ...]:
    """The first problems by row, and one that counts the rest. `more`: problems already dropped elsewhere."""
    ordered = sorted(problems, key=lambda one: one.where.row or 0)
    more += max(0, len(ordered) - PROBLEM_LIMIT)
    kept = tuple(ordered[:PROBLEM_LIMIT])
    if not more:
        return kept
    rest = Problem(
        "more", Where(file), f"Ytterligare {more} fel visas inte.", "Rätta de första och läs in igen."
    )
    return (*kept, rest)


def discard(files: Iterable[Path]) -> None:
    """Remove staged files, as when a problem was found in what they came from."""
    for one in files:
        one.unlink(missing_ok=True)
