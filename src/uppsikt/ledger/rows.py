"""What goes into the ledger's store and what comes out of it.

Amounts are integer öre with the ledger's own sign: debit is positive, credit negative.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Axis = Literal["account", "cost_centre", "activity", "project", "counterparty", "month"]

DIMENSIONS = (
    "account", "cost_centre", "activity", "project", "counterparty", "own1", "own2", "own3", "own4",
)  # fmt: skip

STAGED_COLUMNS = ("row", "date", "series", "number", *DIMENSIONS, "amount_ore", "text", "voucher_text")

EVERYTHING = "*"


@dataclass(frozen=True, slots=True)
class PartRow:
    """Says that one month of one version of the ledger is read from `load`.

    A version is named by the load that made it. A month may have several loads: one that replaces, others added.
    """

    version: int
    year: int
    month: int
    load: int


@dataclass(frozen=True, slots=True)
class Scope:
    """What is summed: one version, months `first` to `last` inclusive of `year`, and a node on every axis.

    "*" holds everything, entries without coding on that axis included. `mapping` is the year whose hierarchies
    are used; 0 means `year` itself, another year restates a comparison year in that year's organisation.
    """

    version: int
    year: int
    first: int = 1
    last: int = 12
    line: str = EVERYTHING
    place: str = EVERYTHING
    activity: str = EVERYTHING
    project: str = EVERYTHING
    counterparty: str = EVERYTHING
    mapping: int = 0


@dataclass(frozen=True, slots=True)
class Members:
    """The closure of every hierarchy, as four columns of equal length: `leaf` lies below `node` that year.

    Axes are "line" (leaves are accounts), "place" (cost centres), "activity", "project" and "counterparty".
    `fingerprint` changes whenever the rows do.
    """

    fingerprint: str
    year: Sequence[int]
    axis: Sequence[str]
    node: Sequence[str]
    leaf: Sequence[str]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One row of a voucher, as it was loaded. `row` is its line number in the file of `load`."""

    load: int
    row: int
    date: dt.date
    series: str
    number: str
    account: str
    cost_centre: str
    activity: str
    project: str
    counterparty: str
    own: tuple[str, str, str, str]
    amount_ore: int
    text: str
    voucher_text: str
