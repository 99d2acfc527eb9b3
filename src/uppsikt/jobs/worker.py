"""The process that does the jobs: django-tasks-db's own loop, with what it lacks around it."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time

from django.db import DatabaseError, OperationalError, connections
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import is_locked_database_exception

from uppsikt.jobs import actions
from uppsikt.jobs.presence import new_name, present
from uppsikt.jobs.pulse import beating

log = logging.getLogger(__name__)

INTERVAL = 1.0  # seconds between looks at an empty queue
SWEEP_EVERY = 30.0  # seconds


class JobWorker(Worker):
    """Takes one job at a time, tells of its life, and waits out a database that is locked."""

    def __init__(self, *, batch: bool) -> None:
        super().__init__(
            queue_names=["*"], interval=INTERVAL, batch=batch, backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False, max_tasks=None, worker_id=new_name(), excluded_queue_names=[],
        )  # fmt: skip

    def run(self) -> None:
        """Work until told to stop, or in a batch until nothing waits."""
        while self.running:
            try:
                super().run()
            except OperationalError as error:
                if not is_locked_database_exception(error):
                    raise
                time.sleep(self.interval)
            else:
                return

    def run_task(self, db_task_result: DBTaskResult) -> None:
        """Do one job, with a pulse beside it."""
        with beating(db_task_result.id):
            super().run_task(db_task_result)


def work(*, batch: bool = False, with_parent: bool = False) -> None:
    """Sweep, and do jobs until told to stop (SIGTERM or Ctrl+C: after the job at hand; twice: at once).

    Args:
        batch: stop when nothing waits.
        with_parent: stop also when standard input closes, which it does when the parent process is gone.
    """
    worker = JobWorker(batch=batch)
    with present(worker.worker_id):
        worker.configure_signals()
        actions.sweep()
        actions.forget()
        threading.Thread(target=_sweep_regularly, name="sweep", daemon=True).start()
        if with_parent:
            threading.Thread(target=_stop_with_parent, name="parent", daemon=True).start()
        worker.run()


def _sweep_regularly() -> None:
    while True:
        time.sleep(SWEEP_EVERY)
        try:
            actions.sweep()
        except DatabaseError:
            log.warning(
                "The sweep of the jobs could not reach the database; it is tried again", exc_info=True
            )
        finally:
            connections.close_all()


def _stop_with_parent() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
