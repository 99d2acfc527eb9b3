"""What controls are found to be: results of occasions, and of group-wide controls as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from uppsikt.control.models import (
    ControlMeasure,
    ControlResult,
    GroupControl,
    GroupPart,
    GroupResult,
    Occasion,
    ResultPart,
)
from uppsikt.control.models.results import Figures
from uppsikt.control.rules import figures, occasions
from uppsikt.control.rules.figures import PartInput
from uppsikt.control.selectors import control_rows as rows
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.actions import require_open
from uppsikt.cycle.selectors import Round
from uppsikt.history.actions import atomic, record
from uppsikt.history.changes import plain
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.history.superseding import supersede, withdraw
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError, Problem, Where

FIGURE_FIELDS = (
    "value", "checked", "faulty", "count", "extra_count", "extra_text", "total_ore", "outside_ore", "faults",
)  # fmt: skip
CHANGES = ("better", "unchanged", "worse")


@atomic
def report_result(
    *,
    occasion: Occasion,
    round_: Round | None = None,
    judgement: str = "",
    judgement_text: str = "",
    comment: str = "",
    recommendation: str = "",
    reason: str = "",
    performed_on: dt.date | None = None,
    performed_by: str = "",
    reviewed_on: dt.date | None = None,
    reviewed_by: str = "",
    parts: Mapping[str, PartInput] | None = None,
    by: Actor,
    importing: bool = False,
) -> tuple[ControlResult, bool]:
    """Report what a control was found to be at an occasion.

    Args: judgement: a step of the steering model's result scale. Empty is what the thresholds give, unless it is freely
        put in `judgement_text`. reason: why it departs from what the thresholds give. parts: figures by measure; those not
        named stand, an empty one is withdrawn. importing: rounds may be closed, and reasons unknown.
    Returns: the result and whether anything changed.
    Raises: InputError with every fault: a round that is not open or of another year, an unknown judgement or measure,
        a departure without a reason, figures that do not belong together, days in the future.
    """
    control = occasion.control
    year = control.item.year_id
    if round_ is not None:
        require_open(round_, year=year, importing=importing)
    measures = {row.key: row for row in rows.measures_of(control)}
    standing_parts = rows.parts_of(occasion)
    given = dict(parts or {})
    problems = [*_judgement_problems(year, judgement), *_part_problems(given, measures)]
    if not importing:
        problems += _day_problems({"performed_on": performed_on, "reviewed_on": reviewed_on})
    proposed = None if problems else _proposed(year, measures.values(), standing_parts, given)
    if not importing:
        problems += _reason_problems(judgement, reason, proposed)
    if problems:
        raise InputError(*problems)
    values: dict[str, Any] = {
        "round": round_,
        "judgement": judgement or ("" if judgement_text.strip() else proposed or ""),
        "judgement_text": judgement_text.strip(),
        "comment": comment.strip(),
        "recommendation": recommendation.strip(),
        "reason": reason.strip(),
        "performed_on": performed_on,
        "performed_by": performed_by.strip(),
        "reviewed_on": reviewed_on,
        "reviewed_by": reviewed_by.strip(),
    }
    old = rows.result_of(occasion)
    difference = _difference(old, values)
    told = _write_parts(standing_parts, given, lambda: ResultPart(occasion=occasion), by)
    if old is not None and not difference and not told:
        return old, False
    result = old
    if result is None or difference:
        result = supersede(
            old,
            ControlResult(
                occasion=occasion,
                control=control,
                body=control.item.body,
                year_id=year,
                ends=_ends(occasion),
                **values,
            ),
            by=by,
        )
    record(
        EventKind.CONTROL_REPORTED,
        by=by,
        subject=rows.subject(control),
        label=rows.name_of(control),
        body_key=control.item.body.key,
        data={"period": occasion.period}
        | ({"retest_of": occasion.retest_of.key} if occasion.retest_of else {})
        | difference
        | told,
    )
    return result, True


@atomic
def report_group(
    *,
    group: GroupControl,
    period: str,
    round_: Round | None = None,
    judgement: str = "",
    judgement_text: str = "",
    comment: str = "",
    recommendation: str = "",
    change: str = "",
    parts: Mapping[str, PartInput] | None = None,
    by: Actor,
    importing: bool = False,
) -> tuple[GroupResult, bool]:
    """Report what is said of a group-wide control as a whole for a period.

    Args: change: how it is said to have changed since last time: better, unchanged or worse. parts: totals as they
        were reported, by measure; needed only where the parts do not give them. The rest as `report_result`.
    Raises: InputError as `report_result`; for an unknown word of change or a period that cannot be read.
    """
    if round_ is not None:
        require_open(round_, year=group.year_id, importing=importing)
    given = dict(parts or {})
    columns = rows.columns_of(group, rows.group_measures(group))
    measures = {row.key: row for row in columns}
    problems = [*_judgement_problems(group.year_id, judgement), *_part_problems(given, measures)]
    if change and change not in CHANGES:
        remedy = f"Välj något av: {', '.join(CHANGES)}."
        problems.append(Problem("change", Where(field="change"), f"”{change}” är inget val.", remedy))
    try:
        code = occasions.span(period).code
    except ValueError:
        remedy = "Skriv till exempel 2025, 2025-T2 eller 2025-03."
        problems.append(Problem("period", Where(field="period"), f"”{period}” är ingen period.", remedy))
        code = period
    if problems:
        raise InputError(*problems)
    values: dict[str, Any] = {
        "round": round_,
        "judgement": judgement,
        "judgement_text": judgement_text.strip(),
        "comment": comment.strip(),
        "recommendation": recommendation.strip(),
        "change": change,
    }
    old = rows.group_result(group, code)
    difference = _difference(old, values)
    standing_parts = rows.group_parts(group, code)
    told = _write_parts(standing_parts, given, lambda: GroupPart(group=group, period=code), by)
    if old is not None and not difference and not told:
        return old, False
    result = old
    if result is None or difference:
        result = supersede(old, GroupResult(group=group, period=code, **values), by=by)
    record(
        EventKind.GROUP_CONTROL_REPORTED,
        by=by,
        subject=rows.subject(group),
        label=group.name,
        body_key=group.body.key,
        data={"period": code} | difference | told,
    )
    return result, True


def _ends(occasion: Occasion) -> dt.date:
    """When its period ends; a retest's not before that of what it tests, so that it is the newer of the two."""
    end = occasions.span(occasion.period).end
    return max(end, _ends(occasion.retest_of.occasion)) if occasion.retest_of else end


