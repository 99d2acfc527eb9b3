"""What becomes of a job whose worker is gone."""

from __future__ import annotations

import datetime as dt

import pytest

from uppsikt.jobs.rules import Attendance, Fate, JobState, fate, is_silent, same_machine, worker_name

NOW = dt.datetime(2025, 9, 10, 10, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("state", "attendance", "restarts", "expected"),
    [
        ("waiting", "queued", 0, "leave"),
        ("running", "attended", 0, "leave"),
        ("done", "ended", 1, "leave"),
        ("failed", "ended", 1, "leave"),
        # Half of it may be done: once more only when that was promised to be safe.
        ("running", "deserted", 0, "fail"),
        ("running", "deserted", 1, "queue_again"),
        ("running", "ended", 0, "fail"),
        ("running", "ended", 1, "queue_again"),
        # Taken by a worker that died before it began: nothing is done, so it is always safe.
        ("waiting", "deserted", 0, "queue_again"),
        # Ended without beginning: the queue could not run it, and would not the next time.
        ("waiting", "ended", 1, "fail"),
    ],
)
def test_fate(state: str, attendance: str, restarts: int, expected: str) -> None:
    assert fate(JobState(state), Attendance(attendance), restarts) is Fate(expected)


def test_a_worker_is_known_by_its_machine() -> None:
    one, other = worker_name("server.kommun.se", "abc"), worker_name("server.kommun.se", "def")
    assert one == "server-kommun-se.abc"
    assert same_machine(one, other)
    assert not same_machine(one, worker_name("server2.kommun.se", "abc"))


def test_a_name_is_a_safe_file_name_that_the_queue_takes() -> None:
    name = worker_name("../" * 40, "x" * 80)
    assert "/" not in name
    assert len(name) <= 64


@pytest.mark.parametrize(("seconds", "silent"), [(0, False), (120, False), (121, True)])
def test_silence(seconds: int, silent: bool) -> None:
    assert is_silent(NOW - dt.timedelta(seconds=seconds), NOW) is silent


def test_a_worker_that_never_spoke_is_silent() -> None:
    assert is_silent(None, NOW)
