"""Reading the ledger through a round: the version it names, the hierarchies of the year, the signs of a statement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.db.models import QuerySet

from uppsikt.cycle.selectors import Round
from uppsikt.economy.models import LedgerLoad, RoundLedger
from uppsikt.economy.rules.coding import ALL, Coding
from uppsikt.economy.rules.grain import Nodes
from uppsikt.economy.rules.loads import LoadMode, LoadState
from uppsikt.economy.selectors import coding as codings
from uppsikt.ledger.parts import LoadSpan, PartRow, parts_of
from uppsikt.ledger.reader import Ledger, LedgerMissing, open_ledger
from uppsikt.ledger.rows import Axis, EntryRow, Members, Scope
from uppsikt.ledger.store import LedgerStore

NODES: Mapping[Axis, str] = {
    "account": "line", "cost_centre": "place", "activity": "activity", "project": "project",
}  # fmt: skip
"""What of a scope names a node of each axis that is asked for whole."""


def path() -> Path:
    """Where the derived store lies on this machine."""
    return Path(settings.UPPSIKT_LEDGER)


def loads(year: int | None = None) -> QuerySet[LedgerLoad]:
    """The loads, newest first."""
    rows = LedgerLoad.objects.select_related("file", "replaces")
    return rows if year is None else rows.filter(year=year)


def accepted() -> QuerySet[LedgerLoad]:
    """The loads that the ledger is made of, in the order they were accepted in."""
    return loads().filter(state=LoadState.ACCEPTED.value).order_by("finished_at", "pk")


def spans() -> list[LoadSpan]:
    """The accepted loads as the rule of versions wants them. One query."""
    return [span(row) for row in accepted()]


def span(row: LedgerLoad) -> LoadSpan:
    """A load as the rule of versions wants it. Raises: ValueError before its file has been read."""
    if row.year is None or row.first_month is None or row.last_month is None:
        raise ValueError(f"load {row.pk} has no period yet")
    mode: Literal["replace", "add"] = "add" if row.mode == LoadMode.ADD.value else "replace"
    return LoadSpan(row.pk, row.year, row.first_month, row.last_month, mode, row.replaces_id)


def parts() -> list[PartRow]:
    """Which loads make up each version of the ledger."""
    return parts_of(spans())


def chosen(round_: Round) -> RoundLedger | None:
    """The version of the ledger that the round reads; None before one has been chosen."""
    return RoundLedger.objects.all().current().filter(round=round_).select_related("load").first()


def chosen_by_round(rounds: Iterable[Round], moment: dt.datetime | None = None) -> dict[int, RoundLedger]:
    """The version of the ledger that each round read at `moment` (None: now), by the round's id. One query."""
    rows = RoundLedger.objects.all().as_of(moment).filter(round__in=list(rounds)).select_related("load")
    return {row.round_id: row for row in rows}


def newer(round_: Round) -> LedgerLoad | None:
    """The newest accepted load of the round's year or the year it is compared with, when the round reads an older.

    Before the round reads any, only a load of its own year counts.
    """
    return newer_than(round_, chosen(round_))


def newer_than(round_: Round, held: RoundLedger | None) -> LedgerLoad | None:
    """As `newer`, for a round whose ledger has been read. One query."""
    if held is None:
        return accepted().filter(year=round_.year_id).last()
    years = (round_.year_id, round_.year_id - 1)
    return accepted().filter(year__in=years, finished_at__gt=held.load.finished_at).last()


def standing_added() -> list[LedgerLoad]:
    """The loads that were added beside others and stand in the ledger as it is: what another may take the place of."""
    newest = accepted().last()
    if newest is None:
        return []
    standing = {part.load for part in parts() if part.version == newest.pk}
    return [row for row in accepted().filter(mode=LoadMode.ADD.value) if row.pk in standing]


