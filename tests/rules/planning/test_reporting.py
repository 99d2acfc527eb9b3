"""What a round asks for: which period is due, by which breakdowns, and whose it is to report."""

from __future__ import annotations

import datetime as dt

import pytest

from uppsikt.organisation.rules import Grant, Grants, Role
from uppsikt.planning.rules.reporting import Task, TaskKind, breakdown_keys, due_period, is_mine, progress

AUGUST = dt.date(2025, 8, 31)
YEAR_END = dt.date(2025, 12, 31)


@pytest.mark.parametrize(
    ("periodicity", "lag", "cutoff", "due"),
    [
        ("year", 0, AUGUST, "2025"),
        ("year", 1, AUGUST, "2024"),
        ("tertial", 0, AUGUST, "2025-T2"),
        ("tertial", 0, dt.date(2025, 8, 30), "2025-T1"),
        ("tertial", 0, dt.date(2025, 3, 31), "2025-T1"),
        ("tertial", 0, YEAR_END, "2025-T3"),
        ("quarter", 0, AUGUST, "2025-Q2"),
        ("quarter", 0, dt.date(2025, 3, 31), "2025-Q1"),
        ("quarter", 0, YEAR_END, "2025-Q4"),
        ("month", 0, AUGUST, "2025-08"),
        ("month", 1, AUGUST, "2024-08"),
        ("rolling12", 0, dt.date(2020, 2, 29), "2025-02/R12"),
    ],
)
def test_the_period_that_is_due(periodicity: str, lag: int, cutoff: dt.date, due: str) -> None:
    assert due_period(periodicity, 2025, lag, cutoff) == due


def test_breakdowns_begin_with_the_total() -> None:
    dimensions = [("gender", ["women", "men"]), ("interval", ["1-14", "15-90"])]
    assert breakdown_keys("", dimensions) == [""]
    assert breakdown_keys("gender; interval", dimensions) == [
        "", "gender=women", "gender=men", "interval=1-14", "interval=15-90",
    ]  # fmt: skip
    assert breakdown_keys("unknown", dimensions) == [""]


def task(kind: TaskKind = TaskKind.ASSIGNMENT, **more: object) -> Task:
    values: dict[str, object] = {
        "kind": kind, "key": "a", "name": "A", "body": "ks", "goal": "g", "goal_name": "G", "section": "",
        "person": "", "person_name": "", "unit": "", "done": False, "deadline": dt.date(2025, 9, 20),
    }  # fmt: skip
    return Task(**(values | more))  # type: ignore[arg-type]


def test_late_is_undone_after_the_last_day() -> None:
    assert not task().late(dt.date(2025, 9, 20))
    assert task().late(dt.date(2025, 9, 21))
    assert not task(done=True).late(dt.date(2025, 9, 21))
    assert not task(deadline=None).late(dt.date(2025, 9, 21))


def test_progress_counts_what_is_done() -> None:
    count = progress([task(done=True), task(), task()])
    assert (count.reported, count.total, count.left) == (1, 3, 2)


REPORTER = Grants("jo", (Grant(Role.REPORTER, "ks", frozenset({"park", "gata"})),))
APPROVER = Grants("ha", (Grant(Role.APPROVER, "ks"),))
CENTRAL = Grants("ra", (Grant(Role.CENTRAL_CONTROLLER),))


@pytest.mark.parametrize(
    ("held", "what", "mine"),
    [
        (REPORTER, task(person="jo"), True),
        (REPORTER, task(unit="gata"), True),
        (REPORTER, task(unit="skola"), False),
        (REPORTER, task(person="jo", body="gn"), False),
        (REPORTER, task(TaskKind.GOAL, person="jo"), False),
        (APPROVER, task(TaskKind.GOAL), True),
        (APPROVER, task(TaskKind.GOAL, body="gn"), False),
        (APPROVER, task(unit="gata"), False),
        (CENTRAL, task(TaskKind.GOAL), False),
        (CENTRAL, task(person="ra"), True),
    ],
)
def test_whose_it_is(held: Grants, what: Task, *, mine: bool) -> None:
    assert is_mine(what, held) is mine
