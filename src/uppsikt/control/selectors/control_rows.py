"""Controls, their measures and occasions as rows: for actions, forms and export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from uppsikt.control.models import (
    Control,
    ControlMeasure,
    ControlResult,
    GroupControl,
    GroupPart,
    GroupResult,
    Occasion,
    ResultPart,
)
from uppsikt.control.rules.words import MeasureKind, RowsOf
from uppsikt.followup.selectors import Item
from uppsikt.history import selectors as history
from uppsikt.history.superseding import not_removed

TOTAL = "total"
"""The measure of the total where the rows of a group-wide control are categories."""


def groups(
    year: int | None = None, moment: dt.datetime | None = None, *, removed: bool = False
) -> QuerySet[GroupControl]:
    """Group-wide controls in their order, of one year or of all: those that stood at `moment`, or have been taken out."""
    wanted = Q(removed_at__isnull=False) if removed else not_removed(moment)
    rows = GroupControl.objects.filter(wanted).select_related("body", "year")
    return rows if year is None else rows.filter(year_id=year)


def group(key: str) -> GroupControl | None:
    """The group-wide control with this key, removed or not."""
    return GroupControl.objects.select_related("body", "year").filter(key=key).first()


def controls(
    year: int | None = None, bodies: Iterable[str] | None = None, moment: dt.datetime | None = None
) -> QuerySet[Control]:
    """Controls that stood at `moment`, in their order, with all that tells of them. None: every year, every body, now."""
    rows = Control.objects.filter(not_removed(moment, "item__")).select_related(
        "item__body", "item__unit", "item__responsible", "group__body", "risk", "performer", "reviewer"
    )
    if year is not None:
        rows = rows.filter(item__year_id=year)
    return rows if bodies is None else rows.filter(item__body__key__in=list(bodies))


def control(key: str) -> Control | None:
    """The control with this key, removed or not."""
    rows = Control.objects.select_related(
        "item__body", "item__unit", "item__responsible", "group__body", "risk", "performer", "reviewer"
    )
    return rows.filter(item__key=key).first()


def controls_of(found: GroupControl) -> QuerySet[Control]:
    """The committees' parts of a group-wide control, in order."""
    return (
        controls(found.year_id)
        .filter(group=found)
        .order_by("item__position", "item__body__position", "item__key")
    )


def measures_of(found: Control) -> list[ControlMeasure]:
    """What a control's result is made of: the group-wide control's measures, then its own."""
    rows = ControlMeasure.objects.filter(removed_at__isnull=True)
    own = Q(control=found)
    listed = rows.filter(own | Q(group_id=found.group_id) if found.group_id else own)
    return sorted(listed, key=lambda row: (row.group_id is None, row.position, row.key))


def group_measures(found: GroupControl) -> list[ControlMeasure]:
    """The measures of a group-wide control."""
    return list(ControlMeasure.objects.filter(removed_at__isnull=True, group=found))


def columns_of(found: GroupControl, listed: Sequence[ControlMeasure]) -> list[ControlMeasure]:
    """The columns of a group-wide control's table: its measures; but one where they are its rows, the categories."""
    if found.rows_of != RowsOf.CATEGORY or len(listed) < 2:
        return list(listed)
    first = listed[0]
    label = first.unit_text or MeasureKind(first.kind).label
    column = ControlMeasure(group=found, key=TOTAL, label=label[:1].upper() + label[1:], kind=first.kind)
    column.unit_text = first.unit_text
    return [column]


def measures(group_ids: Iterable[int], control_ids: Iterable[int]) -> QuerySet[ControlMeasure]:
    """The measures of some group-wide controls and of some controls, in order."""
    wanted = Q(group_id__in=list(group_ids)) | Q(control_id__in=list(control_ids))
    return ControlMeasure.objects.filter(wanted, removed_at__isnull=True)


def occasions(control_ids: Iterable[int], moment: dt.datetime | None = None) -> QuerySet[Occasion]:
    """The occasions of some controls that stood at `moment`, retests too, each with the deficiency it tests."""
    rows = Occasion.objects.filter(not_removed(moment), control_id__in=list(control_ids))
    return rows.select_related("retest_of")


def occasion(pk: int) -> Occasion | None:
    """The occasion, removed or not."""
    rows = Occasion.objects.select_related("control__item__body", "control__group__body", "retest_of")
    return rows.filter(pk=pk).first()


def result_of(found: Occasion) -> ControlResult | None:
    """What stands of an occasion's result in words."""
    return ControlResult.objects.all().current().filter(occasion=found).first()


def parts_of(found: Occasion) -> dict[str, ResultPart]:
    """What stands of an occasion's figures, by measure."""
    return {row.measure: row for row in ResultPart.objects.all().current().filter(occasion=found)}


def group_result(found: GroupControl, period: str) -> GroupResult | None:
    """What stands of what is said of a group-wide control as a whole for a period."""
    return GroupResult.objects.all().current().filter(group=found, period=period).first()


def group_parts(found: GroupControl, period: str) -> dict[str, GroupPart]:
    """What stands of the totals reported for a period, by measure."""
    rows = GroupPart.objects.all().current().filter(group=found, period=period)
    return {row.measure: row for row in rows}


def keys() -> set[str]:
    """Every key that something followed up has."""
    return set(Item.objects.values_list("key", flat=True))


def group_keys() -> set[str]:
    """Every key that a group-wide control has, removed ones too."""
    return set(GroupControl.objects.values_list("key", flat=True))


def last_position(year: int, body: str) -> int:
    """The place of a body's last control in a year; 0 when it has none."""
    listed = controls(year, [body]).values_list("item__position", flat=True)
    return max(listed, default=0)


def name_of(found: Control) -> str:
    """What a control is called: by its own name, else the group-wide control's."""
    return found.name or (found.group.name if found.group else "")


def frequency_of(found: Control) -> str:
    """How often a control is made, by itself or as the group-wide control."""
    return found.frequency or (found.group.frequency if found.group else "")


def subject(found: Control | GroupControl) -> str:
    """What the history calls it."""
    return f"group_control:{found.key}" if isinstance(found, GroupControl) else f"control:{found.item.key}"


def version_of(found: Control | GroupControl) -> str:
    """What a form started from: the same as long as nobody has changed anything of it. One query."""
    event = history.about(subject(found)).first()
    return str(event.sequence) if event else ""
