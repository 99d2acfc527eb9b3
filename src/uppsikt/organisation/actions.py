"""Writing the organisation. Every function is idempotent: the same again changes nothing."""

from __future__ import annotations

import datetime as dt

from uppsikt.accounts.selectors import User
from uppsikt.history.actions import atomic, record
from uppsikt.history.changes import changed
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.kernel import clock
from uppsikt.kernel.problems import refuse
from uppsikt.organisation import rules
from uppsikt.organisation.models import (
    Body,
    BodyName,
    Municipality,
    Placement,
    RoleAssignment,
    Succession,
    Unit,
)
from uppsikt.organisation.rules import Dated, Role


@atomic
def save_municipality(
    *, key: str, name: str, accent: str = "#0b5563", logo: str = "", by: Actor
) -> tuple[Municipality, bool]:
    """Create or change the installation's owner. There is one per installation."""
    row = Municipality.objects.first() or Municipality()
    difference = changed(row, {"key": key, "name": name, "accent": accent, "logo": logo})
    if not difference:
        return row, False
    row.full_clean()
    row.save()
    record(EventKind.MUNICIPALITY_SAVED, by=by, subject=f"municipality:{key}", label=name, data=difference)
    return row, True


@atomic
def save_body(*, key: str, kind: str, position: int = 0, by: Actor) -> tuple[Body, bool]:
    """Create or change a body. Its names are separate, since they change with time."""
    row = Body.objects.filter(key=key).first() or Body(key=key)
    difference = changed(row, {"kind": kind, "position": position})
    if not difference:
        return row, False
    row.full_clean()
    row.save()
    record(EventKind.BODY_SAVED, by=by, subject=f"body:{key}", label=key, body_key=key, data=difference)
    return row, True


@atomic
def name_body(
    *,
    body: Body,
    name: str,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    short: str = "",
    by: Actor,
) -> tuple[BodyName, bool]:
    """Give the body a name from a day.

    Raises: InputError when the body already has another name during part of that time.
    """
    row = BodyName.objects.filter(body=body, valid_from=valid_from).first() or BodyName(
        body=body, valid_from=valid_from
    )
    difference = changed(row, {"name": name, "short": short, "valid_to": valid_to})
    if not difference:
        return row, False
    row.full_clean()
    row.save()
    _refuse_overlap([Dated(n.name, n.valid_from, n.valid_to) for n in body.names.all()])
    record(
        EventKind.BODY_SAVED,
        by=by,
        subject=f"body:{body.key}",
        label=name,
        body_key=body.key,
        data=difference,
    )
    return row, True


@atomic
def succeed_body(
    *, predecessor: Body, successor: Body, date: dt.date, kind: str, by: Actor
) -> tuple[Succession, bool]:
    """Note that one body took over from another, so that comparisons can follow."""
    row = Succession.objects.filter(predecessor=predecessor, successor=successor).first() or Succession(
        predecessor=predecessor, successor=successor
    )
    difference = changed(row, {"date": date, "kind": kind})
    if not difference:
        return row, False
    row.full_clean()
    row.save()
    record(
        EventKind.BODY_SUCCEEDED,
        by=by,
        subject=f"body:{successor.key}",
        label=f"{predecessor.key} → {successor.key}",
        body_key=successor.key,
        data=difference,
    )
    return row, True


@atomic
def place_unit(
    *,
    key: str,
    name: str,
    body: Body,
    parent: Unit | None,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    by: Actor,
) -> tuple[Placement, bool]:
    """Create a unit, or move or rename it from a day.

    Raises: InputError when the unit already stands elsewhere during part of that time.
    """
    unit, _created = Unit.objects.get_or_create(key=key)
    row = Placement.objects.filter(unit=unit, valid_from=valid_from).first() or Placement(
        unit=unit, valid_from=valid_from
    )
    difference = changed(row, {"name": name, "body": body, "parent": parent, "valid_to": valid_to})
    if not difference:
        return row, False
    row.full_clean()
    row.save()
    _refuse_overlap([Dated(p.name, p.valid_from, p.valid_to) for p in unit.placements.all()])
    record(EventKind.UNIT_SAVED, by=by, subject=f"unit:{key}", label=name, body_key=body.key, data=difference)
    return row, True


@atomic
def give_role(
    *,
    user: User,
    role: Role,
    body: Body | None = None,
    unit: Unit | None = None,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    by: Actor,
) -> tuple[RoleAssignment, bool]:
    """Give a person a role in a body, in a unit, or (neither) in the whole municipality."""
    row = RoleAssignment.objects.filter(
        user=user, role=role.value, body=body, unit=unit, valid_from=valid_from
    ).first() or RoleAssignment(user=user, role=role.value, body=body, unit=unit, valid_from=valid_from)
    difference = changed(row, {"valid_to": valid_to})
    if not difference:
        return row, False
    row.full_clean()
    row.save()
    record(
        EventKind.ROLE_GIVEN,
        by=by,
        subject=f"user:{user.key}",
        label=f"{role.label}: {user.name}",
        body_key=body.key if body else "",
        data={"role": role.value, "unit": unit.key if unit else "", **difference},
    )
    return row, True


@atomic
def end_role(*, assignment: RoleAssignment, by: Actor) -> None:
    """End a role today. It stays on record."""
    assignment.valid_to = max(clock.today(), assignment.valid_from + dt.timedelta(days=1))
    assignment.save(update_fields=["valid_to"])
    record(
        EventKind.ROLE_ENDED,
        by=by,
        subject=f"user:{assignment.user.key}",
        label=f"{Role(assignment.role).label}: {assignment.user.name}",
        data={"role": assignment.role},
    )


def _refuse_overlap(rows: list[Dated]) -> None:
    for before, after in rules.overlaps(rows):
        raise refuse(
            "overlap",
            f"”{before.value}” och ”{after.value}” gäller samtidigt från {after.valid_from}.",
            field="valid_from",
            remedy="Avsluta den första innan den andra börjar gälla.",
        )
