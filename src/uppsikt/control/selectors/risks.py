"""Reading risks with how they are assessed and what is done about them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from uppsikt.control.models import (
    Control,
    Mitigation,
    Risk,
    RiskAssessment,
    RiskTreatment,
    RiskVote,
    RiskWorkshop,
)
from uppsikt.control.rules.risks import Place, Verdict, Vote, risk_value, verdict
from uppsikt.control.rules.words import RiskDecision, Stage
from uppsikt.control.selectors import control_rows, mitigations
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.control_policy import ControlPolicy, RiskBand
from uppsikt.history import selectors as history
from uppsikt.history.superseding import not_removed


@dataclass(frozen=True, slots=True)
class RiskFacts:
    """A risk with its assessments, the decision about it and what answers it, judged by its year's policy."""

    risk: Risk
    before: RiskAssessment | None
    after: RiskAssessment | None
    treatment: RiskTreatment | None
    policy: ControlPolicy
    mitigations: tuple[Mitigation, ...] = ()
    controls: tuple[Control, ...] = ()

    @property
    def value_before(self) -> int | None:
        """The risk value as things are; None when it has not been assessed."""
        return _value(self.before)

    @property
    def value_after(self) -> int | None:
        """The risk value with the mitigations carried out; None when it has not been assessed."""
        return _value(self.after)

    @property
    def value(self) -> int | None:
        """The risk value that counts: after mitigations when it is set, else before."""
        return self.value_before if self.value_after is None else self.value_after

    @property
    def band(self) -> RiskBand | None:
        """The band that the value falls in."""
        return None if self.value is None else self.policy.band(self.value)

    @property
    def must_report(self) -> bool:
        """Whether it must be reported upward, by its value."""
        return self.value is not None and self.policy.must_report(self.value)

    @property
    def must_act(self) -> bool:
        """Whether something must be done about it, by its value."""
        return self.value is not None and self.policy.must_act(self.value)

    @property
    def nothing_done(self) -> bool:
        """Whether it has neither a mitigation nor a control."""
        return not self.mitigations and not self.controls

    @property
    def unanswered(self) -> bool:
        """Whether something must be done about it and nothing is."""
        return self.must_act and self.nothing_done

    @property
    def decision(self) -> RiskDecision | None:
        """What the body has decided to do about it."""
        return RiskDecision(self.treatment.decision) if self.treatment else None

    def place(self, stage: Stage) -> Place | None:
        """Where it stands in the matrix before mitigations, or after (before, where after has not been set)."""
        row = self.before if stage is Stage.BEFORE else self.after or self.before
        return Place(row.likelihood, row.consequence) if row else None


def risks(year: int | None = None, moment: dt.datetime | None = None) -> QuerySet[Risk]:
    """The risks of a year (None: of all) that stood at `moment` (None: now), in order."""
    rows = Risk.objects.filter(not_removed(moment))
    rows = rows.select_related("body", "unit", "responsible", "adopted_from", "carried_over_from")
    return rows if year is None else rows.filter(year_id=year)


def risk_facts(year: int, bodies: Iterable[str] | None, moment: dt.datetime | None = None) -> list[RiskFacts]:
    """The risks of some bodies (None: of all) in a year, in order. A constant number of queries.

    Raises: LookupError when the year has no steering model.
    """
    rows = risks(year, moment)
    if bodies is not None:
        rows = rows.filter(body__key__in=list(bodies))
    return facts_of(history.those_begun(rows, subject, moment), moment)


def facts_of(found: list[Risk], moment: dt.datetime | None = None) -> list[RiskFacts]:
    """The facts of some risks, in their order. Queries grow only with the number of years among them.

    Raises: LookupError when a year has no steering model.
    """
    ids = [row.pk for row in found]
    policies = {year: cycle.model_for(year, moment).control for year in {row.year_id for row in found}}
    assessments = {
        (row.risk_id, row.stage): row
        for row in RiskAssessment.objects.all().as_of(moment).filter(risk_id__in=ids)
    }
    treatments = {
        row.risk_id: row for row in RiskTreatment.objects.all().as_of(moment).filter(risk_id__in=ids)
    }
    mitigated: dict[int, list[Mitigation]] = defaultdict(list)
    answers = Mitigation.objects.filter(not_removed(moment, "item__"), risk_id__in=ids).select_related("item")
    for mitigation in history.those_begun(answers, mitigations.subject, moment):
        mitigated[mitigation.risk_id or 0].append(mitigation)
    controlled: dict[int, list[Control]] = defaultdict(list)
    checks = Control.objects.filter(not_removed(moment, "item__"), risk_id__in=ids)
    for control in history.those_begun(checks.select_related("item", "group"), control_rows.subject, moment):
        controlled[control.risk_id or 0].append(control)
    return [
        RiskFacts(
            risk=row,
            before=assessments.get((row.pk, Stage.BEFORE.value)),
            after=assessments.get((row.pk, Stage.AFTER.value)),
            treatment=treatments.get(row.pk),
            policy=policies[row.year_id],
            mitigations=tuple(mitigated[row.pk]),
            controls=tuple(controlled[row.pk]),
        )
        for row in found
    ]


