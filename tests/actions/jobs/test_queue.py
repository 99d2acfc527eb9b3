"""Real jobs in real workers: progress seen from outside, orderly stops, and workers that are killed."""

from __future__ import annotations

import datetime as dt
import signal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from tests.actions.jobs import work
from tests.actions.jobs.conftest import Queue
from uppsikt.history.rules import Actor
from uppsikt.jobs import actions, selectors
from uppsikt.jobs.selectors import Job
from uppsikt.kernel import clock

EVA = Actor("eva", "Eva Ek")
KEY = "prov:1"


def begin(queue: Queue, task: Any, **arguments: Any) -> None:
    queue.look(partial(actions.start, key=KEY, task=task, title="Prov", by=EVA, **arguments))


def holding(queue: Queue, task: Any = work.hold, *, restarts: int = 0) -> Path:
    """A job that waits half-way for the file that is returned."""
    begun, go_on = queue.folder / "begun", queue.folder / "go-on"
    begin(queue, task, restarts=restarts, begun=str(begun), go_on=str(go_on))
    return go_on


def row(queue: Queue) -> Job:
    found = queue.look(lambda: selectors.job(KEY))
    assert found is not None
    return found


def half_way() -> bool:
    found = selectors.job(KEY)
    return found is not None and (found.done, found.total, found.words) == (1, 2, "Halvvägs.")


def in_state(state: str) -> bool:
    found = selectors.job(KEY)
    return found is not None and found.state == state


def test_a_job_is_done_by_a_worker_and_followed_from_outside(queue: Queue) -> None:
    go_on = holding(queue)
    assert row(queue).state == "waiting"
    worker = queue.worker()
    queue.wait(half_way)
    assert row(queue).state == "running"
    go_on.touch()
    queue.wait(partial(in_state, "done"))
    assert row(queue).message == "Hela vägen."
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=30) == 0


def test_progress_is_seen_while_the_job_holds_a_transaction(queue: Queue) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time: the next test tells what happens there")
    go_on = holding(queue, work.hold_in_transaction)
    queue.worker("--batch")
    queue.wait(half_way)
    go_on.touch()
    queue.wait(partial(in_state, "done"))


def test_a_job_that_holds_a_transaction_is_not_stopped_by_its_own_progress(queue: Queue) -> None:
    go_on = holding(queue, work.hold_in_transaction)
    worker = queue.worker("--batch")
    queue.wait((queue.folder / "begun").exists)
    go_on.touch()
    assert worker.wait(timeout=60) == 0
    assert row(queue).message == "Skrivet."


def test_a_job_that_fails_leaves_the_worker_running(queue: Queue) -> None:
    begin(queue, work.break_down)
    queue.look(partial(actions.start, key="prov:2", task=work.count, title="Prov", by=EVA, until=2))
    assert queue.batch() == 0
    assert row(queue).state == "failed"
    other = queue.look(lambda: selectors.job("prov:2"))
    assert other is not None
    assert other.state == "done"


def test_a_worker_that_is_told_to_stop_finishes_the_job_at_hand(queue: Queue) -> None:
    go_on = holding(queue)
    worker = queue.worker()
    queue.wait(half_way)
    worker.send_signal(signal.SIGTERM)
    go_on.touch()
    assert worker.wait(timeout=30) == 0
    assert row(queue).state == "done"


def test_a_worker_ends_with_its_parent(queue: Queue) -> None:
    worker = queue.worker("--with-parent")
    queue.wait(lambda: list((Path(queue.environment["UPPSIKT_VAR"]) / "workers").glob("*")))
    assert worker.stdin is not None
    worker.stdin.close()
    assert worker.wait(timeout=30) == 0


def killed_half_way(queue: Queue, *, restarts: int) -> Path:
    go_on = holding(queue, restarts=restarts)
    worker = queue.worker()
    queue.wait(half_way)
    worker.send_signal(signal.SIGKILL)
    worker.wait(timeout=20)
    assert row(queue).state == "running"
    return go_on


def test_the_job_of_a_killed_worker_fails_and_says_so(queue: Queue) -> None:
    killed_half_way(queue, restarts=0)
    assert queue.batch() == 0
    assert row(queue).state == "failed"
    assert "avbröts" in row(queue).message
    assert queue.look(lambda: DBTaskResult.objects.get().status) == "FAILED"


def test_the_job_of_a_killed_worker_is_done_once_more_when_it_may_be(queue: Queue) -> None:
    go_on = killed_half_way(queue, restarts=1)
    go_on.touch()
    assert queue.batch() == 0
    assert (row(queue).state, row(queue).message, row(queue).restarts_left) == ("done", "Hela vägen.", 0)


def test_a_job_that_kills_its_worker_every_time_is_given_up(queue: Queue) -> None:
    killed_half_way(queue, restarts=1)
    again = queue.worker()
    queue.wait(lambda: in_state("running") and half_way() and row_restarts() == 0)
    again.send_signal(signal.SIGKILL)
    again.wait(timeout=20)
    assert queue.batch() == 0
    assert row(queue).state == "failed"


def row_restarts() -> int:
    found = selectors.job(KEY)
    assert found is not None
    return found.restarts_left


def test_the_job_of_a_living_worker_is_left_alone(queue: Queue) -> None:
    go_on = holding(queue, restarts=1)
    queue.worker("--batch")
    queue.wait(half_way)
    assert queue.look(actions.sweep) == 0
    go_on.touch()
    queue.wait(partial(in_state, "done"))


def test_a_job_taken_and_never_begun_is_queued_again_freely(queue: Queue) -> None:
    begin(queue, work.count, until=2)
    queue.look(lambda: DBTaskResult.objects.get().claim("x.1"))  # a worker of another machine

    def sweep() -> int:
        with clock.frozen(clock.now() + dt.timedelta(minutes=3)):
            return actions.sweep()

    assert queue.look(actions.sweep) == 0
    assert queue.look(sweep) == 1
    assert queue.batch() == 0
    assert row(queue).state == "done"
