"""What, as rows: goals, indicators with targets and outcomes, assignments."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from uppsikt.exchange.rules.rows import Values
from uppsikt.exchange.rules.tables.planning import INDICATORS
from uppsikt.kernel.numbers import canonical
from uppsikt.planning import selectors as planning
from uppsikt.planning.selectors import Observation


def tables() -> dict[str, list[Values]]:
    """The tables of the plan."""
    goals = planning.goals().select_related("carried_over_from").prefetch_related("priorities")
    ordered = list(goals.order_by("year_id", "position", "key"))
    return {
        "goals": [_goal(row) for row in ordered],
        "priorities": [
            {"goal": row.key, "position": one.position, "text": one.text}
            for row in ordered
            for one in row.priorities.all()
        ],
        "indicators": [
            {field.key: getattr(row, field.key) for field in INDICATORS.fields}
            for row in planning.indicators().order_by("key")
        ],
        "uses": [_use(row) for row in planning.uses().order_by("year_id", "body__key", "position", "key")],
        "targets": _targets(),
        "observations": _observations(),
        "assignments": [
            _assignment(row)
            for row in planning.assignments()
            .select_related("item__carried_over_from", "goal")
            .order_by("item__year_id", "item__body__key", "goal__position", "item__position", "item__key")
        ],
    }


def figure(value: Decimal | None) -> str | None:
    """A figure as the dataset writes it."""
    return None if value is None else canonical(value)


def _goal(row: planning.Goal) -> Values:
    return {
        "key": row.key,
        "year": row.year_id,
        "body": row.body.key,
        "level": row.level,
        "parent": row.parent.key if row.parent else "",
        "number": row.number,
        "name": row.name,
        "description": row.description,
        "position": row.position,
        "responsible": row.responsible.key if row.responsible else "",
        "carried_over_from": row.carried_over_from.key if row.carried_over_from else "",
    }


def _use(row: planning.IndicatorUse) -> Values:
    return {
        "key": row.key,
        "year": row.year_id,
        "body": row.body.key,
        "goal": row.goal.key if row.goal else "",
        "section": row.section,
        "indicator": row.indicator.key,
        "position": row.position,
        "label": row.label,
        "lag_years": row.lag_years,
        "breakdowns": row.breakdowns,
        "responsible": row.responsible.key if row.responsible else "",
        "unit": row.unit.key if row.unit else "",
        "note": row.note,
    }


def _targets() -> list[Values]:
    rows = planning.targets().filter(use__removed_at__isnull=True).select_related("use")
    return [
        {
            "use": row.use.key,
            "role": row.role,
            "year": row.year,
            "kind": row.kind,
            "value": figure(row.value),
            "upper": figure(row.upper),
            "comparator": row.comparator,
            "reference": row.reference,
            "period_text": row.period_text,
            "printed": row.printed,
        }
        for row in rows.order_by("use__year_id", "use__key", "year", "role")
    ]


def _observations() -> list[Values]:
    """Of each period what some round reads: the last said in each, since the last said outside all rounds."""
    kept: dict[tuple[object, ...], dict[int | None, Observation]] = defaultdict(dict)
    rows = Observation.objects.select_related("indicator", "body", "unit", "round")
    for row in rows.order_by("recorded_at", "pk"):
        series = kept[row.indicator_id, row.body_id, row.unit_id, row.period, row.breakdown]
        if row.round_id is None:
            series.clear()
        series[row.round_id] = row
    found = [_observation(row) for series in kept.values() for row in series.values()]
    return sorted(found, key=lambda row: tuple(str(row[name] or "") for name in ORDER))


ORDER = ("indicator", "body", "unit", "period", "breakdown", "round")


def _observation(row: Observation) -> Values:
    return {
        "indicator": row.indicator.key,
        "body": row.body.key if row.body else "",
        "unit": row.unit.key if row.unit else "",
        "period": row.period,
        "breakdown": row.breakdown,
        "value": figure(row.value),
        "status": row.status,
        "preliminary": row.preliminary,
        "group_size": row.group_size,
        "footnote": row.footnote,
        "source": row.source,
        "round": row.round.key if row.round else "",
    }


def _assignment(row: planning.Assignment) -> Values:
    item = row.item
    return {
        "key": item.key,
        "year": item.year_id,
        "body": item.body.key,
        "goal": row.goal.key if row.goal else "",
        "number": row.number,
        "title": row.title,
        "text": row.text,
        "background": row.background,
        "parts": tuple((part["label"], part["text"]) for part in row.parts),
        "origin": row.origin,
        "decision_case": row.decision_case,
        "decision_body": row.decision_body,
        "decision_date": row.decision_date,
        "decision_section": row.decision_section,
        "responsible": item.responsible.key if item.responsible else "",
        "unit": item.unit.key if item.unit else "",
        "deadline": item.deadline,
        "carried_over_from": item.carried_over_from.key if item.carried_over_from else "",
        "carried_from_year": item.carried_from_year,
        "origin_year": item.origin_year,
        "position": item.position,
    }
