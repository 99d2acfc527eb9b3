"""What the summary assessment of internal control should be, proposed from what is known (SUMMARY-1).

docs/algorithms/control-summary.md has the worked table. People decide; a departure is shown with its reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from uppsikt.cycle.rules.steering import Scale, Step
from uppsikt.kernel.numbers import count_of


@dataclass(frozen=True, slots=True)
class Known:
    """What a body's year holds, in counts.

    Args:
        due: controls with an occasion whose day has passed, or with a result; made: those of them with a result.
        approved, deficient, failed: of the controls made, by their latest result; the rest have no such judgement.
        open: deficiencies whose retest has not passed. unattended: those of them without any action.
        actions, done, late: actions of the year, those done, and those whose day has passed undone.
        unhandled: risks that must be acted on and have neither mitigation nor control.
    """

    due: int = 0
    made: int = 0
    approved: int = 0
    deficient: int = 0
    failed: int = 0
    open: int = 0
    unattended: int = 0
    actions: int = 0
    done: int = 0
    late: int = 0
    unhandled: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to go by."""
        return not (self.due or self.actions or self.open or self.unhandled)


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason for the proposal. `severity` 0: speaks for; 1, 2, 3: how many steps down it takes the proposal."""

    severity: int
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """The proposed step with all its grounds, the heaviest first."""

    step: Step
    grounds: tuple[Ground, ...]

    @property
    def reason(self) -> str:
        """The grounds that decide, in words."""
        heaviest = self.grounds[0].severity if self.grounds else 0
        return " ".join(ground.text for ground in self.grounds if ground.severity == heaviest)


HALF, QUARTER = 2, 4


def propose(scale: Scale | None, known: Known) -> Proposal | None:
    """SUMMARY-1: begin at the best step; the heaviest ground says how far down, never below the last step.

    Returns: None when the model has no scale for it or there is nothing to go by.
    """
    if scale is None or not scale.steps or known.is_empty:
        return None
    found = sorted(grounds(known), key=lambda ground: -ground.severity)
    steps = sorted(scale.steps, key=lambda step: -step.rank)
    down = found[0].severity if found else 0
    return Proposal(steps[min(down, len(steps) - 1)], tuple(found))


def grounds(known: Known) -> list[Ground]:
    """Everything that speaks for or against, whatever the scale."""
    return [*_controls(known), *_results(known), *_deficiencies(known), *_actions(known), *_risks(known)]


def _controls(known: Known) -> Sequence[Ground]:
    if not known.due:
        return ()
    missed = known.due - known.made
    counted = f"{count_of(known.made, known.due)} kontroller som skulle vara gjorda är gjorda."
    if not missed:
        return (Ground(0, counted),)
    if missed * HALF > known.due:
        return (Ground(3, counted),)
    return (Ground(2 if missed * QUARTER > known.due else 1, counted),)


def _results(known: Known) -> Sequence[Ground]:
    found = []
    if known.failed:
        half = known.failed * HALF >= known.made
        found.append(
            Ground(3 if half else 2, _said(known.failed, "kontroll är underkänd", "kontroller är underkända"))
        )
    if known.deficient:
        found.append(
            Ground(1, _said(known.deficient, "kontroll är bristfällig", "kontroller är bristfälliga"))
        )
    return found


def _deficiencies(known: Known) -> Sequence[Ground]:
    found = []
    if known.unattended:
        found.append(Ground(2, _said(known.unattended, "brist saknar åtgärd", "brister saknar åtgärd")))
    if known.open > known.unattended:
        attended = known.open - known.unattended
        found.append(Ground(1, _said(attended, "brist är inte stängd", "brister är inte stängda")))
    return found


def _actions(known: Known) -> Sequence[Ground]:
    if not known.actions:
        return ()
    done = Ground(0, f"{count_of(known.done, known.actions)} åtgärder är klara.")
    if not known.late:
        return (done,)
    half = known.late * HALF > known.actions
    return (Ground(2 if half else 1, _said(known.late, "åtgärd är försenad", "åtgärder är försenade")), done)


def _risks(known: Known) -> Sequence[Ground]:
    if not known.unhandled:
        return ()
    return (
        Ground(
            2,
            _said(
                known.unhandled,
                "hög risk saknar både åtgärd och kontroll",
                "höga risker saknar både åtgärd och kontroll",
            ),
        ),
    )


def _said(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}."
