"""What a goal's fulfilment should be, proposed from its indicators and assignments (FULFIL-1).

docs/algorithms/fulfilment.md has the worked table. People decide; a departure is shown with its reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.cycle.rules.steering import AssessmentRule, Scale, Step
from uppsikt.kernel.numbers import count_of, format_decimal


@dataclass(frozen=True, slots=True)
class Basis:
    """What a proposal rests on: counts, never averages."""

    met: int = 0
    judged: int = 0
    done: int = 0
    assignments: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """The proposed step and why. `percent` is the weighted share it comes from."""

    step: Step
    percent: Decimal
    reason: str


def propose(rule: AssessmentRule, scale: Scale | None, basis: Basis) -> Proposal | None:
    """FULFIL-1: weigh the share of met targets with the share of done assignments; take the step it reaches.

    A part that is missing (no judged target, no assignment) gives its weight to the other.
    Returns: None when the model proposes nothing or there is nothing to go by.
    """
    if scale is None or rule.rule != "shares":
        return None
    parts = [
        (rule.indicator_weight, basis.met, basis.judged, "etappmål uppnådda"),
        (rule.assignment_weight, basis.done, basis.assignments, "uppdrag i fas"),
    ]
    present = [part for part in parts if part[2] and part[0]]
    if not present:
        return None
    weight = sum(part[0] for part in present)
    percent = sum((w * 100 * n / of for w, n, of, _ in present), Decimal(0)) / weight
    for key, from_percent in rule.thresholds:
        step = scale.step(key)
        if step is not None and percent >= from_percent:
            facts = " och ".join(f"{count_of(n, of)} {what}" for _, n, of, what in present)
            shown = format_decimal(percent, 0)
            return Proposal(step, percent, f"{facts} ger {shown} procent.")
    return None


@dataclass(frozen=True, slots=True)
class Rollup:
    """How it stands for many goals. Counts per step in the scale's order; no average that hides the worst."""

    goals: int
    by_step: tuple[tuple[Step, int], ...]
    unassessed: int
    worst: Step | None


def roll_up(scale: Scale | None, steps: Iterable[str | None]) -> Rollup:
    """Count the goals at each step.

    Args: steps: each goal's step key, None when not assessed.
    """
    listed = list(steps)
    counts = Counter(step for step in listed if step)
    held = tuple((step, counts[step.key]) for step in (scale.steps if scale else ()) if counts[step.key])
    worst = min((step for step, _ in held), key=lambda step: step.rank, default=None)
    return Rollup(len(listed), held, len(listed) - sum(n for _, n in held), worst)
