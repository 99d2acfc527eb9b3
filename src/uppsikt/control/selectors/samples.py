"""Reading samples: the draws, what each drawn row was found to be, and the counts for the result."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from uppsikt.control.models import Control, ControlMeasure, Occasion, SampleDraw, SampleItem, SampleVerdict
from uppsikt.control.rules.figures import PartInput
from uppsikt.control.rules.sampling import SampleCounts, counted
from uppsikt.control.rules.words import MeasureKind
from uppsikt.control.selectors.control_rows import measures_of
from uppsikt.history.superseding import not_removed

COUNTED = (MeasureKind.SAMPLE.value, MeasureKind.SHARE.value)
"""The kinds of measure that a sample gives figures to."""
_RELATED = (
    "body",
    "file",
    "occasion__control__item__body",
    "occasion__control__group",
    "occasion__retest_of",
)
_SUGGESTED = 12


@dataclass(frozen=True, slots=True)
class JudgedItem:
    """A drawn row with what it was found to be; `verdict` None: not checked yet."""

    item: SampleItem
    verdict: SampleVerdict | None


def draw(pk: int) -> SampleDraw | None:
    """The draw, removed or not."""
    return SampleDraw.objects.select_related(*_RELATED).filter(pk=pk).first()


def item(found: SampleDraw, row: int) -> SampleItem | None:
    """The drawn row with this number in the list; None when it was not drawn."""
    return (
        SampleItem.objects.select_related(*(f"draw__{name}" for name in _RELATED))
        .filter(draw=found, row=row)
        .first()
    )


def draws(
    *,
    occasions: Iterable[int] | None = None,
    bodies: Iterable[str] | None = None,
    moment: dt.datetime | None = None,
    removed: bool = False,
) -> QuerySet[SampleDraw]:
    """Draws, the latest first, as they stood at `moment`.

    Args: occasions: of these only. bodies: of these only. removed: those that had been taken out too.
    """
    rows = SampleDraw.objects.select_related(*_RELATED)
    if moment is not None:
        rows = rows.filter(drawn_at__lte=moment)
    if not removed:
        rows = rows.filter(not_removed(moment))
    if occasions is not None:
        rows = rows.filter(occasion_id__in=list(occasions))
    return rows if bodies is None else rows.filter(body__key__in=list(bodies))


def same_list(found: SampleDraw) -> list[SampleDraw]:
    """Other draws from the same file in the body, removed ones too: so that nobody draws until it suits unseen."""
    rows = SampleDraw.objects.filter(file_id=found.file_id, body_id=found.body_id)
    return list(rows.exclude(pk=found.pk))


def judged_items(found: SampleDraw, moment: dt.datetime | None = None) -> list[JudgedItem]:
    """The drawn rows in the order of the list, with what each was found to be at `moment`. Two queries."""
    verdicts = {
        row.item_id: row for row in SampleVerdict.objects.all().as_of(moment).filter(item__draw=found)
    }
    return [JudgedItem(row, verdicts.get(row.pk)) for row in SampleItem.objects.filter(draw=found)]


def verdict_of(found: SampleItem) -> SampleVerdict | None:
    """What the drawn row is found to be now; None when it has not been checked."""
    return SampleVerdict.objects.all().current().filter(item=found).first()


def version_of(found: SampleVerdict | None) -> str:
    """What a form over a row started from: the same as long as nobody has judged the row anew."""
    return str(found.pk) if found else ""


def counts_for(found: Iterable[SampleDraw], moment: dt.datetime | None = None) -> Mapping[int, SampleCounts]:
    """The counts of several draws, by the draw's id. One query."""
    sizes = {row.pk: row.size for row in found}
    told: dict[int, list[tuple[bool, list[str]]]] = defaultdict(list)
    rows = SampleVerdict.objects.all().as_of(moment).filter(item__draw_id__in=list(sizes))
    for draw_id, faulty, faults in rows.values_list("item__draw_id", "faulty", "faults"):
        told[draw_id].append((faulty, faults))
    return {pk: counted(size, told[pk]) for pk, size in sizes.items()}


def countable(control: Control) -> list[ControlMeasure]:
    """The control's measures that a sample can give figures to, in order."""
    return [row for row in measures_of(control) if row.kind in COUNTED]


def proposed_parts(occasion: Occasion, moment: dt.datetime | None = None) -> dict[str, PartInput]:
    """What the occasion's finished draws give, by measure: several draws for the same measure are added up.

    A draw without a measure of its own is for the control's only one, where it has only one. A measure with a draw
    that is not finished is left out. At most three queries.
    """
    found = list(draws(occasions=[occasion.pk], moment=moment))
    if not found:
        return {}
    known = [row.key for row in countable(occasion.control)]
    counts = counts_for(found, moment)
    by_measure: dict[str, list[SampleCounts]] = defaultdict(list)
    for row in found:
        measure = row.measure or (known[0] if len(known) == 1 else "")
        if measure in known:
            by_measure[measure].append(counts[row.pk])
    return {
        measure: _together(listed)
        for measure, listed in by_measure.items()
        if all(one.done for one in listed)
    }


def fault_kinds(found: SampleDraw) -> list[str]:
    """Kinds of fault that have been used in the draw and in the body's other draws, the latest first."""
    rows = SampleVerdict.objects.filter(item__draw__body_id=found.body_id).exclude(faults=[])
    if found.occasion is not None:
        rows = rows.filter(item__draw__occasion__control_id=found.occasion.control_id)
    latest = rows.order_by("-recorded_at").values_list("faults", flat=True)[:200]
    return list(dict.fromkeys(kind for faults in latest for kind in faults))[:_SUGGESTED]


def subject(found: SampleDraw) -> str:
    """What the history calls the draw."""
    return f"sample:{found.pk}"


def _together(listed: Iterable[SampleCounts]) -> PartInput:
    checked = faulty = 0
    kinds: dict[str, int] = {}
    for one in listed:
        checked, faulty = checked + one.checked, faulty + one.faulty
        for kind, count in one.faults:
            kinds[kind] = kinds.get(kind, 0) + count
    ranked = sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    return PartInput(
        checked=checked, faulty=faulty, faults=[{"kind": kind, "count": count} for kind, count in ranked]
    )
