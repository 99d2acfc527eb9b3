"""Carrying a body's risks and what is not done about them into the next year."""

from __future__ import annotations

from dataclasses import dataclass

from uppsikt.control.actions.mitigations import save_mitigation
from uppsikt.control.actions.risks import assess_risk, save_risk, treat_risk
from uppsikt.control.models import Mitigation, Risk
from uppsikt.control.rules.words import Stage
from uppsikt.control.selectors.carrying import to_carry
from uppsikt.control.selectors.risks import RiskFacts
from uppsikt.cycle import selectors as cycle
from uppsikt.history.actions import atomic
from uppsikt.history.rules import Actor
from uppsikt.kernel.problems import refuse
from uppsikt.organisation.selectors import Body
from uppsikt.planning.rules.keys import next_key


@dataclass(frozen=True, slots=True)
class Carried:
    """How much came along."""

    risks: int
    mitigations: int


@atomic
def carry_over(*, body: Body, from_year: int, to_year: int, by: Actor) -> Carried:
    """Carry over a body's risks as they stand and the mitigations that are not done; each row writes its event.

    What is there already is left alone, so carrying over again adds only what is missing. What was taken out of
    the new year does not come back. Assessments come along where the new year has the same steps.
    Raises: InputError when the new year has no steering model.
    """
    if cycle.document(to_year) is None:
        raise refuse(
            "year",
            f"Året {to_year} har ingen styrmodell.",
            field="to_year",
            remedy="Be administratören lägga upp året först.",
        )
    found = to_carry(body, from_year, to_year)
    new = dict(found.there)
    for facts in found.risks:
        new[facts.risk.pk] = _carry_risk(facts, to_year, found.shared, by)
    for mitigation in found.mitigations:
        _carry_mitigation(mitigation, from_year, to_year, new, by)
    return Carried(len(found.risks), len(found.mitigations))


def _carry_risk(facts: RiskFacts, to_year: int, shared: dict[int, Risk], by: Actor) -> Risk:
    old = facts.risk
    risk, _changed = save_risk(
        key=next_key(old.key, old.year_id, to_year),
        year=to_year,
        body=old.body,
        process=old.process,
        title=old.title,
        cause=old.cause,
        consequence=old.consequence,
        background=old.background,
        unit=old.unit,
        responsible=old.responsible,
        origin_year=old.origin_year or old.year_id,
        shared=old.shared,
        adopted_from=shared.get(old.adopted_from_id or 0),
        adapted=old.adapted and old.adopted_from_id in shared,
        carried_over_from=old,
        position=old.position,
        by=by,
    )
    policy = cycle.model_for(to_year).control
    for stage, row in ((Stage.BEFORE, facts.before), (Stage.AFTER, facts.after)):
        if (
            row
            and row.likelihood in policy.labels("likelihood")
            and row.consequence in policy.labels("consequence")
        ):
            assess_risk(
                risk=risk,
                stage=stage,
                likelihood=row.likelihood,
                consequence=row.consequence,
                comment=row.comment,
                by=by,
            )
    if facts.decision and facts.treatment:
        treat_risk(risk=risk, decision=facts.decision, rationale=facts.treatment.rationale, by=by)
    return risk


def _carry_mitigation(old: Mitigation, from_year: int, to_year: int, new: dict[int, Risk], by: Actor) -> None:
    item = old.item
    save_mitigation(
        key=next_key(item.key, from_year, to_year),
        year=to_year,
        body=item.body,
        title=old.title,
        risk=new[old.risk_id] if old.risk_id else None,
        recommendation=old.recommendation,
        deficiency=old.deficiency,
        description=old.description,
        unit=item.unit,
        responsible=item.responsible,
        deadline=item.deadline if item.deadline and item.deadline.year >= to_year else None,
        carried_over_from=old,
        carried_from_year=from_year,
        origin_year=item.origin_year or from_year,
        position=item.position,
        by=by,
    )
