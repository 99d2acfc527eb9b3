"""How the cells of the oversight page are judged: every row of docs/algorithms/oversight.md."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.tables import figure, names, table
from uppsikt.cycle.rules.steering import Scale, Step
from uppsikt.economy.rules.model import Threshold
from uppsikt.oversight.rules import board
from uppsikt.oversight.rules.board import NOTHING, Change, Judged, Level

Row = dict[str, str]
FULFILMENT = Scale(
    "fulfilment",
    (
        Step("very_high", "I mycket hög grad", "", "circle-4", "good", 4, counts_as_fulfilled=True),
        Step("high", "I hög grad", "", "circle-3", "good", 3, counts_as_fulfilled=True),
        Step("partly", "Delvis", "", "circle-2", "warn", 2),
        Step("not", "Ej uppfyllt", "", "circle-0", "bad", 1),
    ),
)
STATUS = Scale(
    "status",
    (
        Step("done", "Klart", "", "square-full", "good", 3, done=True),
        Step("on_track", "Blir klart i år", "", "triangle-right", "fair", 2),
        Step("not_done", "Ej klart i år", "", "square-empty", "bad", 1, carries_over=True),
    ),
)
LIMIT = Threshold(amount=5_000_000, percent=Decimal(2))


def rows(name: str) -> pytest.MarkDecorator:
    found = table("oversight.md", name)
    return pytest.mark.parametrize("row", found, ids=names(found))


def level(cell: Judged) -> str:
    return cell.level.name.lower()


def numbers(row: Row, *columns: str) -> list[int]:
    return [int(row[column]) for column in columns]


@rows("OVERSIGHT-1")
def test_goals(row: Row) -> None:
    found = board.goals(FULFILMENT, int(row["goals"]), numbers(row, *(step.key for step in FULFILMENT.steps)))
    assert (level(found), found.weight) == (row["level"], int(row["weight"]))
    if row["fulfilled"]:
        assert found.counts[0] == int(row["fulfilled"])


def test_a_model_that_assesses_no_goals_has_nothing_to_judge() -> None:
    assert board.goals(None, 9, ()).level is Level.NOTHING


@rows("OVERSIGHT-2")
def test_assignments(row: Row) -> None:
    steps = numbers(row, *(step.key for step in STATUS.steps))
    found = board.assignments(STATUS, int(row["assignments"]), steps, int(row["overdue"]))
    assert (level(found), found.weight) == (row["level"], int(row["weight"]))


@rows("OVERSIGHT-3")
def test_the_result_against_the_budget(row: Row) -> None:
    budget, variance = (
        None if figure(row[name]) is None else int(Decimal(row[name]) * 100_000_000)
        for name in ("budget", "variance")
    )
    found = board.result(budget, variance, LIMIT, whole=True, year_end=True)
    assert level(found) == row["level"]


@rows("OVERSIGHT-4")
def test_how_near_forecasts_came(row: Row) -> None:
    errors = [Decimal(error) for error in row["errors"].split()]
    found = board.forecasts(errors, 2024, LIMIT)
    assert level(found) == row["level"]
    assert (found.counts[0] if found.counts else None) == figure(row["mean"])


@rows("OVERSIGHT-5")
def test_controls(row: Row) -> None:
    total, done, deficient, failed, open_ = numbers(row, "controls", "done", "deficient", "failed", "open")
    found = board.controls(
        total=total, done=done, deficient=deficient, failed=failed, open_deficiencies=open_,
        year_end=bool(row["year_end"]),
    )  # fmt: skip
    assert level(found) == row["level"]


@rows("OVERSIGHT-6")
def test_risks(row: Row) -> None:
    total, high, unanswered = numbers(row, "risks", "high", "unanswered")
    assert level(board.risks(total=total, high=high, unanswered=unanswered)) == row["level"]


@rows("OVERSIGHT-7")
def test_audit(row: Row) -> None:
    total, open_, overdue, not_done = numbers(row, "recommendations", "open", "overdue", "not_done")
    assert level(board.audit(total=total, open_=open_, overdue=overdue, not_done=not_done)) == row["level"]


@rows("OVERSIGHT-8")
def test_reporting(row: Row) -> None:
    reported, total = numbers(row, "reported", "total")
    found = board.reporting(reported, total, is_open=bool(row["open"]), late=bool(row["late"]))
    assert level(found) == row["level"]


@rows("OVERSIGHT-10")
def test_what_has_changed(row: Row) -> None:
    was = Judged(Level[row["before"].upper()], "x", int(row["weight before"]))
    now = Judged(Level[row["now"].upper()], "x", int(row["weight now"]))
    assert board.change(now, was) == Change(row["change"])


def test_a_body_that_was_not_there_the_last_time_is_new() -> None:
    assert board.change(Judged(Level.BAD, "x"), None) is Change.NEW


def judged(*levels: Level) -> board.Standing:
    return board.standing([Judged(one, "x") for one in levels])


def test_the_worst_stands_first() -> None:
    bodies = {
        "two red": judged(Level.BAD, Level.BAD, Level.GOOD),
        "one red, two yellow": judged(Level.BAD, Level.WARN, Level.WARN),
        "one red": judged(Level.BAD, Level.GOOD, Level.GOOD),
        "three yellow": judged(Level.WARN, Level.WARN, Level.WARN),
        "green": judged(Level.GOOD, Level.NOTHING, Level.NOTHING),
        "nothing": judged(Level.NOTHING, Level.NOTHING, Level.NOTHING),
    }
    backwards = dict(reversed(bodies.items()))
    found = sorted(backwards, key=lambda name: board.worst_first(bodies[name], list(backwards).index(name)))
    assert found == list(bodies)


LEVELS = st.lists(st.sampled_from(list(Level)), min_size=8, max_size=8)


@given(LEVELS, st.integers(0, 7))
def test_a_body_never_falls_back_by_getting_worse(levels: list[Level], at: int) -> None:
    worse = [*levels]
    worse[at] = Level.BAD
    assert board.worst_first(judged(*worse), 0) <= board.worst_first(judged(*levels), 0)


def test_a_cell_without_anything_is_no_judgement() -> None:
    assert not board.standing([NOTHING] * 8).judged
