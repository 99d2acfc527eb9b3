"""How each cell of the oversight page is judged, and which body stands first.

The rules have identifiers (OVERSIGHT-n) and worked tables in docs/algorithms/oversight.md. A judgement is a level, a weight
within the level, a code and the figures that its words are made of; pages put it in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, StrEnum

from uppsikt.cycle.rules.steering import Scale, Step
from uppsikt.economy.rules.model import Threshold
from uppsikt.economy.rules.tables import over_threshold


class Level(IntEnum):
    """How a cell stands. NOTHING: not judged. UNDER_WAY: being done within its time, neither good nor bad yet."""

    NOTHING = 0
    GOOD = 1
    UNDER_WAY = 2
    WARN = 3
    BAD = 4


class Subject(StrEnum):
    """What a column is about, in the order of the columns."""

    GOALS = "goals"
    ASSIGNMENTS = "assignments"
    RESULT = "result"
    ACCURACY = "accuracy"
    CONTROLS = "controls"
    RISKS = "risks"
    AUDIT = "audit"
    REPORTING = "reporting"

    @property
    def label(self) -> str:
        """The column's heading."""
        return {
            "goals": "Mål",
            "assignments": "Uppdrag",
            "result": "Mot budget",
            "accuracy": "Prognossäkerhet",
            "controls": "Kontroller",
            "risks": "Höga risker",
            "audit": "Revision",
            "reporting": "Rapportering",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Judged:
    """A cell. `weight`: among cells of one level the heavier is the worse; zero where nothing is counted.

    `code` names the words; `counts` are the figures in them. `step`: of the steering model's scale, where there is one.
    """

    level: Level
    code: str
    weight: int = 0
    counts: tuple[int | Decimal | None, ...] = ()
    step: Step | None = None


NOTHING = Judged(Level.NOTHING, "nothing")
TONES: Mapping[str, Level] = {"bad": Level.BAD, "warn": Level.WARN}


def goals(scale: Scale | None, total: int, steps: Sequence[int]) -> Judged:
    """OVERSIGHT-1: as the worst step that any goal has; no average hides it.

    Args: steps: how many goals at each step, in the scale's order.
    """
    if scale is None:
        return Judged(Level.NOTHING, "goals_not_assessed")
    if not total:
        return Judged(Level.NOTHING, "goals_none")
    held = [(step, count) for step, count in zip(scale.steps, steps, strict=False) if count]
    if not held:
        return Judged(Level.NOTHING, "goals_waiting", counts=(total,))
    worst = min((step for step, _count in held), key=lambda step: step.rank)
    level = TONES.get(worst.colour, Level.GOOD)
    fulfilled = sum(count for step, count in held if step.counts_as_fulfilled)
    heavy = sum(count for step, count in held if step.rank == worst.rank) if level > Level.GOOD else 0
    return Judged(level, "goals", heavy, (fulfilled, sum(count for _step, count in held), total), worst)


def assignments(scale: Scale, total: int, steps: Sequence[int], overdue: int) -> Judged:
    """OVERSIGHT-2: red when any is overdue, yellow when any will not be done in the year, else green."""
    if not total:
        return Judged(Level.NOTHING, "assignments_none")
    held = list(zip(scale.steps, steps, strict=False))
    told = sum(count for _step, count in held)
    done = sum(count for step, count in held if step.done)
    if overdue:
        return Judged(Level.BAD, "assignments_overdue", overdue, (overdue, done, total))
    if not told:
        return Judged(Level.NOTHING, "assignments_waiting", counts=(total,))
    late = sum(count for step, count in held if step.carries_over)
    if late:
        return Judged(Level.WARN, "assignments_late", late, (late, done, total))
    code = "assignments_done" if done == total else "assignments_on_track"
    return Judged(Level.GOOD, code, 0, (done, total))


def result(
    budget: int | None, variance: int | None, threshold: Threshold, *, whole: bool, year_end: bool
) -> Judged:
    """OVERSIGHT-3: red when worse than the budget by more must be explained than the economy model lets pass.

    Any other deficit is yellow. Args: whole: whether the year has an economy model at all. Amounts in öre.
    """
    if not whole:
        return Judged(Level.NOTHING, "economy_no_model")
    if budget is None:
        return Judged(Level.NOTHING, "economy_no_budget")
    if variance is None:
        return Judged(Level.NOTHING, "economy_no_outcome" if year_end else "economy_no_forecast")
    percent = Decimal(variance) * 100 / abs(Decimal(budget)) if budget else None
    counts = (variance, percent)
    if variance >= 0:
        return Judged(Level.GOOD, "surplus" if variance else "as_budgeted", 0, counts)
    if over_threshold(variance, budget, threshold):
        return Judged(Level.BAD, "deficit", 0, counts)
    return Judged(Level.WARN, "small_deficit", 0, counts)


def forecasts(errors: Sequence[Decimal | None], year: int | None, threshold: Threshold) -> Judged:
    """OVERSIGHT-4: the mean of the last finished year's forecast errors without their signs, in percent.

    Green up to the threshold's percent, yellow up to twice that, red above; not judged when the model has no percent.
    """
    known = [abs(error) for error in errors if error is not None]
    if not known:
        return Judged(Level.NOTHING, "accuracy_none")
    mean = sum(known, Decimal(0)) / len(known)
    counts = (mean, year)
    limit = threshold.percent
    if not limit:
        return Judged(Level.NOTHING, "accuracy_unjudged", 0, counts)
    if mean <= limit:
        return Judged(Level.GOOD, "accuracy_near", 0, counts)
    if mean <= 2 * limit:
        return Judged(Level.WARN, "accuracy_off", 0, counts)
    return Judged(Level.BAD, "accuracy_far", 0, counts)


def controls(
    *, total: int, done: int, deficient: int, failed: int, open_deficiencies: int, year_end: bool
) -> Judged:
    """OVERSIGHT-5: red when a control's newest result is failed, yellow when one is deficient or a deficiency is open.

    At the year's end a control that has not been made is yellow too.
    """
    if not total:
        return Judged(Level.NOTHING, "controls_none")
    counts = (failed, deficient, open_deficiencies, done, total)
    if failed:
        return Judged(Level.BAD, "controls_failed", 10_000 * failed + deficient, counts)
    if deficient:
        return Judged(Level.WARN, "controls_deficient", 10_000 * deficient + open_deficiencies, counts)
    if open_deficiencies:
        return Judged(Level.WARN, "controls_open", open_deficiencies, counts)
    if not done:
        return Judged(Level.WARN if year_end else Level.NOTHING, "controls_waiting", 0, counts)
    if done < total:
        level = Level.WARN if year_end else Level.UNDER_WAY
        return Judged(level, "controls_left", total - done if year_end else 0, counts)
    return Judged(Level.GOOD, "controls_approved", 0, counts)


def risks(*, total: int, high: int, unanswered: int) -> Judged:
    """OVERSIGHT-6: red when a risk that must be acted on has neither mitigation nor control, yellow when any is so high."""
    if not total:
        return Judged(Level.NOTHING, "risks_none")
    counts = (unanswered, high, total)
    if unanswered:
        return Judged(Level.BAD, "risks_unanswered", unanswered, counts)
    if high:
        return Judged(Level.WARN, "risks_high", high, counts)
    return Judged(Level.GOOD, "risks_low", 0, counts)


def audit(*, total: int, open_: int, overdue: int, not_done: int) -> Judged:
    """OVERSIGHT-7: red when an answer is late or the auditor finds it not done, yellow when anything remains open."""
    if not total:
        return Judged(Level.NOTHING, "audit_none")
    counts = (overdue, not_done, open_, total)
    if overdue:
        return Judged(Level.BAD, "audit_overdue", overdue + not_done, counts)
    if not_done:
        return Judged(Level.BAD, "audit_not_done", not_done, counts)
    if open_:
        return Judged(Level.WARN, "audit_open", open_, counts)
    return Judged(Level.GOOD, "audit_closed", 0, counts)


def reporting(reported: int, total: int, *, is_open: bool, late: bool) -> Judged:
    """OVERSIGHT-8: green when all is reported; before the last day under way, after it red, as in a closed round."""
    if not total:
        return Judged(Level.NOTHING, "reporting_none")
    left = total - reported
    if not left:
        return Judged(Level.GOOD, "reporting_done", 0, (reported, total))
    if is_open and not late:
        code = "reporting_under_way" if reported else "reporting_not_begun"
        return Judged(Level.UNDER_WAY, code, left, (reported, total))
    return Judged(Level.BAD, "reporting_late" if is_open else "reporting_missing", left, (reported, total))


@dataclass(frozen=True, slots=True)
class Standing:
    """A body's cells in the order of `Subject`, and how many of them are red and yellow. `judged`: any at all."""

    cells: tuple[Judged, ...]
    bad: int
    warn: int
    judged: bool


def standing(cells: Sequence[Judged]) -> Standing:
    """The cells with what they count to."""
    levels = [cell.level for cell in cells]
    return Standing(
        tuple(cells),
        levels.count(Level.BAD),
        levels.count(Level.WARN),
        levels.count(Level.NOTHING) < len(levels),
    )


def worst_first(body: Standing, place: int) -> tuple[int, int, bool, int]:
    """OVERSIGHT-9: a body's place: most red cells first, then most yellow, then those with anything judged at all.

    Args: place: the body's own place in the municipality's order, which decides the rest.
    """
    return -body.bad, -body.warn, not body.judged, place


class Change(StrEnum):
    """What has happened to a cell since the last round."""

    BETTER = "better"
    WORSE = "worse"
    NEW = "new"
    SAME = ""

    @property
    def label(self) -> str:
        """The change in words."""
        return {"better": "bättre", "worse": "sämre", "new": "ny", "": "oförändrat"}[self.value]


def change(now: Judged, before: Judged | None) -> Change:
    """OVERSIGHT-10: by level, and within a level by weight; new where nothing was judged before.

    What is under way is compared with nothing: it is not yet good or bad.
    """
    if now.level in (Level.NOTHING, Level.UNDER_WAY) or (before and before.level is Level.UNDER_WAY):
        return Change.SAME
    if before is None or before.level is Level.NOTHING:
        return Change.NEW
    here, there = (now.level, now.weight), (before.level, before.weight)
    if here == there:
        return Change.SAME
    return Change.WORSE if here > there else Change.BETTER
