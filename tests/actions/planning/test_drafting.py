"""Making a plan: only in a draft, never over somebody else's change, and everything can be taken back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from tests import build
from uppsikt.history import selectors as history
from uppsikt.history.rules import SYSTEM
from uppsikt.kernel.decision import Decision
from uppsikt.kernel.problems import InputError
from uppsikt.planning import selectors
from uppsikt.planning.actions import drafting, plans
from uppsikt.planning.actions.drafting import Changed
from uppsikt.planning.rules.judgement import TargetFact
from uppsikt.planning.selectors import target_version, version_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> SimpleNamespace:
    return build.small_world()


def goal_values(**more: Any) -> dict[str, Any]:
    return {
        "version": "", "level": "committee_goal", "parent": None, "number": "", "name": "Ett nytt mål",
        "description": "", "responsible": None, "priorities": [],
    } | more  # fmt: skip


def save_goal(world: SimpleNamespace, goal: Any = None, **more: Any) -> Any:
    return drafting.save_goal(goal=goal, year=2024, body=world.board, by=SYSTEM, **goal_values(**more))


def test_a_new_goal_stands_last_with_a_readable_key(world: SimpleNamespace) -> None:
    saved = save_goal(world, parent=world.above, priorities=["Först", "", "Sedan"])
    assert saved.key == "2024-ks-ett-nytt-mal"
    assert saved.position > world.goal.position
    assert [each.text for each in saved.priorities.all()] == ["Först", "Sedan"]


def test_two_goals_of_the_same_name_get_different_keys(world: SimpleNamespace) -> None:
    assert save_goal(world).key != save_goal(world).key


def test_a_goal_is_changed_where_it_stands(world: SimpleNamespace) -> None:
    saved = save_goal(world, world.goal, version=version_of(world.goal), parent=world.above, name="Tryggare")
    assert (saved.pk, saved.name, saved.position) == (world.goal.pk, "Tryggare", world.goal.position)


def test_nobody_writes_over_another(world: SimpleNamespace) -> None:
    opened = version_of(world.goal)
    save_goal(world, world.goal, version=opened, parent=world.above, name="Den första ändringen")
    with pytest.raises(Changed) as stopped:
        save_goal(world, world.goal, version=opened, parent=world.above, name="Den andra")
    assert stopped.value.row.name == "Den första ändringen"
    world.goal.refresh_from_db()
    assert world.goal.name == "Den första ändringen"


def test_a_changed_priority_is_a_change_too(world: SimpleNamespace) -> None:
    opened = version_of(world.goal)
    save_goal(world, world.goal, version=opened, parent=world.above, name=world.goal.name, priorities=["Ny"])
    with pytest.raises(Changed):
        save_goal(world, world.goal, version=opened, parent=world.above, name="Den andra")


def test_an_adopted_plan_is_closed(world: SimpleNamespace) -> None:
    build.plan(at=world.board, adopted=True)
    with pytest.raises(InputError, match="fastställd"):
        save_goal(world)
    with pytest.raises(InputError, match="fastställd"):
        drafting.remove(row=world.use, by=SYSTEM)
    plans.reopen(plan=selectors.plan(world.board, 2024), reason="Budgeten ändrades.", by=SYSTEM)
    assert save_goal(world).pk


def test_reopening_needs_a_reason(world: SimpleNamespace) -> None:
    plan = build.plan(at=world.board, adopted=True)
    with pytest.raises(InputError, match="Skäl saknas"):
        plans.reopen(plan=plan, reason=" ", by=SYSTEM)


def test_adopting_needs_a_body_and_a_day(world: SimpleNamespace) -> None:
    with pytest.raises(InputError, match="ofullständigt"):
        plans.adopt(plan=world.plan, decision=Decision(case="KS-2024/1"), by=SYSTEM)
    decision = Decision("KS-2024/1", "Kommunstyrelsen", dt.date(2023, 12, 11), "41")
    assert plans.adopt(plan=world.plan, decision=decision, by=SYSTEM)
    assert not plans.adopt(plan=world.plan, decision=decision, by=SYSTEM)
    assert str(world.plan.decision).startswith("KS-2024/1, Kommunstyrelsen 2023-12-11")


def test_what_is_removed_can_be_put_back(world: SimpleNamespace) -> None:
    for kind, row in (("uses", world.use), ("assignments", world.assignment)):
        drafting.remove(row=row, by=SYSTEM)
        key = row.item.key if kind == "assignments" else row.key
        gone = selectors.removed_row(kind, key)
        assert gone is not None
        drafting.restore(row=gone, by=SYSTEM)
        assert selectors.removed_row(kind, key) is None
    assert selectors.uses().filter(key=world.use.key).exists()
    assert selectors.assignments().filter(item__key=world.assignment.item.key).exists()


def test_a_goal_with_something_under_it_stays(world: SimpleNamespace) -> None:
    with pytest.raises(InputError, match="finns mål, indikatorer eller uppdrag"):
        drafting.remove(row=world.goal, by=SYSTEM)


def test_moving_changes_the_order_once(world: SimpleNamespace) -> None:
    other = build.use(under=world.goal, of=build.indicator(key="nki"), position=2)
    assert drafting.move(row=other, way="up", by=SYSTEM)
    assert [use.key for use in selectors.uses().filter(goal=world.goal)] == [other.key, world.use.key]
    other.refresh_from_db()
    assert not drafting.move(row=other, way="up", by=SYSTEM)


def test_every_act_has_its_event(world: SimpleNamespace) -> None:
    drafting.move(
        row=build.goal(key="2024-annat", at=world.board, parent=world.above, position=5), way="up", by=SYSTEM
    )
    newest = history.about("goal:2024-annat").first()
    assert newest is not None
    assert set(newest.data) == {"position"}


def series(**more: Any) -> dict[str, Any]:
    return {"name": "Nöjda besökare", "measure": "procent", "direction": "up"} | more


def save_use(world: SimpleNamespace, use: Any = None, **more: Any) -> Any:
    values = {
        "version": "", "goal": world.goal, "section": "", "indicator": None, "series": {}, "label": "",
        "lag_years": 0, "responsible": None, "note": "",
    }  # fmt: skip
    return drafting.save_use(use=use, year=2024, body=world.board, by=SYSTEM, **values | more)


def test_a_new_series_and_its_place_in_the_plan_are_one_act(world: SimpleNamespace) -> None:
    use = save_use(world, series=series())
    assert (use.indicator.key, use.key) == ("nojda-besokare", "2024-ks-nojda-besokare")


def test_a_series_stands_once_under_a_goal(world: SimpleNamespace) -> None:
    with pytest.raises(InputError, match="finns redan"):
        save_use(world, indicator=world.indicator)


def test_a_changed_series_is_seen_by_whoever_has_it_open(world: SimpleNamespace) -> None:
    opened = version_of(world.use)
    save_use(world, world.use, version=opened, series=series(name="Oro för brott i samhället"))
    with pytest.raises(Changed):
        save_use(world, world.use, version=opened, label="Oro")


def test_a_changed_target_supersedes_and_can_be_read_back(world: SimpleNamespace) -> None:
    standing = selectors.standing_target(world.use, "milestone", 2024)
    fact = TargetFact("milestone", 2024, "le", Decimal(40))
    drafting.set_target(use=world.use, version=target_version(standing), target=fact, by=SYSTEM)
    assert [selectors.fact_of(row).text for row in selectors.targets_ever(world.use)] == ["≤40", "≤38"]
    assert standing is not None
    before = selectors.indicator_view(world.use, moment=standing.recorded_at)
    assert before.target is not None
    assert before.target.text == "≤38"


def test_a_target_is_not_written_over_either(world: SimpleNamespace) -> None:
    fact = TargetFact("milestone", 2024, "le", Decimal(40))
    with pytest.raises(Changed):
        drafting.set_target(use=world.use, version="none", target=fact, by=SYSTEM)


def test_the_decided_print_stays_while_the_figures_are_the_same(world: SimpleNamespace) -> None:
    build.target(of=world.use, value="38", printed="≤38")
    standing = selectors.standing_target(world.use, "milestone", 2024)
    same = TargetFact("milestone", 2024, "le", Decimal(38))
    row = drafting.set_target(use=world.use, version=target_version(standing), target=same, by=SYSTEM)
    assert row == standing


def test_an_assignment_is_added_and_changed(world: SimpleNamespace) -> None:
    values: dict[str, Any] = {
        "goal": world.goal, "number": "7", "title": "Kartlägg otrygga platser", "text": "", "background": "",
        "parts": [{"label": "a", "text": "gör"}], "origin": "council", "decision": Decision("KS-1"),
        "responsible": None, "deadline": dt.date(2024, 6, 30),
    }  # fmt: skip
    row = drafting.save_assignment(
        assignment=None, version="", year=2024, body=world.board, by=SYSTEM, **values
    )
    assert row.item.key == "2024-ks-kartlagg-otrygga-platser"
    opened = version_of(row)
    changed = values | {"title": "Kartlägg"}
    drafting.save_assignment(
        assignment=row, version=opened, year=2024, body=world.board, by=SYSTEM, **changed
    )
    with pytest.raises(Changed):
        drafting.save_assignment(
            assignment=row, version=opened, year=2024, body=world.board, by=SYSTEM, **values
        )
