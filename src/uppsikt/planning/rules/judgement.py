"""Whether a target is met. A pure rule over printed figures: never rounded, never guessed.

The rules have identifiers (JUDGE-n) and worked tables in docs/algorithms/judgement.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from uppsikt.kernel.numbers import format_decimal
from uppsikt.kernel.period import Period


class Direction(StrEnum):
    """Which way is better. NONE: neither (a budget should be kept, not beaten)."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Verdict(StrEnum):
    """What the rule says. Five different things, never mixed up."""

    MET = "met"
    NOT_MET = "not_met"
    NO_OUTCOME = "no_outcome"
    NOT_DUE = "not_due"
    CANNOT_JUDGE = "cannot_judge"

    @property
    def label(self) -> str:
        """The verdict in words."""
        return {
            "met": "Uppnått",
            "not_met": "Ej uppnått",
            "no_outcome": "Utfall saknas",
            "not_due": "Bedöms senare",
            "cannot_judge": "Kan inte bedömas",
        }[self.value]

    @property
    def judged(self) -> bool:
        """Whether the target counts among the judged."""
        return self in (Verdict.MET, Verdict.NOT_MET)


class Trend(StrEnum):
    """Which way it goes, with regard to what is better; RISING and FALLING when neither is."""

    BETTER = "better"
    UNCHANGED = "unchanged"
    WORSE = "worse"
    RISING = "rising"
    FALLING = "falling"

    @property
    def label(self) -> str:
        """The trend in words."""
        return {
            "better": "bättre",
            "unchanged": "oförändrad",
            "worse": "sämre",
            "rising": "stigande",
            "falling": "fallande",
        }[self.value]


COMPARATORS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "eq": "="}


@dataclass(frozen=True, slots=True)
class TargetFact:
    """A target as decided. `kind` is one of ge gt le lt eq interval bare keep decrease increase reference."""

    role: str
    year: int
    kind: str
    value: Decimal | None = None
    upper: Decimal | None = None
    comparator: str = ""
    reference: str = ""
    period_text: str = ""
    printed: str = ""

    @property
    def text(self) -> str:
        """The target in print; exactly as decided where that was kept."""
        return self.printed or target_text(self)


@dataclass(frozen=True, slots=True)
class Observed:
    """An outcome of one series. `value` None with `status` saying why."""

    period: Period
    value: Decimal | None
    status: str = "value"
    preliminary: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """The rule's answer and all it rests on. `distance` is positive on the better side of the bound."""

    verdict: Verdict
    reason: str
    code: str
    target: TargetFact | None = None
    observed: Observed | None = None
    distance: Decimal | None = None


def target_text(target: TargetFact) -> str:
    """A target written out: "≥200 per år", "10–15", "< Länssnitt", "Behåll"."""
    words = {"keep": "Behåll", "decrease": "Minska", "increase": "Öka"}
    if target.kind in words:
        text = words[target.kind]
    elif target.kind == "reference":
        text = f"{COMPARATORS.get(target.comparator, '')} {target.reference}".strip()
    elif target.kind == "interval":
        text = f"{format_decimal(target.value)}–{format_decimal(target.upper)}"
    else:
        text = f"{COMPARATORS.get(target.kind, '')}{format_decimal(target.value)}"
    return f"{text} {target.period_text}".strip()


def latest(series: Iterable[Observed], year: int) -> Observed | None:
    """The year's latest outcome that has a value; else its latest row, which says why there is none.

    A full year goes before parts of it, so that a year's figure is not judged by one of its months.
    """
    rows = [row for row in series if row.period.year == year]
    if not rows:
        return None
    return max(
        rows, key=lambda row: (row.value is not None, row.period.end, row.period.end - row.period.start)
    )


def comparable_before(series: Iterable[Observed], observed: Observed) -> Observed | None:
    """The nearest earlier outcome of the same kind of period at the same time of year."""
    period = observed.period
    rows = [
        row
        for row in series
        if row.value is not None
        and row.period.kind == period.kind
        and row.period.end < period.end
        and row.period.code[4:] == period.code[4:]
    ]
    return max(rows, key=lambda row: row.period.end, default=None)


def trend(
    series: Sequence[Observed],
    observed: Observed | None,
    direction: Direction,
    unchanged_percent: Decimal = Decimal(0),
) -> Trend | None:
    """JUDGE-8: the outcome against the nearest comparable one.

    Args: unchanged_percent: a change of at most this share (percent of the earlier figure) is no change.
    Returns: None when there is nothing to compare.
    """
    if observed is None or observed.value is None:
        return None
    before = comparable_before(series, observed)
    if before is None or before.value is None:
        return None
    change = observed.value - before.value
    if abs(change) * 100 <= unchanged_percent * abs(before.value):
        return Trend.UNCHANGED
    if direction is Direction.NONE:
        return Trend.RISING if change > 0 else Trend.FALLING
    return Trend.BETTER if (change > 0) == (direction is Direction.UP) else Trend.WORSE


