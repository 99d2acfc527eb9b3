"""A group-wide control: every committee side by side for a period, with totals from the parts and what was said."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from uppsikt.control.models import (
    Control,
    ControlMeasure,
    ControlResult,
    GroupControl,
    GroupPart,
    GroupResult,
)
from uppsikt.control.rules import figures, occasions
from uppsikt.control.rules.figures import DEFICIENT, FAILED, Part, PartInput
from uppsikt.control.rules.words import MeasureKind, RowsOf
from uppsikt.control.selectors import control_rows as rows
from uppsikt.control.selectors.control_rows import TOTAL
from uppsikt.control.selectors.controls import ControlFacts, OccasionFacts, facts_of, known
from uppsikt.cycle.selectors import Round
from uppsikt.history import selectors as history
from uppsikt.kernel import clock
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.selectors import Body

PARTS, REPORTED = "parts", "reported"


@dataclass(frozen=True, slots=True)
class Total:
    """All rows together, for a measure. Percent for shares, a number for counts; exact.

    `of`: where the total comes from: "parts" when the rows give it, "reported" when it is only known as it was
    reported, empty when there is none. `figures`: the rows' counts added up. `stated`: the total that was reported.
    `rows`: how many rows are in it.
    """

    computed: Fraction | None = None
    reported: Fraction | None = None
    of: str = ""
    figures: PartInput | None = None
    stated: GroupPart | None = None
    rows: int = 0
    verdict: str | None = None

    @property
    def part(self) -> Part | None:
        """The figures that count: those of the rows where they give a total, else those reported."""
        return self.figures if self.of == PARTS else self.stated

    @property
    def value(self) -> Fraction | None:
        """The total."""
        return self.computed if self.of == PARTS else self.reported


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A committee's (unit's, category's) part. `parts` and `shares` are of this row, by the table's measures."""

    control: Control
    facts: ControlFacts
    name: str
    body: Body
    occasion: OccasionFacts | None = None
    parts: Mapping[str, Part] = field(default_factory=dict)
    previous_parts: Mapping[str, Part] = field(default_factory=dict)
    shares: Mapping[str, Fraction | None] = field(default_factory=dict)
    verdict: str | None = None
    changes: Mapping[str, str] = field(default_factory=dict)

    @property
    def reported(self) -> bool:
        """Whether there is a result for the period."""
        return self.occasion is not None and self.occasion.done

    @property
    def judgement(self) -> str:
        """The step of the result; empty when none or freely put."""
        return self.occasion.judgement if self.occasion else ""

    @property
    def previous(self) -> OccasionFacts | None:
        """The row's result before."""
        return self.occasion.previous if self.occasion else None

    @property
    def recommended(self) -> bool:
        """Whether it is below the threshold for approved, so that it should be recommended to act.

        Without thresholds what it was found to be decides; what was freely put says nothing.
        """
        found = self.verdict or self.judgement
        return self.reported and found in (DEFICIENT, FAILED)

    @property
    def evidence(self) -> int:
        """How many files prove it."""
        return self.occasion.evidence if self.occasion else 0


@dataclass(frozen=True, slots=True)
class GroupTable:
    """A group-wide control for a period. `periods`: all that anything is known of, in time order."""

    group: GroupControl
    period: str
    measures: tuple[ControlMeasure, ...]
    rows: tuple[GroupRow, ...]
    totals: Mapping[str, Total]
    result: GroupResult | None = None
    previous_period: str = ""
    previous_totals: Mapping[str, Total] = field(default_factory=dict)
    periods: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The period in words, as the rows print it where they agree."""
        texts = {row.occasion.occasion.period_text for row in self.rows if row.occasion}
        return occasions.label(self.period, texts.pop() if len(texts) == 1 else "") if self.period else ""

    @property
    def missing(self) -> tuple[GroupRow, ...]:
        """Rows without a result."""
        return tuple(row for row in self.rows if not row.reported)

    @property
    def recommended(self) -> tuple[GroupRow, ...]:
        """Rows below the threshold for approved."""
        return tuple(row for row in self.rows if row.recommended)

    @property
    def verdict(self) -> str | None:
        """What the thresholds give for the totals."""
        judged = [one.key for one in self.measures if one.approved_from is not None]
        return figures.worst(self.totals[key].verdict for key in judged if key in self.totals)

    @property
    def judgement(self) -> str:
        """The step of the whole: as reported, else by the thresholds; empty when freely put, or neither."""
        if self.result and (self.result.judgement or self.result.judgement_text):
            return self.result.judgement
        return self.verdict or ""

    @property
    def changes(self) -> dict[str, str]:
        """How each measure's total has changed since the period before, where that can be told."""
        found = {}
        for measure in self.measures:
            word = total_change(self.totals[measure.key], self.previous_totals.get(measure.key), measure.kind)
            if word is not None:
                found[measure.key] = word
        return found


