"""The state of a body's round in figures: what the command line and the API give to others."""

from __future__ import annotations

from collections import Counter
from typing import Any

from uppsikt.planning.rules.judgement import Verdict
from uppsikt.planning.selectors.parts import Snapshot


def status(view: Snapshot) -> dict[str, Any]:
    """Counts of goals, indicators and assignments, and where people departed from the rules.

    Returns: the documented form (docs/formats/status.md): steps and statuses by the scale's label, only
        those that occur; `disagreements` in the plan's order.
    """
    counts = view.verdicts()
    met, not_met = counts[Verdict.MET], counts[Verdict.NOT_MET]
    indicators = view.indicators
    statuses = Counter(row.step.label for row in view.assignments if row.step)
    scale = view.status_scale
    return {
        "body": view.body.key if view.body else "",
        "round": view.round.key if view.round else "",
        "goals": {
            "total": len(view.committee_goals),
            "by_step": {step.label: number for step, number in view.rollup.by_step},
        },
        "indicators": {
            "total": len(indicators),
            "met": met,
            "not_met": not_met,
            "not_judged": len(indicators) - met - not_met,
            "reported_met": sum(row.reported_met for row in indicators),
        },
        "assignments": {
            "total": len(view.assignments),
            "carried_over": sum(row.carried_over for row in view.assignments),
            "by_status": {
                step.label: statuses[step.label]
                for step in (scale.steps if scale else ())
                if statuses[step.label]
            },
        },
        "disagreements": [
            *(
                {
                    "kind": "indicator",
                    "key": row.use.indicator.key,
                    "rule": row.judgement.verdict.value,
                    "reported": row.reported,
                    "reason": row.report.reason if row.report else "",
                }
                for row in indicators
                if row.disagrees
            ),
            *(
                {
                    "kind": "goal",
                    "key": goal.goal.key,
                    "rule": goal.proposal.step.label if goal.proposal else "",
                    "reported": goal.step.label if goal.step else "",
                    "reason": goal.assessment.rationale if goal.assessment else "",
                }
                for goal in view.committee_goals
                if goal.disagrees
            ),
        ],
    }
