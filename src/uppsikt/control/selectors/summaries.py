"""The summary assessment of a body's internal control: what it rests on, what the rule proposes, what was set."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from uppsikt.control.models import ControlSummary
from uppsikt.control.rules.consistency import Doubt, stated_doubts
from uppsikt.control.rules.figures import APPROVED, DEFICIENT, FAILED
from uppsikt.control.rules.summary import Known, Proposal, propose
from uppsikt.control.selectors.controls import ControlFacts, control_facts
from uppsikt.control.selectors.deficiencies import DeficiencyFacts, deficiency_facts
from uppsikt.control.selectors.mitigations import MitigationFacts, mitigation_facts
from uppsikt.control.selectors.risks import RiskFacts, risk_facts
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.steering import Scale, Step
from uppsikt.cycle.selectors import Round
from uppsikt.history import selectors as history
from uppsikt.organisation.selectors import Body


@dataclass(frozen=True, slots=True)
class Ground:
    """What a body's year holds of internal control, as a round sees it."""

    risks: Sequence[RiskFacts] = ()
    mitigations: Sequence[MitigationFacts] = ()
    controls: Sequence[ControlFacts] = ()
    deficiencies: Sequence[DeficiencyFacts] = ()


@dataclass(frozen=True, slots=True)
class SummaryView:
    """The assessment with its ground. `row` and `step` are None until somebody has set it."""

    ground: Ground
    known: Known
    proposal: Proposal | None
    row: ControlSummary | None
    step: Step | None
    doubts: tuple[Doubt, ...] = ()

    @property
    def rationale(self) -> str:
        """Why it was set so."""
        return self.row.rationale if self.row else ""

    @property
    def departs(self) -> bool:
        """Whether another step was set than the rule proposes now."""
        return self.step is not None and self.proposal is not None and self.step != self.proposal.step


def summary_view(body: Body, round_: Round, moment: dt.datetime | None = None) -> SummaryView:
    """Everything about a body's internal control in a round. A constant number of queries.

    Args: moment: as it was known then; None is now.
    Raises: LookupError when the year has no steering model.
    """
    year, bodies = round_.year_id, [body.key]
    model = cycle.model_for(year, moment)
    ground = Ground(
        risks=risk_facts(year, bodies, moment),
        mitigations=mitigation_facts(year, bodies, round_, moment),
        controls=control_facts(year, bodies, round_, moment),
        deficiencies=deficiency_facts(year, bodies, moment),
    )
    known = counted(ground, round_.cutoff)
    row = ControlSummary.objects.all().as_of(moment).filter(body=body, round=round_).first()
    scale = model.control_summary
    return SummaryView(
        ground=ground,
        known=known,
        proposal=propose(scale, known),
        row=row,
        step=scale.step(row.step) if scale and row else None,
        doubts=tuple(_doubts(ground, row, model.status_scale(round_.kind), subject(body, round_))),
    )


def counted(ground: Ground, day: dt.date) -> Known:
    """The ground in counts, as it stands on `day`: the round's cut-off."""
    due = [
        one
        for one in ground.controls
        if one.latest is not None
        or any(each.occasion.due is not None and each.occasion.due <= day for each in one.occasions)
    ]
    made = [one for one in due if one.latest is not None]
    judged = Counter(one.judgement for one in made)
    left = [one for one in ground.deficiencies if one.open]
    return Known(
        due=len(due),
        made=len(made),
        approved=judged[APPROVED],
        deficient=judged[DEFICIENT],
        failed=judged[FAILED],
        open=len(left),
        unattended=sum(not one.mitigations for one in left),
        actions=len(ground.mitigations),
        done=sum(one.done for one in ground.mitigations),
        late=sum(one.overdue(day) for one in ground.mitigations),
        unhandled=sum(one.unanswered for one in ground.risks),
    )


def _doubts(ground: Ground, row: ControlSummary | None, scale: Scale, about: str) -> list[Doubt]:
    """Where the counts that the text states are not those of the lists."""
    if row is None or not row.stated:
        return []
    counts: Counter[tuple[str, str]] = Counter()
    for of, facts in (("mitigation", ground.mitigations), ("control", ground.controls)):
        counts[of, ""] = len(facts)
        counts.update((of, one.step.key) for one in facts if one.step is not None)
    labels = {step.key: step.label.lower() for step in scale.steps}
    return stated_doubts(row.stated, counts, labels, _("Sammanfattningen"), about)


def summaries(round_: Round, moment: dt.datetime | None = None) -> dict[int, ControlSummary]:
    """What every body has set in a round, by the body's id. One query."""
    rows = ControlSummary.objects.all().as_of(moment).filter(round=round_)
    return {row.body_id: row for row in rows}


def subject(body: Body, round_: Round) -> str:
    """What the history calls a body's summary in a round."""
    return f"control_summary:{round_.key}:{body.key}"


def version_of(body: Body, round_: Round) -> str:
    """What a form started from: the same as long as nobody has set it anew. One query."""
    event = history.about(subject(body, round_)).first()
    return str(event.sequence) if event else ""