@dataclass(frozen=True)
class LedgerView:
    """The ledger as one round sees it. All amounts are öre with income positive and cost negative.

    `year` and `month`: of the cut-off. `model_year`: whose lines everything is read through.
    """

    load: LedgerLoad
    year: int
    month: int
    ledger: Ledger
    stamped: str
    _told: dict[tuple[Axis, Scope], Mapping[str, int]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @property
    def version(self) -> int:
        """The version of the ledger: the id of the load that made it."""
        return self.load.pk

    def coding(self, year: int = 0) -> Coding:
        """The hierarchies of a year, through this year's lines."""
        return codings.coding_for(year or self.year, model_year=self.year, stamped=self.stamped)

    def scope(self, nodes: Nodes, year: int = 0, first: int = 1, last: int = 0, mapping: int = 0) -> Scope:
        """What a statement's nodes are in the ledger, January to the cut-off when nothing else is said."""
        return Scope(
            version=self.version,
            year=year or self.year,
            first=first,
            last=last or self.month,
            line=nodes.line,
            place=nodes.place,
            activity=nodes.activity,
            project=nodes.project,
            counterparty=nodes.counterparty,
            mapping=mapping,
        )

    def sums(self, axis: Axis, scope: Scope) -> Mapping[str, int]:
        """Amounts by the codes of one axis. The ledger's sign (debit +) is turned here and nowhere else.

        The parts of a page ask much the same, so the ledger is asked once, for the whole axis; a node is picked out here.
        """
        name = NODES.get(axis, "")
        node = getattr(scope, name, ALL)
        if node != ALL and scope.counterparty == ALL:
            under = self.coding(scope.mapping or scope.year).under(name, node)
            wide: dict[str, Any] = {name: ALL}
            found = self.sums(axis, replace(scope, **wide))
            return {leaf: amount for leaf, amount in found.items() if leaf in under}
        if (axis, scope) not in self._told:
            told = self.ledger.sums(axis, scope).items()
            self._told[axis, scope] = {leaf: -amount for leaf, amount in told}
        return self._told[axis, scope]

    def cross(self, axis: Axis, scope: Scope) -> dict[tuple[str, str], int]:
        """Amounts by the codes of one axis and account."""
        return {pair: -amount for pair, amount in self.ledger.cross(axis, scope).items()}

    def amount(self, scope: Scope) -> int:
        """One amount."""
        return sum(self.sums("month", scope).values())

    def months(self, scope: Scope) -> tuple[int, ...]:
        """The amount of each of the twelve months; nothing booked is zero."""
        found = self.sums("month", scope)
        return tuple(found.get(str(month), 0) for month in range(1, 13))

    def entries(self, scope: Scope, *, limit: int, offset: int = 0, largest: bool = False) -> list[EntryRow]:
        """Vouchers' rows, in the ledger's own sign as they were booked."""
        return self.ledger.entries(scope, limit=limit, offset=offset, largest=largest)

    def years(self) -> list[int]:
        """The years that this version holds."""
        return self.ledger.years(self.version)


def view(round_: Round, moment: dt.datetime | None = None) -> LedgerView | None:
    """The ledger that the round read at `moment` (None: now); None when none was chosen."""
    held = chosen_by_round([round_], moment).get(round_.pk)
    if held is None:
        return None
    try:
        return view_of(held.load, round_.year_id, round_.cutoff.month)
    except LedgerMissing:
        return None  # the page says so: `missing`


def missing() -> bool:
    """Whether there are accepted loads that the store does not have: it must be rebuilt."""
    newest = accepted().last()
    return newest is not None and newest.pk not in LedgerStore(path()).versions()


def view_of(load: LedgerLoad, year: int, month: int) -> LedgerView:
    """A version of the ledger, read through a year's lines. Raises: LedgerMissing when the store has not got it."""
    stamped = codings.stamp()
    ledger = open_ledger(path(), members(year, stamped))
    if load.pk not in ledger.versions:
        raise LedgerMissing(f"no version {load.pk}")
    return LedgerView(load, year, month, ledger, stamped)


@lru_cache(maxsize=8)
def members(model_year: int, stamped: str) -> Members:
    """The hierarchies of every year, through the lines of `model_year`, as the ledger joins them."""
    rows = [
        (year, axis, node, leaf)
        for year in codings.years()
        for axis, node, leaf in codings.coding_for(year, model_year=model_year, stamped=stamped).members()
    ]
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], [], []]
    return Members(f"{model_year}:{stamped}", *columns)


def rolled(amounts: Mapping[str, int], under: frozenset[str]) -> int:
    """The sum of the codes that stand under a node."""
    return sum(amount for leaf, amount in amounts.items() if leaf in under)
