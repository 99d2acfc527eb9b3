"""Writing controls: group-wide ones, the bodies' own, their measures and occasions."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from uppsikt.accounts.selectors import User
from uppsikt.control.models import (
    Control,
    ControlMeasure,
    ControlResult,
    Deficiency,
    GroupControl,
    Occasion,
    Risk,
)
from uppsikt.control.rules import occasions as occasion_rules
from uppsikt.control.rules.words import Frequency, MeasureKind, RowsOf
from uppsikt.control.selectors import control_rows as rows
from uppsikt.followup.actions import prepare_item
from uppsikt.followup.rules import ItemKind
from uppsikt.followup.selectors import Item
from uppsikt.history.actions import atomic, record
from uppsikt.history.changes import changed
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError, Problem, Where, refuse
from uppsikt.organisation.selectors import Body, Unit


@atomic
def save_group_control(
    *,
    key: str,
    year: int,
    body: Body,
    name: str,
    process: str = "",
    purpose: str = "",
    method: str = "",
    frequency: str = "",
    period_text: str = "",
    footnote: str = "",
    rows_of: str = RowsOf.BODY.value,
    position: int = 0,
    by: Actor,
) -> tuple[GroupControl, bool]:
    """Set up a group-wide control, or change one; one that was removed stands again.

    Args: body: the one with the duty of oversight, that sets it.
    Raises: InputError without a name, or for an unknown frequency or kind of rows.
    """
    problems = [*_frequency_problems(frequency), *_name_problems(name)]
    if rows_of not in set(RowsOf):
        problems.append(_unknown("rows_of", rows_of, RowsOf))
    if problems:
        raise InputError(*problems)
    group = GroupControl.objects.filter(key=key).first() or GroupControl(key=key)
    difference = changed(
        group,
        {
            "year_id": year,
            "body": body,
            "name": name.strip(),
            "process": process.strip(),
            "purpose": purpose.strip(),
            "method": method.strip(),
            "frequency": frequency,
            "period_text": period_text.strip(),
            "footnote": footnote.strip(),
            "rows_of": rows_of,
            "position": position,
        },
    )
    if not _stand(group, difference):
        return group, False
    _record(EventKind.GROUP_CONTROL_SAVED, group, by, difference)
    return group, True


@atomic
def remove_group_control(*, group: GroupControl, by: Actor) -> bool:
    """Take a group-wide control out. The committees' parts stay theirs. `save_group_control` puts it back."""
    return _take_out(group, EventKind.GROUP_CONTROL_REMOVED, group, by)


@atomic
def restore_group_control(*, group: GroupControl, by: Actor) -> bool:
    """Put a removed group-wide control back."""
    return _put_back(group, EventKind.GROUP_CONTROL_SAVED, group, by)


@atomic
def save_control(
    *,
    key: str,
    year: int,
    body: Body,
    name: str,
    group: GroupControl | None = None,
    risk: Risk | None = None,
    process: str = "",
    purpose: str = "",
    method: str = "",
    frequency: str = "",
    period_text: str = "",
    footnote: str = "",
    label: str = "",
    unit: Unit | None = None,
    responsible: User | None = None,
    performer: User | None = None,
    performer_text: str = "",
    reviewer: User | None = None,
    reviewer_text: str = "",
    deadline: dt.date | None = None,
    carried_over_from: Control | None = None,
    carried_from_year: int | None = None,
    origin_year: int | None = None,
    position: int = 0,
    by: Actor,
) -> tuple[Control, bool]:
    """Set up a body's control, or change one; one that was removed stands again.

    Args: group: the group-wide control it is a part of; what is left empty is then as there.
        carried_over_from: the same control in an earlier year, whose result this one's is compared with.
    Raises: InputError without a name of its own or of a group-wide control, for an unknown frequency, for a
        group-wide control or risk of another year, or when the key is something else's.
    """
    problems = [*_frequency_problems(frequency), *([] if group else _name_problems(name))]
    for field, other, word in (("group", group, "kontrollen"), ("risk", risk, "risken")):
        if other is not None and other.year_id != year:
            message = f"Den valda {word} hör till {other.year_id}, inte {year}."
            problems.append(Problem("year", Where(field=field), message, f"Välj en för {year}."))
    if Item.objects.filter(key=key).exclude(kind=ItemKind.CONTROL.value).exists():
        problems.append(
            Problem(
                "key", Where(field="key"), f"Nyckeln {key} är något annats.", "Ge kontrollen en egen nyckel."
            )
        )
    if problems:
        raise InputError(*problems)
    item, item_changes = prepare_item(
        key=key,
        kind=ItemKind.CONTROL,
        year=year,
        body=body,
        unit=unit,
        responsible=responsible,
        deadline=deadline,
        carried_over_from=carried_over_from.item if carried_over_from else None,
        carried_from_year=carried_from_year,
        origin_year=origin_year,
        position=position,
    )
    control = Control.objects.filter(item=item).first() or Control(item=item)
    difference: dict[str, Any] = changed(
        control,
        {
            "name": name.strip(),
            "group": group,
            "risk": risk,
            "process": process.strip(),
            "purpose": purpose.strip(),
            "method": method.strip(),
            "frequency": frequency,
            "period_text": period_text.strip(),
            "footnote": footnote.strip(),
            "label": label.strip(),
            "performer": performer,
            "performer_text": performer_text.strip(),
            "reviewer": reviewer,
            "reviewer_text": reviewer_text.strip(),
        },
    )
    if item.removed_at is not None:
        item.removed_at = None
        item.save(update_fields=["removed_at"])
        item_changes["removed"] = [True, False]
    if not difference and not item_changes:
        return control, False
    control.full_clean(exclude=["name"] if group else [])
    control.save()
    if "body" in item_changes:
        ControlResult.objects.filter(control=control).update(body=body)
    _record(EventKind.CONTROL_SAVED, control, by, difference | item_changes)
    return control, True


