"""Everything about each project as one round sees it: amounts by year and flow, phase, schedule, what is spent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from django.core.cache import cache

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.selectors import Round
from uppsikt.economy.rules.grain import Nodes
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.economy.selectors import ledger
from uppsikt.investments import selectors
from uppsikt.investments.rules.amounts import ByFlow, added, flow_sum, outlay
from uppsikt.investments.rules.current import is_current
from uppsikt.investments.rules.matching import Traits
from uppsikt.investments.rules.words import BUDGET_KINDS, NET, AmountKind
from uppsikt.investments.selectors import Project, ProjectReport

CUTOFF, YEAR = "cutoff", "year"
REMEMBERED = 24 * 60 * 60
"""Seconds."""
DECEMBER = 12


class Outcomes(Protocol):
    """What the facts ask of a ledger: which years it holds, and amounts by project code on a line."""

    def years(self) -> list[int]:
        """The years it holds, in order."""

    def by_code(self, year: int, last_month: int, line: str) -> Mapping[str, int]:
        """Öre by project code from January to the month; income positive."""


@dataclass(frozen=True, slots=True)
class LedgerOutcomes:
    """The ledger that a round reads, asked by project."""

    view: ledger.LedgerView

    def years(self) -> list[int]:
        """The years it holds, in order."""
        return self.view.years()

    def by_code(self, year: int, last_month: int, line: str) -> Mapping[str, int]:
        """Öre by project code from January to the month; income positive. Remembered, since a version never changes.

        What it is read through does: the stamp of the hierarchies and the year whose lines are used are in the key.
        """
        view = self.view
        key = f"project-outcomes:{view.version}:{view.stamped}:{view.year}:{year}:{last_month}:{line}"
        found: Mapping[str, int] | None = cache.get(key)
        if found is None:
            found = view.sums("project", view.scope(Nodes(line=line), year=year, last=last_month))
            cache.set(key, found, REMEMBERED)
        return found


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """A project as a round sees it. Amounts are öre by flow, income positive; totals are outlays.

    `outcome` is by (year, "cutoff" or "year"); a year that no ledger holds is missing. `phase`, `schedule`,
    `estimated_total` and `comment` are the latest said at or before the round, in `reported`; empty before that.
    """

    project: Project
    year: int
    phase: str = ""
    schedule: str = ""
    estimated_total: int | None = None
    comment: str = ""
    reported: Round | None = None
    budgets: Mapping[int, ByFlow] = field(default_factory=dict)
    plans: Mapping[int, ByFlow] = field(default_factory=dict)
    forecasts: Mapping[str, ByFlow] = field(default_factory=dict)
    outcomes: Mapping[tuple[int, str], ByFlow] = field(default_factory=dict)
    parts: Mapping[tuple[int, str], ByFlow] = field(default_factory=dict)
    round_key: str = ""
    previous_key: str = ""

    @property
    def traits(self) -> Traits:
        """What it is told apart by."""
        row = self.project
        return Traits(row.kind, self.phase, row.area, row.group, row.key, row.body.key, self.schedule)

    @property
    def current(self) -> bool:
        """Whether it belongs to the year, and not only to the register."""
        row = self.project
        touched = {year for held in (self.budgets, self.plans) for year in held}
        touched |= {year for (year, _), amounts in self.outcomes.items() if any(amounts.values())}
        touched |= {self.year} if self.forecasts.get(self.round_key) else set()
        touched |= {self.reported.year_id} if self.reported else set()
        touched |= {day.year for day in (row.decision_date, row.guarantee_until) if day}
        return is_current(self.year, touched)

    def budget(self, flow: str = NET, years: int = 0) -> int | None:
        """The year's budget with what was carried over and adjusted."""
        return flow_sum(self.budgets.get(self.year + years, {}), flow)

    def plan(self, flow: str = NET, years: int = 0) -> int | None:
        """What is planned for a year."""
        return flow_sum(self.plans.get(self.year + years, {}), flow)

    def forecast(self, flow: str = NET) -> int | None:
        """What was expected of the whole year in the round."""
        return flow_sum(self.forecasts.get(self.round_key, {}), flow)

    def forecast_previous(self, flow: str = NET) -> int | None:
        """What was expected in the round before, of the same year."""
        return flow_sum(self.forecasts.get(self.previous_key, {}), flow)

    def outcome(self, flow: str = NET, years: int = 0, through: str = CUTOFF) -> int | None:
        """What is booked of a year, to the cut-off's month or all of it; None where no ledger holds it."""
        return flow_sum(self.outcomes.get((self.year + years, through), {}), flow)

    def spent(self, flow: str = NET) -> int:
        """What has gone out to the cut-off since the project began, as an outlay.

        What was spent before the ledgers is told as one net figure, so it counts as expense.
        """
        booked = [
            amounts
            for (year, through), amounts in self.outcomes.items()
            if through == (CUTOFF if year == self.year else YEAR) and year <= self.year
        ]
        before = self.project.spent_before_ore if flow in (NET, "expense") else 0
        return before + outlay(added(booked), flow)


def outcomes_for(round_: Round) -> LedgerOutcomes | None:
    """The outcomes of the ledger that the round reads; None when none is chosen."""
    held = ledger.view(round_)
    return LedgerOutcomes(held) if held else None


