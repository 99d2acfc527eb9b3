"""How a function becomes a job."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django_tasks.base import Task, task

from uppsikt.jobs import actions
from uppsikt.kernel.problems import InputError

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
        if not actions.begin(key):
            log.warning("Job %s does not wait any more and is not done", key)
            return None
        try:
            message = function(key, **arguments)
        except InputError as error:
            actions.fail(key, message="\n".join(str(problem) for problem in error.problems))
            raise
        except Exception:
            actions.fail(
                key,
                message=_(
                    "Jobbet avbröts av ett fel i programmet. Den som sköter driften ser felet i loggen."
                ),
            )
            raise
        actions.finish(key, message=message or "")
        return message

    return task(run)