@atomic
def remove_control(*, control: Control, by: Actor) -> bool:
    """Take a control out of the body's year. Nothing is lost: `restore_control` puts it back."""
    return _take_out(control.item, EventKind.CONTROL_REMOVED, control, by)


@atomic
def restore_control(*, control: Control, by: Actor) -> bool:
    """Put a removed control back."""
    return _put_back(control.item, EventKind.CONTROL_SAVED, control, by)


@atomic
def save_measure(
    *,
    group: GroupControl | None = None,
    control: Control | None = None,
    key: str,
    label: str,
    kind: str,
    unit_text: str = "",
    approved_from: Decimal | None = None,
    deficient_from: Decimal | None = None,
    above: bool = False,
    position: int = 0,
    by: Actor,
) -> tuple[ControlMeasure, bool]:
    """Set a figure that a control's result is made of, with its limits (percent); a removed one stands again.

    Raises: InputError unless it is of a group-wide control or of a control; for an unknown kind, limits of a count,
        limits outside 0 to 100, a lower limit without or above the upper.
    """
    owner = group or control
    if owner is None or (group is not None and control is not None):
        raise refuse("owner", "Ett mått hör till en kontroll.", field="group")
    problems = _limit_problems(kind, approved_from, deficient_from)
    if not label.strip():
        problems.append(
            Problem("label", Where(field="label"), "Måttet saknar benämning.", "Skriv vad som mäts.")
        )
    if problems:
        raise InputError(*problems)
    measure = ControlMeasure.objects.filter(group=group, control=control, key=key).first() or ControlMeasure(
        group=group, control=control, key=key
    )
    difference = changed(
        measure,
        {
            "label": label.strip(),
            "kind": kind,
            "unit_text": unit_text.strip(),
            "approved_from": approved_from,
            "deficient_from": deficient_from,
            "above": above,
            "position": position,
        },
    )
    if not _stand(measure, difference):
        return measure, False
    _record(_saved(owner), owner, by, {"measure": key} | difference)
    return measure, True


@atomic
def remove_measure(*, measure: ControlMeasure, by: Actor) -> bool:
    """Take a figure out of a control's result. What has been reported of it is kept."""
    owner = measure.group or measure.control
    assert owner is not None
    return _take_out(measure, _saved(owner), owner, by, {"measure": measure.key, "removed": [False, True]})


@atomic
def save_occasion(
    *,
    control: Control,
    period: str,
    period_text: str = "",
    due: dt.date | None = None,
    position: int = 0,
    retest_of: Deficiency | None = None,
    by: Actor,
) -> tuple[Occasion, bool]:
    """Add a time that a control is made, or change one; one that was removed stands again.

    Args: period: a period's code, an ISO date or an ISO week.
    Raises: InputError when the period cannot be read.
    """
    code = _readable(period)
    occasion = Occasion.objects.filter(control=control, period=code, retest_of=retest_of).first()
    occasion = occasion or Occasion(control=control, period=code, retest_of=retest_of)
    difference = changed(occasion, {"period_text": period_text.strip(), "due": due, "position": position})
    if not _stand(occasion, difference):
        return occasion, False
    _record(
        EventKind.OCCASION_SAVED,
        control,
        by,
        {"period": code} | ({"retest_of": retest_of.key} if retest_of else {}) | difference,
    )
    return occasion, True


