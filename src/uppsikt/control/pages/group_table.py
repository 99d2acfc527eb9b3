"""The table and the picture of a group-wide control: a row each, what it was before, and the total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.control.pages import control_words as words
from uppsikt.control.rules import figures, occasions
from uppsikt.control.rules.figures import Part
from uppsikt.control.rules.words import MeasureKind
from uppsikt.control.selectors import ControlMeasure, ResultPart
from uppsikt.control.selectors.groups import GroupRow, GroupTable, Total, total_change
from uppsikt.cycle.rules.steering import Scale
from uppsikt.kernel.numbers import MISSING
from uppsikt.web.chart import Chart, Series
from uppsikt.web.parts import Action, Badge, Empty
from uppsikt.web.plots import bullet_chart
from uppsikt.web.tables import Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class Against:
    """What a table is put beside: the rows' results before, or another period of the same control."""

    table: GroupTable
    other: GroupTable | None

    @property
    def label(self) -> str:
        """What it is called; empty when there is nothing to compare with."""
        if self.other is not None:
            return self.other.label
        return occasions.label(self.table.previous_period) if self.table.previous_period else ""

    @property
    def totals(self) -> Mapping[str, Total]:
        """The totals of it."""
        return self.other.totals if self.other is not None else self.table.previous_totals

    def parts(self, row: GroupRow) -> Mapping[str, Part]:
        """The row's figures in it."""
        if self.other is None:
            return row.previous_parts
        same = (one for one in self.other.rows if one.control.pk == row.control.pk and one.name == row.name)
        found = next(same, None)
        return found.parts if found and found.reported else {}


def table_of(table: GroupTable, beside: Against, scale: Scale | None, *, may_set: bool) -> Table:
    """Every row with its figures, what they were before, the judgement, what is said, and the total last."""
    compare = bool(beside.label)
    evidence = any(row.evidence for row in table.rows)
    columns = [Column("name", _("Nämnd") if table.group.rows_of == "body" else _("Rad"))]
    for measure in table.measures:
        columns.append(Column(f"m-{measure.key}", measure.label, "num"))
        if compare:
            columns.append(Column(f"b-{measure.key}", beside.label[:1].upper() + beside.label[1:]))
    columns += [Column("judgement", _("Resultat")), Column("comment", _("Kommentar"), width="wide")]
    if evidence:
        columns.append(Column("evidence", _("Underlag"), "num"))
    rows = [_row(row, table, beside, scale, compare=compare, evidence=evidence) for row in table.rows]
    if rows:
        rows.append(_total(table, beside, scale, compare=compare, evidence=evidence))
    return Table(
        key="sida-vid-sida",
        caption=_("Alla sida vid sida, %(period)s") % {"period": table.label} if table.period else _("Alla sida vid sida"),
        columns=tuple(columns),
        rows=tuple(rows),
        dense=True,
        notes=tuple(_notes(table)) if rows else (),
        empty=Empty(
            _("Ingen nämnd gör kontrollen än"),
            _("Lägg ut kontrollen på nämnderna, så får var och en sin del att rapportera."),
            Action(_("Lägg ut på nämnder"), reverse("control:group_give", args=[table.group.key]), primary=True)
            if may_set
            else None,
            icon="columns-3",
        ),
    )  # fmt: skip


def _notes(table: GroupTable) -> list[str]:
    found = words.limits_notes(table.measures)
    for measure in table.measures:
        total = table.totals[measure.key]
        if total.of == "parts" and measure.kind != MeasureKind.COUNT:
            found.append(
                _("%(measure)s: totalen räknas på antalen i raderna, inte som medel av andelarna.")
                % {"measure": measure.label}
            )
        elif total.of == "reported":
            found.append(
                _("%(measure)s: totalen är som rapporterad, eftersom raderna saknar antal.")
                % {"measure": measure.label}
            )
        elif any(row.reported for row in table.rows):
            found.append(
                _("%(measure)s: ingen total, eftersom alla rader inte har antal och ingen är rapporterad.")
                % {"measure": measure.label}
            )
    if table.group.footnote:
        found.append(table.group.footnote)
    return found


