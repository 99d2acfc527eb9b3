"""Who may reach what of procurement: everyone who reads sees the registers; changing them takes `PROCURE`.

A supplier is everybody's, so whoever procures for anybody may change it. An agreement is its bodies', and one that
holds for all is the whole municipality's; what is settled about purchases is too.
"""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from uppsikt.accounts.selectors import User
from uppsikt.cycle.context import Context
from uppsikt.organisation import access
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.organisation.selectors import Body
from uppsikt.procurement import selectors
from uppsikt.procurement.selectors import Agreement, Procurement, PurchaseLimit, Supplier

Person = User | AnonymousUser


def read(user: Person, chosen: Context) -> frozenset[str] | None:
    """The bodies whose purchases are shown: the chosen one, else all one may read (None: every one).

    Raises: PermissionDenied when the person may read nothing at all.
    """
    access.require_anywhere(user, Permission.READ)
    return frozenset({chosen.body.key}) if chosen.body else access.readable_bodies(user)


def whole(user: Person) -> frozenset[str] | None:
    """Every body whose purchases the person may see. Raises: PermissionDenied when there is none."""
    access.require_anywhere(user, Permission.READ)
    return access.readable_bodies(user)


def may_procure(user: Person) -> bool:
    """Whether the person procures for anybody."""
    return access.grants(user).anywhere(Permission.PROCURE)


def supplier(
    user: Person, key: str, permission: Permission = Permission.READ, *, removed: bool = False
) -> Supplier:
    """The supplier, for whoever has `permission` anywhere. Raises: Http404; PermissionDenied."""
    access.require_anywhere(user, permission)
    found = selectors.supplier(key)
    if found is None or (found.removed_at is not None) != removed:
        raise Http404
    return found


def agreement(
    user: Person, key: str, permission: Permission = Permission.READ, *, removed: bool = False
) -> Agreement:
    """The agreement. Raises: Http404 when there is none such; PermissionDenied when it is not the person's to change."""
    found = selectors.agreement(key)
    if found is None or (found.removed_at is not None) != removed:
        raise Http404
    if permission is Permission.READ:
        access.require_anywhere(user, permission)
    else:
        require_bodies(user, [body.key for body in found.bodies.all()])
    return found


def may_change(user: Person, found: Agreement) -> bool:
    """Whether the person may change the agreement."""
    held, keys = access.grants(user), [body.key for body in found.bodies.all()]
    return all(held.allows(Permission.PROCURE, body=key) for key in keys or [""])


def require_bodies(user: Person, keys: list[str]) -> None:
    """Let those pass who procure for every one of the bodies; for the whole municipality when none is named.

    Raises: PermissionDenied; Http404 for a body that lies outside what the person may read.
    """
    for key in keys or [""]:
        access.require(user, Permission.PROCURE, body=key)


def procurement(
    user: Person, key: str, permission: Permission = Permission.READ, *, removed: bool = False
) -> Procurement:
    """The procurement, when the person has `permission` in its body. Raises: Http404; PermissionDenied."""
    found = selectors.procurement(key)
    if found is None or (found.removed_at is not None) != removed:
        raise Http404
    access.require(user, permission, body=found.body.key)
    return found


def limit(user: Person, pk: int) -> PurchaseLimit:
    """What is settled, for whoever procures for the whole municipality. Raises: Http404; PermissionDenied."""
    access.require(user, Permission.PROCURE)
    found = next((row for row in selectors.limit_rows() if row.pk == pk), None)
    if found is None:
        raise Http404
    return found


def bodies(user: Person, today: dt.date) -> list[tuple[Body, str]]:
    """The bodies that the person may procure for, with their names, in the municipality's order.

    Raises: PermissionDenied when there is none.
    """
    access.require_anywhere(user, Permission.PROCURE)
    held, names = access.grants(user), organisation.body_names(today)
    return [
        (row, names.get(row.key, row.key))
        for row in organisation.bodies()
        if held.allows(Permission.PROCURE, body=row.key)
    ]


def for_all(user: Person) -> bool:
    """Whether the person procures for the whole municipality."""
    return access.grants(user).allows(Permission.PROCURE)
