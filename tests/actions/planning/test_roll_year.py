"""Rolling a year forward: what comes along, once; and the chain of an assignment through the years."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests import build
from uppsikt.history.rules import SYSTEM
from uppsikt.kernel.problems import InputError
from uppsikt.planning import selectors
from uppsikt.planning.actions import assignments, plans
from uppsikt.planning.selectors import Assignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> SimpleNamespace:
    made = build.small_world()
    build.target(of=made.use, role="final", year=2030, value="35")
    build.year(number=2025)
    return made


def roll(world: SimpleNamespace) -> plans.Rolled:
    return plans.roll_year(body=world.board, from_year=2024, to_year=2025, by=SYSTEM)


def rolled_assignment() -> Assignment:
    found = selectors.assignments(2025).first()
    assert found is not None
    return found


def test_goals_come_along_with_those_above_them(world: SimpleNamespace) -> None:
    assert (roll(world).goals, selectors.goals(2025).count()) == (3, 3)
    own = selectors.goals(2025).get(key="2025-trygghet")
    assert own.carried_over_from == world.goal
    assert own.parent is not None
    assert own.parent.key == "2025-kf-1"


def test_a_later_target_still_stands_and_this_years_is_decided_anew(world: SimpleNamespace) -> None:
    roll(world)
    use = selectors.uses(2025).get()
    assert [(row.role, row.year) for row in selectors.targets().filter(use=use)] == [("final", 2030)]


def test_rolling_again_adds_nothing(world: SimpleNamespace) -> None:
    roll(world)
    assert roll(world) == plans.Rolled(0, 0, 0)


def test_the_preview_is_what_happens(world: SimpleNamespace) -> None:
    expected = selectors.to_roll(world.board, 2024, 2025)
    done = roll(world)
    assert (len(expected.goals), len(expected.uses), len(expected.assignments)) == (
        done.goals, done.indicators, done.assignments,
    )  # fmt: skip
    after = selectors.to_roll(world.board, 2024, 2025)
    assert (after.goals, after.uses, after.assignments) == ((), (), ())


@pytest.mark.parametrize(("status", "comes"), [("done", 0), ("not_done", 1), (None, 1)])
def test_only_what_is_unfinished_comes_along(world: SimpleNamespace, status: str | None, comes: int) -> None:
    if status:
        assignments.report_status(
            assignment=world.assignment, round_=world.rounds.year_end, status=status, comment="", by=SYSTEM
        )
    assert roll(world).assignments == comes


def test_the_latest_round_decides(world: SimpleNamespace) -> None:
    """Will be done in August, but was not done at the year's end."""
    for round_, status in ((world.rounds.interim, "on_track"), (world.rounds.year_end, "not_done")):
        assignments.report_status(
            assignment=world.assignment, round_=round_, status=status, comment="", by=SYSTEM, importing=True
        )
    assert roll(world).assignments == 1


def test_the_chain_is_kept(world: SimpleNamespace) -> None:
    roll(world)
    new = rolled_assignment()
    assert (new.item.carried_from_year, new.item.origin_year) == (2024, 2024)
    for start in (new, world.assignment):
        assert [link.year for link in selectors.assignment_chain(start)] == [2025, 2024]


def test_the_origin_year_follows_through_several_years(world: SimpleNamespace) -> None:
    build.year(number=2026)
    roll(world)
    plans.roll_year(body=world.board, from_year=2025, to_year=2026, by=SYSTEM)
    last = selectors.assignments(2026).get()
    assert (last.item.carried_from_year, last.item.origin_year) == (2025, 2024)
    assert [link.year for link in selectors.assignment_chain(last)] == [2026, 2025, 2024]


def test_a_year_without_model_is_refused(world: SimpleNamespace) -> None:
    with pytest.raises(InputError, match="styrmodell"):
        plans.roll_year(body=world.board, from_year=2024, to_year=2031, by=SYSTEM)


def test_the_councils_goals_come_once_whoever_rolls_first(world: SimpleNamespace) -> None:
    other = build.body(key="nsn")
    build.goal(key="2024-natur", at=other, parent=world.above)
    roll(world)
    assert plans.roll_year(body=other, from_year=2024, to_year=2025, by=SYSTEM).goals == 1
    assert selectors.goals(2025).filter(level="council_goal").count() == 1


def only_own(world: SimpleNamespace) -> plans.Rolled:
    return plans.roll_year(
        body=world.board, from_year=2024, to_year=2025, creates_for=frozenset({world.board.key}), by=SYSTEM
    )


def test_the_councils_goals_are_set_up_only_by_one_who_may(world: SimpleNamespace) -> None:
    assert only_own(world) == plans.Rolled(1, 1, 1)
    own = selectors.goals(2025).get()
    assert (own.key, own.parent) == ("2025-trygghet", None)
    withheld = selectors.to_roll(world.board, 2024, 2025, creates_for=frozenset({"ks"})).withheld
    assert [goal.key for goal in withheld] == ["2024-kf-0", "2024-kf-1"]


def test_the_councils_goals_are_used_when_they_are_there(world: SimpleNamespace) -> None:
    assert plans.roll_year(body=world.council, from_year=2024, to_year=2025, by=SYSTEM).goals == 2
    assert only_own(world) == plans.Rolled(1, 1, 1)
    assert selectors.goals(2025).get(key="2025-trygghet").parent.key == "2025-kf-1"  # type: ignore[union-attr]


def test_rolling_again_gives_a_goal_its_place_when_the_council_has_come(world: SimpleNamespace) -> None:
    only_own(world)
    plans.roll_year(body=world.council, from_year=2024, to_year=2025, by=SYSTEM)
    assert only_own(world) == plans.Rolled(0, 0, 0)
    assert selectors.goals(2025).get(key="2025-trygghet").parent.key == "2025-kf-1"  # type: ignore[union-attr]


def test_what_the_council_has_adopted_is_not_added_to(world: SimpleNamespace) -> None:
    build.plan(of=2025, at=world.council, adopted=True)
    assert roll(world) == plans.Rolled(1, 1, 1)
    assert not selectors.goals(2025).filter(body=world.council).exists()


def test_what_has_no_answer_is_known(world: SimpleNamespace) -> None:
    assert selectors.unanswered(world.board, 2024) == []
    lonely = build.goal(
        key="2024-kf-ensamt", at=world.council, level="council_goal", parent=world.above.parent
    )
    assert selectors.unanswered(world.board, 2024) == [lonely]
    assert len(selectors.unanswered(build.body(key="nsn"), 2024)) == 2
