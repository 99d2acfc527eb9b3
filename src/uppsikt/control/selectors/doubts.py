"""What in reported results does not follow from its ground, found in controls and group-wide controls as read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from uppsikt.control.rules import consistency
from uppsikt.control.rules.consistency import Advised, Doubt
from uppsikt.control.selectors.control_rows import subject
from uppsikt.control.selectors.controls import ControlFacts
from uppsikt.control.selectors.groups import GroupTable
from uppsikt.cycle.rules.steering import Scale


def step_labels(scale: Scale | None) -> dict[str, str]:
    """What the steps of a scale are called, in running text."""
    return {step.key: step.label.lower() for step in scale.steps} if scale else {}


def control_doubts(facts: Iterable[ControlFacts], labels: Mapping[str, str]) -> list[Doubt]:
    """What does not follow in the results of some controls. Args: labels: of the result scale's steps."""
    found: list[Doubt] = []
    for one in facts:
        about = subject(one.control)
        for held in one.occasions:
            if held.result is None:
                continue
            place = f"{one.name}, {held.label}"
            found += consistency.status_doubts(held.verdict, held.result.judgement, labels, place, about)
            for measure in one.measures:
                if measure.key in held.parts:
                    found += consistency.percent_doubts(
                        held.parts[measure.key], f"{place}, {measure.label}", about
                    )
    return found


def group_doubts(table: GroupTable, labels: Mapping[str, str]) -> list[Doubt]:
    """What does not follow in a group-wide control for a period: its rows, its totals and what is said of it."""
    about, base = subject(table.group), f"{table.group.name}, {table.label}"
    found: list[Doubt] = []
    for row in table.rows:
        if row.occasion is None or row.occasion.result is None:
            continue
        key, place = subject(row.control), f"{base}, {row.name}"
        found += consistency.status_doubts(row.verdict, row.occasion.result.judgement, labels, place, key)
        for measure in table.measures:
            if measure.key in row.parts:
                found += consistency.percent_doubts(row.parts[measure.key], place, key)
    for measure in table.measures:
        total = table.totals[measure.key]
        if total.stated is None:
            continue
        found += consistency.percent_doubts(total.stated, f"{base}, totalt", about)
        if total.figures is not None:
            found += consistency.total_doubts(total.stated, total.figures, measure.label, base, about)
    if table.result is not None:
        found += consistency.status_doubts(
            table.verdict, table.result.judgement, labels, f"{base}, totalt", about
        )
        found += consistency.change_doubts(table.result.change, table.changes.values(), base, about)
    advised = [
        Advised(
            row.name,
            row.judgement,
            bool(row.occasion and row.occasion.result and row.occasion.result.recommendation),
            subject(row.control),
        )
        for row in table.rows
        if row.reported
    ]
    return found + consistency.recommendation_doubts(advised, base)
