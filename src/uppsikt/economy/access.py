"""Whose economy a person looks at, and what they may do with it: the only way views get bodies and rounds."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from uppsikt.cycle.context import ALL, Context, context
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.cycle.selectors import Round
from uppsikt.economy.selectors.answers import Reading
from uppsikt.organisation import access
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.organisation.selectors import Body


@dataclass(frozen=True, slots=True)
class Chosen:
    """What one looks at. `body` None: the whole municipality, when `whole`; else a body must be chosen first.

    `whole`: whether the person may read every body's economy, and so the municipality's own.
    """

    context: Context
    round: Round | None
    body: Body | None
    whole: bool

    @property
    def nobody(self) -> bool:
        """Whether there is no economy to show until a body has been chosen."""
        return self.body is None and not self.whole


def chosen(request: HttpRequest, permission: Permission = Permission.READ) -> Chosen:
    """The body and round that the address, the session or the obvious say.

    Raises: PermissionDenied for who may read nothing, or has not `permission` in the body; Http404 when the
        address names a body or a round that is not the person's to see.
    """
    access.require_anywhere(request.user, Permission.READ)
    found = context(request)
    _require_asked(request, found)
    whole = access.readable_bodies(request.user) is None
    body = organisation.body(found.body.key) if found.body else None
    if permission is not Permission.READ:
        access.require(request.user, permission, body=body.key if body else "")
    return Chosen(found, found.round, body, whole)


def _require_asked(request: HttpRequest, found: Context) -> None:
    """A shared address must show what it was shared for, or nothing: never another body's figures."""
    body, round_ = request.GET.get("body", ""), request.GET.get("round", "")
    if body and body != ALL and (found.body is None or found.body.key != body):
        raise Http404
    if round_ and (found.round is None or found.round.key != round_):
        raise Http404


def may(request: HttpRequest, permission: Permission, body: Body | None) -> bool:
    """Whether the person has `permission` in the body, or without one in the whole municipality."""
    return access.grants(request.user).allows(permission, body=body.key if body else "")


def require_whole(request: HttpRequest, permission: Permission) -> None:
    """Let the person pass who has `permission` for the whole municipality. Raises: PermissionDenied."""
    if not access.grants(request.user).allows(permission):
        raise PermissionDenied


def readable(request: HttpRequest) -> frozenset[str] | None:
    """The keys of the bodies whose economy the person may read; None means all, and the municipality's own."""
    return access.readable_bodies(request.user)


def may_explain(request: HttpRequest, reading: Reading) -> bool:
    """Whether the person may write what a variance depends on, now.

    Raises: PermissionDenied when something is sent by who may not, or to a round that is not open.
    """
    is_open = reading.round.state == RoundState.OPEN.value
    allowed = is_open and may(request, Permission.WRITE, reading.body)
    if request.method == "POST" and not allowed:
        raise PermissionDenied
    return allowed


def may_choose(request: HttpRequest) -> bool:
    """Whether the person may choose which ledger a round reads: who runs rounds, and who loads ledgers."""
    held = access.grants(request.user)
    return held.allows(Permission.RUN_ROUND) or held.allows(Permission.LOAD)


def require_choosing(request: HttpRequest) -> None:
    """Let the person pass who may choose a round's ledger. Raises: PermissionDenied."""
    if not may_choose(request):
        raise PermissionDenied


def may_code(request: HttpRequest) -> bool:
    """Whether the person may say where a code stands: who loads ledgers or budgets for the whole municipality."""
    held = access.grants(request.user)
    return held.allows(Permission.LOAD) or held.allows(Permission.BUDGET)


def require_coding(request: HttpRequest) -> None:
    """Let the person pass who may change codes. Raises: PermissionDenied."""
    if not may_code(request):
        raise PermissionDenied
