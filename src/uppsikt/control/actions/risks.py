"""Writing risks: what they are, how they are assessed, what is decided about them, and who has taken them over."""

from __future__ import annotations

from typing import Any

from uppsikt.accounts.selectors import User
from uppsikt.control.models import Risk, RiskAssessment, RiskTreatment
from uppsikt.control.rules.words import RiskDecision, Stage
from uppsikt.control.selectors import risks as selectors
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.control_policy import ControlPolicy
from uppsikt.history.actions import atomic, record
from uppsikt.history.changes import changed
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.history.superseding import supersede, withdraw
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError, Problem, Where, refuse
from uppsikt.organisation.selectors import Body, Unit
from uppsikt.planning.rules.keys import new_key


@atomic
def save_risk(
    *,
    key: str,
    year: int,
    body: Body,
    process: str,
    title: str,
    cause: str = "",
    consequence: str = "",
    background: str = "",
    unit: Unit | None = None,
    responsible: User | None = None,
    origin_year: int | None = None,
    shared: bool = False,
    adopted_from: Risk | None = None,
    adapted: bool = False,
    carried_over_from: Risk | None = None,
    position: int = 0,
    by: Actor,
) -> tuple[Risk, bool]:
    """Add a risk, or change one; one that was removed stands again.

    Args: shared: set for the whole municipality. adopted_from: the shared risk it is a body's own row of.
    Raises: InputError when what it is taken over from is not shared or is another year's, or when it is to be
        shared no longer though bodies have taken it over.
    """
    _check_adoption(year, adopted_from)
    risk = Risk.objects.filter(key=key).first() or Risk(key=key)
    if risk.shared and not shared and risk.adopted_by.filter(removed_at__isnull=True).exists():
        raise refuse(
            "adopted",
            "Risken kan inte sluta vara kommungemensam: nämnder har tagit över den.",
            field="shared",
            remedy="Ta bort risken i stället, så behåller nämnderna sina egna.",
        )
    difference: dict[str, Any] = changed(
        risk,
        {
            "year_id": year,
            "body": body,
            "unit": unit,
            "process": process.strip(),
            "title": title.strip(),
            "cause": cause.strip(),
            "consequence": consequence.strip(),
            "background": background.strip(),
            "origin_year": origin_year,
            "responsible": responsible,
            "shared": shared,
            "adopted_from": adopted_from,
            "adapted": adapted,
            "carried_over_from": carried_over_from,
            "position": position,
        },
    )
    if risk.removed_at is not None:
        risk.removed_at = None
        difference["removed"] = [True, False]
    if not difference:
        return risk, False
    risk.full_clean()
    risk.save()
    _record(EventKind.RISK_SAVED, risk, by, difference)
    return risk, True


@atomic
def remove_risk(*, risk: Risk, by: Actor) -> bool:
    """Take a risk out of the analysis. Nothing is lost: `restore_risk` puts it back."""
    if risk.removed_at is not None:
        return False
    risk.removed_at = clock.now()
    risk.save(update_fields=["removed_at"])
    _record(EventKind.RISK_REMOVED, risk, by, {})
    return True


@atomic
def restore_risk(*, risk: Risk, by: Actor) -> bool:
    """Put a removed risk back."""
    if risk.removed_at is None:
        return False
    risk.removed_at = None
    risk.save(update_fields=["removed_at"])
    _record(EventKind.RISK_SAVED, risk, by, {"removed": [True, False]})
    return True


@atomic
def assess_risk(
    *, risk: Risk, stage: Stage, likelihood: int, consequence: int, comment: str = "", by: Actor
) -> tuple[RiskAssessment, bool]:
    """Say how likely a risk is and how grave, before mitigations or after. Returns the row and whether it is new.

    Raises: InputError when a step is not on the scale of the year's steering model.
    """
    check_place(cycle.model_for(risk.year_id).control, risk.year_id, likelihood, consequence)
    values = {"likelihood": likelihood, "consequence": consequence, "comment": comment.strip()}
    old = RiskAssessment.objects.all().current().filter(risk=risk, stage=stage.value).first()
    before = {field: getattr(old, field) for field in values} if old else {}
    if old is not None and before == values:
        return old, False
    new = supersede(old, RiskAssessment(risk=risk, stage=stage.value, **values), by=by)
    _record(EventKind.RISK_ASSESSED, risk, by, {"stage": stage.value} | _moved(before, values))
    return new, True


