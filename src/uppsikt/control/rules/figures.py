"""What a control's figures say: shares, what thresholds make of them, totals over committees, change since last time.

Every share is exact. Rounding is for print, and judging is done before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from uppsikt.control.rules.words import MeasureKind
from uppsikt.kernel.numbers import NBSP, decimals_of, format_decimal, round_half_away

APPROVED, DEFICIENT, FAILED = "approved", "deficient", "failed"
WORST_FIRST = (FAILED, DEFICIENT, APPROVED)
MNKR_ORE = 100_000_000
BETTER, UNCHANGED, WORSE = "better", "unchanged", "worse"
MORE, FEWER = "more", "fewer"
CHANGE_WORDS: Mapping[str, str] = {
    BETTER: "bättre",
    UNCHANGED: "oförändrat",
    WORSE: "sämre",
    MORE: "fler",
    FEWER: "färre",
}


class Thresholds(Protocol):
    """The limits of a measure, in percent."""

    approved_from: Decimal | None
    deficient_from: Decimal | None
    above: bool


class Part(Protocol):
    """The figures of a measure, stored or given."""

    @property
    def value(self) -> Decimal | None:
        """Percent as reported."""

    @property
    def checked(self) -> int | None:
        """How many were checked."""

    @property
    def faulty(self) -> int | None:
        """How many of them were faulty."""

    @property
    def count(self) -> int | None:
        """How many there were."""

    @property
    def extra_count(self) -> int | None:
        """How many beside those."""

    @property
    def extra_text(self) -> str:
        """What those are."""

    @property
    def total_ore(self) -> int | None:
        """The amount, in öre."""

    @property
    def outside_ore(self) -> int | None:
        """What of it lies outside, in öre."""


@dataclass(frozen=True, slots=True)
class PartInput:
    """The figures of a measure as they are reported. Percent in `value`, öre in amounts; None: not reported.

    `faults`: kinds of fault, {"kind": text, "count": number}.
    """

    value: Decimal | None = None
    checked: int | None = None
    faulty: int | None = None
    count: int | None = None
    extra_count: int | None = None
    extra_text: str = ""
    total_ore: int | None = None
    outside_ore: int | None = None
    faults: Sequence[Mapping[str, Any]] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is reported."""
        return self == PartInput()


def as_input(part: Any) -> PartInput:
    """The figures that stand, as they would be reported again."""
    return PartInput(**{field.name: getattr(part, field.name) for field in fields(PartInput)})


def from_counts(part: Part) -> Fraction | None:
    """Percent right of those checked: exact. None when the counts are not known, or nothing was checked."""
    if part.checked is None or part.faulty is None or part.checked == 0:
        return None
    return Fraction(100 * (part.checked - part.faulty), part.checked)


def from_amounts(part: Part) -> Fraction | None:
    """Percent of the amount that lies within: exact. None when the amounts are not known, or there was none."""
    if part.total_ore is None or part.outside_ore is None or part.total_ore == 0:
        return None
    return Fraction(100 * (part.total_ore - part.outside_ore), part.total_ore)


def share(part: Part) -> Fraction | None:
    """CONTROL-1: the share in percent: from counts or amounts where they are known, else as it was reported."""
    computed = from_counts(part)
    if computed is None:
        computed = from_amounts(part)
    if computed is not None:
        return computed
    return None if part.value is None else Fraction(part.value)


def judge(share: Fraction | Decimal | None, measure: Thresholds) -> str | None:
    """CONTROL-2: what the thresholds make of an unrounded share. 94.96 is under a limit of 95, whatever is printed.

    Returns: "approved", "deficient" or "failed"; None without a share or a limit. Without a lower limit what is not
        approved is deficient.
    """
    if share is None or measure.approved_from is None:
        return None
    value, limit = Fraction(share), Fraction(measure.approved_from)
    if value > limit or (value == limit and not measure.above):
        return APPROVED
    if measure.deficient_from is None or value >= Fraction(measure.deficient_from):
        return DEFICIENT
    return FAILED


def worst(verdicts: Iterable[str | None]) -> str | None:
    """CONTROL-3: the verdict on a control of several measures: the worst of them.

    Args: verdicts: one for each measure that has limits; None where its share is not known.
    Returns: None when there is none, or when one that is not known could make it worse.
    """
    given = list(verdicts)
    known = [one for one in given if one is not None]
    found = min(known, key=WORST_FIRST.index, default=None)
    return found if found == FAILED or len(known) == len(given) else None


def verdict(shares: Mapping[str, Fraction | None], measures: Iterable[Any]) -> str | None:
    """What the thresholds of a control's measures propose, given the share of each by the measure's key."""
    return worst(
        judge(shares.get(measure.key), measure) for measure in measures if measure.approved_from is not None
    )


def total(parts: Iterable[Part], kind: str) -> PartInput | None:
    """CONTROL-4: the parts together: what was counted is added up, and the share is that of the sums.

    Args: parts: those that have been reported. kind: a `MeasureKind`.
    Returns: None when a part has no counts (or amounts): percentages are never averaged.
    """
    listed = list(parts)
    if not listed:
        return None
    if kind == MeasureKind.COUNT:
        if any(part.count is None for part in listed):
            return None
        extras = [part.extra_count for part in listed if part.extra_count is not None]
        texts = dict.fromkeys(part.extra_text for part in listed if part.extra_text)
        return PartInput(
            count=_sum(part.count for part in listed),
            extra_count=sum(extras) if extras else None,
            extra_text=", ".join(texts),
        )
    if kind == MeasureKind.AMOUNT_SHARE:
        if any(part.total_ore is None or part.outside_ore is None for part in listed):
            return None
        return PartInput(
            total_ore=_sum(part.total_ore for part in listed),
            outside_ore=_sum(part.outside_ore for part in listed),
        )
    if any(part.checked is None or part.faulty is None for part in listed):
        return None
    return PartInput(
        checked=_sum(part.checked for part in listed), faulty=_sum(part.faulty for part in listed)
    )


