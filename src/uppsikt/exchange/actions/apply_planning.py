"""Writing what: goals, indicators with targets and outcomes, assignments."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from uppsikt.exchange.actions.apply_years import decision
from uppsikt.exchange.actions.lookups import Here
from uppsikt.exchange.rules.rows import Row, Values
from uppsikt.kernel.period import parse_period
from uppsikt.planning.actions import assignments, goals, indicators
from uppsikt.planning.rules.judgement import TargetFact


def goal(row: Row, here: Here) -> None:
    values = row.values
    here.goals[values["key"]], _changed = goals.save_goal(
        key=values["key"],
        year=values["year"],
        body=here.bodies[values["body"]],
        level=values["level"],
        parent=here.goals[values["parent"]] if values["parent"] else None,
        number=values["number"],
        name=values["name"],
        description=values["description"],
        position=values["position"],
        responsible=here.people[values["responsible"]] if values["responsible"] else None,
        carried_over_from=here.goals[values["carried_over_from"]] if values["carried_over_from"] else None,
        by=here.by,
    )


def priorities(row: Row, here: Here) -> None:
    """All of the goal's priorities at once: they are numbered by their order."""
    key = row.values["goal"]
    rows = [values for values in here.known.every("priorities") if values["goal"] == key]
    rows.sort(key=lambda values: values["position"] or 0)
    goals.save_priorities(goal=here.goals[key], texts=[values["text"] for values in rows], by=here.by)


def indicator(row: Row, here: Here) -> None:
    values = {name: value for name, value in row.values.items() if name != "key"}
    here.indicators[row.values["key"]], _changed = indicators.save_indicator(
        key=row.values["key"], by=here.by, **values
    )


def use(row: Row, here: Here) -> None:
    values = row.values
    here.uses[values["key"]], _changed = indicators.save_use(
        key=values["key"],
        year=values["year"],
        body=here.bodies[values["body"]],
        goal=here.goals[values["goal"]] if values["goal"] else None,
        section=values["section"],
        indicator=here.indicators[values["indicator"]],
        position=values["position"],
        label=values["label"],
        lag_years=values["lag_years"],
        breakdowns=values["breakdowns"],
        responsible=here.people[values["responsible"]] if values["responsible"] else None,
        unit=here.units[values["unit"]] if values["unit"] else None,
        note=values["note"],
        by=here.by,
    )


def target(row: Row, here: Here) -> None:
    values = row.values
    indicators.set_target(
        use=here.uses[values["use"]],
        target=TargetFact(
            role=values["role"],
            year=values["year"],
            kind=values["kind"],
            value=figure(values["value"]),
            upper=figure(values["upper"]),
            comparator=values["comparator"],
            reference=values["reference"],
            period_text=values["period_text"],
            printed=values["printed"],
        ),
        by=here.by,
    )


def observation(row: Row, here: Here) -> None:
    """The outcome, and after it those of later rounds for the same period, which take over from it."""
    _observe(row.values, here)
    start = _known_from(row.values, here)
    later = [
        values
        for values in here.observations_of(row.values)
        if _known_from(values, here) > start and values["round"] in here.rounds
    ]
    for values in sorted(later, key=lambda one: _known_from(one, here)):
        _observe(values, here)


def _known_from(values: Values, here: Here) -> tuple[dt.date, str]:
    round_ = here.rounds.get(values["round"])
    return (round_.cutoff, round_.key) if round_ else (dt.date.min, "")


def _observe(values: Values, here: Here) -> None:
    indicators.record_observation(
        indicator=here.indicators[values["indicator"]],
        period=parse_period(values["period"]),
        breakdown=values["breakdown"],
        value=figure(values["value"]),
        status=values["status"],
        body=here.bodies[values["body"]] if values["body"] else None,
        unit=here.units[values["unit"]] if values["unit"] else None,
        preliminary=values["preliminary"],
        group_size=values["group_size"],
        footnote=values["footnote"],
        source=values["source"],
        round_=here.rounds[values["round"]] if values["round"] else None,
        by=here.by,
        importing=True,
    )


def assignment(row: Row, here: Here) -> None:
    values = row.values
    earlier = values["carried_over_from"]
    here.assignments[values["key"]], _changed = assignments.save_assignment(
        key=values["key"],
        year=values["year"],
        body=here.bodies[values["body"]],
        goal=here.goals[values["goal"]] if values["goal"] else None,
        number=values["number"],
        title=values["title"],
        text=values["text"],
        background=values["background"],
        parts=[{"label": label, "text": text} for label, text in values["parts"]],
        origin=values["origin"],
        decision=decision(values),
        responsible=here.people[values["responsible"]] if values["responsible"] else None,
        unit=here.units[values["unit"]] if values["unit"] else None,
        deadline=values["deadline"],
        carried_over_from=here.assignments[earlier] if earlier else None,
        carried_from_year=values["carried_from_year"],
        origin_year=values["origin_year"],
        position=values["position"],
        by=here.by,
    )


def figure(written: str | None) -> Decimal | None:
    """A figure as it is stored."""
    return None if written is None else Decimal(written)
