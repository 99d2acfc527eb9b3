"""A small municipality with one open round, and a program that may report for its board."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest

from uppsikt.accounts import actions as accounts
from uppsikt.cycle import actions as cycle
from uppsikt.cycle.presets import preset
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.history.rules import SYSTEM
from uppsikt.organisation import actions as organisation
from uppsikt.organisation.rules import Role
from uppsikt.planning.actions import assignments, goals, indicators
from uppsikt.planning.rules.judgement import TargetFact

LONG_AGO = dt.date(2000, 1, 1)


@pytest.fixture
def small(db: None) -> SimpleNamespace:
    """Two bodies, a goal with an indicator and an assignment, and an API key for each of three people."""
    board, other = (organisation.save_body(key=key, kind="committee", by=SYSTEM)[0] for key in ("ks", "gn"))
    for body in (board, other):
        organisation.name_body(body=body, name=body.key.upper(), valid_from=LONG_AGO, by=SYSTEM)
    cycle.save_model(year=2025, document=preset("malomrade-2024"), by=SYSTEM)
    round_, _ = cycle.save_round(
        key="2025-bokslut",
        year=2025,
        kind="year_end",
        name="Bokslut",
        cutoff=dt.date(2025, 12, 31),
        by=SYSTEM,
    )
    cycle.move_round(round_=round_, state=RoundState.OPEN, by=SYSTEM)
    goal, _ = goals.save_goal(
        key="trygg", year=2025, body=board, level="committee_goal", name="Trygghet", by=SYSTEM
    )
    series, _ = indicators.save_indicator(
        key="oro", name="Oro (%)", measure="procent", direction="down", by=SYSTEM
    )
    use, _ = indicators.save_use(
        key="2025-oro", year=2025, body=board, goal=goal, indicator=series, by=SYSTEM
    )
    indicators.set_target(use=use, target=TargetFact("milestone", 2025, "le", Decimal(38)), by=SYSTEM)
    assignments.save_assignment(
        key="2025-program", year=2025, body=board, goal=goal, title="Ta fram program", by=SYSTEM
    )
    tokens = {}
    for name, role, body in (
        ("controller", Role.CONTROLLER, board),
        ("reader", Role.READER, board),
        ("stranger", Role.CONTROLLER, other),
    ):
        user, _ = accounts.save_user(key=name, name=name.title(), email=f"{name}@example.org", by=SYSTEM)
        organisation.give_role(user=user, role=role, body=body, valid_from=LONG_AGO, by=SYSTEM)
        tokens[name] = accounts.create_token(user=user, name="test", by=SYSTEM)
    return SimpleNamespace(round=round_, goal=goal, use=use, tokens=tokens)
