"""A database where another writer has its turn for long stops neither the worker nor a job's own account."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django_tasks_db.management.commands.db_worker import Worker

from tests.actions.jobs import work
from uppsikt.history.rules import Actor
from uppsikt.jobs import actions
from uppsikt.jobs.models import Job
from uppsikt.jobs.rules import JobState
from uppsikt.jobs.worker import JobWorker


class Once:
    """Raises the first time, then does what it stands for."""

    def __init__(self, act, message: str) -> None:
        self.act, self.message, self.calls = act, message, 0

    def __call__(self, *args, **kwargs):
        self.calls += 1
        if self.calls == 1:
            raise OperationalError(self.message)
        return self.act(*args, **kwargs)


def test_the_worker_tries_again(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = Once(lambda: None, "database is locked")
    monkeypatch.setattr(Worker, "run", lambda _: loop())
    monkeypatch.setattr("uppsikt.jobs.worker.time.sleep", lambda _: None)
    JobWorker(batch=True).run()
    assert loop.calls == 2


def test_the_worker_hides_no_other_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = Once(lambda: None, "no such table: jobs_job")
    monkeypatch.setattr(Worker, "run", lambda _: loop())
    with pytest.raises(OperationalError, match="no such table"):
        JobWorker(batch=True).run()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["begin", "finish"])
def test_a_finished_job_is_finished_in_the_end(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    actions.start(key="prov:1", task=work.count, title="Prov", by=Actor("eva", "Eva Ek"), until=1)
    Job.objects.update(state=JobState.WAITING, finished_at=None)
    act = Once(getattr(actions, name), "database is locked")
    monkeypatch.setattr(actions, name, act)
    work.count.call("prov:1", until=1)
    assert Job.objects.get().state == JobState.DONE
    assert act.calls == 2
