"""The economy model's tables of projects: what their squares ask for, and the rows they grow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from uppsikt.cycle.selectors import Round
from uppsikt.economy.rules.model import EconomyModel, RowSpec, TableSpec
from uppsikt.economy.rules.tables import Ask, Setting, Table, asks, compose, expanded
from uppsikt.economy.selectors.models import model_for
from uppsikt.investments.rules.amounts import total
from uppsikt.investments.rules.matching import flow_of, matching
from uppsikt.investments.rules.words import Schedule
from uppsikt.investments.selectors.facts import Outcomes, ProjectFacts, outcomes_for, project_facts
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.selectors import Body

SOURCE = "projects"
"""The source, in the economy model, of the tables that this package answers for."""

_OF_YEAR: Mapping[str, Callable[[ProjectFacts, str, Ask], int | None]] = {
    "budget": lambda row, flow, ask: row.budget(flow, ask.years),
    "outcome": lambda row, flow, ask: row.outcome(flow, ask.years, ask.through),
    "plan": lambda row, flow, ask: row.plan(flow, ask.years),
    "forecast": lambda row, flow, _ask: row.forecast(flow),
    "forecast_previous": lambda row, flow, _ask: row.forecast_previous(flow),
}
_TOTALS: Mapping[str, Callable[[ProjectFacts, str], int | None]] = {
    "decided_total": lambda row, _flow: row.project.decided_total_ore,
    "estimated_total": lambda row, _flow: row.estimated_total,
    "spent": lambda row, flow: row.spent(flow),
}


def answers(asked: Iterable[Ask], facts: Sequence[ProjectFacts]) -> dict[Ask, int | None]:
    """What the squares hold, in öre: None where no project is meant or nothing is told.

    Amounts of a year have income positive and expense negative; decided, estimated and spent totals are outlays.
    """
    return {ask: _answer(ask, facts) for ask in asked}


def _answer(ask: Ask, facts: Sequence[ProjectFacts]) -> int | None:
    scope = dict(ask.scope)
    flow = flow_of(scope)
    rows = matching(facts, scope)
    if ask.measure in _TOTALS:
        return total(_TOTALS[ask.measure](row, flow) for row in rows)
    if ask.measure not in _OF_YEAR:
        return None
    return total(_OF_YEAR[ask.measure](row, flow, ask) for row in rows)


def nodes(
    facts: Sequence[ProjectFacts], model: EconomyModel, scope: Mapping[str, str]
) -> Callable[[RowSpec], list[tuple[Mapping[str, str], str]]]:
    """For a row with `each`: one row for every body, area, phase, group or project that is found under the row.

    Areas and phases stand in the model's order, those it does not know last; bodies in the municipality's, groups and
    projects in the register's.
    """

    def found(row: RowSpec) -> list[tuple[Mapping[str, str], str]]:
        asked = {**scope, **row.scope}
        rows = matching(facts, asked)
        values = dict.fromkeys(getattr(each.traits, row.each) for each in rows)
        names = labels(row.each, facts, model, asked.get("kind", ""))
        order = {key: place for place, key in enumerate(names)}
        listed = sorted(filter(None, values), key=lambda key: order.get(key, len(order)))
        return [({**row.scope, row.each: key}, names.get(key, key)) for key in listed]

    return found


def labels(axis: str, facts: Sequence[ProjectFacts], model: EconomyModel, kind: str = "") -> dict[str, str]:
    """What the keys of an axis are called, in their order. Args: kind: whose phases; when empty all kinds', in the words of the first that has each."""
    if axis == "area":
        return {area.key: area.label for area in model.areas}
    if axis == "kind":
        return {one.key: one.label for one in model.project_kinds}
    if axis == "phase":
        kinds = [one for one in model.project_kinds if not kind or one.key == kind]
        words: dict[str, str] = {}
        for phase in (phase for one in kinds for phase in one.phases):
            words.setdefault(phase.key, phase.label)
        return words
    if axis == "schedule":
        return {schedule.value: schedule.label for schedule in Schedule}
    if axis == "body":
        day = dt.date(max((row.year for row in facts), default=dt.MINYEAR), 12, 31)
        return {row.key: row.name for row in organisation.bodies_on(day)}
    if axis == "key":
        return {row.project.key: row.project.name for row in facts}
    return {row.project.group: row.project.group for row in facts if row.project.group}


def specs(model: EconomyModel, round_: Round) -> list[TableSpec]:
    """The model's tables of projects that belong to the round."""
    return [
        table
        for table in model.tables
        if table.source == SOURCE and (not table.round_kinds or round_.kind in table.round_kinds)
    ]


def compose_table(
    body: Body | None,
    round_: Round,
    key: str,
    *,
    outcomes: Callable[[Round], Outcomes | None] = outcomes_for,
) -> Table:
    """The table as the round sees it, of a body's projects (None: everyone's).

    Raises: LookupError when the year has no economy model, or its model no such table of projects.
    """
    model = model_for(round_.year_id)
    spec = model.table(key)
    if spec is None or spec.source != SOURCE:
        raise LookupError(f"no table of projects called {key}")
    bodies = None if body is None or spec.whole else [body.key]
    return composed(spec, project_facts(bodies, round_, model=model, outcomes=outcomes), model, round_)


def composed(spec: TableSpec, facts: Sequence[ProjectFacts], model: EconomyModel, round_: Round) -> Table:
    """A table of these facts."""
    setting = Setting(round_.year_id, round_.cutoff.month, model.threshold)
    full = expanded(spec, nodes(facts, model, spec.scope), setting)
    return compose(full, answers(asks(full), facts), replace(setting, texts=_texts(full, facts, model)))


def _texts(spec: TableSpec, facts: Sequence[ProjectFacts], model: EconomyModel) -> dict[tuple[str, str], str]:
    """Phase, schedule and comment in words, for rows that are about one project."""
    by_key = {row.project.key: row for row in facts}
    found: dict[tuple[str, str], str] = {}
    for row in spec.rows:
        held = by_key.get(row.scope.get("key", ""))
        if held is None:
            continue
        phases = labels("phase", facts, model, held.project.kind)
        found[row.key, "phase"] = phases.get(held.phase, held.phase)
        found[row.key, "schedule"] = Schedule(held.schedule).label if held.schedule else ""
        found[row.key, "comment"] = held.comment
    return found
