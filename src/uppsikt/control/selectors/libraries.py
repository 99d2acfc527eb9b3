"""Libraries of risks and controls: those that come with the system, and what a body has as one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from uppsikt.control.models import Control, ControlMeasure
from uppsikt.control.rules.library import (
    FORMAT,
    Library,
    LibraryControl,
    LibraryMeasure,
    LibraryMitigation,
    LibraryRisk,
    read,
)
from uppsikt.control.selectors import risks
from uppsikt.control.selectors.risks import RiskFacts
from uppsikt.organisation.selectors import Body

FOLDER = Path(__file__).parents[1] / "libraries"


@cache
def shipped() -> dict[str, Library]:
    """The libraries that come with the system, by name of their file.

    Raises: ValueError when one of them is faulty, which a test looks after.
    """
    found = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        library, problems = read(path.read_bytes(), path.name)
        if library is None:
            raise ValueError("; ".join(map(str, problems)))
        found[path.stem] = library
    return found


def library_of(body: Body, year: int, name: str) -> Library:
    """A body's risks and controls of a year as a library: no persons, dates, results or statuses in it.

    Raises: LookupError when the year has no steering model.
    """
    facts = risks.risk_facts(year, [body.key])
    steps = {len(row.policy.likelihood) for row in facts} | {len(row.policy.consequence) for row in facts}
    scale = steps.pop() if len(steps) == 1 else None
    controls = list(
        Control.objects.filter(item__year_id=year, item__body=body, item__removed_at__isnull=True)
        .select_related("item", "group", "risk")
        .order_by("item__position", "item__key")
    )
    measures: dict[int, list[ControlMeasure]] = {}
    rows = ControlMeasure.objects.filter(removed_at__isnull=True)
    for measure in rows.filter(control__in=controls) | rows.filter(group__controls__in=controls):
        measures.setdefault(measure.control_id or -(measure.group_id or 0), []).append(measure)
    known = {row.risk.key for row in facts}
    return Library(
        format=FORMAT,
        name=name,
        steps=scale,
        risks=tuple(_risk(row, scale) for row in facts),
        controls=tuple(_control(row, measures, known) for row in controls),
    )


def titles(body: str, year: int) -> frozenset[str]:
    """What a body's risks and controls of a year are called, in small letters. Two queries."""
    held = risks.risks(year).filter(body__key=body).values_list("title", flat=True)
    controls = Control.objects.filter(item__year_id=year, item__body__key=body, item__removed_at__isnull=True)
    return frozenset(each.casefold() for each in (*held, *controls.values_list("name", flat=True)))


def last_control(body: Body, year: int) -> int:
    """The highest position among a body's controls of a year, 0 when it has none."""
    rows = Control.objects.filter(item__year_id=year, item__body=body).order_by("-item__position")
    return rows.values_list("item__position", flat=True).first() or 0


def _risk(facts: RiskFacts, scale: int | None) -> LibraryRisk:
    risk, row = facts.risk, facts.before
    return LibraryRisk(
        key=risk.key,
        process=risk.process,
        title=risk.title,
        cause=risk.cause,
        consequence=risk.consequence,
        background=risk.background,
        suggested_likelihood=row.likelihood if row and scale else None,
        suggested_consequence=row.consequence if row and scale else None,
        mitigations=tuple(LibraryMitigation(each.title, each.description) for each in facts.mitigations),
    )


def _control(row: Control, measures: dict[int, list[ControlMeasure]], known: set[str]) -> LibraryControl:
    shared = row.group
    held = [*measures.get(-(row.group_id or 0), []), *measures.get(row.pk, [])]

    def said(field: str) -> str:
        return str(getattr(row, field) or (getattr(shared, field) if shared else ""))

    return LibraryControl(
        key=row.item.key,
        name=said("name"),
        process=said("process"),
        purpose=said("purpose"),
        method=said("method"),
        frequency=said("frequency"),
        period_text=said("period_text"),
        risk=row.risk.key if row.risk and row.risk.key in known else "",
        measures=tuple(
            LibraryMeasure(
                key=each.key,
                label=each.label,
                kind=each.kind,
                unit_text=each.unit_text,
                approved_from=each.approved_from,
                deficient_from=each.deficient_from,
                above=each.above,
            )
            for each in held
        ),
    )
