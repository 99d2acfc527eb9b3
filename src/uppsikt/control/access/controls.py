"""Finding controls, their occasions and measures for a person, or refusing."""

from __future__ import annotations

from django.http import Http404

from uppsikt.control.access.items import Person, require_item
from uppsikt.control.selectors import Control, ControlMeasure, GroupControl, Occasion, control_rows
from uppsikt.organisation import access
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.rules import BodyKind, Permission
from uppsikt.organisation.selectors import Body


def control(
    user: Person, key: str, permission: Permission = Permission.READ, *, removed: bool = False
) -> Control:
    """The control, when the person has `permission` for it. Raises: as `risk`."""
    found = control_rows.control(key)
    if found is None or (found.item.removed_at is not None) != removed:
        raise Http404
    require_item(user, permission, found.item)
    return found


def occasion(
    user: Person, pk: int, permission: Permission = Permission.READ, *, removed: bool = False
) -> Occasion:
    """A control's occasion, when the person has `permission` for the control. Raises: as `risk`."""
    found = control_rows.occasion(pk)
    if found is None or (found.removed_at is not None) != removed:
        raise Http404
    if found.control.item.removed_at is not None:
        raise Http404
    require_item(user, permission, found.control.item)
    return found


def group_control(
    user: Person, key: str, permission: Permission = Permission.READ, *, removed: bool = False
) -> GroupControl:
    """The group-wide control: every reader may read it, those who answer for the whole municipality's may set it.

    Raises: Http404 when there is none such, or it has been taken out; PermissionDenied.
    """
    access.require_anywhere(user, Permission.READ)
    if permission is not Permission.READ:
        access.require(user, permission)
    found = control_rows.group(key)
    if found is None or (found.removed_at is not None) != removed:
        raise Http404
    return found


def measure(
    user: Person, kind: str, key: str, name: str = ""
) -> tuple[Control | GroupControl, ControlMeasure | None]:
    """What a measure is of, and the measure itself when it is named, for one who may set it.

    Args: kind: `control` or `group`. Raises: Http404, PermissionDenied.
    """
    owner: Control | GroupControl
    if kind == "group":
        owner = group_control(user, key, Permission.CONTROL)
        listed = control_rows.group_measures(owner)
    else:
        owner = control(user, key, Permission.CONTROL)
        listed = [row for row in control_rows.measures_of(owner) if row.control_id is not None]
    found = next((row for row in listed if row.key == name), None)
    if name and found is None:
        raise Http404
    return owner, found


def duty_body() -> Body:
    """The body with the duty of oversight, which sets what all control (KL 6:1); the first where none is said to be.

    Raises: Http404 when there is none at all.
    """
    listed = list(organisation.bodies())
    if not listed:
        raise Http404
    boards = (row for row in listed if row.kind == BodyKind.EXECUTIVE_BOARD.value)
    return next(boards, listed[0])
