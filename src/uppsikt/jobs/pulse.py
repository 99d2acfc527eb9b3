"""Progress and signs of life, written from a thread with a connection of its own.

The job itself may hold a transaction for minutes. Its progress must be seen meanwhile, and must never stop it: the
job only leaves its latest figures here. Where the database lets one write at a time (SQLite) and the job has its
turn, the figures wait; the next ones are tried again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from uuid import UUID

from django.db import DatabaseError, connection, connections

from uppsikt.jobs.models import Job
from uppsikt.jobs.rules import JobState
from uppsikt.kernel import clock

TICK = 0.5  # seconds: at most two writes each second
SIGN_OF_LIFE = 10.0  # seconds between signs of life where nothing is said
PATIENCE_MS = 300  # how long a write waits for another writer (SQLite)

_current: ContextVar[Pulse | None] = ContextVar("uppsikt_pulse", default=None)


class Pulse:
    """The latest that a job has said of itself, and the thread that writes it."""

    def __init__(self, task_id: UUID) -> None:
        self.task_id = task_id
        self._said: dict[str, int | str] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"pulse-{task_id}", daemon=True)

    def say(self, done: int, total: int, words: str) -> None:
        """Leave the latest figures."""
        self._said = {"done": done, "total": total, "words": words}

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End the thread; what has not been written is dropped."""
        self._ended.set()
        self._thread.join(timeout=5)

    def _beat(self) -> None:
        written: dict[str, int | str] | None = None
        at = time.monotonic() - SIGN_OF_LIFE
        try:
            while not self._ended.wait(TICK):
                said = self._said
                if said is written and time.monotonic() - at < SIGN_OF_LIFE:
                    continue
                with suppress(DatabaseError):
                    self._write(said)
                    written, at = said, time.monotonic()
        finally:
            connections.close_all()

    def _write(self, said: dict[str, int | str]) -> None:
        if connection.vendor == "sqlite" and connection.connection is None:
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        rows = Job.objects.filter(task_id=self.task_id, state=JobState.RUNNING)
        rows.update(heard_at=clock.now(), **said)


@contextmanager
def beating(task_id: UUID) -> Iterator[None]:
    """Write a job's progress and signs of life from a thread, as long as the block runs."""
    pulse = Pulse(task_id)
    token = _current.set(pulse)
    pulse.start()
    try:
        yield
    finally:
        pulse.stop()
        _current.reset(token)


def current() -> Pulse | None:
    """The pulse of the job that is run here, None outside a worker."""
    return _current.get()
