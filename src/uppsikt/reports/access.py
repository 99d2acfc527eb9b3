"""Finding reports and publications for a person, or refusing: the only way views get them."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from uppsikt.accounts.selectors import User
from uppsikt.cycle import selectors as cycle
from uppsikt.organisation import access
from uppsikt.organisation.rules import Permission
from uppsikt.publishing import selectors as publishing
from uppsikt.publishing.selectors import Publication
from uppsikt.reports import selectors
from uppsikt.reports.selectors import Report

Person = User | AnonymousUser
PLANS = {selectors.CONTROL_PLAN: "/control-plan", selectors.PLAN: "/plan"}
"""The end of the address of each kind of plan."""


def report(user: Person, body: str, edition: str, permission: Permission = Permission.READ) -> Report:
    """The body's report of a round, or a plan of its, when the person has `permission` there.

    Args: edition: the round's key, "2025/plan" or "2025/control-plan". A report nobody has begun is found too, not yet
        stored.
    Raises: Http404 outside what the person may read, PermissionDenied inside.
    """
    found = access.body(user, body, permission)
    for kind, ending in PLANS.items():
        if edition.endswith(ending):
            try:
                return selectors.plan_report_or_new(found, int(edition.removesuffix(ending)), kind)
            except LookupError as error:
                raise Http404 from error
    round_ = cycle.round_by_key(edition)
    if round_ is None:
        raise Http404
    return selectors.report_or_new(found, round_)


def publication(user: Person, pk: int, permission: Permission = Permission.READ) -> Publication:
    """Something adopted, when the person has `permission` in its body. Raises as `report`."""
    found = publishing.publication(pk)
    if found is None:
        raise Http404
    access.require(user, permission, body=found.body.key)
    return found


def edition(row: Report) -> str:
    """The report's part of an address."""
    return row.round.key if row.round else f"{row.year_id}{PLANS[row.kind]}"
