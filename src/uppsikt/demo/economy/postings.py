"""Solved cells spread on months and rows: coded rows before they become vouchers. Ledger sign: debit +, credit -."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import isqrt
from typing import TYPE_CHECKING, Any

from uppsikt.demo.economy.coding import holds
from uppsikt.ledger.sie.writing import encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from random import Random

Pool = dict[tuple[int, str, str, str], list[tuple[str, str, int, str]]]
"""(month, series, body, unit with counterparty) -> rows: account, beginning of the #TRANS line, öre, text."""

CHOICE_BITS = 5
SIZE_BITS = 10
SMALLEST = 31  # of 1024: the smallest row's part against the largest's
YEAR = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """A solved sum of the year's months that the file holds; income positive."""

    body: str
    line: str
    unit: str
    activity: str
    project: str
    amount: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The coding plan and the rules of the ledger, with the year they are asked about."""

    coding: Mapping[str, Any]
    rules: Mapping[str, Any]
    year: int

    def accounts(self, cell: Cell) -> tuple[list[str], list[int]]:
        """Accounts of the cell's line that its activity uses, with weights."""
        found = {
            key: values[1]
            for key, values in self.coding["accounts"]["lines"].items()
            if values[0] == cell.line and _used(values[3:], cell.activity)
        }
        return list(found), list(found.values())

    def name(self, account: str) -> str:
        """What the account of a line is called, as the file writes it."""
        return written(self.coding["accounts"]["lines"][account][2])

    def places(self, cell: Cell) -> list[str]:
        """Cost centres of the cell's unit or body, those of its activity when there are any."""
        groups = [
            group["members"]
            for group in self.coding["cost_centres"].values()
            if holds(group, self.year)
            and group.get("unit", "") == cell.unit
            and (cell.unit or group.get("body", "") == cell.body)
        ]
        members = {key: values for group in groups for key, values in group.items()}
        own = [key for key, values in members.items() if len(values) > 1 and cell.activity in values[1]]
        free = [key for key, values in members.items() if len(values) == 1]
        return own or free or list(members)

    def counterparties(self, cell: Cell) -> list[str]:
        """Who the cell's line is paid to or by; none for salaries and depreciation."""
        return [
            key
            for key, values in self.coding["counterparties"].items()
            if cell.line in values[1] and _used(values[2:], cell.activity)
        ]

    def start(self, account: str, place: str, cell: Cell, counterparty: str) -> str:
        """The #TRANS line up to its amount."""
        numbers = self.rules["numbers"]
        pairs = (
            ("cost_centre", place), ("project", cell.project), ("activity", cell.activity),
            ("counterparty", counterparty),
        )  # fmt: skip
        listed = " ".join(f'{numbers[key]} "{value}"' for key, value in pairs if value)
        return f"#TRANS {account} {{{listed}}} "


def written(text: str) -> str:
    """The text as the file's own bytes, one sign a byte, so that rows are encoded by the thousand."""
    return encode(text).decode("latin-1")


def _used(limits: Sequence[Sequence[str]], activity: str) -> bool:
    return not limits or activity.startswith(tuple(limits[0]))


def spread(cells: Sequence[Cell], months: int, rows: int, plan: Plan, rng: Random) -> Pool:
    """Rows of every month that sum to each cell exactly, about `rows` of them."""
    pool: Pool = defaultdict(list)
    wanted = [isqrt(abs(cell.amount)) * plan.rules["lines"][cell.line][1] for cell in cells]
    whole = sum(wanted)
    for cell, weight in zip(cells, wanted, strict=True):
        left = cell.amount - _large(cell, months, plan, pool)
        count = max(1, weight * rows // whole)
        shares = _monthly(left, cell.line, months, count, plan, rng)
        _rows(cell, shares, count, plan, pool, rng)
    return pool


def _large(cell: Cell, months: int, plan: Plan, pool: Pool) -> int:
    taken = 0
    for rule in plan.rules["large"]:
        if cell.project or (rule["body"], rule["line"], rule["unit"]) != (cell.body, cell.line, cell.unit):
            continue
        chosen = [month for month in rule["months"] if month <= months]
        if abs(cell.amount) < YEAR * 10_000_00 or not chosen:
            continue
        place = plan.places(cell)[0]
        start = plan.start(rule["account"], place, cell, rule["counterparty"])
        for number, month in enumerate(chosen, 1):
            amount = cell.amount * rule["percent"] // 100 // len(chosen) + number * 1_237
            pool[month, f"!{number}", cell.body, cell.unit].append(
                (rule["account"], start, -amount, rule["text"])
            )
            taken += amount
    return taken


def _monthly(total: int, line: str, months: int, count: int, plan: Plan, rng: Random) -> dict[int, int]:
    shape = plan.rules["shapes"].get(line, (100,) * YEAR)[:months]
    chosen = range(1, months + 1) if count >= months else sorted(rng.sample(range(1, months + 1), count))
    weights = {month: (shape[month - 1] + 1) * rng.randint(93, 107) for month in chosen}
    whole = sum(weights.values())
    parts = {month: total * weight // whole for month, weight in weights.items()}
    parts[chosen[-1]] += total - sum(parts.values())
    return parts


def _rows(cell: Cell, shares: Mapping[int, int], count: int, plan: Plan, pool: Pool, rng: Random) -> None:
    series, _, texts = plan.rules["lines"][cell.line]
    accounts, weights = plan.accounts(cell)
    places, parties = plan.places(cell), plan.counterparties(cell)
    starts = []
    for account in rng.choices(accounts, weights, k=1 << CHOICE_BITS):
        party = rng.choice(parties) if parties else ""
        start = plan.start(account, rng.choice(places), cell, party)
        starts.append((account, start, rng.choice(texts) if texts else plan.name(account), cell.unit + party))
    draw, body = rng.getrandbits, cell.body
    for number, (month, share) in enumerate(shares.items()):
        size = count // len(shares) + (number < count % len(shares))
        sizes = [(draw(SIZE_BITS) ** 3 >> 2 * SIZE_BITS) + SMALLEST for _ in range(size)]
        whole, done, before = sum(sizes), 0, 0
        for one in sizes:
            done += one
            upto = share * done // whole
            account, start, text, with_whom = starts[draw(CHOICE_BITS)]
            pool[month, series, body, with_whom].append((account, start, before - upto, text))
            before = upto


def cells_of(records: Iterable[Mapping[str, str]]) -> list[Cell]:
    """The cells of a file of solved outcomes."""
    return [
        Cell(r["body"], r["line"], r["unit"], r["activity"], r["project"], int(r["amount_ore"]))
        for r in records
    ]
