"""How suppliers and agreements stand: from the checks, the follow-ups and the days they hold."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from uppsikt.procurement import selectors
from uppsikt.procurement.rules.direct import Direct, DirectCount, counted, notified
from uppsikt.procurement.rules.limits import Limits
from uppsikt.procurement.rules.standing import (
    AgreementState,
    SupplierState,
    follow_up_overdue,
    state,
    supplier_state,
)
from uppsikt.procurement.rules.words import LimitKey, ProcurementKind
from uppsikt.procurement.selectors import Agreement, Procurement, SupplierCheck
from uppsikt.procurement.selectors.spend import Buying

BAD = (SupplierState.UNCHECKED, SupplierState.STALE, SupplierState.REMARK, SupplierState.REFUSED)


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """An agreement on a day. `recovered_ore`: what follow-ups have brought back in all."""

    agreement: Agreement
    state: AgreementState
    overdue: bool
    followed_up: dt.date | None
    recovered_ore: int


def agreement_facts(
    day: dt.date, bodies: Iterable[str] | None = None, moment: dt.datetime | None = None
) -> list[AgreementFacts]:
    """How the agreements of some bodies (None: all) stand on a day, by title. Three queries."""
    latest: dict[int, dt.date] = {}
    recovered: dict[int, int] = defaultdict(int)
    for row in selectors.follow_ups(moment=moment):
        if row.date <= day:
            latest.setdefault(row.agreement_id, row.date)
            recovered[row.agreement_id] += row.recovered_ore
    return [
        AgreementFacts(
            row,
            state(row.valid_from, row.valid_to, day),
            follow_up_overdue(row.follow_up_due, latest.get(row.pk), day),
            latest.get(row.pk),
            recovered[row.pk],
        )
        for row in selectors.agreements(bodies, moment=moment)
    ]


def expiring(rows: Iterable[AgreementFacts]) -> list[AgreementFacts]:
    """Those that end within half a year, the first to end first."""
    found = [row for row in rows if row.state is AgreementState.EXPIRING]
    return sorted(found, key=lambda row: row.agreement.valid_to or dt.date.max)


def supplier_states(day: dt.date, moment: dt.datetime | None = None) -> Mapping[str, SupplierState]:
    """How each supplier that has been checked stands on a day, by key. One query."""
    held: dict[str, list[SupplierCheck]] = defaultdict(list)
    for row in selectors.checks(moment=moment):
        held[row.supplier.key].append(row)
    return {
        key: supplier_state([(row.date, row.kind, row.outcome) for row in rows], day)
        for key, rows in held.items()
    }


def to_check(buying: Buying, states: Mapping[str, SupplierState]) -> list[tuple[str, SupplierState]]:
    """The suppliers bought from that have no fresh check without remark, the largest first. Exempt ones are left out."""
    return [
        (party, found)
        for party in buying.parties
        if party in buying.suppliers and party not in buying.exempt
        and (found := states.get(party, SupplierState.UNCHECKED)) in BAD
    ]  # fmt: skip


def direct_procurements(bodies: Iterable[str] | None, first: dt.date, last: dt.date) -> list[Procurement]:
    """The direct procurements of some bodies (None: of all) between two days, both included, newest first. One query."""
    rows = selectors.procurements(bodies).filter(
        kind=ProcurementKind.DIRECT.value, date__gte=first, date__lte=last
    )
    return list(rows)


def group_of(row: Procurement) -> str:
    """What a procurement is counted under: its unit, else its body."""
    return f"unit:{row.unit.key}" if row.unit else f"body:{row.body.key}"


def direct_counts(rows: Sequence[Procurement], limits: Limits) -> list[DirectCount]:
    """How many that had to be documented each unit made, those of some categories apart, in order of unit."""
    told = [
        Direct(row.key, group_of(row), row.value_ore, row.category, row.certified, row.documented)
        for row in sorted(rows, key=lambda row: (row.body.position, group_of(row)))
    ]
    apart = limits.named(LimitKey.APART)
    return counted(notified(told, limits.amount(LimitKey.DOCUMENTATION)), apart)