@atomic
def withdraw_assessment(*, risk: Risk, stage: Stage, by: Actor) -> bool:
    """Say that a risk is not assessed in a stage after all; what was said is kept. Returns whether anything changed."""
    old = RiskAssessment.objects.all().current().filter(risk=risk, stage=stage.value).first()
    if old is None:
        return False
    withdraw(old)
    gone = {field: [getattr(old, field), None] for field in ("likelihood", "consequence", "comment")}
    _record(EventKind.RISK_ASSESSED, risk, by, {"stage": stage.value} | gone)
    return True


@atomic
def treat_risk(
    *, risk: Risk, decision: RiskDecision, rationale: str = "", by: Actor
) -> tuple[RiskTreatment, bool]:
    """Decide what is done about a risk. Returns the row and whether it is new."""
    values = {"decision": decision.value, "rationale": rationale.strip()}
    old = RiskTreatment.objects.all().current().filter(risk=risk).first()
    before = {field: getattr(old, field) for field in values} if old else {}
    if old is not None and before == values:
        return old, False
    new = supersede(old, RiskTreatment(risk=risk, **values), by=by)
    _record(EventKind.RISK_TREATED, risk, by, _moved(before, values))
    return new, True


@atomic
def adopt_risk(*, risk: Risk, body: Body, by: Actor) -> tuple[Risk, bool]:
    """Give a body its own row of a shared risk, with the shared one's words. The row that stands if it has one.

    Raises: InputError when the risk is not shared, or is the body's own.
    """
    if risk.body_id == body.pk:
        raise refuse("own", "Risken är redan organets egen.")
    _check_adoption(risk.year_id, risk)
    rows = Risk.objects.filter(adopted_from=risk, body=body).order_by("removed_at", "pk")
    held = next((row for row in rows if row.removed_at is None), None) or rows.first()
    if held is not None and held.removed_at is None:
        return held, False
    return save_risk(
        key=held.key if held else new_key([str(risk.year_id), body.key, risk.title], selectors.keys()),
        year=risk.year_id,
        body=body,
        process=risk.process,
        title=risk.title,
        cause=risk.cause,
        consequence=risk.consequence,
        background=risk.background,
        origin_year=risk.origin_year,
        adopted_from=risk,
        position=held.position if held else selectors.last_position(risk.year_id, body.key) + 1,
        by=by,
    )


def check_place(policy: ControlPolicy, year: int, likelihood: int, consequence: int) -> None:
    """Hold an assessment to the steps of the year's scale. Raises: InputError."""
    if not policy.likelihood or not policy.consequence:
        raise refuse(
            "scale",
            f"Styrmodellen för {year} har ingen riskskala.",
            remedy="Lägg in sannolikhet och konsekvens under ”control” i styrmodellen.",
        )
    problems = [
        Problem(
            "step",
            Where(field=axis),
            f"{value} finns inte på skalan för {word}.",
            f"Välj något av: {', '.join(f'{step} ({label})' for step, label in policy.labels(axis).items())}.",
        )
        for axis, word, value in (
            ("likelihood", "sannolikhet", likelihood),
            ("consequence", "konsekvens", consequence),
        )
        if value not in policy.labels(axis)
    ]
    if problems:
        raise InputError(*problems)


def _check_adoption(year: int, adopted_from: Risk | None) -> None:
    if adopted_from is None:
        return
    if not adopted_from.shared:
        raise refuse(
            "not_shared",
            "Bara en kommungemensam risk kan tas över.",
            field="adopted_from",
            remedy="Välj en risk som är satt för hela kommunen.",
        )
    if adopted_from.year_id != year:
        raise refuse(
            "year",
            f"Risken som tas över hör till {adopted_from.year_id}.",
            field="adopted_from",
            remedy=f"Välj en risk för {year}.",
        )


def _moved(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    return {field: [before.get(field), value] for field, value in after.items() if before.get(field) != value}


def _record(kind: EventKind, risk: Risk, by: Actor, data: dict[str, Any]) -> None:
    record(
        kind,
        by=by,
        subject=selectors.subject(risk),
        label=risk.title,
        body_key=risk.body.key,
        data=data,
    )
