"""What was bought, read from the ledger that a round reads and held against the registers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.core.cache import cache

from uppsikt.cycle.selectors import Round
from uppsikt.economy.rules.grain import Nodes
from uppsikt.economy.selectors import ledger
from uppsikt.economy.selectors.ledger import LedgerView
from uppsikt.history.rules import digest
from uppsikt.kernel.identity import HIDDEN, SOLE_TRADER, masked
from uppsikt.procurement import selectors
from uppsikt.procurement.rules.limits import Limits
from uppsikt.procurement.rules.purchases import (
    CODE,
    PRIVATE,
    Compliance,
    Cover,
    Purchase,
    Spend,
    by_party,
    by_supplier,
    compliance,
    counted,
    over_limit,
    split_months,
    unassigned,
)
from uppsikt.procurement.rules.words import LimitKey
from uppsikt.procurement.selectors import Supplier

REMEMBERED = 24 * 60 * 60
"""Seconds."""
LAST_MONTH = 12
BODY = "body:"

Told = tuple[str, str, int, int, int, bool]
"""Counterparty, body, month, day, öre, whether it is an investment."""


@dataclass(frozen=True)
class Buying:
    """What was bought in the months `first` to `last` of a year, and the registers to hold it against.

    `bodies`: those whose purchases are seen; None for all. Without a ledger or without lines there is nothing.
    """

    round: Round
    year: int
    first: int
    last: int
    view: LedgerView | None
    limits: Limits
    suppliers: Mapping[str, Supplier]
    covers: Mapping[str, list[Cover]]
    bodies: frozenset[str] | None = None

    @cached_property
    def lines(self) -> list[tuple[str, bool]]:
        """The statement lines that count as purchases, each with whether it is an investment."""
        return lines(self.view, self.limits) if self.view else []

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """The supplier of each counterparty code."""
        return {code: key for key, row in self.suppliers.items() for code in row.code_list}

    @cached_property
    def exempt(self) -> frozenset[str]:
        """The suppliers that are left out of contract compliance."""
        return frozenset(key for key, row in self.suppliers.items() if row.exempt)

    def of_year(self, year: int, *, whole: bool = False) -> list[Purchase]:
        """What was bought in the same months of a year (or all of it), by the bodies that are seen."""
        first, last = (1, LAST_MONTH) if whole else (self.first, self.last)
        rows = self._told(year)
        return [
            Purchase(code, self.codes.get(code, ""), body, year, month, day, ore, investment)
            for code, body, month, day, ore, investment in rows
            if first <= month <= last and (self.bodies is None or body in self.bodies)
        ]

    @cached_property
    def purchases(self) -> list[Purchase]:
        """What was bought in the months asked for."""
        return self.of_year(self.year)

    @cached_property
    def counted(self) -> list[Purchase]:
        """What contract compliance is measured on."""
        return counted(self.purchases, self.exempt)

    @cached_property
    def parties(self) -> Mapping[str, Spend]:
        """What each was paid, the largest first, by supplier key, "code:…" or "private"."""
        return by_party(self.purchases)

    @property
    def unassigned_ore(self) -> int:
        """What was bought without the ledger telling of whom."""
        return unassigned(self.purchases)

    def compliance(self, year: int = 0) -> Mapping[str, Compliance]:
        """How much each body bought within agreements, in the same months of the year or another."""
        rows = self.counted if year in (0, self.year) else counted(self.of_year(year), self.exempt)
        return compliance(rows, self.covers)

    @cached_property
    def over_limit(self) -> Mapping[str, Spend]:
        """Whom more than the direct procurement limit was paid outside agreements, the largest first."""
        return over_limit(self.counted, self.covers, self.limits.amount(LimitKey.DIRECT))

    def has(self, year: int) -> bool:
        """Whether the ledger holds the year."""
        return self.view is not None and year in self.view.years()

    def name(self, party: str) -> str:
        """What a party is called: never by a personal number."""
        if party == PRIVATE:
            return f"{SOLE_TRADER} ({HIDDEN})"
        if party in self.suppliers:
            return self.suppliers[party].name
        code = party.removeprefix(CODE)
        told = self.view.coding(self.year).name("counterparty", code) if self.view else code
        return masked(told)

    def codes_of(self, party: str) -> tuple[str, ...]:
        """The counterparty codes of a party; none for those that stand together because their codes are personal."""
        if party in self.suppliers:
            return self.suppliers[party].code_list
        return (party.removeprefix(CODE),) if party.startswith(CODE) else ()

    def _told(self, year: int) -> Sequence[Told]:
        view = self.view
        if view is None or not self.has(year) or not self.lines:
            return ()
        days = split_months((cover for held in self.covers.values() for cover in held), year)
        asked = digest([self.lines, days, view.version, view.stamped, view.year, year])
        key = f"purchases:{asked}"
        found: Sequence[Told] | None = cache.get(key)
        if found is None:
            found = list(_read(view, self.lines, year, days))
            cache.set(key, found, REMEMBERED)
        return found


def _read(
    view: LedgerView, wanted: Iterable[tuple[str, bool]], year: int, days: Sequence[int]
) -> Iterable[Told]:
    for line, investment in wanted:
        scope = view.scope(Nodes(line=line), year=year, last=LAST_MONTH)
        for code, node, month, day, ore in view.ledger.purchases(scope, days):
            yield code, node.removeprefix(BODY), month, day, ore, investment


def lines(view: LedgerView, limits: Limits) -> list[tuple[str, bool]]:
    """The lines settled as purchases that the year has. One that lies under another is read with that one."""
    wanted = [(line, False) for line in limits.words(LimitKey.OPERATING)]
    wanted += [(line, True) for line in limits.words(LimitKey.INVESTMENT)]
    coding = view.coding()
    below = {line: coding.under("line", line) for line, _investment in wanted}
    return [
        (line, investment)
        for line, investment in wanted
        if below[line] and not any(line in below[other] for other, _more in wanted if other != line)
    ]


def buying(
    round_: Round,
    *,
    first: int = 1,
    last: int = 0,
    bodies: Iterable[str] | None = None,
    moment: dt.datetime | None = None,
) -> Buying:
    """What was bought as a round sees it. A constant number of queries.

    Args: last: the cut-off's month when not said, and never later. bodies: whose purchases; None for all.
    """
    month = round_.cutoff.month
    return Buying(
        round=round_,
        year=round_.year_id,
        first=min(max(first, 1), month),
        last=min(last, month) if last >= first else month,
        view=ledger.view(round_),
        limits=selectors.limits(round_.cutoff, moment),
        suppliers={row.key: row for row in selectors.suppliers()},
        covers=by_supplier(selectors.covers(moment)),
        bodies=None if bodies is None else frozenset(bodies),
    )
