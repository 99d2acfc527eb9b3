"""Reading the forecasts of a body: each unit's lines with all that is known of them, and what is missing.

All amounts are öre with income positive and cost negative. A unit is its key; "" is what the body keeps on no unit.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from uppsikt.cycle.rules.rounds import RoundKind
from uppsikt.cycle.selectors import Round
from uppsikt.economy.models import ForecastAmount
from uppsikt.economy.rules.forecast import Proposal, departs_from, propose
from uppsikt.economy.rules.forecast_sheet import expected, is_negative, leaves
from uppsikt.economy.rules.grain import accumulated
from uppsikt.economy.rules.model import EconomyModel, Line
from uppsikt.economy.selectors import forecast_outcomes
from uppsikt.economy.selectors import models as economy_models
from uppsikt.economy.selectors.answers import Reading
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.selectors import Body

Cell = tuple[str, str]
"""A unit and a line."""

ASKED = frozenset({RoundKind.MONTH.value, RoundKind.INTERIM.value})
"""The kinds of rounds in which every line with a budget must be forecast; at the year's end the outcome is known."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A line's forecast as it stands: what it comes to over its activities, why, by whom, and its version."""

    amount_ore: int
    explanation: str
    version: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """Everything known of a line of a unit. None: not reported, or no such year.

    `accumulated`: the budget to the cut-off; `before_to`, `before`: last year to the same month and the whole year;
    `negative`: a figure without a sign is a cost here. `chain`: what earlier rounds of the year said, one for each of the sheet's earlier rounds.
    """

    unit: str
    line: str
    budget: int | None
    accumulated: int | None
    outcome: int | None
    before_to: int | None
    before: int | None
    chain: tuple[int | None, ...]
    proposal: Proposal | None
    standing: Standing | None
    departs: tuple[str, ...]
    negative: bool

    @property
    def amount(self) -> int | None:
        """The forecast that stands."""
        return self.standing.amount_ore if self.standing else None

    @property
    def unexplained(self) -> bool:
        """Whether the forecast must be explained and has not been."""
        return bool(self.departs) and self.standing is not None and not self.standing.explanation


@dataclass(frozen=True, slots=True)
class Sum:
    """What some lines come to together. `forecast` counts a line that is not forecast as its budget.

    `chain`: the same for each earlier round. `unset`: lines with a budget and no forecast.
    """

    budget: int
    forecast: int
    chain: tuple[int, ...]
    unset: int
    lines: int


@dataclass
class Sheet:
    """A body's forecasts in a round. Each thing is read once."""

    body: Body
    round: Round
    model: EconomyModel
    reading: Reading = field(init=False)

    def __post_init__(self) -> None:
        self.reading = Reading(self.round, self.body, self.model)

    @cached_property
    def _rows(self) -> dict[Round, dict[Cell, list[ForecastAmount]]]:
        """The year's forecasts up to this round, by round and cell. One query."""
        rows = (
            ForecastAmount.objects.all()
            .current()
            .filter(body=self.body, round__year_id=self.round.year_id, round__cutoff__lte=self.round.cutoff)
            .select_related("unit", "round")
            .order_by("round__cutoff", "line", "unit__key", "activity")
        )
        found: dict[Round, dict[Cell, list[ForecastAmount]]] = {}
        for row in rows:
            if row.line in self.leaves:
                cells = found.setdefault(row.round, defaultdict(list))
                cells[row.unit.key if row.unit else "", row.line].append(row)
        return found

    @cached_property
    def leaves(self) -> dict[str, Line]:
        """The lines that may be forecast."""
        return leaves(self.model)

    @cached_property
    def earlier(self) -> tuple[Round, ...]:
        """The rounds of the year before this one with forecasts of the body, earliest first."""
        return tuple(row for row in self._rows if row != self.round)

    @cached_property
    def chain(self) -> tuple[dict[Cell, int], ...]:
        """What each earlier round said, by cell."""
        return tuple(
            {cell: sum(row.amount_ore for row in rows) for cell, rows in self._rows[one].items()}
            for one in self.earlier
        )

    @cached_property
    def standing(self) -> dict[Cell, Standing]:
        """The round's forecasts, by cell."""
        return {cell: standing_of(rows) for cell, rows in self._rows.get(self.round, {}).items()}

    @cached_property
    def budget(self) -> dict[Cell, int]:
        """The year's budget, by cell."""
        found: dict[Cell, int] = defaultdict(int)
        for grain in self.reading.budget(self.round.year_id):
            if grain.line in self.leaves:
                found[_unit(grain.place), grain.line] += grain.amount_ore
        return dict(found)

    @cached_property
    def accumulated(self) -> dict[Cell, int]:
        """The budget up to the cut-off, by cell."""
        by_cell = defaultdict(list)
        for grain in self.reading.budget(self.round.year_id):
            by_cell[_unit(grain.place), grain.line].append(grain)
        follows = any(grain.profile.value == "last_year" for grains in by_cell.values() for grain in grains)
        shapes = self.reading.shapes(self.round.year_id) if follows else {}
        return {
            cell: accumulated(grains, self.round.cutoff.month, shapes) for cell, grains in by_cell.items()
        }

    @cached_property
    def planned(self) -> frozenset[str]:
        """The units that hold a budget or a forecast."""
        told = {*self.budget, *self.standing, *(cell for said in self.chain for cell in said)}
        return frozenset(unit for unit, _line in told)

    @cached_property
    def outcomes(self) -> dict[Cell, int] | None:
        """What has been booked up to the cut-off, by cell; None without a ledger. One query of the ledger."""
        return forecast_outcomes.by_cell(self.reading, frozenset(self.leaves), self.planned)

    def lines(self, unit: str | None = None) -> list[ForecastLine]:
        """The lines of a unit with all that is known of them, or of all units; those without any amount are left out."""
        found = forecast_outcomes.by_month(self.reading, frozenset(self.leaves), self.planned, unit)
        cells = {*self.budget, *self.standing, *found.now, *found.before}
        cells |= {cell for said in self.chain for cell in said}
        rows = (self._line(cell, found) for cell in sorted(cells) if unit is None or cell[0] == unit)
        return [row for row in rows if any((row.budget, row.outcome, row.before, row.standing, *row.chain))]

    def _line(self, cell: Cell, found: forecast_outcomes.Months) -> ForecastLine:
        month = self.round.cutoff.month
        planned = self.budget.get(cell)
        chain = tuple(said.get(cell) for said in self.chain)
        outcome = sum(found.now.get(cell, ())) if found.knows_now else None
        months = found.before.get(cell, (0,) * 12) if found.knows_before else ()
        proposal = propose(
            outcome=outcome,
            month=month,
            budget=planned,
            last_year=months,
            earlier=next((said for said in reversed(chain) if said is not None), None),
        )
        standing = self.standing.get(cell)
        return ForecastLine(
            unit=cell[0],
            line=cell[1],
            budget=planned,
            accumulated=self.accumulated.get(cell),
            outcome=outcome,
            before_to=sum(months[:month]) if months else None,
            before=sum(months) if months else None,
            chain=chain,
            proposal=proposal,
            standing=standing,
            departs=departs_from(
                standing.amount_ore if standing else None, planned, proposal, self.model.threshold
            ),
            negative=is_negative(self.leaves[cell[1]], (planned, sum(months), outcome)),
        )

    def total(self, cells: Iterable[Cell] | None = None) -> Sum:
        """What the cells come to, all of the body's when none are told. Reads no ledger."""
        told = {*self.budget, *self.standing, *(cell for said in self.chain for cell in said)}
        wanted = told if cells is None else set(cells)
        amounts = {cell: one.amount_ore for cell, one in self.standing.items()}
        return Sum(
            budget=sum(self.budget.get(cell, 0) for cell in wanted),
            forecast=sum(expected(amounts.get(cell), self.budget.get(cell)) for cell in wanted),
            chain=tuple(
                sum(expected(said.get(cell), self.budget.get(cell)) for cell in wanted) for said in self.chain
            ),
            unset=sum(1 for cell in wanted if self.budget.get(cell) and cell not in amounts),
            lines=sum(1 for cell in wanted if self.budget.get(cell) or cell in amounts),
        )


