"""Reading a body's year for the lint: one reading of the plan, the economy and the control, made into plain values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from decimal import Decimal

from uppsikt.control.selectors import deficiencies
from uppsikt.control.selectors.controls import control_facts
from uppsikt.control.selectors.risks import risk_facts
from uppsikt.economy.selectors import budget, registers
from uppsikt.economy.selectors import models as economy_models
from uppsikt.organisation.rules import BodyKind
from uppsikt.organisation.selectors import Body
from uppsikt.oversight.rules.lint.steering import (
    LintAssignment,
    LintControl,
    LintGoal,
    LintIndicator,
    LintMoney,
    LintRisk,
    Place,
    Steering,
)
from uppsikt.planning import selectors as planning
from uppsikt.planning.rules.judgement import Direction, target_in
from uppsikt.planning.selectors import GoalView, IndicatorView, Snapshot

THEMSELVES = (BodyKind.COMPANY_BOARD.value, BodyKind.JOINT_AUTHORITY.value)
"""Bodies with an administration of their own: an owner's directive is received by the body itself."""

Href = Callable[[str, str], str]
"""The address of a thing by its kind and key."""


def steering(body: Body, year: int, href: Href) -> Steering:
    """Everything the lint asks about. A constant number of queries.

    Args: href: where a goal, indicator, assignment, risk, control or budget is shown.
    Raises: LookupError when the year has no steering model.
    """
    view = planning.snapshot(year=year, body=body)
    own = tuple(goal for goal in view.goals if goal.own)
    budgets = budget.details(year)

    def place(kind: str, key: str) -> Place:
        return Place(f"{kind}:{key}", href(kind, key))

    return Steering(
        body=body.key,
        year=year,
        model=view.model,
        goals=tuple(_goals(own, year, place)),
        indicators=tuple(_indicators(view, body, year, place)),
        assignments=tuple(
            LintAssignment(
                place("assignment", row.assignment.item.key),
                row.assignment.title,
                _who(row.assignment.item) or (body.key if body.kind in THEMSELVES else ""),
                row.assignment.item.deadline,
                not row.assignment.decision.is_empty(),
            )
            for row in view.assignments
            if row.assignment.item.body_id == body.pk
        ),
        risks=tuple(
            LintRisk(
                place("risk", row.risk.key),
                row.risk.title,
                row.value,
                len(row.mitigations) + len(row.controls),
            )
            for row in risk_facts(year, [body.key])
        ),
        controls=tuple(_controls(body, year, place)),
        budget_ore=budgets.get(body.key),
        budget=place("budget", f"{body.key}:{year}"),
        money=tuple(_money(body, year, place)),
        others=tuple(_others(body, year)),
    )


def _goals(own: Iterable[GoalView], year: int, place: Callable[[str, str], Place]) -> Iterable[LintGoal]:
    """The body's goals. What is measured under a goal counts for it, whoever owns the goals below."""
    parents = dict(planning.goals(year).values_list("pk", "parent_id"))
    measured: set[int] = set()
    for used in set(planning.uses(year).filter(goal__isnull=False).values_list("goal_id", flat=True)):
        current: int | None = used
        while current is not None and current not in measured:
            measured.add(current)
            current = parents.get(current)
    for view in own:
        goal = view.goal
        yield LintGoal(place("goal", goal.key), str(goal), goal.level, goal.pk in measured)


def _indicators(
    view: Snapshot, body: Body, year: int, place: Callable[[str, str], Place]
) -> Iterable[LintIndicator]:
    under = [(row, True) for row in view.indicators]
    beside = [(row, False) for rows in view.sections.values() for row in rows]
    for row, under_goal in (*under, *beside):
        if row.use.body_id != body.pk:
            continue
        yield LintIndicator(
            place=Place(
                f"indicator:{row.indicator.key}",
                place("indicator", f"{row.indicator.key}?use={row.use.key}").href,
            ),
            indicator=row.indicator.key,
            name=row.name,
            under_goal=under_goal,
            owner=_who(row.use),
            direction=Direction(row.indicator.direction),
            has_value=any(figure.status == "value" for figure in row.figures.values()),
            target=target_in(row.targets, year),
            before=_before(row, year),
            fault=row.judgement.code,
            source_ids=_ids(row.indicator.kolada_ids),
        )


def _before(row: IndicatorView, year: int) -> Decimal | None:
    """The latest outcome of a whole year, or of the rolling twelve months, that had ended when the year began."""
    start = dt.date(year, 1, 1)
    known = [
        one
        for one in row.series
        if one.value is not None and one.period.end <= start and one.period.kind in ("year", "rolling12")
    ]
    return max(known, key=lambda one: one.period.end).value if known else None


def _controls(body: Body, year: int, place: Callable[[str, str], Place]) -> Iterable[LintControl]:
    acted: dict[int, int] = {}
    for one in deficiencies.deficiency_facts(year, [body.key]):
        acted[one.control.pk] = acted.get(one.control.pk, 0) + len(one.mitigations)
    for row in control_facts(year, [body.key]):
        yield LintControl(
            place("control", row.item.key),
            row.name,
            row.frequency,
            row.judgement,
            acted.get(row.control.pk, 0),
            row.period_text,
        )


def _money(body: Body, year: int, place: Callable[[str, str], Place]) -> Iterable[LintMoney]:
    """The items of the registers that the economy model prints with the goal that each item serves."""
    try:
        model = economy_models.model_for(year)
    except LookupError:
        return
    told = {
        row.scope.get("register") or table.scope.get("register", "")
        for table in model.tables
        if any(column.text == "goal" for column in table.columns)
        for row in table.rows
    }
    for item in registers.items("", year, body):
        if item.register in told:
            yield LintMoney(place("register_item", f"{item.register}:{item.key}"), item.name, item.goal)


def _others(body: Body, year: int) -> Iterable[tuple[str, str, str]]:
    """The source ids of the indicators in other bodies' plans of the year: (id, indicator, name)."""
    rows = planning.uses(year).exclude(body=body).exclude(indicator__kolada_ids="")
    fields = ("indicator__kolada_ids", "indicator__key", "indicator__name")
    for ids, key, name in rows.order_by().values_list(*fields).distinct():
        for one in _ids(ids):
            yield one, key, name


def _ids(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.upper() for one in re.split(r"[\s,;]+", text) if one))


def _who(row: object) -> str:
    """The person or the unit that answers for a row, by key."""
    person, unit = getattr(row, "responsible", None), getattr(row, "unit", None)
    return str(person.key if person else unit.key if unit else "")