def by_key(key: str) -> Risk | None:
    """The risk with this key, removed or not."""
    rows = Risk.objects.select_related("body", "unit", "responsible", "adopted_from", "carried_over_from")
    return rows.filter(key=key).first()


def shared_risks(year: int) -> QuerySet[Risk]:
    """The risks that are set for the whole municipality in a year."""
    return risks(year).filter(shared=True)


def adoptions(of: Iterable[Risk]) -> dict[int, list[Risk]]:
    """The committees' own rows of shared risks, by the shared risk's id. One query."""
    found: dict[int, list[Risk]] = defaultdict(list)
    for row in risks().filter(adopted_from__in=list(of)):
        found[row.adopted_from_id or 0].append(row)
    return dict(found)


def chain(risk: Risk) -> list[Risk]:
    """The risk's earlier selves, nearest year first. One query a year."""
    earlier: list[Risk] = []
    current = risk.carried_over_from
    while current is not None and current not in earlier:
        earlier.append(current)
        current = current.carried_over_from
    return earlier


def last_position(year: int, body: str) -> int:
    """The highest position among a body's risks of a year, 0 when it has none."""
    rows = risks(year).filter(body__key=body).order_by("-position")
    return rows.values_list("position", flat=True).first() or 0


def processes(year: int) -> list[str]:
    """The areas and processes that risks of the year or the one before stand under, to choose among."""
    rows = risks().filter(year_id__in=(year - 1, year)).order_by("process")
    return list(rows.values_list("process", flat=True).distinct())


def keys() -> QuerySet[Risk, str]:
    """Every key in use."""
    return Risk.objects.values_list("key", flat=True)


def subject(risk: Risk) -> str:
    """What the history calls the risk."""
    return f"risk:{risk.key}"


def version_of(risk: Risk) -> str:
    """What a form started from: the same as long as nobody has changed anything of the risk. One query."""
    event = history.about(subject(risk)).first()
    return str(event.sequence) if event else ""


def workshops(year: int, bodies: Iterable[str] | None = None) -> QuerySet[RiskWorkshop]:
    """The workshops of a year, of some bodies or of all, the latest first."""
    rows = RiskWorkshop.objects.filter(year_id=year).select_related("body")
    return rows if bodies is None else rows.filter(body__key__in=list(bodies))


def workshop(pk: int) -> RiskWorkshop | None:
    """The workshop with this number."""
    return RiskWorkshop.objects.select_related("body").filter(pk=pk).first()


def votes(workshop: RiskWorkshop) -> QuerySet[RiskVote]:
    """The votes that stand in a workshop."""
    rows = RiskVote.objects.all().current().filter(workshop=workshop)
    return rows.select_related("person", "risk").order_by("risk__position", "risk__key", "person__name")


def latest_votes(risk: Risk) -> list[RiskVote]:
    """The votes on a risk in the latest workshop that is over, empty when there is none. One query."""
    rows = RiskVote.objects.all().current().filter(risk=risk, workshop__closed_at__isnull=False)
    found = list(rows.select_related("person", "workshop").order_by("-workshop__closed_at", "person__name"))
    return [row for row in found if row.workshop_id == found[0].workshop_id]


def verdicts(found: Iterable[RiskVote]) -> dict[int, Verdict]:
    """What votes say of each risk, by risk id."""
    by_risk: dict[int, list[Vote]] = defaultdict(list)
    for row in found:
        by_risk[row.risk_id].append(Vote(row.person.key, Place(row.likelihood, row.consequence)))
    said = {key: verdict(each) for key, each in by_risk.items()}
    return {key: one for key, one in said.items() if one is not None}


def _value(row: RiskAssessment | None) -> int | None:
    return risk_value(row.likelihood, row.consequence) if row else None
