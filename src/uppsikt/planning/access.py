"""Finding things of the plan for a person, or refusing: the only way views and the API get objects."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from uppsikt.accounts.selectors import User
from uppsikt.organisation import access
from uppsikt.organisation.rules import Permission
from uppsikt.planning import selectors
from uppsikt.planning.selectors import Assignment, Goal, IndicatorUse

Person = User | AnonymousUser


def goal(user: Person, key: str, permission: Permission = Permission.READ) -> Goal:
    """The goal, when the person has `permission` for it.

    Raises: Http404 outside what the person may read, PermissionDenied inside.
    """
    found = selectors.goals().filter(key=key).first()
    if found is None:
        raise Http404
    access.require(
        user, permission, body=found.body.key, responsible=found.responsible.key if found.responsible else ""
    )
    return found


def use(user: Person, key: str, permission: Permission = Permission.READ) -> IndicatorUse:
    """The indicator in its plan, when the person has `permission` for it. Raises as `goal`."""
    found = selectors.uses().filter(key=key).first()
    if found is None:
        raise Http404
    access.require(
        user,
        permission,
        body=found.body.key,
        unit=found.unit.key if found.unit else "",
        responsible=found.responsible.key if found.responsible else "",
    )
    return found


def assignment(user: Person, key: str, permission: Permission = Permission.READ) -> Assignment:
    """The assignment, when the person has `permission` for it. Raises as `goal`."""
    found = selectors.assignments().filter(item__key=key).first()
    if found is None:
        raise Http404
    item = found.item
    access.require(
        user,
        permission,
        body=item.body.key,
        unit=item.unit.key if item.unit else "",
        responsible=item.responsible.key if item.responsible else "",
    )
    return found
