"""Purchases of the demo that no agreement holds for: some vouchers are moved to suppliers without one.

Nothing else of a voucher changes, so every account, cost centre and month keeps its amounts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from uppsikt.demo.economy.postings import Pool
    from uppsikt.demo.economy.vouchers import Rows

GROUP = 2  # a counterparty's group is its first two figures


@dataclass(slots=True)
class Outside:
    """Which vouchers are moved. `rates`: how much of what could be moved is, by body; `seen` and `moved` so far, öre."""

    rules: Mapping[str, Any]
    year: int
    number: str
    rates: dict[str, Fraction] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    moved: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    turn: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))

    def settle(self, pool: Pool) -> None:
        """Work out the rates from all that is bought: share × (counted + moved of the others) shall be what is moved."""
        counted: dict[str, int] = defaultdict(int)
        movable: dict[str, int] = defaultdict(int)
        others: dict[str, int] = defaultdict(int)
        for (_month, series, body, _unit), rows in pool.items():
            party = party_of(rows[0][1], self.number)
            if self.is_bought(series, party):
                amount = sum(row[2] for row in rows)
                inside = party in self.rules["inside"]
                counted[body] += amount if inside else 0
                others[body] += 0 if inside or not self.suppliers(body, party) else amount
                movable[body] += amount if self.suppliers(body, party) else 0
        for body, mille in self.rules["shares"].get(self.year, {}).items():
            share = Fraction(mille, 1000)
            least = movable[body] - share * others[body]
            self.rates[body] = share * counted[body] / least if least > 0 else Fraction(0)

    def is_bought(self, series: str, party: str) -> bool:
        """Whether vouchers of a series with a counterparty are purchases that may have agreements, or could be moved."""
        others = {code for body in self.rules["bodies"].values() for code in body.get("as", {})}
        return series == self.rules["series"] and (party in self.rules["inside"] or party in others)

    def suppliers(self, body: str, party: str) -> list[str]:
        """Whom a body's purchases of a counterparty may be moved to; nobody when they stay."""
        own = self.rules["bodies"].get(body, {})
        if party not in self.rules["inside"] and party not in own.get("as", {}):
            return []
        group = own.get("as", {}).get(party, party[:GROUP])
        found: list[str] = own.get(group, self.rules["groups"][group])
        return found

    def settled(self, series: str, body: str, party: str, rows: Rows) -> Rows:
        """The rows with the counterparty they shall have: as they are, or moved when the body is behind its rate."""
        found = self.suppliers(body, party) if self.is_bought(series, party) else []
        if not found or body not in self.rates:
            return rows
        amount = sum(row[2] for row in rows)
        self.seen[body] += amount
        if 2 * self.moved[body] + amount > 2 * self.rates[body] * self.seen[body]:
            return rows
        self.moved[body] += amount
        chosen = found[self.turn[body, found[0]] % len(found)]
        self.turn[body, found[0]] += 1
        before, after = f'{self.number} "{party}"', f'{self.number} "{chosen}"'
        return [(account, start.replace(before, after), ore, text) for account, start, ore, text in rows]


def party_of(start: str, number: str) -> str:
    """The counterparty that a #TRANS line begins with; empty when it has none."""
    _before, found, rest = start.partition(f' {number} "')
    return rest.partition('"')[0] if found else ""
