"""Who may do what with something that is followed up."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from uppsikt.accounts.selectors import User
from uppsikt.followup.selectors import Item
from uppsikt.organisation import access
from uppsikt.organisation.rules import Permission

Person = User | AnonymousUser


def require_item(user: Person, permission: Permission, item: Item) -> None:
    """Let the person pass who has `permission` for what is followed up. Raises: Http404, PermissionDenied."""
    access.require(
        user,
        permission,
        body=item.body.key,
        unit=item.unit.key if item.unit else "",
        responsible=item.responsible.key if item.responsible else "",
    )


def allows_item(user: Person, permission: Permission, item: Item) -> bool:
    """Whether the person has `permission` for what is followed up."""
    return access.grants(user).allows(
        permission,
        body=item.body.key,
        unit=item.unit.key if item.unit else "",
        responsible=item.responsible.key if item.responsible else "",
    )
