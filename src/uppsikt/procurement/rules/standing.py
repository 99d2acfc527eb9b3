"""How agreements and suppliers stand on a day."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from uppsikt.procurement.rules.words import CheckOutcome

SOON = dt.timedelta(days=180)
"""How long before its end an agreement is told of, so that a new one can be procured."""

FRESH = dt.timedelta(days=365)
"""How long a check of a supplier is good for."""


class AgreementState(StrEnum):
    """How an agreement stands on a day."""

    COMING = "coming"
    VALID = "valid"
    EXPIRING = "expiring"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """The state in words."""
        return {"coming": "Kommande", "valid": "Gäller", "expiring": "Löper ut", "ended": "Avslutat"}[
            self.value
        ]

    @property
    def shape(self) -> str:
        """The symbol beside the words."""
        return {"coming": "triangle-right", "valid": "check", "expiring": "diamond", "ended": "dash"}[
            self.value
        ]

    @property
    def colour(self) -> str:
        """The tone of the symbol."""
        return {"coming": "neutral", "valid": "good", "expiring": "warn", "ended": "neutral"}[self.value]


def state(first: dt.date, last: dt.date | None, day: dt.date) -> AgreementState:
    """How an agreement stands on a day, when it holds from the first to the last, both included."""
    if day < first:
        return AgreementState.COMING
    if last is None:
        return AgreementState.VALID
    if day > last:
        return AgreementState.ENDED
    return AgreementState.EXPIRING if last - day <= SOON else AgreementState.VALID


def follow_up_overdue(due: dt.date | None, latest: dt.date | None, day: dt.date) -> bool:
    """Whether an agreement should have been followed up: its day has passed and nothing was found since.

    Args: due: the last day for it. latest: when it was last followed up. A follow-up in the year before the day
        it is due counts for it.
    """
    if due is None or day <= due:
        return False
    return latest is None or latest <= due - FRESH


class SupplierState(StrEnum):
    """What is known of a supplier from the checks of it."""

    CHECKED = "checked"
    REMARK = "remark"
    REFUSED = "refused"
    STALE = "stale"
    UNCHECKED = "unchecked"

    @property
    def label(self) -> str:
        """The state in words."""
        return {
            "checked": "Kontrollerad",
            "remark": "Anmärkning",
            "refused": "Underkänd",
            "stale": "Kontrollen är för gammal",
            "unchecked": "Inte kontrollerad",
        }[self.value]

    @property
    def shape(self) -> str:
        """The symbol beside the words."""
        return {
            "checked": "check",
            "remark": "diamond",
            "refused": "cross",
            "stale": "circle-0",
            "unchecked": "dash",
        }[self.value]

    @property
    def colour(self) -> str:
        """The tone of the symbol."""
        return {
            "checked": "good",
            "remark": "warn",
            "refused": "bad",
            "stale": "warn",
            "unchecked": "neutral",
        }[self.value]


def supplier_state(checks: list[tuple[dt.date, str, str]], day: dt.date) -> SupplierState:
    """What the checks up to a day say: of each kind the latest counts, and the worst of them is the supplier's.

    Args: checks: (day, kind, outcome). A check older than a year is too old; then the supplier must be checked again.
    """
    latest: dict[str, tuple[dt.date, str]] = {}
    for date, kind, outcome in sorted(row for row in checks if row[0] <= day):
        latest[kind] = (date, outcome)
    if not latest:
        return SupplierState.UNCHECKED
    outcomes = {outcome for _date, outcome in latest.values()}
    if CheckOutcome.REFUSED.value in outcomes:
        return SupplierState.REFUSED
    if CheckOutcome.REMARK.value in outcomes:
        return SupplierState.REMARK
    return SupplierState.STALE if max(latest.values())[0] < day - FRESH else SupplierState.CHECKED
