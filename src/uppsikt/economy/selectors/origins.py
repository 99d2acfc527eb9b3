"""Where a figure in a table comes from: the words of the rule, the source behind it, who and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from uppsikt.economy.models import RegisterAmount
from uppsikt.economy.rules.follow import BUDGETS, FORECASTS, OUTCOMES, explain, stored
from uppsikt.economy.rules.tables import Ask, Table
from uppsikt.economy.selectors import budget, registers
from uppsikt.economy.selectors.answers import Reading
from uppsikt.kernel.clock import STOCKHOLM


@dataclass(frozen=True, slots=True)
class Source:
    """Something figures come from: a ledger file, a budget, a forecast, a registered amount. `at` is a Swedish date."""

    name: str
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class OriginFacts:
    """The fields of an origin in a report's payload, but its address."""

    label: str
    value: str
    formula: str
    source: str
    by: str
    at: str


@dataclass
class Origins:
    """The origins of the figures of a reading's tables; what they share is read once."""

    reading: Reading
    _planned: dict[tuple[str, int], Source | None] = field(default_factory=dict)
    _written: dict[tuple[str, str, str], RegisterAmount] | None = None

    def of(self, table: Table, row_key: str, column_key: str) -> OriginFacts:
        """Where one figure comes from. Raises: KeyError for a square there is none of."""
        told = explain(table, row_key, column_key)
        asked = [ask for _part, ask in stored(table, row_key, column_key)]
        found = list(dict.fromkeys(source for ask in asked for source in self.sources(ask)))
        latest = max(found, key=lambda source: source.at, default=Source(""))
        names = dict.fromkeys(source.name for source in found)
        return OriginFacts(told.label, told.value, told.formula, "; ".join(names), latest.by, latest.at)

    def sources(self, ask: Ask) -> list[Source]:
        """What a stored amount comes from; nothing where it is not known here."""
        if ask.node("register"):
            return self._registered(ask)
        if ask.measure in OUTCOMES:
            return self._ledger()
        if ask.measure in (*BUDGETS, *FORECASTS):
            found = self._plan(ask.measure in BUDGETS, self.reading.year + ask.years)
            return [found] if found else []
        return []

    def _ledger(self) -> list[Source]:
        view = self.reading.ledger
        if view is None:
            return []
        return [Source(view.load.name, view.load.created_by_name, day(view.load.finished_at))]

    def _plan(self, is_budget: bool, year: int) -> Source | None:
        key = ("budget" if is_budget else "forecast", year)
        if key not in self._planned:
            reading = self.reading
            rows = (
                budget.budget_rows(year, reading.body)
                if is_budget
                else budget.forecast_rows(reading.round, reading.body)
            )
            newest = rows.order_by("-recorded_at", "-pk").first()
            name = f"Detaljbudget {year}" if is_budget else f"Prognos {reading.round.name}"
            self._planned[key] = (
                Source(name, newest.recorded_by_name, day(newest.recorded_at)) if newest else None
            )
        return self._planned[key]

    def _registered(self, ask: Ask) -> list[Source]:
        if self._written is None:
            self._written = registers.amounts(self.reading.round, self.reading.body)
        return [
            Source(row.source, row.recorded_by_name, day(row.recorded_at))
            for row in self._written.values()
            if of_register(row, ask)
        ]


def of_register(row: RegisterAmount, ask: Ask) -> bool:
    """Whether a registered amount is among those asked for."""
    wanted: Iterable[tuple[str, str]] = (
        ("register", row.item.register), ("item", row.item.key), ("group", row.item.group),
    )  # fmt: skip
    measure = ask.node("measure") or ask.measure
    return row.measure == measure and all(ask.node(name) in ("", value) for name, value in wanted)


def day(moment: dt.datetime | None) -> str:
    """The Swedish date of a moment; empty for none."""
    return moment.astimezone(STOCKHOLM).date().isoformat() if moment else ""