def _row(
    row: GroupRow,
    table: GroupTable,
    beside: Against,
    scale: Scale | None,
    *,
    compare: bool,
    evidence: bool,
) -> Row:
    one, result = row.occasion, row.occasion.result if row.occasion else None
    cells = [
        Cell(
            row.name,
            badges=(Badge(_("Bör rekommenderas åtgärd"), "warn", "flag"),)
            if row.recommended and result is not None and not result.recommendation
            else (),
        )
    ]
    before = beside.parts(row)
    for measure in table.measures:
        part = row.parts.get(measure.key)
        cells.append(_figure(part, measure, row, one.occasion.pk if one else 0))
        if compare:
            cells.append(_before(part, before.get(measure.key), measure))
    if result is None:
        cells.append(Cell(_("Inte rapporterat än"), muted=True))
    else:
        departs = _departs(row, scale)
        cells.append(
            Cell(
                symbol=words.judgement_symbol(scale, row.judgement, result.judgement_text),
                departs=departs,
                sub=result.reason if departs else "",
            )
        )
    advice = result.recommendation if result else ""
    cells.append(
        Cell(
            lines=(
                *filter(None, (result.comment if result else "").splitlines()),
                *([_("Rekommendation: %(text)s") % {"text": advice}] if advice else []),
            )
        )
    )
    if evidence:
        cells.append(Cell(str(row.evidence) if row.evidence else MISSING, muted=not row.evidence))
    href = words.occasion_href(one.occasion.pk) if one else words.control_href(row.control.item.key)
    return Row(tuple(cells), href=href)


def _departs(row: GroupRow, scale: Scale | None) -> str:
    given = row.occasion.result.judgement if row.occasion and row.occasion.result else ""
    step = scale.step(row.verdict) if scale and row.verdict and given and given != row.verdict else None
    return _("gränserna ger %(step)s") % {"step": step.label.lower()} if step else ""


def _figure(part: Part | None, measure: ControlMeasure, row: GroupRow, occasion: int) -> Cell:
    if part is None:
        return Cell(MISSING if row.reported else "", muted=True)
    origin = None
    if isinstance(part, ResultPart):
        origin = words.figure_origin(part, measure, row.name, words.occasion_href(occasion))
    return Cell(words.figure_text(part, measure), origin=origin, sub=words.counts_text(part))


def _before(now: Part | None, before: Part | None, measure: ControlMeasure) -> Cell:
    if before is None:
        return Cell(MISSING, muted=True)
    word = figures.change(now, before, measure.kind) if now else None
    return Cell(trend=words.trend_of(word), sub=words.figure_text(before, measure))


def _total(table: GroupTable, beside: Against, scale: Scale | None, *, compare: bool, evidence: bool) -> Row:
    cells = [Cell(_("Totalt"))]
    for measure in table.measures:
        total = table.totals[measure.key]
        cells.append(
            Cell(
                words.total_text(total, measure),
                origin=words.total_origin(total, measure, _("totalt")),
                sub=words.total_words(total),
            )
        )
        if compare:
            last = beside.totals.get(measure.key)
            word = total_change(total, last, measure.kind)
            text = words.total_text(last, measure) if last else MISSING
            cells.append(Cell(trend=words.trend_of(word), sub=text))
    result = table.result
    cells.append(
        Cell(symbol=words.judgement_symbol(scale, table.judgement, result.judgement_text if result else ""))
    )
    cells.append(Cell())
    if evidence:
        cells.append(Cell(str(sum(row.evidence for row in table.rows))))
    return Row(tuple(cells), kind="total")


def chart_of(table: GroupTable, measure: ControlMeasure, beside: Against) -> Chart:
    """A bar for each row, the limit for approved as a tick, and what it was before as an outline."""
    rows = [row for row in table.rows if measure.key in row.parts]
    values = [_value(row.parts[measure.key], measure) for row in rows]
    before = [_value(part, measure) if (part := beside.parts(row).get(measure.key)) else None for row in rows]
    limit = measure.approved_from
    known = [(value, row.name) for value, row in zip(values, rows, strict=True) if value is not None]
    count = measure.kind == MeasureKind.COUNT
    unit = measure.unit_text or _("antal") if count else _("procent")
    lowest, highest = min(known, default=None), max(known, default=None)
    alt = measure.label
    if lowest and highest:
        alt = _("%(measure)s per rad. Lägst %(low)s, högst %(high)s.") % {
            "measure": measure.label,
            "low": lowest[1],
            "high": highest[1],
        }
    return bullet_chart(
        caption=", ".join(filter(None, (measure.label, table.label))),
        alt=alt,
        unit=str(unit),
        labels=[row.name for row in rows],
        outcome=Series(_("Antal") if count else _("Andel"), tuple(values)),
        budget=Series(_("Förra"), tuple(before)) if any(one is not None for one in before) else None,
        forecast=Series(_("Gräns"), (limit,) * len(rows)) if limit is not None else None,
        decimals=0,
    )


def _value(part: Part, measure: ControlMeasure) -> Decimal | None:
    if measure.kind == MeasureKind.COUNT:
        return None if part.count is None else Decimal(part.count)
    if part.value is not None:
        return part.value
    share = figures.share(part)
    return None if share is None else figures.as_decimal(share)