def total_change(now: Total, before: Total | None, kind: str) -> str | None:
    """How a total has changed; None also when it is of fewer or more rows than before, so that they cannot be compared."""
    if before is None or now.part is None or before.part is None:
        return None
    if now.of == before.of == PARTS and now.rows != before.rows:
        return None
    return figures.change(now.part, before.part, kind)


def group_table(group: GroupControl, period: str = "", moment: dt.datetime | None = None) -> GroupTable:
    """A group-wide control's rows for a period (empty: the latest with a result), as known at `moment` (None: now)."""
    return group_tables([group], {group.pk: period}, moment)[0]


def period_known(
    groups: Sequence[GroupControl], round_: Round | None, moment: dt.datetime | None = None
) -> dict[int, str]:
    """The latest period with a result that was known at a round, by the control's id; those without are left out."""
    rows_ = (
        ControlResult.objects.all()
        .as_of(moment)
        .filter(
            occasion__control__group__in=groups,
            occasion__retest_of__isnull=True,
            occasion__removed_at__isnull=True,
        )
    )
    found: dict[int, str] = {}
    for row in rows_.select_related("round", "occasion__control"):
        pk, period = row.occasion.control.group_id, row.occasion.period
        if pk is None or not known(row, period, round_):
            continue
        found[pk] = max(found.get(pk, period), period, key=occasions.order)
    return found


def group_tables(
    groups: Sequence[GroupControl],
    periods: Mapping[int, str] | None = None,
    moment: dt.datetime | None = None,
) -> list[GroupTable]:
    """As `group_table` for several of one year. A fixed number of queries.

    Args: periods: the period asked for, by the group-wide control's id.
    """
    if not groups:
        return []
    year = groups[0].year_id
    listed = rows.controls(year, None, moment).filter(group__in=groups)
    listed = listed.order_by("item__position", "item__body__position", "item__key")
    controls = history.those_begun(listed, rows.subject, moment)
    facts = facts_of(controls, year, None, moment)
    before = {
        one.previous.occasion.control.group_id
        for held in facts
        for one in held.occasions
        if one.previous is not None
    }
    wanted = {group.pk for group in groups} | {pk for pk in before if pk is not None}
    stated: dict[tuple[int, str], dict[str, GroupPart]] = {}
    for part in GroupPart.objects.all().as_of(moment).filter(group_id__in=wanted):
        stated.setdefault((part.group_id, part.period), {})[part.measure] = part
    results = {
        (row.group_id, row.period): row
        for row in GroupResult.objects.all().as_of(moment).filter(group_id__in=wanted).select_related("round")
    }
    own: dict[int, list[ControlMeasure]] = {}
    for measure in rows.measures([group.pk for group in groups], []):
        own.setdefault(measure.group_id or 0, []).append(measure)
    names = _Names()
    tables = []
    for group in groups:
        held = [one for one in facts if one.control.group_id == group.pk]
        said = {key: parts for key, parts in stated.items() if key[0] == group.pk}
        told = [code for pk, code in results if pk == group.pk]
        tables.append(
            _table(
                group,
                own.get(group.pk, []),
                held,
                (periods or {}).get(group.pk, ""),
                [*told, *(code for _pk, code in said)],
                stated,
                results,
                names,
            )
        )
    return tables


class _Names:
    """What bodies and units are called, read once."""

    def __init__(self) -> None:
        today = clock.today()
        self.bodies = organisation.body_names(today)
        self.units = organisation.unit_names(today)

    def row(self, group: GroupControl, control: Control) -> str:
        """What a row is called: its own label, else the unit or the body."""
        if control.label:
            return control.label
        unit = control.item.unit
        if group.rows_of == RowsOf.UNIT and unit is not None:
            return self.units.get(unit.key, unit.key)
        key = control.item.body.key
        return self.bodies.get(key, key)


