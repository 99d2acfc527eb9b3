"""Whether a target is met. A pure rule over printed figures: never rounded, never guessed.

The rules have identifiers (JUDGE-n) and worked tables in docs/algorithms/judgement.md.
"""

from __future__ import annotations

import re
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


QUALIFIER = re.compile(
    r"(?:\b(?:per|varje)\s+|/\s*)(kalenderår|år|halvår|tertial|kvartal|månad)\b", re.IGNORECASE
)
MONTHS_OF = {"kalenderår": 12, "år": 12, "halvår": 6, "tertial": 4, "kvartal": 3, "månad": 1}

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
    """An outcome of one series. `value` None with `status` saying why; "hidden" when too few people to show."""

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


def target_in(targets: Iterable[TargetFact], year: int) -> TargetFact | None:
    """JUDGE-1: the target that a year is held against.

    The year's milestone; else the nearest target ahead; else a final target whose year has passed, which
    still stands. A passed milestone does not.
    """
    listed = list(targets)
    milestone = next((row for row in listed if row.role == "milestone" and row.year == year), None)
    ahead = min((row for row in listed if row.year >= year), key=lambda row: row.year, default=None)
    passed = [row for row in listed if row.role == "final" and row.year < year]
    return milestone or ahead or max(passed, key=lambda row: row.year, default=None)


def latest(series: Iterable[Observed], year: int) -> Observed | None:
    """JUDGE-2: the year's latest outcome that has a value; else its latest row, which says why there is none.

    A figure for twelve months goes before parts of the year: where one is announced but not published, the
    year is not judged by one of its months.
    """
    rows = [row for row in series if row.period.year == year]
    whole = [row for row in rows if _months(row.period) == 12]
    return max(
        whole or rows,
        key=lambda row: (row.value is not None, row.period.end, row.period.kind == "year", row.period.start),
        default=None,
    )


def comparable(series: Iterable[Observed], observed: Observed, *, before: bool = True) -> Observed | None:
    """The nearest outcome of the same kind of period at the same time of year, earlier or (not `before`) then."""
    period = observed.period
    rows = [
        row
        for row in series
        if row.value is not None
        and row.period.kind == period.kind
        and (row.period.end < period.end or (not before and row.period.end == period.end))
        and row.period.code[4:] == period.code[4:]
    ]
    return max(rows, key=lambda row: row.period.end, default=None)


def _months(period: Period) -> int:
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month


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
    before = comparable(series, observed)
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
    references: Sequence[Observed] = (),
) -> Judgement:
    """JUDGE-3 to JUDGE-7: judge a target on a series of outcomes.

    Args:
        year: the year followed up. lag_years: the target is judged on the outcome of so many years before.
        bare_by_direction: a bare figure means "at least" or "at most" by the indicator's direction.
        future_counts: judge a later year's target already now.
        references: the outcomes that a "reference" target compares with (county average …).
    """
    observed = latest(series, year - lag_years)
    if target is None:
        return Judgement(Verdict.CANNOT_JUDGE, "Inget mål är satt för året.", "no_target", None, observed)
    later = target.year > year and not future_counts
    if observed is None or observed.value is None:
        why = _missing(observed, year - lag_years)
        if later:
            why = f"Målet avser {target.year}. {why}"
            return Judgement(Verdict.NOT_DUE, why, "not_due", target, observed)
        if observed is not None and observed.status == "hidden":
            return Judgement(Verdict.CANNOT_JUDGE, why, "hidden", target, observed)
        return Judgement(Verdict.NO_OUTCOME, why, "no_outcome", target, observed)

    against = _compared(target, observed, series, references)
    bound = _bound(target, direction, bare_by_direction, against)
    if isinstance(bound, str):
        code, reason = bound.split(":", 1)
        return Judgement(Verdict.CANNOT_JUDGE, reason, code, target, observed)
    met, distance = bound(observed.value)
    if later:
        reason = f"Målet avser {target.year} och räknas från det året."
        return Judgement(Verdict.NOT_DUE, reason, "not_due", target, observed, distance)
    asked = QUALIFIER.search(target.period_text)
    spans = _months(observed.period)
    if asked and spans != MONTHS_OF[asked[1].lower()]:
        reason = f"Målet gäller {target.period_text} och utfallet {observed.period.label}."
        if spans < MONTHS_OF[asked[1].lower()]:
            return Judgement(Verdict.NOT_DUE, reason, "part_of_period", target, observed, distance)
        return Judgement(Verdict.CANNOT_JUDGE, reason, "other_period", target, observed)
    verdict = Verdict.MET if met else Verdict.NOT_MET
    reason = f"{_told(observed)} mot {target.text}{f': {_told(against)}' if against else ''}."
    return Judgement(verdict, reason, verdict.value, target, observed, distance)


def _told(observed: Observed) -> str:
    preliminary = ", preliminärt" if observed.preliminary else ""
    return f"{format_decimal(observed.value)} ({observed.period.label}{preliminary})"


def _compared(
    target: TargetFact, observed: Observed, series: Sequence[Observed], references: Sequence[Observed]
) -> Observed | None:
    """The outcome that a relative target compares with, None when there is none or the target is absolute."""
    if target.kind in ("keep", "decrease", "increase"):
        return comparable(series, observed)
    return comparable(references, observed, before=False) if target.kind == "reference" else None


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
    target: TargetFact, direction: Direction, bare_by_direction: bool, against: Observed | None
) -> _Bound | str:
    """The comparison the target asks for, or "code:why it cannot be made"."""
    if target.kind in ("keep", "decrease", "increase"):
        if against is None or against.value is None:
            return "no_earlier:Inget tidigare jämförbart utfall finns att jämföra med."
        kinds = {"decrease": "lt", "increase": "gt"}
        keep = {Direction.UP: "ge", Direction.DOWN: "le", Direction.NONE: "eq"}[direction]
        return _Bound(kinds.get(target.kind, keep), against.value)
    if target.kind == "reference":
        if against is None or against.value is None:
            return f"no_reference:Jämförelsevärdet ”{target.reference}” saknas."
        return _Bound(target.comparator or "ge", against.value)
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
        "hidden": f"Utfallet för {observed.period.label} visas inte: det gäller för få personer.",
    }
    return reasons.get(observed.status, f"Utfall för {observed.period.label} saknas.")


def disagrees(judgement: Judgement, reported: str) -> bool:
    """Whether the reporter departed from the rule. An empty report follows the rule."""
    return bool(reported) and reported != judgement.verdict.value


def reported_met(judgement: Judgement, reported: str) -> bool:
    """Whether the target counts as met in the report: what the reporter says, else what the rule says."""
    return (reported or judgement.verdict.value) == Verdict.MET.value
