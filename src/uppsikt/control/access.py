"""Finding risks, controls and reviews for a person, or refusing: the only way views get them."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from uppsikt.accounts.selectors import User
from uppsikt.control.selectors import Mitigation, Risk, RiskWorkshop, mitigations, risks
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.context import Context
from uppsikt.followup.selectors import Item
from uppsikt.organisation import access
from uppsikt.organisation.rules import Permission
from uppsikt.organisation.selectors import Body

Person = User | AnonymousUser


def read(user: Person, chosen: Context) -> frozenset[str] | None:
    """The bodies whose internal control is shown: the chosen one, else all one may read (None: every one).

    Raises: PermissionDenied when the person may read nothing at all.
    """
    access.require_anywhere(user, Permission.READ)
    return frozenset({chosen.body.key}) if chosen.body else access.readable_bodies(user)


def risk(user: Person, key: str, permission: Permission = Permission.READ, *, removed: bool = False) -> Risk:
    """The risk, when the person has `permission` for it. What is shared every reader may read, and only those
    who answer for the whole municipality's internal control may change.

    Raises: Http404 when there is none such (or it has been taken out) or it lies outside what the person may read;
        PermissionDenied inside.
    """
    found = risks.by_key(key)
    if found is None or (found.removed_at is not None) != removed:
        raise Http404
    if found.shared and permission is Permission.READ:
        access.require_anywhere(user, permission)
    elif found.shared and permission is Permission.CONTROL:
        access.require_anywhere(user, Permission.READ)
        access.require(user, permission)
    else:
        access.require(
            user,
            permission,
            body=found.body.key,
            unit=found.unit.key if found.unit else "",
            responsible=found.responsible.key if found.responsible else "",
        )
    return found


def mitigation(
    user: Person, key: str, permission: Permission = Permission.READ, *, removed: bool = False
) -> Mitigation:
    """The mitigation, when the person has `permission` for it. Raises: as `risk`."""
    found = mitigations.by_key(key)
    if found is None or (found.item.removed_at is not None) != removed:
        raise Http404
    require_item(user, permission, found.item)
    return found


def workshop(user: Person, pk: int, permission: Permission = Permission.READ) -> RiskWorkshop:
    """The workshop, when the person has `permission` in its body. Raises: as `risk`."""
    found = risks.workshop(pk)
    if found is None:
        raise Http404
    access.require(user, permission, body=found.body.key)
    return found


def require_item(user: Person, permission: Permission, item: Item) -> None:
    """Let the person pass who has `permission` for what is followed up. Raises: Http404, PermissionDenied."""
    access.require(
        user,
        permission,
        body=item.body.key,
        unit=item.unit.key if item.unit else "",
        responsible=item.responsible.key if item.responsible else "",
    )


def body_of_year(user: Person, key: str, year: int, permission: Permission = Permission.CONTROL) -> Body:
    """The body whose year it is, when the person has `permission` there and the year has been set up.

    Raises: Http404, PermissionDenied as `organisation.access.body`.
    """
    found = access.body(user, key, permission)
    if cycle.year(year) is None:
        raise Http404
    return found
