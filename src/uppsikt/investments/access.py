"""Finding projects for a person, or refusing: the only way views get them."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from uppsikt.accounts.selectors import User
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.context import Context
from uppsikt.cycle.selectors import Round
from uppsikt.economy.rules.model import EconomyModel, TableSpec
from uppsikt.economy.selectors.models import model_for
from uppsikt.investments import selectors
from uppsikt.investments.selectors import Project
from uppsikt.investments.selectors.tables import specs
from uppsikt.organisation import access
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.organisation.selectors import Body

Person = User | AnonymousUser
FIRST_YEAR, LAST_YEAR = 1950, 2150


def project(
    user: Person, key: str, permission: Permission = Permission.READ, *, removed: bool = False
) -> Project:
    """The project, when the person has `permission` in its body.

    Raises: Http404 when there is none such (or it has been taken out) or it lies outside what the person may read;
        PermissionDenied inside.
    """
    found = selectors.project(key)
    if found is None or (found.removed_at is not None) != removed:
        raise Http404
    access.require(user, permission, body=found.body.key)
    return found


def round_(key: str) -> Round:
    """The round that something is said in. Raises: Http404 when there is none such."""
    found = cycle.round_by_key(key)
    if found is None:
        raise Http404
    return found


def year(number: int) -> int:
    """A year that money can be decided for. Raises: Http404."""
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise Http404
    return number


def model(year: int) -> EconomyModel:
    """The year's economy model; an empty one before any has been laid up, so that the form can say what is missing."""
    try:
        return model_for(year)
    except LookupError:
        return EconomyModel("")


def table(chosen: Context, key: str) -> tuple[Round, EconomyModel, TableSpec]:
    """A table of projects of the chosen round. Raises: Http404 when the year's model has none such."""
    if chosen.round is None:
        raise Http404
    try:
        model = model_for(chosen.round.year_id)
    except LookupError:
        raise Http404 from None
    found = next((spec for spec in specs(model, chosen.round) if spec.key == key), None)
    if found is None:
        raise Http404
    return chosen.round, model, found


def project_bodies(user: Person, today: dt.date) -> list[tuple[Body, str]]:
    """The bodies that the person may make projects for, with their names, in the municipality's order.

    Raises: PermissionDenied when there is none.
    """
    access.require_anywhere(user, Permission.BUDGET)
    held, names = access.grants(user), organisation.body_names(today)
    return [
        (row, names.get(row.key, row.key))
        for row in organisation.bodies()
        if held.allows(Permission.BUDGET, body=row.key)
    ]


def read(user: Person, chosen: Context) -> frozenset[str] | None:
    """The bodies whose projects are shown: the chosen one, else all one may read (None: every one).

    Raises: PermissionDenied when the person may read nothing at all.
    """
    access.require_anywhere(user, Permission.READ)
    return frozenset({chosen.body.key}) if chosen.body else access.readable_bodies(user)
