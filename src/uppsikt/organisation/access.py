"""Who may do what. Every view, API call, import and command asks here before an action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404

from uppsikt.accounts.selectors import User
from uppsikt.history.rules import Actor
from uppsikt.organisation import selectors
from uppsikt.organisation.rules import Grants, Permission
from uppsikt.organisation.selectors import Body

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

_CACHE = "_uppsikt_grants"


def grants(user: User | AnonymousUser) -> Grants:
    """What the person may do today, read once per request. Nobody signed in may do nothing."""
    if not isinstance(user, User):
        return Grants("")
    held: Grants | None = getattr(user, _CACHE, None)
    if held is None:
        held = selectors.grants(user)
        setattr(user, _CACHE, held)
    return held


def require(
    user: User | AnonymousUser,
    permission: Permission,
    *,
    body: str = "",
    unit: str = "",
    responsible: str = "",
) -> None:
    """Let the person pass or stop them.

    Raises: Http404 when the thing lies outside what the person may even see (its existence is no
        business of theirs); PermissionDenied when it lies inside.
    """
    held = grants(user)
    if held.allows(permission, body=body, unit=unit, responsible=responsible):
        return
    if body and not held.allows(Permission.READ, body=body):
        raise Http404
    raise PermissionDenied


def actor(user: User | AnonymousUser) -> Actor:
    """Who acts, for the history. Raises: PermissionDenied when nobody is signed in."""
    if not isinstance(user, User):
        raise PermissionDenied
    return user.actor


def require_anywhere(user: User | AnonymousUser, permission: Permission) -> None:
    """Let the person pass who has `permission` for anything at all. Raises: PermissionDenied."""
    if not grants(user).anywhere(permission):
        raise PermissionDenied


def body(user: User | AnonymousUser, key: str, permission: Permission = Permission.READ) -> Body:
    """The body, when the person has `permission` there. Raises as `require`; Http404 when there is none."""
    found = selectors.body(key)
    if found is None:
        raise Http404
    require(user, permission, body=found.key)
    return found


def readable_bodies(user: User | AnonymousUser) -> frozenset[str] | None:
    """The keys of the bodies whose affairs the person may read; None means all."""
    return grants(user).bodies(Permission.READ)