@atomic
def generate_occasions(*, control: Control, by: Actor) -> int:
    """Add the year's occasions by how often the control is made. Those there are, and those taken out, are left.

    Returns: how many were added.
    Raises: InputError when it is not said how often the control is made.
    """
    frequency = rows.frequency_of(control)
    if not frequency:
        raise refuse(
            "frequency",
            "Det står inte hur ofta kontrollen görs.",
            field="frequency",
            remedy="Ange det först, så kan årets tillfällen läggas upp.",
        )
    held = set(
        Occasion.objects.filter(control=control, retest_of__isnull=True).values_list("period", flat=True)
    )
    slots = occasion_rules.slots(frequency, control.item.year_id)
    new = [
        Occasion(control=control, period=slot.period, due=slot.due, position=number)
        for number, slot in enumerate(slots, start=1)
        if slot.period not in held
    ]
    if not new:
        return 0
    Occasion.objects.bulk_create(new, batch_size=200)
    _record(EventKind.OCCASION_SAVED, control, by, {"periods": [row.period for row in new]})
    return len(new)


@atomic
def remove_occasion(*, occasion: Occasion, by: Actor) -> bool:
    """Take an occasion out. What was reported of it is kept, and comes back with it."""
    return _take_out(occasion, EventKind.OCCASION_REMOVED, occasion.control, by, {"period": occasion.period})


@atomic
def restore_occasion(*, occasion: Occasion, by: Actor) -> bool:
    """Put a removed occasion back."""
    return _put_back(occasion, EventKind.OCCASION_SAVED, occasion.control, by, {"period": occasion.period})


def _stand(row: Any, difference: dict[str, Any]) -> bool:
    """Store what differs, and put back what was removed. Returns whether anything was written."""
    if row.removed_at is not None:
        row.removed_at = None
        difference["removed"] = [True, False]
    if not difference:
        return False
    row.full_clean()
    row.save()
    return True


def _take_out(
    row: Any, kind: EventKind, owner: Control | GroupControl, by: Actor, data: dict[str, Any] | None = None
) -> bool:
    if row.removed_at is not None:
        return False
    row.removed_at = clock.now()
    row.save(update_fields=["removed_at"])
    _record(kind, owner, by, data or {})
    return True


def _put_back(
    row: Any, kind: EventKind, owner: Control | GroupControl, by: Actor, data: dict[str, Any] | None = None
) -> bool:
    if row.removed_at is None:
        return False
    row.removed_at = None
    row.save(update_fields=["removed_at"])
    _record(kind, owner, by, (data or {}) | {"removed": [True, False]})
    return True


def _saved(owner: Control | GroupControl) -> EventKind:
    group = isinstance(owner, GroupControl)
    return EventKind.GROUP_CONTROL_SAVED if group else EventKind.CONTROL_SAVED


def _readable(period: str) -> str:
    try:
        return occasion_rules.span(period).code
    except ValueError:
        raise refuse(
            "period",
            f"”{period}” är ingen period.",
            field="period",
            remedy="Skriv till exempel 2025, 2025-T2, 2025-03, 2025-W07 eller 2025-03-14.",
        ) from None


def _name_problems(name: str) -> list[Problem]:
    if name.strip():
        return []
    return [Problem("name", Where(field="name"), "Kontrollen saknar namn.", "Skriv vad som kontrolleras.")]


def _frequency_problems(frequency: str) -> list[Problem]:
    return (
        [] if not frequency or frequency in set(Frequency) else [_unknown("frequency", frequency, Frequency)]
    )


def _limit_problems(
    kind: str, approved_from: Decimal | None, deficient_from: Decimal | None
) -> list[Problem]:
    if kind not in set(MeasureKind):
        return [_unknown("kind", kind, MeasureKind)]
    limits = {"approved_from": approved_from, "deficient_from": deficient_from}
    if kind == MeasureKind.COUNT and any(limit is not None for limit in limits.values()):
        return [
            Problem(
                "limit", Where(field="approved_from"), "Ett antal har inga gränser.", "Ta bort gränserna."
            )
        ]
    found = [
        Problem("limit", Where(field=field), "Gränsen är ingen andel.", "Skriv ett tal mellan 0 och 100.")
        for field, limit in limits.items()
        if limit is not None and not 0 <= limit <= 100
    ]
    if deficient_from is not None and (approved_from is None or deficient_from > approved_from):
        found.append(
            Problem(
                "limit",
                Where(field="deficient_from"),
                "Gränsen för bristfälligt ligger inte under den för godkänt.",
                "Ange båda, den för godkänt högst.",
            )
        )
    return found


def _unknown(field: str, value: str, choices: type[Frequency | MeasureKind | RowsOf]) -> Problem:
    return Problem(
        field, Where(field=field), f"”{value}” är inget val.", f"Välj något av: {', '.join(choices)}."
    )


def _record(kind: EventKind, owner: Control | GroupControl, by: Actor, data: dict[str, Any]) -> None:
    if isinstance(owner, GroupControl):
        label, body = owner.name, owner.body
    else:
        label, body = rows.name_of(owner), owner.item.body
    record(kind, by=by, subject=rows.subject(owner), label=label, body_key=body.key, data=data)
