"""Starting jobs, and what a job does to its own row.

Nothing here is recorded in the history: a job is how something is done. What it does, it records itself.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from uppsikt.history.rules import Actor
from uppsikt.jobs import pulse, selectors
from uppsikt.jobs.models import Job
from uppsikt.jobs.rules import ACTIVE, MEMORY, Fate, JobState
from uppsikt.kernel import clock
from uppsikt.kernel.problems import refuse


def start(
    *,
    key: str,
    task: Task[..., Any],
    title: str,
    by: Actor,
    href: str = "",
    restarts: int = 0,
    **arguments: Any,
) -> Job:
    """Enqueue a job in the transaction at hand: when that is rolled back, nothing was started.

    A finished job of the same key gives way to the new one.

    Args:
        key: what the work is about, stable, such as "ledger-load:17". Stands in the address of its page.
        task: made with `jobs.task.job`.
        title: what is done, for readers. No personal data.
        href: where the result stands.
        restarts: how many times it may be run anew when its worker dies half-way. 0 unless it may be repeated.
        arguments: for the task, by name: what JSON can hold. Keys of rows rather than rows.
    Raises: InputError when a job of that key is under way.
    """
    with transaction.atomic():
        fresh: dict[str, Any] = {
            "title": title, "href": href, "task_id": None, "state": JobState.WAITING, "restarts_left": restarts,
            "done": 0, "total": 0, "words": "", "message": "", "started_by_key": by.key,
            "created_at": clock.now(), "begun_at": None, "heard_at": None, "finished_at": None,
        }  # fmt: skip
        row, created = Job.objects.select_for_update().get_or_create(key=key, defaults=fresh)
        if not created:
            if row.state in ACTIVE:
                raise refuse(
                    "job-active",
                    _("%(title)s pågår redan.") % {"title": row.title},
                    remedy=_("Vänta tills det är klart."),
                )
            Job.objects.filter(pk=row.pk).update(**fresh)
        result = task.enqueue(key, **arguments)
        Job.objects.filter(pk=row.pk).update(task_id=_place(result.id))
    row.refresh_from_db()
    return row


def report(key: str, *, done: int = 0, total: int = 0, words: str = "") -> None:
    """Say how far the job `key` has come, and what it does now. Cheap: call it as often as there is news.

    Args: total: 0 when nobody knows how much there is.
    """
    beating = pulse.current()
    if beating is not None:
        beating.say(done, total, words[:300])
        return
    rows = Job.objects.filter(key=key, state=JobState.RUNNING)
    rows.update(done=done, total=total, words=words[:300], heard_at=clock.now())


def begin(key: str) -> bool:
    """Take up a job that waits. Returns False when it does not wait: it must then not be done."""
    now = clock.now()
    rows = Job.objects.filter(key=key, state=JobState.WAITING)
    return rows.update(state=JobState.RUNNING, begun_at=now, heard_at=now, done=0, total=0, words="") == 1


def finish(key: str, *, message: str = "") -> None:
    """The work is done. `message`: what came of it, in one or two sentences."""
    rows = Job.objects.filter(key=key, state=JobState.RUNNING)
    rows.update(state=JobState.DONE, done=F("total"), words="", message=message, finished_at=clock.now())


def fail(key: str, *, message: str) -> None:
    """The work could not be done. `message`: why, and what to do."""
    rows = Job.objects.filter(key=key, state=JobState.RUNNING)
    rows.update(state=JobState.FAILED, words="", message=message, finished_at=clock.now())


def sweep() -> int:
    """Queue again or fail the jobs whose worker is dead. Safe to call from anywhere, at any time.

    Returns: how many jobs were touched.
    """
    return sum(_settle(stray) for stray in selectors.strays())


def _settle(stray: selectors.Stray) -> bool:
    """Do with a stray job what should be done, unless somebody was before us."""
    row = stray.job
    rows = Job.objects.filter(pk=row.pk, task_id=row.task_id, state=row.state, begun_at=row.begun_at)
    results = DBTaskResult.objects.filter(pk__in=[row.task_id], status=stray.queued_as)
    with transaction.atomic():
        if stray.fate is Fate.FAIL:
            message = _("Jobbet avbröts: det som utförde det stannade. Starta det igen.")
            touched = rows.update(state=JobState.FAILED, words="", message=message, finished_at=clock.now())
            if touched:
                results.filter(status=TaskResultStatus.RUNNING).update(
                    status=TaskResultStatus.FAILED, finished_at=clock.now()
                )
            return bool(touched)
        spent = 1 if row.state == JobState.RUNNING else 0
        touched = rows.update(
            state=JobState.WAITING, words="", begun_at=None, restarts_left=F("restarts_left") - spent
        )
        if touched:
            results.update(status=TaskResultStatus.READY, finished_at=None)
        return bool(touched)


def forget() -> int:
    """Remove the jobs that ended long ago, with their places in the queue. Returns: how many jobs."""
    before = clock.now() - MEMORY
    DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()
    return Job.objects.filter(finished_at__lt=before).delete()[0]


def _place(result_id: str) -> UUID | None:
    """The job's place in the queue; None for one that was done at once (tests), which has no place."""
    try:
        return UUID(result_id)
    except ValueError:
        return None
