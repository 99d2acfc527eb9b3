"""Who may read data in and take it home: both concern the whole municipality."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from uppsikt.accounts.selectors import User
from uppsikt.exchange.rules.reading import Source
from uppsikt.files import selectors as files
from uppsikt.organisation.access import require
from uppsikt.organisation.rules import Permission

__all__ = ["member", "require", "stored_upload"]


def member(user: User | AnonymousUser, permission: Permission) -> User:
    """The person, when they have the permission for the whole municipality. Raises: PermissionDenied."""
    require(user, permission)
    if not isinstance(user, User):
        raise PermissionDenied
    return user


def stored_upload(digest: str) -> Source:
    """A file that was handed in, as a source to read. Raises: Http404 when there is none."""
    stored = files.by_digest(digest)
    if stored is None:
        raise Http404
    return stored.name, files.content(stored)
