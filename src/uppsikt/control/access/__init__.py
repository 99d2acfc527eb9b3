"""Finding risks, controls and reviews for a person, or refusing: the only way views get them."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.http import Http404

from uppsikt.accounts.selectors import User
from uppsikt.control.access.controls import control as control
from uppsikt.control.access.controls import duty_body as duty_body
from uppsikt.control.access.controls import group_control as group_control
from uppsikt.control.access.controls import measure as measure
from uppsikt.control.access.controls import occasion as occasion
from uppsikt.control.access.items import Person, require_item
from uppsikt.control.access.items import allows_item as allows_item
from uppsikt.control.selectors import (
    AuditQuestion,
    AuditReview,
    Deficiency,
    Mitigation,
    Recommendation,
    Risk,
    RiskWorkshop,
    audit,
    audit_questions,
    mitigations,
    risks,
)
from uppsikt.control.selectors.mitigations import MitigationFacts
from uppsikt.control.selectors.summaries import SummaryView, summary_view
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.context import Context
from uppsikt.cycle.rules.steering import Scale
from uppsikt.cycle.selectors import Round
from uppsikt.followup import selectors as followup
from uppsikt.followup.selectors import Dependency
from uppsikt.kernel import clock
from uppsikt.organisation import access
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.organisation.selectors import Body


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


def reportable(user: Person, body: Body, round_: Round) -> list[MitigationFacts]:
    """The body's mitigations that the person reports in a round: all of them, or those of their unit or in their name.

    Raises: PermissionDenied when the person reports nothing there.
    """
    access.require_anywhere(user, Permission.REPORT)
    facts = mitigations.mitigation_facts(round_.year_id, [body.key], round_)
    found = [row for row in facts if allows_item(user, Permission.REPORT, row.item)]
    if not found:
        access.require(user, Permission.REPORT, body=body.key)
    return found


def mitigated(
    user: Person, of: str, key: str, chosen: Context
) -> tuple[Risk | Recommendation | Deficiency, Body, int]:
    """What a mitigation is to be added to, with the body and the year it is to stand in.

    Args: of: `risk`, `recommendation` or `deficiency`.
    Raises: Http404 for any other, or when there is none such; PermissionDenied.
    """
    if of == "risk":
        found = risk(user, key, Permission.CONTROL)
        return found, found.body, found.year_id
    if of == "recommendation":
        said = recommendation(user, key, Permission.CONTROL)
        return said, said.body, chosen.year
    fault = mitigations.deficiency(key) if of == "deficiency" else None
    if fault is None:
        raise Http404
    item = fault.occasion.control.item
    access.require(user, Permission.CONTROL, body=item.body.key)
    return fault, item.body, item.year_id


def dependency(user: Person, pk: int, permission: Permission = Permission.CONTROL) -> Dependency:
    """That something waits for something, when the person has `permission` for what waits.

    Raises: Http404 when it does not stand, or lies outside what the person may read; PermissionDenied inside.
    """
    found = followup.dependency(pk)
    if found is None:
        raise Http404
    require_item(user, permission, found.item)
    return found


def reports_in(user: Person, body: str) -> bool:
    """Whether the person reports something in the body: as a whole, or for one of its units."""
    held = access.grants(user).bodies(Permission.REPORT)
    return held is None or body in held


def require_voter(user: Person, found: RiskWorkshop) -> None:
    """Let the person pass who reports something in the workshop's body. Raises: PermissionDenied."""
    if not reports_in(user, found.body.key):
        raise PermissionDenied


def may_share(user: Person) -> bool:
    """Whether the person sets risks for the whole municipality."""
    return access.grants(user).allows(Permission.CONTROL)


def workshop(user: Person, pk: int, permission: Permission = Permission.READ) -> RiskWorkshop:
    """The workshop, when the person has `permission` in its body. Raises: as `risk`."""
    found = risks.workshop(pk)
    if found is None:
        raise Http404
    access.require(user, permission, body=found.body.key)
    return found


def signed_in(user: Person) -> User:
    """The person themselves. Raises: PermissionDenied when nobody is signed in."""
    if not isinstance(user, User):
        raise PermissionDenied
    return user


