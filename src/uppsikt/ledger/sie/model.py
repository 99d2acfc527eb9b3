"""What a SIE file says, as plain rows. Amounts are integer öre with the ledger's sign: debit +, credit -."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["1", "2", "3", "4E", "4I"]
Objects = tuple[tuple[int, str], ...]
"""Pairs of dimension number and object, in the order of the file."""


@dataclass(frozen=True, slots=True)
class SieRow:
    """One #TRANS of a voucher."""

    account: str
    amount_ore: int
    objects: Objects = ()
    text: str = ""
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class SieVoucher:
    """One #VER. The amounts of its rows sum to zero."""

    series: str
    number: str
    date: dt.date
    text: str = ""
    rows: tuple[SieRow, ...] = ()


@dataclass(frozen=True, slots=True)
class SiePeriodAmount:
    """One #PSALDO or #PBUDGET of the current year: the change within the month, not accumulated.

    Without objects it is the account's total; with objects a part of that total, never to be added to it.
    """

    month: dt.date
    account: str
    amount_ore: int
    objects: Objects = ()


@dataclass(frozen=True, slots=True)
class SieHeader:
    """Everything of a file but its vouchers. `objects` is keyed by dimension number and object."""

    company: str
    first_day: dt.date
    last_day: dt.date
    kind: Kind = "4E"
    org_number: str = ""
    program: str = "Uppsikt"
    program_version: str = "1"
    generated: dt.date | None = None
    covers_to: dt.date | None = None
    previous_year: tuple[dt.date, dt.date] | None = None
    dimensions: Mapping[int, str] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)
    objects: Mapping[tuple[int, str], str] = field(default_factory=dict)
    opening: Mapping[str, int] = field(default_factory=dict)
    closing: Mapping[str, int] = field(default_factory=dict)
    result: Mapping[str, int] = field(default_factory=dict)
    previous_closing: Mapping[str, int] = field(default_factory=dict)
    previous_result: Mapping[str, int] = field(default_factory=dict)
    balances: Iterable[SiePeriodAmount] = ()
    budgets: Iterable[SiePeriodAmount] = ()
