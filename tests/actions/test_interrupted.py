"""An action that is interrupted leaves nothing half-done: not a row, not an event."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.apps import apps

from tests import build
from uppsikt.accounts import actions as accounts
from uppsikt.cycle import actions as cycle
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.history.rules import SYSTEM
from uppsikt.kernel.decision import Decision
from uppsikt.kernel.period import parse_period
from uppsikt.organisation import actions as organisation
from uppsikt.organisation.rules import Role
from uppsikt.planning.actions import assignments, goals, indicators, plans, steering
from uppsikt.planning.rules.judgement import TargetFact
from uppsikt.texts.actions import save_text

pytestmark = pytest.mark.django_db

TEXT = [{"type": "paragraph", "children": [{"type": "text", "text": "Hej", "marks": []}]}]
NEW = dt.date(2026, 1, 1)


class Interrupted(Exception):
    """The power went, just before the event was written."""


ACTIONS: dict[str, Callable[[SimpleNamespace], object]] = {
    "status": lambda w: assignments.report_status(
        assignment=w.assignment, round_=w.rounds.year_end, status="done", comment="", by=SYSTEM
    ),
    "assessment": lambda w: goals.assess(
        goal=w.goal, round_=w.rounds.year_end, body=w.board, step="high", rationale="", by=SYSTEM
    ),
    "outcome": lambda w: indicators.record_observation(
        indicator=w.indicator,
        body=w.board,
        period=parse_period("2024"),
        value=Decimal(9),
        round_=w.rounds.year_end,
        by=SYSTEM,
    ),
    "report": lambda w: indicators.report_indicator(
        use=w.use, round_=w.rounds.year_end, reported="", reason="", analysis="x", by=SYSTEM
    ),
    "target": lambda w: indicators.set_target(
        use=w.use, target=TargetFact("milestone", 2024, "le", Decimal(1)), by=SYSTEM
    ),
    "goal": lambda w: goals.save_goal(
        key="2024-ny", year=2024, body=w.board, level="committee_goal", name="Ny", by=SYSTEM
    ),
    "priorities": lambda w: goals.save_priorities(goal=w.goal, texts=["Ett", "Två"], by=SYSTEM),
    "assignment": lambda w: assignments.save_assignment(
        key="2024-ny", year=2024, body=w.board, title="Ny", by=SYSTEM
    ),
    "removal": lambda w: assignments.remove_assignment(assignment=w.assignment, by=SYSTEM),
    "adoption": lambda w: plans.adopt(plan=w.plan, decision=Decision("", "KS", NEW, "1"), by=SYSTEM),
    "rolling": lambda w: plans.roll_year(body=w.board, from_year=2024, to_year=2025, by=SYSTEM),
    "model": lambda _w: steering.change_model(
        year=2024, document=build.preset("malomrade-2024") | {"name": "Ny"}, by=SYSTEM
    ),
    "round": lambda w: cycle.move_round(round_=w.rounds.year_end, state=RoundState.CLOSED, by=SYSTEM),
    "name": lambda w: organisation.place_unit(
        key="ny", name="Ny", body=w.board, parent=None, valid_from=NEW, by=SYSTEM
    ),
    "role": lambda w: organisation.give_role(user=w.person, role=Role.READER, valid_from=NEW, by=SYSTEM),
    "token": lambda w: accounts.create_token(user=w.person, name="x", by=SYSTEM),
    "text": lambda _w: save_text(slot="report:x:y", label="x", content=TEXT, base_number=None, by=SYSTEM),
}


def rows() -> dict[str, list[dict[str, object]]]:
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
        if model.__module__.startswith("uppsikt.")
    }


@pytest.mark.parametrize("name", ACTIONS)
def test_nothing_is_left_half_done(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    world = build.small_world()
    world.person = build.person()
    build.year(number=2025)
    before = rows()

    def interrupted(*_given: object, **_more: object) -> None:
        raise Interrupted

    for module in [held for key, held in sys.modules.items() if key.startswith("uppsikt.")]:
        if "record" in vars(module) and module.__name__ != "uppsikt.history.actions":
            monkeypatch.setattr(module, "record", interrupted)
    with pytest.raises(Interrupted):
        ACTIONS[name](world)
    assert rows() == before


@pytest.mark.parametrize("name", ACTIONS)
def test_the_same_action_uninterrupted_changes_something(name: str) -> None:
    world = build.small_world()
    world.person = build.person()
    build.year(number=2025)
    before = rows()
    ACTIONS[name](world)
    assert rows() != before
