"""The amounts a table asks for, read from ledger, budget, forecasts and registers with few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from uppsikt.cycle.selectors import Round
from uppsikt.economy.rules.coding import ALL, Coding
from uppsikt.economy.rules.grain import Grain, Nodes, accumulated, matching
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.economy.rules.tables import Answers, Ask
from uppsikt.economy.selectors import budget, registers
from uppsikt.economy.selectors import coding as codings
from uppsikt.economy.selectors import ledger as ledgers
from uppsikt.economy.selectors.ledger import LedgerView, rolled
from uppsikt.ledger.rows import Axis
from uppsikt.organisation.selectors import Body

OUTCOMES = ("outcome", "restated")
_AXES: tuple[tuple[str, Axis], ...] = (
    ("line", "account"), ("place", "cost_centre"), ("activity", "activity"), ("project", "project"),
    ("counterparty", "counterparty"),
)  # fmt: skip


def nodes_of(ask: Ask, default_place: str) -> Nodes:
    """The nodes of the five axes that an ask means: a unit or a body is a place."""
    place = ask.node("place")
    if ask.node("unit"):
        place = f"unit:{ask.node('unit')}"
    elif ask.node("body"):
        place = f"body:{ask.node('body')}"
    return Nodes(
        line=ask.node("line", ALL),
        place=place or default_place,
        activity=ask.node("activity", ALL),
        project=ask.node("project", ALL),
        counterparty=ask.node("counterparty", ALL),
    )


@dataclass
class Reading:
    """Everything that one table, or one page of tables, reads of a body in a round. Each thing is read once."""

    round: Round
    body: Body | None
    model: EconomyModel
    stamped: str = field(default_factory=codings.stamp)
    _budgets: dict[int, list[Grain]] = field(default_factory=dict)
    _shapes: dict[int, dict[str, tuple[int, ...]]] = field(default_factory=dict)

    @cached_property
    def ledger(self) -> LedgerView | None:
        """The ledger that the round reads."""
        return ledgers.view(self.round)

    @property
    def year(self) -> int:
        """The round's year."""
        return self.round.year_id

    @property
    def place(self) -> str:
        """The node of the place axis that the body is; "*" for the whole municipality."""
        return f"body:{self.body.key}" if self.body else ALL

    def coding(self, year: int) -> Coding:
        """The hierarchies of a year, through the lines of the round's year."""
        return codings.coding_for(year, model_year=self.year, stamped=self.stamped)

    def budget(self, year: int) -> list[Grain]:
        """The detailed budget of a year, original and adjustments."""
        if year not in self._budgets:
            self._budgets[year] = budget.grains(budget.budget_rows(year, self.body))
        return self._budgets[year]

    @cached_property
    def forecast(self) -> list[Grain]:
        """What is forecast in the round."""
        return budget.grains(budget.forecast_rows(self.round, self.body))

    @cached_property
    def earlier_forecast(self) -> list[Grain]:
        """What was forecast in the year's latest earlier round with a forecast."""
        chain = [row for row in budget.forecast_rounds(self.round) if row != self.round]
        return budget.grains(budget.forecast_rows(chain[-1], self.body)) if chain else []

    @cached_property
    def restatements(self) -> list[Grain]:
        """What last year is moved by."""
        return budget.grains(budget.restatements(self.year - 1, self.body))

    def shapes(self, year: int) -> dict[str, tuple[int, ...]]:
        """Last year's outcome month by month for every line, for budgets that follow it. One query."""
        if year not in self._shapes:
            self._shapes[year] = self._read_shapes(year - 1)
        return self._shapes[year]

    def _read_shapes(self, year: int) -> dict[str, tuple[int, ...]]:
        view = self.ledger
        if view is None:
            return {}
        found = view.cross("month", view.scope(Nodes(place=self.place), year=year, last=12))
        coding = self.coding(year)
        by_line: dict[str, tuple[int, ...]] = {}
        for line in self.model.lines:
            accounts = coding.under("line", line.key)
            months = [0] * 12
            for (month, account), amount in found.items():
                if account in accounts:
                    months[int(month) - 1] += amount
            by_line[line.key] = tuple(months)
        return by_line


def answers(asks: Iterable[Ask], reading: Reading, default_place: str = "") -> Answers:
    """What the ledger, the budget, the forecasts and the registers say. None: not reported.

    Args: default_place: the node asked for when a row says nothing of place; the body's when not given.
    """
    place = default_place or reading.place
    listed = list(asks)
    found: dict[Ask, int | None] = {}
    outcomes: dict[tuple[int, int, int], list[tuple[Ask, Nodes]]] = defaultdict(list)
    recorded = [ask for ask in listed if ask.node("register")]
    found |= registers.answers(recorded, reading.round, reading.body, reading)
    for ask in listed:
        if ask.node("register"):
            continue
        nodes = nodes_of(ask, place)
        year = reading.year + ask.years
        if ask.measure in OUTCOMES:
            last = 12 if ask.through == "year" else reading.round.cutoff.month
            mapping = reading.year if ask.measure == "restated" else 0
            outcomes[year, last, mapping].append((ask, nodes))
        else:
            found[ask] = _planned(ask.measure, nodes, year, reading)
    for (year, last, mapping), wanted in outcomes.items():
        found |= _outcomes(wanted, year, last, mapping, reading)
    return found


def _planned(measure: str, nodes: Nodes, year: int, reading: Reading) -> int | None:
    """A budget or a forecast."""
    coding = reading.coding(year)
    grains = reading.budget(year)
    if measure in ("forecast", "forecast_previous"):
        told = reading.forecast if measure == "forecast" else reading.earlier_forecast
        found = matching(told, nodes, coding)
        if not told or (not found and matching(grains, nodes, coding)):
            return None
        return sum(grain.amount_ore for grain in found)
    if not grains:
        return None
    found = matching(grains, nodes, coding)
    if measure == "budget_original":
        return sum(grain.amount_ore for grain in found if grain.original)
    if measure == "budget_accumulated":
        follows = any(grain.profile.value == "last_year" for grain in found)
        return accumulated(found, reading.round.cutoff.month, reading.shapes(year) if follows else None)
    return sum(grain.amount_ore for grain in found)


def _outcomes(
    wanted: Sequence[tuple[Ask, Nodes]], year: int, last: int, mapping: int, reading: Reading
) -> dict[Ask, int | None]:
    """Outcomes of one period, with one query of the ledger for each combination on the axes that vary least."""
    view = reading.ledger
    if view is None or year not in view.years():
        return dict.fromkeys((ask for ask, _nodes in wanted), None)
    axis = max(_AXES, key=lambda pair: len({getattr(nodes, pair[0]) for _ask, nodes in wanted}))
    coding = reading.coding(mapping or year)
    groups: dict[Nodes, list[tuple[Ask, str]]] = defaultdict(list)
    for ask, nodes in wanted:
        fixed = Nodes(**{name: ALL if name == axis[0] else getattr(nodes, name) for name, _axis in _AXES})
        groups[fixed].append((ask, getattr(nodes, axis[0])))
    found: dict[Ask, int | None] = {}
    for fixed, rows in groups.items():
        sums = view.sums(axis[1], view.scope(fixed, year=year, last=last, mapping=mapping))
        for ask, node in rows:
            moved = _restated(ask, reading) if ask.measure == "restated" else 0
            found[ask] = rolled(sums, coding.under(axis[0], node)) + moved
    return found


def _restated(ask: Ask, reading: Reading) -> int:
    nodes = nodes_of(ask, reading.place)
    return sum(
        grain.amount_ore for grain in matching(reading.restatements, nodes, reading.coding(reading.year))
    )