def round_(key: str) -> Round:
    """The round that something is said in. Raises: Http404 when there is none such."""
    found = cycle.round_by_key(key)
    if found is None:
        raise Http404
    return found


def body_of_year(user: Person, key: str, year: int, permission: Permission = Permission.CONTROL) -> Body:
    """The body whose year it is, when the person has `permission` there and the year has been set up.

    Raises: Http404, PermissionDenied as `organisation.access.body`.
    """
    found = access.body(user, key, permission)
    if cycle.year(year) is None:
        raise Http404
    return found


def review(
    user: Person, key: str, *permissions: Permission, removed: bool = False, whole: bool = False
) -> AuditReview:
    """The review, when the person has one of the permissions (reading, if none is said) in one of its bodies.

    Args: whole: in every one of them, for what concerns all that the review is about.
    Raises: Http404 when there is none such (or it has been taken out) or none of its bodies is theirs to read;
        PermissionDenied inside.
    """
    found = audit.review(key)
    if found is None or (found.removed_at is not None) != removed:
        raise Http404
    held, wanted = access.grants(user), permissions or (Permission.READ,)
    bodies = audit.bodies_of(found) or {""}  # one of no body is of the whole municipality
    if not any(held.allows(Permission.READ, body=body) for body in bodies):
        raise Http404
    allowed = [any(held.allows(one, body=body) for one in wanted) for body in bodies]
    if not (all(allowed) if whole else any(allowed)):
        raise PermissionDenied
    return found


def recommendation(user: Person, key: str, *permissions: Permission, removed: bool = False) -> Recommendation:
    """The recommendation, when the person has one of the permissions (reading, if none is said) in its body.

    Raises: as `risk`.
    """
    found = audit.recommendation(key)
    if found is None or (found.removed_at is not None) != removed:
        raise Http404
    _require_any(user, found.body, permissions)
    return found


def question(user: Person, key: str, *permissions: Permission) -> AuditQuestion:
    """The auditor's question, when the person has one of the permissions (reading, if none is said) in its body.

    Raises: as `risk`.
    """
    found = audit_questions.question(key)
    if found is None:
        raise Http404
    _require_any(user, found.body, permissions)
    return found


def bodies_for(
    user: Person, *permissions: Permission, among: Iterable[Body] = (), also: Iterable[Body] = ()
) -> list[tuple[Body, str]]:
    """The bodies where the person has one of the permissions, with their names, in the municipality's order.

    Args: among: only these, when any is given. also: those that stand already, whosever they are.
    Raises: PermissionDenied when there is none.
    """
    held, names = access.grants(user), organisation.body_names(clock.today())
    if not any(held.anywhere(permission) for permission in permissions):
        raise PermissionDenied
    wanted, kept = {row.key for row in among}, {row.key for row in also}
    return [
        (row, names.get(row.key, row.key))
        for row in organisation.bodies()
        if row.key in kept
        or (
            (not wanted or row.key in wanted)
            and any(held.allows(permission, body=row.key) for permission in permissions)
        )
    ]


def _require_any(user: Person, body: Body, permissions: tuple[Permission, ...]) -> None:
    held = access.grants(user)
    if not any(held.allows(permission, body=body.key) for permission in permissions):
        access.require(user, permissions[0] if permissions else Permission.READ, body=body.key)


def summary_of(chosen: Context) -> SummaryView | None:
    """The chosen body's internal control in the chosen round; None where nothing of the kind is chosen."""
    if chosen.body is None or chosen.round is None:
        return None
    found = organisation.body(chosen.body.key)
    return summary_view(found, chosen.round) if found is not None else None


def summary(user: Person, round_key: str, body: str) -> tuple[Body, Round, Scale, SummaryView]:
    """A body's summary assessment in a round, for one who may set it.

    Raises: Http404 when there is no such round or its model has no scale for it; PermissionDenied.
    """
    found = access.body(user, body, Permission.ASSESS)
    round_ = cycle.round_by_key(round_key)
    if round_ is None:
        raise Http404
    scale = cycle.model_for(round_.year_id).control_summary
    if scale is None:
        raise Http404
    return found, round_, scale, summary_view(found, round_)
