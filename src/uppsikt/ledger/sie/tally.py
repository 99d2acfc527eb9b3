"""What is gathered while vouchers are read, in one shape for the exact reader and the fast one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from uppsikt.kernel.problems import Problem, Where
from uppsikt.ledger.sie.grammar import Field
from uppsikt.ledger.staging import CODING, PROBLEM_LIMIT, cell

_PLACES = {column: place for place, column in enumerate(CODING)}


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader of vouchers must know: the file's name, its year as ISO days, dimension number -> column."""

    name: str
    encoding: str
    dimensions: Mapping[int, str]
    first_day: str = ""
    last_day: str = ""

    def within_year(self, day: str) -> bool:
        """Whether the day lies in the fiscal year; every day does while the year is unknown."""
        return not self.first_day or self.first_day <= day <= self.last_day


@dataclass(slots=True)
class Tally:
    """Sums, codes and problems of a stretch of a file. `sums`, `rows` and `debits` are by "YYYY-MM"."""

    lines: list[str] = field(default_factory=list)
    count: int = 0
    vouchers: int = 0
    sums: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    rows: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    debits: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    days: set[str] = field(default_factory=set)
    objects: set[tuple[str, str]] = field(default_factory=set)
    others: list[tuple[int, list[Field]]] = field(default_factory=list)
    corrections: int = 0
    problems: list[Problem] = field(default_factory=list)
    more_problems: int = 0
    warnings: dict[str, tuple[Problem, int]] = field(default_factory=dict)

    def refuse(self, context: Context, row: int, code: str, message: str, remedy: str) -> None:
        """Note a problem that keeps the file out."""
        if len(self.problems) < PROBLEM_LIMIT:
            self.problems.append(Problem(code, Where(context.name, row or None), message, remedy))
        else:
            self.more_problems += 1

    def warn(self, context: Context, row: int, code: str, message: str, remedy: str = "") -> None:
        """Note a warning; one of a kind is kept, the first, with how often it came."""
        first, times = self.warnings.get(code, (None, 0))
        self.warnings[code] = (
            first or Problem(code, Where(context.name, row or None), message, remedy),
            times + 1,
        )

    def absorb(self, later: Tally) -> None:
        """Add a later stretch of the same file; its lines stay where they are."""
        self.count += later.count
        self.vouchers += later.vouchers
        for month, accounts in later.sums.items():
            mine = self.sums[month]
            for account, ore in accounts.items():
                mine[account] += ore
        for month, number in later.rows.items():
            self.rows[month] += number
        for month, ore in later.debits.items():
            self.debits[month] += ore
        self.days |= later.days
        self.objects |= later.objects
        self.others += later.others
        self.corrections += later.corrections
        room = PROBLEM_LIMIT - len(self.problems)
        self.problems += later.problems[:room]
        self.more_problems += later.more_problems + max(0, len(later.problems) - room)
        for code, (first, times) in later.warnings.items():
            mine_first, mine_times = self.warnings.get(code, (first, 0))
            self.warnings[code] = (mine_first, mine_times + times)

    def plain(self) -> Tally:
        """Itself with ordinary dicts and without lines: what a worker can send."""
        self.lines = []
        self.sums = {month: dict(accounts) for month, accounts in self.sums.items()}
        self.rows, self.debits = dict(self.rows), dict(self.debits)
        return self


def pairs(members: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Dimension number and value of an object list that `coded` took."""
    return zip(members[::2], members[1::2], strict=True)


def coded(members: tuple[str, ...], dimensions: Mapping[int, str]) -> str | None:
    """The coding columns of an object list as staged cells. None when the list is not pairs, or says one thing twice.

    Dimensions that are not mapped are left out; where two feed one column the first in the file that is filled wins.
    """
    if len(members) % 2:
        return None
    seen: set[str] = set()
    values = [""] * len(CODING)
    for number, value in pairs(members):
        if number in seen or not (number.isascii() and number.isdigit()):
            return None
        seen.add(number)
        place = _PLACES.get(dimensions.get(int(number), ""), -1)
        if place >= 0 and value and not values[place]:
            values[place] = cell(value)
    return ",".join(values)