def judge(
    target: TargetFact | None,
    series: Sequence[Observed],
    *,
    year: int,
    direction: Direction,
    lag_years: int = 0,
    bare_by_direction: bool = False,
    future_counts: bool = False,
    reference_value: Decimal | None = None,
) -> Judgement:
    """Judge a target on a series of outcomes.

    Args:
        year: the year followed up. lag_years: the target is judged on the outcome of so many years before.
        bare_by_direction: a bare figure means "at least" or "at most" by the indicator's direction.
        future_counts: judge a later year's target already now.
        reference_value: the outcome that a "reference" target compares with (county average …).
    """
    if target is None:
        return Judgement(Verdict.CANNOT_JUDGE, "Inget mål är satt för året.", "no_target")
    observed = latest(series, year - lag_years)
    if observed is None or observed.value is None:
        why = _missing(observed, year - lag_years)
        if target.year > year and not future_counts:
            return Judgement(
                Verdict.NOT_DUE, f"Målet avser {target.year}. {why}", "not_due", target, observed
            )
        return Judgement(Verdict.NO_OUTCOME, why, "no_outcome", target, observed)

    before = comparable_before(series, observed)
    bound = _bound(target, direction, bare_by_direction, before, reference_value)
    if isinstance(bound, str):
        code, reason = bound.split(":", 1)
        return Judgement(Verdict.CANNOT_JUDGE, reason, code, target, observed)
    met, distance = bound(observed.value)
    if target.year > year and not future_counts:
        return Judgement(
            Verdict.NOT_DUE,
            f"Målet avser {target.year} och räknas från det året.",
            "not_due",
            target,
            observed,
            distance,
        )
    verdict = Verdict.MET if met else Verdict.NOT_MET
    reason = f"{format_decimal(observed.value)} ({observed.period.label}) mot {target.text}."
    return Judgement(verdict, reason, verdict.value, target, observed, distance)


class _Bound:
    """A comparison with its distance: how far on the better side of the bound a value is."""

    def __init__(self, kind: str, value: Decimal, upper: Decimal | None = None) -> None:
        self.kind, self.value, self.upper = kind, value, upper

    def __call__(self, value: Decimal) -> tuple[bool, Decimal]:
        if self.kind == "interval":
            upper = self.value if self.upper is None else self.upper
            distance = min(value - self.value, upper - value)
            return distance >= 0, distance
        if self.kind == "eq":
            distance = -abs(value - self.value)
            return distance == 0, distance
        up = self.kind in ("ge", "gt")
        distance = value - self.value if up else self.value - value
        return (distance >= 0 if self.kind in ("ge", "le") else distance > 0), distance


def _bound(
    target: TargetFact,
    direction: Direction,
    bare_by_direction: bool,
    before: Observed | None,
    reference_value: Decimal | None,
) -> _Bound | str:
    """The comparison the target asks for, or "code:why it cannot be made"."""
    if target.kind in ("keep", "decrease", "increase"):
        if before is None or before.value is None:
            return "no_earlier:Inget tidigare jämförbart utfall finns att jämföra med."
        kinds = {"decrease": "lt", "increase": "gt"}
        keep = {Direction.UP: "ge", Direction.DOWN: "le", Direction.NONE: "eq"}[direction]
        return _Bound(kinds.get(target.kind, keep), before.value)
    if target.kind == "reference":
        if reference_value is None:
            return f"no_reference:Jämförelsevärdet ”{target.reference}” saknas."
        return _Bound(target.comparator or "ge", reference_value)
    if target.value is None:
        return "no_value:Målet saknar värde."
    if target.kind == "bare":
        if not bare_by_direction:
            return "no_comparator:Målet är ett värde utan jämförelsetecken."
        if direction is Direction.NONE:
            return "no_direction:Målet saknar jämförelsetecken och indikatorn har ingen önskad riktning."
        return _Bound("ge" if direction is Direction.UP else "le", target.value)
    return _Bound(target.kind, target.value, target.upper)


def _missing(observed: Observed | None, year: int) -> str:
    if observed is None:
        return f"Utfall för {year} är inte rapporterat."
    reasons = {
        "not_published": f"Utfallet för {observed.period.label} är ännu inte publicerat.",
        "not_measured": f"Ingen mätning gjordes {observed.period.label}.",
    }
    return reasons.get(observed.status, f"Utfall för {observed.period.label} saknas.")


def disagrees(judgement: Judgement, reported: str) -> bool:
    """Whether the reporter departed from the rule. An empty report follows the rule."""
    return bool(reported) and reported != judgement.verdict.value


def reported_met(judgement: Judgement, reported: str) -> bool:
    """Whether the target counts as met in the report: what the reporter says, else what the rule says."""
    return (reported or judgement.verdict.value) == Verdict.MET.value
