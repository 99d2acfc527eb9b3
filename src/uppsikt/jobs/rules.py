"""The life of a job, and what becomes of one whose worker is gone."""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum

# A worker of another machine that has said nothing for this long is taken for dead.
SILENCE = dt.timedelta(minutes=2)
# A finished job is remembered this long.
MEMORY = dt.timedelta(days=90)

_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9-]")


class JobState(StrEnum):
    """Where a job is in its life."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"

    @property
    def label(self) -> str:
        """The state's word in the interface."""
        return {"waiting": "väntar", "running": "pågår", "done": "klart", "failed": "misslyckades"}[
            self.value
        ]


ACTIVE = frozenset({JobState.WAITING, JobState.RUNNING})


class Attendance(StrEnum):
    """What the queue knows of the one who should do a job."""

    QUEUED = "queued"  # nobody has taken it yet
    ATTENDED = "attended"  # a living worker has it
    DESERTED = "deserted"  # the worker that took it is dead
    ENDED = "ended"  # the queue holds it for ended, or holds it no more


class Fate(StrEnum):
    """What a sweep does with a job."""

    LEAVE = "leave"
    QUEUE_AGAIN = "queue_again"
    FAIL = "fail"


def fate(state: JobState, attendance: Attendance, restarts_left: int) -> Fate:
    """What becomes of a job that is not finished.

    One whose worker died before the work began is queued again freely; one that had begun, only while it has
    restarts left, since half of it may be done. One that the queue ended without beginning it cannot be run.
    """
    if state not in ACTIVE or attendance in {Attendance.QUEUED, Attendance.ATTENDED}:
        return Fate.LEAVE
    begun = state is JobState.RUNNING
    if (begun and restarts_left > 0) or (not begun and attendance is Attendance.DESERTED):
        return Fate.QUEUE_AGAIN
    return Fate.FAIL


def worker_name(machine: str, token: str) -> str:
    """A worker's name: its machine, a full stop, and a token of its own. Safe as a file name, at most 64 characters."""
    return f"{_NOT_IN_A_NAME.sub('-', machine)[:30] or 'x'}.{_NOT_IN_A_NAME.sub('-', token)[:32]}"


def same_machine(one: str, other: str) -> bool:
    """Whether two workers' names are of one machine."""
    return one.split(".", maxsplit=1)[0] == other.split(".", maxsplit=1)[0]


def is_silent(heard: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether a worker last heard of at `heard` is taken for dead. None: it never said anything."""
    return heard is None or now - heard > SILENCE
