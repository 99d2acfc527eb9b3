"""Writing workshops: opened, voted in, closed."""

from __future__ import annotations

from typing import Any

from uppsikt.accounts.selectors import User
from uppsikt.control.actions.risks import assess_risk, check_place
from uppsikt.control.models import Risk, RiskAssessment, RiskVote, RiskWorkshop
from uppsikt.control.rules.words import Stage
from uppsikt.control.selectors import risks as selectors
from uppsikt.cycle import selectors as cycle
from uppsikt.history.actions import atomic, record
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.history.superseding import supersede
from uppsikt.kernel import clock
from uppsikt.kernel.problems import refuse
from uppsikt.organisation.selectors import Body


@atomic
def open_workshop(*, year: int, body: Body, name: str, by: Actor) -> RiskWorkshop:
    """Let several persons assess a body's risks, each for themselves.

    Raises: InputError when another is open, or the body has no risks to assess.
    """
    if selectors.workshops(year, [body.key]).filter(closed_at__isnull=True).exists():
        raise refuse("open", "En workshop är redan öppen.", remedy="Avsluta den först.")
    if not selectors.risks(year).filter(body=body).exists():
        raise refuse("no_risks", "Det finns inga risker att bedöma.", remedy="Lägg upp riskerna först.")
    row = RiskWorkshop(year_id=year, body=body, name=name.strip(), opened_at=clock.now())
    row.full_clean()
    row.save()
    _record(EventKind.WORKSHOP_OPENED, row, by)
    return row


@atomic
def close_workshop(*, workshop: RiskWorkshop, by: Actor) -> bool:
    """End a workshop: nobody votes any more, and everyone sees what was said."""
    if workshop.closed_at is not None:
        return False
    workshop.closed_at = clock.now()
    workshop.save(update_fields=["closed_at"])
    _record(EventKind.WORKSHOP_CLOSED, workshop, by)
    return True


@atomic
def vote(
    *,
    workshop: RiskWorkshop,
    risk: Risk,
    person: User,
    likelihood: int,
    consequence: int,
    comment: str = "",
    by: Actor,
) -> tuple[RiskVote, bool]:
    """Say how a person sees a risk. Returns the row and whether it is new.

    The history tells that the person voted and not how: others are to vote without having seen it.
    Raises: InputError when the workshop is closed, the risk another body's, or a step not on the year's scale.
    """
    if RiskWorkshop.objects.get(pk=workshop.pk).closed_at is not None:
        raise refuse("closed", "Workshopen är avslutad.", remedy="Be controllern öppna en ny.")
    if (risk.year_id, risk.body_id) != (workshop.year_id, workshop.body_id) or risk.removed_at is not None:
        raise refuse("risk", "Risken hör inte till workshopen.")
    check_place(cycle.model_for(risk.year_id).control, risk.year_id, likelihood, consequence)
    values: dict[str, Any] = {
        "likelihood": likelihood,
        "consequence": consequence,
        "comment": comment.strip(),
    }
    old = RiskVote.objects.all().current().filter(workshop=workshop, risk=risk, person=person).first()
    if old is not None and {field: getattr(old, field) for field in values} == values:
        return old, False
    new = supersede(old, RiskVote(workshop=workshop, risk=risk, person=person, **values), by=by)
    record(
        EventKind.RISK_VOTED,
        by=by,
        subject=selectors.subject(risk),
        label=risk.title,
        body_key=risk.body.key,
        data={"workshop": workshop.pk},
    )
    return new, True


@atomic
def vote_all(
    *, workshop: RiskWorkshop, person: User, votes: dict[int, tuple[int, int, str]], by: Actor
) -> int:
    """Leave a person's votes on several risks, by risk id. Returns how many were new. Raises: as `vote`."""
    found = {row.pk: row for row in selectors.risks(workshop.year_id).filter(pk__in=votes)}
    said = 0
    for pk, (likelihood, consequence, comment) in votes.items():
        if pk not in found:
            raise refuse("risk", "Risken hör inte till workshopen.")
        said += vote(
            workshop=workshop,
            risk=found[pk],
            person=person,
            likelihood=likelihood,
            consequence=consequence,
            comment=comment,
            by=by,
        )[1]
    return said


@atomic
def take_proposal(*, workshop: RiskWorkshop, risk: Risk, by: Actor) -> tuple[RiskAssessment, bool]:
    """Set a risk's assessment before mitigations to what the workshop's medians propose.

    Raises: InputError when nobody has voted on it.
    """
    verdicts = selectors.verdicts(selectors.votes(workshop).filter(risk=risk))
    if risk.pk not in verdicts:
        raise refuse("no_votes", "Ingen har bedömt risken i workshopen.")
    said = verdicts[risk.pk]
    return assess_risk(
        risk=risk,
        stage=Stage.BEFORE,
        likelihood=said.proposal.likelihood,
        consequence=said.proposal.consequence,
        comment=f"Medianen av {said.voters} bedömningar i {workshop.name}.",
        by=by,
    )


def _record(kind: EventKind, workshop: RiskWorkshop, by: Actor) -> None:
    record(
        kind,
        by=by,
        subject=f"workshop:{workshop.pk}",
        label=workshop.name,
        body_key=workshop.body.key,
        data={"year": workshop.year_id},
    )
