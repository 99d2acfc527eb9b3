"""How a function becomes a job."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import OperationalError, connection
from django.utils.translation import gettext as _
from django_tasks.base import Task, task
from django_tasks_db.utils import is_locked_database_exception

from uppsikt.jobs import actions
from uppsikt.kernel.problems import InputError

T = TypeVar("T")
ATTEMPTS = 30  # each waits as long as the database is told to (20 s)

log = logging.getLogger(__name__)


def job(function: Callable[..., str | None]) -> Task[..., str | None]:
    """Make a function of a module a job, to be started with `actions.start`.

    It gets the job's key first, and the rest by name. It says how far it has come with `actions.report(key, …)`
    and returns what came of it, in one or two sentences. An `InputError` ends the job with its problems; any other
    exception ends it with a general message, and is logged. Whole work belongs in one action, so that a worker
    that dies leaves nothing half-done.
    """

    @functools.wraps(function)
    def run(key: str, **arguments: Any) -> str | None:
        if not _patiently(lambda: actions.begin(key)):
            log.warning("Job %s does not wait any more and is not done", key)
            return None
        try:
            message = function(key, **arguments)
        except InputError as error:
            told = "\n".join(str(problem) for problem in error.problems)
            _patiently(lambda: actions.fail(key, message=told))
            return None  # an answer to the one who asked, and no fault of ours to log
        except Exception:
            told = _("Jobbet avbröts av ett fel i programmet. Den som sköter driften ser felet i loggen.")
            _patiently(lambda: actions.fail(key, message=told))
            raise
        _patiently(lambda: actions.finish(key, message=message or ""))
        return message

    return task(run)


def _patiently(write: Callable[[], T]) -> T:
    """Do a write of the job's own state even when another writer holds SQLite for longer than a write waits."""
    for _attempt in range(ATTEMPTS):
        try:
            return write()
        except OperationalError as error:
            if connection.in_atomic_block or not is_locked_database_exception(error):
                raise
    return write()