def project_facts(
    bodies: Iterable[str] | None,
    round_: Round | None,
    *,
    model: EconomyModel | None,
    year: int = 0,
    outcomes: Callable[[Round], Outcomes | None] = outcomes_for,
    among: Iterable[Project] | None = None,
    whole: bool = False,
) -> list[ProjectFacts]:
    """The facts of the year's projects of some bodies (None: all) in the register's order.

    The number of queries does not depend on how many projects there are.

    Args: round_: None before any round; then nothing is booked and nothing said. year: when there is no round.
        among: the projects, when they have been read already. whole: those too that only the register has.
    """
    rows = list(selectors.projects(bodies) if among is None else among)
    chosen = round_.year_id if round_ else year
    booked = _booked(rows, round_, model, outcomes) if round_ else {}
    told = _amounts(rows)
    said = _said(rows, round_) if round_ else {}
    previous = _previous(round_, told) if round_ else ""
    facts = [
        _facts(row, chosen, told.get(row.pk, ()), said.get(row.pk), booked.get(row.pk, {}), round_, previous)
        for row in rows
    ]
    return facts if whole else [row for row in facts if row.current]


def _facts(
    row: Project,
    year: int,
    told: Iterable[_Amount],
    said: ProjectReport | None,
    booked: Mapping[tuple[int, str], ByFlow],
    round_: Round | None,
    previous: str,
) -> ProjectFacts:
    budgets: dict[int, dict[str, int]] = defaultdict(dict)
    plans: dict[int, dict[str, int]] = defaultdict(dict)
    forecasts: dict[str, dict[str, int]] = defaultdict(dict)
    parts: dict[tuple[int, str], dict[str, int]] = defaultdict(dict)
    for amount in told:
        kind = AmountKind(amount.kind)
        _add(parts[amount.year, amount.kind], amount)
        if kind in BUDGET_KINDS:
            _add(budgets[amount.year], amount)
        elif kind is AmountKind.PLAN:
            _add(plans[amount.year], amount)
        elif amount.round:
            _add(forecasts[amount.round], amount)
    return ProjectFacts(
        project=row,
        year=year,
        phase=said.phase if said else "",
        schedule=said.schedule if said else "",
        estimated_total=said.estimated_total_ore if said else None,
        comment=said.comment if said else "",
        reported=said.round if said else None,
        budgets=budgets,
        plans=plans,
        forecasts=forecasts,
        outcomes=booked,
        parts=parts,
        round_key=round_.key if round_ else "",
        previous_key=previous,
    )


class _Amount(NamedTuple):
    """One amount as it is read: a register has thousands, and needs no objects of the database for them."""

    project: int
    year: int
    kind: str
    flow: str
    ore: int
    round: str | None


def _add(held: dict[str, int], amount: _Amount) -> None:
    held[amount.flow] = held.get(amount.flow, 0) + amount.ore


def _amounts(rows: list[Project]) -> dict[int, list[_Amount]]:
    found: dict[int, list[_Amount]] = defaultdict(list)
    listed = selectors.amounts().filter(project__in=[row.pk for row in rows])
    for told in listed.values_list("project_id", "year", "kind", "flow", "amount_ore", "round__key"):
        found[told[0]].append(_Amount(*told))
    return found


def _said(rows: list[Project], round_: Round) -> dict[int, ProjectReport]:
    """The latest report of each project at or before the round's cut-off."""
    found: dict[int, ProjectReport] = {}
    for report in selectors.reports().filter(
        project__in=[row.pk for row in rows], round__cutoff__lte=round_.cutoff
    ):
        found[report.project_id] = report
    return found


def _previous(round_: Round, told: Mapping[int, Iterable[_Amount]]) -> str:
    """The latest round before this one, of the same year, that anybody made a forecast in. One query."""
    forecast = {amount.round for held in told.values() for amount in held if amount.round}
    before = cycle.earlier_rounds(round_).filter(year_id=round_.year_id)
    return next((row.key for row in before if row.key in forecast), "")


def _booked(
    rows: Iterable[Project],
    round_: Round,
    model: EconomyModel | None,
    outcomes: Callable[[Round], Outcomes | None],
) -> dict[int, dict[tuple[int, str], dict[str, int]]]:
    """Outcomes of each project by (year, through) and flow: zero where the ledger holds the year but no entry."""
    found: dict[int, dict[tuple[int, str], dict[str, int]]] = defaultdict(dict)
    held = outcomes(round_) if model and model.flows else None
    if held is None or model is None:
        return found
    month = round_.cutoff.month
    spans = {(year, through): last for year in held.years() for through, last in _months(year, round_, month)}
    by_span = {
        span: {flow: held.by_code(span[0], last, line) for flow, line in model.flows.items()}
        for span, last in spans.items()
    }
    for row in rows:
        for span, by_flow in by_span.items():
            found[row.pk][span] = {
                flow: sum(amounts.get(code, 0) for code in row.codes) for flow, amounts in by_flow.items()
            }
    return found


def _months(year: int, round_: Round, month: int) -> list[tuple[str, int]]:
    """How far a year is read: this year and the one before to the cut-off, all earlier ones whole."""
    if year > round_.year_id:
        return []
    through = [(YEAR, DECEMBER)]
    return [*through, (CUTOFF, month)] if year >= round_.year_id - 1 else through