def standing_of(rows: Sequence[ForecastAmount]) -> Standing:
    """The rows of one line as one forecast. Raises: ValueError without any."""
    latest = max(rows, key=lambda row: row.recorded_at)
    return Standing(
        sum(row.amount_ore for row in rows), explanation_of(rows), version_of(rows),
        latest.recorded_by_name, latest.recorded_at,
    )  # fmt: skip


def version_of(rows: Iterable[ForecastAmount]) -> str:
    """The version of a line's forecast: the ids of the rows it stands on."""
    return "-".join(str(pk) for pk in sorted(row.pk for row in rows))


def explanation_of(rows: Iterable[ForecastAmount]) -> str:
    """A line's explanation; what is written on several activities is said once."""
    return "\n".join(dict.fromkeys(row.explanation for row in rows if row.explanation))


def forecast_at(version: str) -> tuple[int | None, str]:
    """What a line's forecast said in a version, and why; (None, "") for the version before there was any."""
    pks = [int(pk) for pk in version.split("-") if pk.isdecimal()]
    rows = list(ForecastAmount.objects.filter(pk__in=pks).order_by("activity")) if pks else []
    return (sum(row.amount_ore for row in rows) if rows else None), explanation_of(rows)


@dataclass(frozen=True, slots=True)
class MissingLine:
    """A line of a unit that lacks a forecast or an explanation, with its names for a list."""

    unit: str
    line: str
    unit_name: str
    label: str
    amount_ore: int
    """The budget where a forecast is missing, the forecast where an explanation is."""


