"""The small economy with a round in August 2024 where forecasts are set, after one in April that has some.

By August: digital has booked personnel −1 200 000 and consultants −400 000; ekonomi personnel −300 000, revenue
200 000 and no goods. 2023, all in digital but revenue: personnel −1 100 000 and consultants −300 000, both booked
before August; ekonomi revenue 150 000 in June.

April said: digital personnel −1 240 000, consultants −400 000.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests import build
from tests.economy_world import ECONOMIST, THOUSAND, economy_world
from uppsikt.accounts.selectors import User
from uppsikt.cycle import actions as cycle
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.economy.actions import budget, loads
from uppsikt.history.rules import SYSTEM
from uppsikt.organisation import actions as organisation
from uppsikt.organisation.rules import Role
from uppsikt.organisation.selectors import Unit


def forecast_world(settings: Any, folder: Path) -> SimpleNamespace:
    """The world. Returns: as `economy_world`, with april and august (rounds, both open)."""
    world = economy_world(settings, folder)
    for name, key, day in (("april", "2024-april", "2024-04-30"), ("august", "2024-augusti", "2024-08-31")):
        round_ = build.reporting_round(key=key, kind="interim", cutoff=day)
        loads.choose(round_=round_, load=world.load, by=ECONOMIST)
        setattr(world, name, round_)
    for line, thousands in (("personnel", -1240), ("consultants", -400)):
        set_(world, world.april, line, "digital", thousands)
    return world


def set_(
    world: SimpleNamespace, round_: Any, line: str, unit: str, thousands: int | None, why: str = ""
) -> None:
    """Set a forecast of the board's, in thousands of kronor."""
    budget.set_forecast(
        round_=round_, body=world.board, line=line, unit=world.units[unit], explanation=why,
        amount_ore=None if thousands is None else thousands * THOUSAND, by=ECONOMIST,
    )  # fmt: skip


def close(world: SimpleNamespace) -> None:
    """Close the round in August."""
    cycle.move_round(round_=world.august, state=RoundState.CLOSED, by=SYSTEM)


def unit_person(unit: Unit, *, key: str = "enhet", role: Role = Role.ECONOMIST) -> User:
    """Somebody with a role in a unit only."""
    user = build.person(key=key)
    organisation.give_role(user=user, role=role, unit=unit, valid_from=build.LONG_AGO, by=SYSTEM)
    return user