def _table(
    group: GroupControl,
    measures: list[ControlMeasure],
    facts: Sequence[ControlFacts],
    asked: str,
    told: Iterable[str],
    stated: Mapping[tuple[int, str], Mapping[str, GroupPart]],
    results: Mapping[tuple[int, str], GroupResult],
    names: _Names,
) -> GroupTable:
    shown = {one.occasion.period for held in facts for one in held.occasions if not one.occasion.retest_of_id}
    done = {
        one.occasion.period
        for held in facts
        for one in held.occasions
        if one.done and not one.occasion.retest_of_id
    } | set(told)
    codes = sorted(shown | done, key=occasions.order)
    period = asked or max(done, key=occasions.order, default=codes[0] if codes else "")
    columns = tuple(rows.columns_of(group, measures))
    by_category = columns != tuple(measures)
    listed = [row for held in facts for row in _rows(group, held, period, measures, names, by_category)]
    before = _before(group, listed, period, told)
    earlier = [
        row.previous_parts
        for row in listed
        if row.previous is not None and row.previous.occasion.period == before[1]
    ]
    return GroupTable(
        group=group,
        period=period,
        measures=columns,
        rows=tuple(listed),
        totals={
            one.key: _total(one, [r.parts for r in listed if r.reported], stated.get((group.pk, period), {}))
            for one in columns
        },
        result=results.get((group.pk, period)),
        previous_period=before[1],
        previous_totals={one.key: _total(one, earlier, stated.get(before, {})) for one in columns}
        if before[1]
        else {},
        periods=tuple(codes),
    )


def _rows(
    group: GroupControl,
    held: ControlFacts,
    period: str,
    measures: Sequence[ControlMeasure],
    names: _Names,
    by_category: bool,
) -> Iterable[GroupRow]:
    """A control's row; or, where rows are categories, one for each of its measures."""
    found = next(
        (one for one in held.occasions if one.occasion.period == period and not one.occasion.retest_of_id),
        None,
    )
    now: Mapping[str, Part] = found.parts if found else {}
    before: Mapping[str, Part] = found.previous.parts if found and found.previous else {}
    if not by_category:
        yield GroupRow(
            control=held.control,
            facts=held,
            name=names.row(group, held.control),
            body=held.item.body,
            occasion=found,
            parts=now,
            previous_parts=before,
            shares=found.shares if found else {},
            verdict=found.verdict if found else None,
            changes=found.changes(measures) if found else {},
        )
        return
    for measure in measures:
        part, last = now.get(measure.key), before.get(measure.key)
        word = figures.change(part, last, measure.kind) if part and last else None
        value = figures.share(part) if part else None
        yield GroupRow(
            control=held.control,
            facts=held,
            name=measure.label,
            body=held.item.body,
            occasion=found,
            parts={TOTAL: part} if part else {},
            previous_parts={TOTAL: last} if last else {},
            shares={TOTAL: value},
            verdict=figures.judge(value, measure),
            changes={TOTAL: word} if word else {},
        )


def _before(
    group: GroupControl, listed: Sequence[GroupRow], period: str, told: Iterable[str]
) -> tuple[int, str]:
    """Which totals the period is compared with: those of most rows' result before, else of what was said before."""
    last = Counter(
        (row.previous.occasion.control.group_id or group.pk, row.previous.occasion.period)
        for row in listed
        if row.previous is not None
    )
    if last:
        return last.most_common(1)[0][0]
    earlier = [code for code in told if occasions.order(code) < occasions.order(period)]
    return group.pk, max(earlier, key=occasions.order, default="")


def _total(
    measure: ControlMeasure, listed: Sequence[Mapping[str, Part]], stated: Mapping[str, GroupPart]
) -> Total:
    parts = [one[measure.key] for one in listed if measure.key in one]
    added, said = figures.total(parts, measure.kind), stated.get(measure.key)
    computed, reported = _value(added, measure.kind), _value(said, measure.kind)
    value = computed if computed is not None else reported
    judged = None if measure.kind == MeasureKind.COUNT else figures.judge(value, measure)
    return Total(
        computed=computed,
        reported=reported,
        of=PARTS if computed is not None else REPORTED if reported is not None else "",
        figures=added,
        stated=said,
        rows=len(parts),
        verdict=judged,
    )


def _value(part: Part | None, kind: str) -> Fraction | None:
    if part is None:
        return None
    if kind == MeasureKind.COUNT:
        return None if part.count is None else Fraction(part.count)
    return figures.share(part)
