"""Rules about what is to be done: assignments, risks and controls."""

from __future__ import annotations

import re
from collections.abc import Iterator

from uppsikt.oversight.rules.lint.goals import Fault
from uppsikt.oversight.rules.lint.steering import Steering

WRONG = ("deficient", "failed")
"""The steps of a result scale that a deficiency follows from."""


OFTEN = re.compile(
    r"\b(gång|gånger|varje|vartannat|per|löpande|kontinuerligt|dagligen|veckovis|månadsvis|kvartalsvis|tertialvis|årligen)\b",
    re.IGNORECASE,
)
"""Words that say how often something is done."""


def without_receiver(steering: Steering) -> Iterator[Fault]:
    """An assignment that neither a person nor a unit is to do."""
    for row in steering.assignments:
        if not row.receiver:
            yield row.place, f"Uppdraget ”{row.name}” har ingen mottagare."


def without_date(steering: Steering) -> Iterator[Fault]:
    """An assignment without a day when it should be done."""
    for row in steering.assignments:
        if row.deadline is None:
            yield row.place, f"Uppdraget ”{row.name}” har inget datum när det ska vara klart."


def without_decision(steering: Steering) -> Iterator[Fault]:
    """An assignment that does not say by what decision it was given."""
    for row in steering.assignments:
        if not row.decided:
            yield row.place, f"Uppdraget ”{row.name}” säger inte vilket beslut det vilar på."


def high_risk_unanswered(steering: Steering) -> Iterator[Fault]:
    """A risk so high that something must be done, with neither a mitigation nor a control."""
    for row in steering.risks:
        if row.value is not None and steering.model.control.must_act(row.value) and not row.answers:
            yield (
                row.place,
                f"Risken ”{row.name}” har riskvärde {row.value} men varken åtgärd eller kontroll.",
            )


def without_frequency(steering: Steering) -> Iterator[Fault]:
    """A control that does not say how often it is made, itself or in the group-wide control it is a part of.

    It may say so in its own words beside the choice ("fem gånger per år"); a mere period ("januari–november") does not.
    """
    for row in steering.controls:
        if not row.frequency and not OFTEN.search(row.period_text):
            yield row.place, f"Kontrollen ”{row.name}” säger inte hur ofta den görs."


def deficient_without_action(steering: Steering) -> Iterator[Fault]:
    """A control whose newest result is deficient or failed and that has led to no action."""
    scale = steering.model.control_results
    for row in steering.controls:
        if row.judgement in WRONG and not row.actions:
            step = scale.step(row.judgement) if scale else None
            result = step.long.lower() if step else row.judgement
            yield row.place, f"Kontrollen ”{row.name}” fick {result} men har inte lett till någon åtgärd."