def _difference(old: ControlResult | GroupResult | None, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    return {
        field: [plain(getattr(old, field)) if old else None, plain(value)]
        for field, value in values.items()
        if old is None or getattr(old, field) != value
    }


def _write_parts(
    standing: Mapping[str, Figures], given: Mapping[str, PartInput], new: Any, by: Actor
) -> dict[str, list[Any]]:
    """Store the figures that differ. Returns what changed, by measure."""
    told: dict[str, list[Any]] = {}
    for measure, part in given.items():
        old = standing.get(measure)
        if (old is None and part.is_empty) or (old is not None and _figures(old) == _figures(part)):
            continue
        told[f"measure:{measure}"] = [_told(old), None if part.is_empty else _told(part)]
        if part.is_empty:
            assert old is not None
            withdraw(old)
            continue
        row = new()
        row.measure = measure
        for field, value in _figures(part).items():
            setattr(row, field, value)
        supersede(old, row, by=by)
    return told


def _figures(part: Figures | PartInput) -> dict[str, Any]:
    held = {field: getattr(part, field) for field in FIGURE_FIELDS}
    return held | {"faults": [dict(one) for one in held["faults"]]}


def _told(part: Figures | PartInput | None) -> dict[str, Any] | None:
    """The figures that say anything, as the history keeps them."""
    if part is None:
        return None
    return {field: plain(value) for field, value in _figures(part).items() if value not in (None, "", [])}


def _proposed(
    year: int,
    measures: Iterable[ControlMeasure],
    standing: Mapping[str, ResultPart],
    given: Mapping[str, PartInput],
) -> str | None:
    """What the thresholds give; None when nothing, or when the model's scale has no such step."""
    parts: dict[str, figures.Part] = {**standing, **given}
    found = figures.verdict({key: figures.share(part) for key, part in parts.items()}, measures)
    scale = cycle.model_for(year).control_results
    return found if found and scale and scale.step(found) else None


def _judgement_problems(year: int, judgement: str) -> list[Problem]:
    if not judgement:
        return []
    scale = cycle.model_for(year).control_results
    steps = scale.steps if scale else ()
    if any(step.key == judgement for step in steps):
        return []
    remedy = (
        f"Välj något av: {', '.join(step.label for step in steps)}."
        if steps
        else "Skriv bedömningen i ord, eller lägg upp en skala för kontroller i styrmodellen."
    )
    return [Problem("judgement", Where(field="judgement"), f"”{judgement}” finns inte på skalan.", remedy)]


def _reason_problems(judgement: str, reason: str, proposed: str | None) -> list[Problem]:
    if not judgement or proposed is None or judgement == proposed or reason.strip():
        return []
    return [
        Problem(
            "reason",
            Where(field="reason"),
            "Resultatet avviker från vad kontrollens gränser ger.",
            "Skriv varför.",
        )
    ]


def _day_problems(days: Mapping[str, dt.date | None]) -> list[Problem]:
    today = clock.today()
    return [
        Problem("day", Where(field=field), "Dagen har inte varit än.", "Ange den dag då det gjordes.")
        for field, day in days.items()
        if day is not None and day > today
    ]


def _part_problems(given: Mapping[str, PartInput], measures: Mapping[str, ControlMeasure]) -> list[Problem]:
    found: list[Problem] = []
    for key, part in given.items():
        measure = measures.get(key)
        if measure is None:
            remedy = f"Välj något av: {', '.join(measures)}." if measures else "Lägg upp måttet först."
            message = f"Kontrollen har inget mått ”{key}”."
            found.append(Problem("measure", Where(field=key), message, remedy))
            continue
        found += [
            Problem("figures", Where(field=f"{key}.{field}"), f"{measure.label}: {message}", remedy)
            for field, message, remedy in figures.faults_of(part)
        ]
    return found
