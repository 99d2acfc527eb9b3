"""Which projects the address asks for, in which order, and the figures of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from uppsikt.cycle.context import Context
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.economy.selectors.models import model_for
from uppsikt.investments.pages.money import FLOW_WORDS
from uppsikt.investments.rules.listing import Figures, figures
from uppsikt.investments.rules.matching import matches
from uppsikt.investments.rules.words import NET
from uppsikt.investments.selectors.facts import ProjectFacts, project_facts
from uppsikt.web.tables import sort_state

FILTERS = ("kind", "phase", "area", "group", "key", "schedule")
NUMBERS = ("budget", "outcome", "forecast", "variance", "spent", "decided", "used")
SORTABLE = ("name", "phase", "schedule", *NUMBERS)
WHOLE = "all"


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed. `facts` is the year's (or the whole register's), `found` what the filters leave, sorted."""

    model: EconomyModel | None
    year: int
    flow: str
    register: int
    facts: tuple[ProjectFacts, ...]
    found: tuple[ProjectFacts, ...]
    figures: Mapping[str, Figures]

    def of(self, row: ProjectFacts) -> Figures:
        """A project's figures."""
        return self.figures[row.project.key]


def listing(context: Context, params: QueryDict, bodies: frozenset[str] | None) -> Listing:
    """The projects that the address asks for. A constant number of queries."""
    try:
        model = model_for(context.year)
    except LookupError:
        model = None
    flow = params.get("flow", "")
    flow = flow if flow in FLOW_WORDS else NET
    register = project_facts(bodies, context.round, model=model, year=context.year, whole=True)
    shown = [row for row in register if params.get("register") == WHOLE or row.current]
    month = context.round.cutoff.month if context.round else 0
    held = {row.project.key: figures_of(row, flow, month) for row in shown}
    scope = {name: params.get(name, "") for name in FILTERS}
    asked = params.get("q", "").strip().casefold()
    found = [row for row in shown if matches(row.traits, scope) and _has(row, asked)]
    key, descending = sort_state(params)
    if key in SORTABLE:
        ranks = _ranks(model)
        found.sort(key=lambda row: _sort_key(row, held[row.project.key], key, ranks), reverse=descending)
        found.sort(key=lambda row: _sort_key(row, held[row.project.key], key, ranks)[0])
    return Listing(model, context.year, flow, len(register), tuple(shown), tuple(found), held)


def figures_of(row: ProjectFacts, flow: str, month: int) -> Figures:
    """The figures of one project. Decided and estimated totals have no income side of their own."""
    whole = flow in (NET, "expense")
    return figures(
        budget=row.budget(flow),
        outcome=row.outcome(flow),
        forecast=row.forecast(flow),
        spent=row.spent(flow),
        decided=row.project.decided_total_ore if whole else None,
        estimated=row.estimated_total if whole else None,
        month=month,
    )


def _has(row: ProjectFacts, asked: str) -> bool:
    words = (row.project.name, row.project.code, row.project.group)
    return not asked or any(asked in word.casefold() for word in words)


def _ranks(model: EconomyModel | None) -> Mapping[str, int]:
    phases = [phase.key for kind in model.project_kinds for phase in kind.phases] if model else []
    return {key: place for place, key in enumerate(dict.fromkeys(phases))}


def _sort_key(row: ProjectFacts, held: Figures, key: str, ranks: Mapping[str, int]) -> tuple[bool, Any]:
    """What a column sorts by; what is missing stands last."""
    order = ("stopped", "late", "on_time", "ahead")
    value: Any
    match key:
        case "name":
            value = row.project.name.casefold()
        case "phase":
            value = ranks.get(row.phase) if row.phase else None
        case "schedule":
            value = order.index(row.schedule) if row.schedule else None
        case _:
            value = getattr(held, key)
    return value is None, value if value is not None else 0
