"""What was bought, of whom, and whether an agreement held for it. Amounts are öre, a cost positive."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from uppsikt.kernel.identity import digits, is_personal


@dataclass(frozen=True, slots=True)
class Purchase:
    """What one counterparty was paid in a month by a body. `day`: when the day matters to some agreement, else 0.

    `code`: the counterparty's in the ledger, empty where none is told. `supplier`: its key, empty when it is in no
    register. Credit notes are negative.
    """

    code: str
    supplier: str
    body: str
    year: int
    month: int
    day: int
    amount_ore: int
    investment: bool = False


@dataclass(frozen=True, slots=True)
class Cover:
    """When and for whom an agreement with a supplier holds. `bodies` None: for all. `last` None: until further."""

    agreement: str
    supplier: str
    bodies: frozenset[str] | None
    first: dt.date
    last: dt.date | None

    def holds(self, body: str, day: dt.date) -> bool:
        """Whether it holds for a body on a day."""
        inside = self.first <= day and (self.last is None or day <= self.last)
        return inside and (self.bodies is None or body in self.bodies)


@dataclass(frozen=True, slots=True)
class Spend:
    """What something came to, operating and investment apart."""

    operating_ore: int = 0
    investment_ore: int = 0

    @property
    def total_ore(self) -> int:
        """Both together."""
        return self.operating_ore + self.investment_ore

    def plus(self, purchase: Purchase) -> Spend:
        """With one more purchase."""
        if purchase.investment:
            return Spend(self.operating_ore, self.investment_ore + purchase.amount_ore)
        return Spend(self.operating_ore + purchase.amount_ore, self.investment_ore)


@dataclass(frozen=True, slots=True)
class Compliance:
    """How much was bought within agreements. `share` is exact.

    It is None where nothing was bought, and where credit notes leave more than the whole or less than nothing within.
    """

    within_ore: int = 0
    total_ore: int = 0

    @property
    def outside_ore(self) -> int:
        """What was bought without one."""
        return self.total_ore - self.within_ore

    @property
    def share(self) -> Fraction | None:
        """Within ÷ total."""
        told = self.total_ore > 0 and 0 <= self.within_ore <= self.total_ore
        return Fraction(self.within_ore, self.total_ore) if told else None


def split_months(covers: Iterable[Cover], year: int) -> tuple[int, ...]:
    """The months of a year in which some agreement begins after the first day or ends before the last."""
    months = set()
    for cover in covers:
        if cover.first.year == year and cover.first.day > 1:
            months.add(cover.first.month)
        last = cover.last
        if last is not None and last.year == year and last.day < calendar.monthrange(year, last.month)[1]:
            months.add(last.month)
    return tuple(sorted(months))


def covering(purchase: Purchase, covers: Mapping[str, Iterable[Cover]]) -> Cover | None:
    """The agreement that held for a purchase.

    Args: covers: by supplier. A purchase that stands for a whole month is asked about on its first day, which is as
        good as any other when no agreement begins or ends within the month (`split_months`).
    """
    day = dt.date(purchase.year, purchase.month, purchase.day or 1)
    held = covers.get(purchase.supplier, ()) if purchase.supplier else ()
    return next((cover for cover in held if cover.holds(purchase.body, day)), None)


def by_supplier(covers: Iterable[Cover]) -> dict[str, list[Cover]]:
    """The agreements of each supplier."""
    found: dict[str, list[Cover]] = {}
    for cover in covers:
        found.setdefault(cover.supplier, []).append(cover)
    return found


def counted(purchases: Iterable[Purchase], exempt: frozenset[str]) -> list[Purchase]:
    """What contract compliance is measured on: purchases with a counterparty that is not exempt (own companies,
    other authorities).
    """
    return [one for one in purchases if one.code and one.supplier not in exempt]


def compliance(purchases: Iterable[Purchase], covers: Mapping[str, Iterable[Cover]]) -> dict[str, Compliance]:
    """How much each body bought within agreements."""
    found: dict[str, Compliance] = {}
    for one in purchases:
        held = found.get(one.body, Compliance())
        within = one.amount_ore if covering(one, covers) else 0
        found[one.body] = Compliance(held.within_ore + within, held.total_ore + one.amount_ore)
    return found


def together(parts: Iterable[Compliance]) -> Compliance:
    """All of them as one: weighted by what was bought, never a mean of shares."""
    listed = list(parts)
    return Compliance(sum(one.within_ore for one in listed), sum(one.total_ore for one in listed))


def party(purchase: Purchase) -> str:
    """Whom a purchase is told under: the supplier, else the ledger's code; sole traders by number all together.

    A code that is a personal number is told nowhere.
    """
    if purchase.supplier:
        return purchase.supplier
    return PRIVATE if is_personal(purchase.code) else f"{CODE}{purchase.code}"


CODE = "code:"
"""Marks a counterparty of the ledger that is in no register of suppliers."""

PRIVATE = "private"
"""Stands for every counterparty whose code is a personal number."""


def by_party(purchases: Iterable[Purchase]) -> dict[str, Spend]:
    """What each was paid, the largest first. Purchases without a counterparty are not anybody's."""
    found: dict[str, Spend] = {}
    for one in purchases:
        if one.code:
            key = party(one)
            found[key] = found.get(key, Spend()).plus(one)
    return dict(sorted(found.items(), key=lambda pair: (-pair[1].total_ore, pair[0])))


def suppliers_paid(parties: Mapping[str, Spend], least_ore: int) -> list[tuple[str, Spend]]:
    """Those paid at least so much, the largest first. Those told together are no supplier, so they are never one."""
    return [(key, spend) for key, spend in parties.items() if key != PRIVATE and spend.total_ore >= least_ore]


def uncovered(purchases: Iterable[Purchase], covers: Mapping[str, Iterable[Cover]]) -> list[Purchase]:
    """Those that no agreement held for."""
    return [one for one in purchases if covering(one, covers) is None]


def over_limit(
    purchases: Iterable[Purchase], covers: Mapping[str, Iterable[Cover]], limit_ore: int | None
) -> dict[str, Spend]:
    """Whom more than the direct procurement limit was paid outside agreements in the year, the largest first.

    Empty when no limit is settled. Args: purchases: those that are counted, of the whole municipality, since the
        limit is the contracting authority's. Those told together are each held to the limit by their own code.
    """
    if limit_ore is None:
        return {}
    outside = uncovered(purchases, covers)
    private: Counter[str] = Counter()
    for one in outside:
        if party(one) == PRIVATE:
            private[digits(one.code)] += one.amount_ore
    listed = (one for one in outside if party(one) != PRIVATE or private[digits(one.code)] > limit_ore)
    found = by_party(listed)
    return {key: spend for key, spend in found.items() if spend.total_ore > limit_ore}


def unassigned(purchases: Iterable[Purchase]) -> int:
    """What was bought without the ledger telling of whom, in öre."""
    return sum(one.amount_ore for one in purchases if not one.code)
