"""A job as the one who starts it meets it: its words, its end, and what must not happen."""

from __future__ import annotations

import datetime as dt
import logging

import pytest

from tests.actions.jobs import work
from uppsikt.history import selectors as history
from uppsikt.history.rules import Actor
from uppsikt.jobs import actions, selectors
from uppsikt.jobs.models import Job
from uppsikt.jobs.rules import JobState
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError

pytestmark = pytest.mark.django_db
EVA = Actor("eva", "Eva Ek")


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "django_tasks")


def started(task=work.count, **arguments) -> Job:
    return actions.start(key="prov:1", task=task, title="Prov", by=EVA, **arguments)


def test_a_job_is_done_and_tells_what_came_of_it() -> None:
    row = started(until=3)
    assert (row.state, row.message, row.done, row.total) == ("done", "Räknade till 3.", 3, 3)
    assert row.begun_at is not None
    assert row.finished_at is not None


def test_every_fault_of_an_input_is_told() -> None:
    row = started(work.refuse)
    assert row.state == "failed"
    assert row.message == "bok.si, rad 3: Beloppet är inte ett tal.\nbok.si: Filen är tom."


def test_a_fault_of_ours_is_told_without_its_inside() -> None:
    row = started(work.break_down)
    assert row.state == "failed"
    assert "fel i programmet" in row.message
    assert "secret" not in row.message


def test_the_same_work_is_not_started_twice() -> None:
    started(until=1)
    Job.objects.update(state=JobState.RUNNING, finished_at=None)
    with pytest.raises(InputError, match="Prov pågår redan"):
        started(until=1)


def test_a_finished_job_gives_way_to_a_new_one_of_its_key() -> None:
    started(work.refuse)
    row = started(until=2)
    assert (Job.objects.count(), row.state, row.message) == (1, "done", "Räknade till 2.")


def test_only_the_key_of_a_person_is_kept() -> None:
    row = started(until=1)
    kept = [getattr(row, field.attname) for field in Job._meta.fields]
    assert "eva" in kept
    assert not [value for value in kept if "Eva Ek" in str(value)]


def test_jobs_write_no_history_of_their_own() -> None:
    before = history.recent().count()
    started(until=1)
    assert history.recent().count() == before


def test_a_job_that_was_given_up_is_not_done_after_all() -> None:
    started(until=1)
    Job.objects.update(state=JobState.FAILED, done=0, message="Avbrutet.")
    assert not actions.begin("prov:1")
    actions.report("prov:1", done=9, total=9, words="För sent")
    actions.finish("prov:1", message="För sent")
    row = selectors.job("prov:1")
    assert row is not None
    assert (row.state, row.done, row.message) == ("failed", 0, "Avbrutet.")


def test_old_jobs_are_forgotten() -> None:
    started(until=1)
    assert actions.forget() == 0
    with clock.frozen(clock.now() + dt.timedelta(days=91)):
        assert actions.forget() == 1
    assert selectors.job("prov:1") is None
