"""Taking risks and controls out of a library into a body's year."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from uppsikt.control.actions.controls import save_control, save_measure
from uppsikt.control.actions.mitigations import save_mitigation
from uppsikt.control.actions.risks import assess_risk, save_risk
from uppsikt.control.models import Risk
from uppsikt.control.rules.library import Library, LibraryControl, LibraryRisk
from uppsikt.control.rules.words import Stage
from uppsikt.control.selectors import libraries, mitigations, risks
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.control_policy import ControlPolicy
from uppsikt.history.actions import atomic
from uppsikt.history.rules import Actor
from uppsikt.kernel.problems import refuse
from uppsikt.organisation.selectors import Body
from uppsikt.planning.rules.keys import new_key


@dataclass(frozen=True, slots=True)
class Taken:
    """How much was taken."""

    risks: int
    controls: int


@atomic
def take(
    *,
    library: Library,
    body: Body,
    year: int,
    risk_keys: Collection[str],
    control_keys: Collection[str],
    by: Actor,
) -> Taken:
    """Add some of a library's risks, with their mitigations, and controls to a body's year.

    A suggested assessment is taken where the municipality's scale has as many steps as the library's.
    Raises: InputError when nothing is chosen, or the year has no steering model.
    """
    if cycle.document(year) is None:
        raise refuse(
            "year", f"Året {year} har ingen styrmodell.", remedy="Be administratören lägga upp året."
        )
    if not risk_keys and not control_keys:
        raise refuse("nothing", "Inget är valt.", remedy="Kryssa för minst en risk eller kontroll.")
    policy = cycle.model_for(year).control
    alike = library.steps in {len(policy.likelihood)} & {len(policy.consequence)}
    added: dict[str, Risk] = {}
    for row in library.risks:
        if row.key in risk_keys:
            added[row.key] = _add_risk(row, body, year, policy if alike else ControlPolicy(), by)
    chosen = [row for row in library.controls if row.key in control_keys]
    for place, control in enumerate(chosen, start=libraries.last_control(body, year) + 1):
        _add_control(control, body, year, added.get(control.risk), place, by)
    return Taken(len(added), len(chosen))


def _add_risk(row: LibraryRisk, body: Body, year: int, policy: ControlPolicy, by: Actor) -> Risk:
    risk, _changed = save_risk(
        key=new_key([str(year), body.key, row.title], risks.keys()),
        year=year,
        body=body,
        process=row.process,
        title=row.title,
        cause=row.cause,
        consequence=row.consequence,
        background=row.background,
        position=risks.last_position(year, body.key) + 1,
        by=by,
    )
    likely, grave = row.suggested_likelihood, row.suggested_consequence
    if likely in policy.labels("likelihood") and grave in policy.labels("consequence"):
        assert likely is not None
        assert grave is not None
        assess_risk(
            risk=risk,
            stage=Stage.BEFORE,
            likelihood=likely,
            consequence=grave,
            comment="Bibliotekets förslag.",
            by=by,
        )
    for each in row.mitigations:
        save_mitigation(
            key=new_key([str(year), body.key, each.title], mitigations.keys()),
            year=year,
            body=body,
            risk=risk,
            title=each.title,
            description=each.description,
            position=mitigations.last_position(year, body.key) + 1,
            by=by,
        )
    return risk


def _add_control(
    row: LibraryControl, body: Body, year: int, risk: Risk | None, place: int, by: Actor
) -> None:
    control, _changed = save_control(
        key=new_key([str(year), body.key, row.name], mitigations.keys()),
        year=year,
        body=body,
        name=row.name,
        risk=risk,
        process=row.process,
        purpose=row.purpose,
        method=row.method,
        frequency=row.frequency,
        period_text=row.period_text,
        position=place,
        by=by,
    )
    for number, measure in enumerate(row.measures, start=1):
        save_measure(
            control=control,
            key=measure.key,
            label=measure.label,
            kind=measure.kind,
            unit_text=measure.unit_text,
            approved_from=measure.approved_from,
            deficient_from=measure.deficient_from,
            above=measure.above,
            position=number,
            by=by,
        )
