"""Who may follow a job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404

from uppsikt.accounts.selectors import User
from uppsikt.jobs import selectors
from uppsikt.jobs.selectors import Job
from uppsikt.organisation import access
from uppsikt.organisation.rules import Permission

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def job(user: User | AnonymousUser, key: str) -> Job:
    """The job, for the one who started it and for those who may read in data for the whole municipality.

    Raises: PermissionDenied for others, whether the job exists or not; Http404 when it does not.
    """
    found = selectors.job(key)
    held = access.grants(user)
    mine = found is not None and isinstance(user, User) and found.started_by_key == user.key
    if not mine and not held.allows(Permission.IMPORT):
        raise PermissionDenied
    if found is None:
        raise Http404
    return found