def missing_forecasts(body: Body, round_: Round) -> list[MissingLine]:
    """The lines with a budget and no forecast, in rounds where forecasts are asked for. Reads no ledger."""
    sheet = _asked(body, round_)
    if sheet is None:
        return []
    cells = [cell for cell, amount in sheet.budget.items() if amount and cell not in sheet.standing]
    return _named(sheet, {cell: sheet.budget[cell] for cell in cells})


def explanations_missing(body: Body, round_: Round) -> list[MissingLine]:
    """The forecasts that depart from budget or proposal by more than the threshold and say nothing of why."""
    sheet = _asked(body, round_)
    if sheet is None or not any(not one.explanation for one in sheet.standing.values()):
        return []
    return _named(sheet, {(row.unit, row.line): row.amount or 0 for row in sheet.lines() if row.unexplained})


def _asked(body: Body, round_: Round) -> Sheet | None:
    if round_.kind not in ASKED:
        return None
    try:
        model = economy_models.model_for(round_.year_id)
    except LookupError:
        return None
    return Sheet(body, round_, model)


def _named(sheet: Sheet, amounts: Mapping[Cell, int]) -> list[MissingLine]:
    names = organisation.unit_names(sheet.round.cutoff) if amounts else {}
    own = (
        organisation.body_name(sheet.body, sheet.round.cutoff) if any(not unit for unit, _ in amounts) else ""
    )
    labels = {key: line.label for key, line in sheet.leaves.items()}
    order = {key: place for place, key in enumerate(labels)}
    found = [
        MissingLine(unit, line, names.get(unit, unit) if unit else own, labels[line], amount)
        for (unit, line), amount in amounts.items()
    ]
    return sorted(found, key=lambda one: (one.unit_name, order[one.line]))


def _unit(place: str) -> str:
    kind, _colon, key = place.partition(":")
    return key if kind == "unit" else ""