def _sum(values: Iterable[int | None]) -> int:
    return sum(value for value in values if value is not None)


def change(now: Part, before: Part, kind: str) -> str | None:
    """CONTROL-5: how the figures have changed. A share is better when higher; a count is only more or fewer.

    Where a share was reported, that figure is compared, and both as precisely as it was told.
    Returns: None when one of them says nothing.
    """
    if kind == MeasureKind.COUNT:
        if now.count is None or before.count is None:
            return None
        difference = Fraction(now.count - before.count)
        return UNCHANGED if not difference else MORE if difference > 0 else FEWER
    shares = [share(part) if part.value is None else Fraction(part.value) for part in (now, before)]
    if shares[0] is None or shares[1] is None:
        return None
    coarse = [decimals_of(part.value) for part in (now, before) if part.value is not None]
    if coarse:
        rounded = [round_half_away(as_decimal(one), min(coarse)) for one in shares if one is not None]
        difference = Fraction(rounded[0] - rounded[1])
    else:
        difference = shares[0] - shares[1]
    return UNCHANGED if not difference else BETTER if difference > 0 else WORSE


def as_decimal(share: Fraction) -> Decimal:
    """An exact share as a decimal figure, for print: far more decimals than anyone shows."""
    return Decimal(share.numerator) / Decimal(share.denominator)


def shown(part: Part, kind: str) -> str:
    """The figure in print: "68 %", "51,4 %", "8 + 127 placeringsärenden". As reported where that is known."""
    if kind == MeasureKind.COUNT:
        return count_text(part)
    if part.value is not None:
        return percent_text(Fraction(part.value), decimals_of(part.value))
    return percent_text(share(part))


def formula(part: Part, kind: str) -> str:
    """How a figure comes about, in words: empty where it was only reported."""
    if kind == MeasureKind.COUNT:
        return ""
    if from_counts(part) is not None and part.checked is not None and part.faulty is not None:
        return f"({part.checked} − {part.faulty}) / {part.checked}"
    if from_amounts(part) is not None and part.total_ore is not None and part.outside_ore is not None:
        total, outside = (format_decimal(Decimal(ore) / 100, 0) for ore in (part.total_ore, part.outside_ore))
        return f"({total} − {outside}) / {total} kronor"
    return "som rapporterat"


def mnkr_text(ore: int) -> str:
    """An amount in millions of kronor, with at most two decimals and no needless zeros."""
    millions = as_decimal(Fraction(ore, MNKR_ORE))
    return format_decimal(millions, min(decimals_of(millions.normalize()), 2))


def percent_text(share: Fraction | None, decimals: int = 0) -> str:
    """A share in print; an en dash when there is none."""
    return format_decimal(None) if share is None else f"{format_decimal(as_decimal(share), decimals)}{NBSP}%"


def count_text(part: Part) -> str:
    """A count in print, with what comes beside it: "8 + 127 placeringsärenden"."""
    text = format_decimal(None if part.count is None else Decimal(part.count))
    if part.extra_count is None:
        return text
    return f"{text} + {format_decimal(Decimal(part.extra_count))} {part.extra_text}".rstrip()


def count_total_text(part: Part) -> str:
    """A total of counts in print, with what comes beside counted in within brackets: "101 (228)"."""
    text = format_decimal(None if part.count is None else Decimal(part.count))
    if part.count is None or part.extra_count is None:
        return text
    return f"{text} ({format_decimal(Decimal(part.count + part.extra_count))})"


def faults_of(part: PartInput) -> list[tuple[str, str, str]]:
    """What cannot be right in a measure's figures: (field, what, what to do)."""
    found = []
    if part.value is not None and not 0 <= part.value <= 100:
        found.append(("value", "andelen är inte mellan 0 och 100.", "Skriv andelen i procent."))
    for field, many in (
        ("checked", part.checked), ("faulty", part.faulty), ("count", part.count),
        ("extra_count", part.extra_count), ("total_ore", part.total_ore), ("outside_ore", part.outside_ore),
    ):  # fmt: skip
        if many is not None and many < 0:
            found.append((field, "talet är negativt.", "Skriv noll eller mer."))
    pairs = (
        ("faulty", part.faulty, part.checked, "antal fel", "antal kontrollerade"),
        ("outside_ore", part.outside_ore, part.total_ore, "det som ligger utanför", "beloppet"),
    )
    for field, few, whole, few_text, whole_text in pairs:
        if few is not None and whole is None:
            found.append((field, f"{few_text} står utan {whole_text}.", "Fyll i båda."))
        elif few is not None and whole is not None and few > whole:
            found.append((field, f"{few_text} är mer än {whole_text}.", "Rätta något av dem."))
    if part.extra_count is not None and part.count is None:
        found.append(("count", "antalet saknas.", "Skriv antalet, noll om det inte fanns några."))
    if part.extra_text and part.extra_count is None:
        found.append(("extra_count", "antalet därutöver saknas.", "Skriv hur många de är."))
    return found
