"""Reading jobs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from uppsikt.jobs.models import Job
from uppsikt.jobs.presence import is_present
from uppsikt.jobs.rules import ACTIVE, Attendance, Fate, JobState, fate, is_silent
from uppsikt.kernel import clock

__all__ = ["Job", "JobState", "Stray", "active", "attendance", "job", "running", "strays"]


def job(key: str) -> Job | None:
    """The job with this key, None when there is none or it has been forgotten."""
    return Job.objects.filter(key=key).first()


def active() -> QuerySet[Job]:
    """The jobs that wait or run, latest first."""
    return Job.objects.filter(state__in=ACTIVE)


def running() -> QuerySet[Job]:
    """The jobs that run, latest first."""
    return Job.objects.filter(state=JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class Stray:
    """A job that nobody does any more, how the queue has it, and what should become of it."""

    job: Job
    queued_as: str
    fate: Fate


def strays() -> Iterator[Stray]:
    """The jobs whose worker is dead or whose place in the queue is gone."""
    waiting = list(active())
    results = DBTaskResult.objects.in_bulk([row.task_id for row in waiting if row.task_id])
    for row in waiting:
        result = results.get(row.task_id) if row.task_id else None
        verdict = fate(JobState(row.state), attendance(row, result), row.restarts_left)
        if verdict is not Fate.LEAVE:
            yield Stray(row, result.status if result else "", verdict)


def attendance(row: Job, result: DBTaskResult | None) -> Attendance:
    """Whether anybody has the job in hand."""
    if result is None or result.status in {TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED}:
        return Attendance.ENDED
    if result.status == TaskResultStatus.READY:
        return Attendance.QUEUED
    alive = is_present(result.worker_ids[-1])
    if alive is None:  # another machine's
        alive = not is_silent(max(filter(None, (row.heard_at, result.started_at)), default=None), clock.now())
    return Attendance.ATTENDED if alive else Attendance.DESERTED
