"""What an auditor's mandate reaches: the only way the auditor's room gets its bodies and packs."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from uppsikt.accounts.selectors import User
from uppsikt.cycle import selectors as cycle
from uppsikt.desk.selectors.room import Bodies
from uppsikt.files import selectors as files
from uppsikt.files.selectors import StoredFile
from uppsikt.history import selectors as history
from uppsikt.organisation import access
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.organisation.selectors import Body

Person = User | AnonymousUser
MANDATE = (Permission.AUDIT, Permission.READ_HISTORY)


def mandate(user: Person) -> frozenset[str] | None:
    """The bodies whose affairs and history the person may look through; None means all.

    Raises: PermissionDenied when there are none.
    """
    held = access.grants(user)
    found = [held.bodies(permission) for permission in MANDATE if held.anywhere(permission)]
    if not found:
        raise PermissionDenied
    return None if any(one is None for one in found) else frozenset().union(*(one or () for one in found))


def within(user: Person, key: str) -> Bodies:
    """The body asked for, or with no key the whole mandate.

    Raises: Http404 when the body is none that the person may read; PermissionDenied when the mandate does not reach it.
    """
    if not key:
        return mandate(user)
    access.body(user, key)
    _require(user, {key})
    return frozenset({key})


def body(user: Person, key: str) -> Body:
    """One body of the mandate. Raises: as `within`."""
    within(user, key)
    found = organisation.body(key)
    if found is None:
        raise Http404
    return found


def audited(user: Person, key: str) -> Body:
    """A body that the person audits. Raises: Http404, PermissionDenied as `organisation.access.body`."""
    return access.body(user, key, Permission.AUDIT)


def year(number: int) -> int:
    """A year that has been laid up. Raises: Http404."""
    if cycle.year(number) is None:
        raise Http404
    return number


def pack(user: Person, digest: str) -> StoredFile:
    """A pack, for those whose mandate reaches all that it holds.

    Raises: Http404 when no such pack was taken out, or it holds what the person may not read; PermissionDenied when
        the mandate does not reach it.
    """
    told = history.about(f"pack:{digest}").first()
    found = files.by_digest(digest)
    if told is None or found is None:
        raise Http404
    bodies, held = told.data.get("bodies"), access.grants(user)
    readable = held.bodies(Permission.READ)
    if readable is not None and (bodies is None or not set(bodies) <= readable):
        raise Http404
    _require(user, None if bodies is None else set(bodies))
    return found


def _require(user: Person, bodies: set[str] | None) -> None:
    """Let the person pass whose mandate reaches all the bodies (None: the whole municipality)."""
    held = mandate(user)
    if held is not None and (bodies is None or not bodies <= held):
        raise PermissionDenied
