"""Proposing fulfilment: every row of docs/algorithms/fulfilment.md."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.tables import names, table
from uppsikt.cycle.rules.steering import AssessmentRule, Scale, Step
from uppsikt.kernel.numbers import round_half_away
from uppsikt.planning.rules.fulfilment import Basis, propose, roll_up

SCALE = Scale(
    "fulfilment",
    tuple(
        Step(key, key, key, f"circle-{rank}", "good", rank)
        for key, rank in (("very_high", 4), ("high", 3), ("partly", 2), ("not", 1))
    ),
)
RULE = AssessmentRule(
    scale="fulfilment", rule="shares", indicator_weight=Decimal(70), assignment_weight=Decimal(30),
    thresholds=(("very_high", Decimal(100)), ("high", Decimal(50)), ("partly", Decimal(25)), ("not", Decimal(0))),
)  # fmt: skip
Row = dict[str, str]


def rows(name: str) -> pytest.MarkDecorator:
    found = table("fulfilment.md", name)
    return pytest.mark.parametrize("row", found, ids=names(found))


@rows("FULFIL-1")
def test_proposals(row: Row) -> None:
    basis = Basis(*(int(row[name]) for name in ("met", "judged", "done", "assignments")))
    found = propose(RULE, SCALE, basis)
    assert (found.step.key if found else "") == row["step"]
    assert (str(round_half_away(found.percent, 0)) if found else "") == row["percent"]


@rows("FULFIL-2")
def test_rolled_up(row: Row) -> None:
    found = roll_up(SCALE, [None if step == "-" else step for step in row["steps"].split()])
    assert ", ".join(f"{step.key} {count}" for step, count in found.by_step) == row["by step"]
    assert found.unassessed == int(row["unassessed"])
    assert (found.worst.key if found.worst else "") == row["worst"]


counts = st.integers(0, 40).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@given(counts, counts)
def test_one_more_met_never_lowers_the_proposal(targets: tuple[int, int], tasks: tuple[int, int]) -> None:
    (met, judged), (done, total) = targets, tasks
    if met == judged:
        return
    less = propose(RULE, SCALE, Basis(met, judged, done, total))
    more = propose(RULE, SCALE, Basis(met + 1, judged, done, total))
    assert less is not None
    assert more is not None
    assert more.step.rank >= less.step.rank
    assert 0 <= less.percent < more.percent <= 100


@given(counts, counts)
def test_there_is_a_proposal_whenever_there_is_something_to_go_by(
    targets: tuple[int, int], tasks: tuple[int, int]
) -> None:
    (met, judged), (done, total) = targets, tasks
    assert (propose(RULE, SCALE, Basis(met, judged, done, total)) is not None) == bool(judged or total)


@given(st.lists(st.sampled_from([None, "very_high", "high", "partly", "not"])))
def test_no_goal_is_lost_in_the_counts(steps: list[str | None]) -> None:
    found = roll_up(SCALE, steps)
    assert sum(count for _, count in found.by_step) + found.unassessed == found.goals == len(steps)


def test_a_model_without_assessment_proposes_nothing() -> None:
    assert propose(AssessmentRule(), None, Basis(1, 1, 1, 1)) is None
