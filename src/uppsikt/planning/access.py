"""Finding things of the plan for a person, or refusing: the only way views and the API get objects."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from uppsikt.accounts.selectors import User
from uppsikt.cycle.context import Context
from uppsikt.organisation import access
from uppsikt.organisation.rules import BodyKind, Permission
from uppsikt.planning import selectors
from uppsikt.planning.selectors import Assignment, Goal, Indicator, IndicatorUse

Person = User | AnonymousUser


def goal(user: Person, key: str, permission: Permission = Permission.READ) -> Goal:
    """The goal, when the person has `permission` for it. What the council has set, every reader may read.

    Raises: Http404 outside what the person may read, PermissionDenied inside.
    """
    found = selectors.goals().filter(key=key).first()
    if found is None:
        raise Http404
    if permission is Permission.READ and found.body.kind == BodyKind.COUNCIL.value:
        anywhere(user, permission)
        return found
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


def anywhere(user: Person, permission: Permission) -> None:
    """Let the person pass when they have `permission` for anything at all. Raises: PermissionDenied."""
    if not access.grants(user).anywhere(permission):
        raise PermissionDenied


def indicator(user: Person, key: str) -> Indicator:
    """The series, when the person may read a plan that uses it; an unused one any reader may read.

    Raises: Http404 when there is none such, or only in plans outside what the person may read.
    """
    found = selectors.indicators().filter(key=key).first()
    if found is None:
        raise Http404
    anywhere(user, Permission.READ)
    readable = access.readable_bodies(user)
    if readable is not None:
        owners = set(selectors.uses().filter(indicator=found).values_list("body__key", flat=True))
        if owners and not owners & readable:
            raise Http404
    return found


def use_of(user: Person, series: Indicator, key: str, chosen: Context) -> IndicatorUse | None:
    """The plan to show an indicator in: the asked-for one, else the chosen body's and year's, else the latest.

    Raises: as `use` for the asked-for one. Returns: None when no plan that may be read uses it.
    """
    if key:
        found = use(user, key)
        if found.indicator_id != series.pk:
            raise Http404
        return found
    rows = selectors.plans_using(series, access.readable_bodies(user))
    body = chosen.body.key if chosen.body else ""
    return min(
        rows,
        key=lambda row: (row.year_id != chosen.year, row.body.key != body, -row.year_id),
        default=None,
    )
