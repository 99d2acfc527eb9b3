"""Small worlds for tests, built only through actions, so that no test stands on a state that cannot be.

Plain functions with keywords; each makes what it needs of what stands under it, and returns the row.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml

from uppsikt.accounts import actions as accounts
from uppsikt.accounts.selectors import User
from uppsikt.cycle import actions as cycle
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.cycle.selectors import Round
from uppsikt.history.rules import SYSTEM, Actor
from uppsikt.kernel.decision import Decision
from uppsikt.kernel.period import parse_period
from uppsikt.organisation import actions as organisation
from uppsikt.organisation import selectors as bodies
from uppsikt.organisation.rules import Role
from uppsikt.organisation.selectors import Body
from uppsikt.planning.actions import assignments, goals, indicators, plans
from uppsikt.planning.rules.judgement import TargetFact
from uppsikt.planning.selectors import Assignment, Goal, Indicator, IndicatorUse, Plan

PRESETS = Path(__file__).parents[1] / "src" / "uppsikt" / "cycle" / "presets"
LONG_AGO = dt.date(2000, 1, 1)


def preset(name: str) -> dict[str, Any]:
    """A shipped steering model as a document."""
    found: dict[str, Any] = yaml.safe_load((PRESETS / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def body(*, key: str = "ks", kind: str = "committee", name: str = "", by: Actor = SYSTEM) -> Body:
    """A body with a name; the one that stands when it has been made already."""
    found = bodies.body(key)
    if found is not None and found.names.exists():
        return found
    row, _ = organisation.save_body(key=key, kind=found.kind if found else kind, by=by)
    organisation.name_body(body=row, name=name or key.upper(), short=key.upper(), valid_from=LONG_AGO, by=by)
    return row


def person(*, key: str = "ek", name: str = "", role: Role | None = None, at: Body | None = None) -> User:
    """Somebody, with a role in a body (or, without one, in the whole municipality)."""
    user, _ = accounts.save_user(key=key, name=name or key.title(), email=f"{key}@example.org", by=SYSTEM)
    if role is not None:
        organisation.give_role(user=user, role=role, body=at, valid_from=LONG_AGO, by=SYSTEM)
    return user


def year(*, number: int = 2024, model: str = "malomrade-2024") -> int:
    """A year that goes by a shipped steering model."""
    cycle.save_model(year=number, document=preset(model), by=SYSTEM)
    return number


def reporting_round(
    *, key: str = "2024-bokslut", of: int = 2024, kind: str = "year_end", cutoff: str = "2024-12-31",
    state: RoundState = RoundState.OPEN,
) -> Round:  # fmt: skip
    """A round, open when nothing else is said."""
    day = dt.date.fromisoformat(cutoff)
    row, _ = cycle.save_round(key=key, year=of, kind=kind, name=f"Uppföljning {key}", cutoff=day, by=SYSTEM)
    if state is not RoundState.PLANNED and row.state == RoundState.PLANNED.value:
        cycle.move_round(round_=row, state=RoundState.OPEN, by=SYSTEM)
    if state is RoundState.CLOSED:
        cycle.move_round(round_=row, state=RoundState.CLOSED, by=SYSTEM)
    row.refresh_from_db()
    return row


def goal(
    *, key: str = "2024-trygghet", of: int = 2024, at: Body | None = None, level: str = "committee_goal",
    parent: Goal | None = None, name: str = "", **more: Any,
) -> Goal:  # fmt: skip
    """A goal; a committee's when nothing else is said."""
    row, _ = goals.save_goal(
        key=key, year=of, body=at or body(), level=level, parent=parent, name=name or key.title(), by=SYSTEM, **more
    )  # fmt: skip
    return row


def indicator(*, key: str = "oro", direction: str = "down", **more: Any) -> Indicator:
    """A series."""
    values = {"name": key.title(), "direction": direction, "measure": "procent"} | more
    row, _ = indicators.save_indicator(key=key, by=SYSTEM, **values)
    return row


def use(*, under: Goal, of: Indicator | None = None, key: str = "", **more: Any) -> IndicatorUse:
    """An indicator under a goal."""
    series = of or indicator()
    row, _ = indicators.save_use(
        key=key or f"{under.year_id}-{series.key}", year=under.year_id, body=under.body, goal=under,
        indicator=series, by=SYSTEM, **more,
    )  # fmt: skip
    return row


def target(*, of: IndicatorUse, kind: str = "le", value: str | None = "38", **more: Any) -> TargetFact:
    """The year's milestone, when nothing else is said."""
    fact = TargetFact(
        role=more.pop("role", "milestone"), year=more.pop("year", of.year_id), kind=kind,
        value=Decimal(value) if value is not None else None, **more,
    )  # fmt: skip
    indicators.set_target(use=of, target=fact, by=SYSTEM)
    return fact


def outcome(*, of: Indicator, period: str = "2024", value: str | None = "55", **more: Any) -> None:
    """An outcome of the executive board when nothing else is said; `value` None needs a `status`."""
    indicators.record_observation(
        indicator=of, period=parse_period(period), value=Decimal(value) if value is not None else None,
        body=more.pop("at", None) or body(), by=more.pop("by", SYSTEM), **more,
    )  # fmt: skip


def assignment(
    *, key: str = "2024-evenemang", of: int = 2024, at: Body | None = None, title: str = "", **more: Any
) -> Assignment:
    """An assignment."""
    row, _ = assignments.save_assignment(
        key=key, year=of, body=at or body(), title=title or key.title(), by=more.pop("by", SYSTEM), **more
    )
    return row


def plan(*, of: int = 2024, at: Body | None = None, adopted: bool = False) -> Plan:
    """A plan, in draft when nothing else is said."""
    row, _ = plans.save_plan(year=of, body=at or body(), by=SYSTEM)
    if adopted:
        plans.adopt(plan=row, decision=Decision("", "KS", dt.date(of - 1, 12, 11), "41"), by=SYSTEM)
    return row


def small_world(*, model: str = "malomrade-2024") -> SimpleNamespace:
    """A year with everything once: a council goal, a committee goal, an indicator off target, an assignment.

    The outcome is 55 against at most 38, so the rule says that the target is not met.
    """
    council = body(key="kf", kind="council")
    board = body(key="ks", kind="executive_board")
    number = year(model=model)
    levels = preset(model)["levels"]
    above: Goal | None = None
    for place, level in enumerate(levels[:-1]):
        above = goal(
            key=f"2024-kf-{place}",
            at=council,
            level=level["key"],
            parent=above,
            name=f"Fullmäktiges mål {place}",
        )
    own = goal(key="2024-trygghet", at=board, level=levels[-1]["key"], parent=above, name="Öka tryggheten")
    series = indicator(key="oro", name="Oro för brott")
    in_plan = use(under=own, of=series)
    targets = preset(model)["targets"]
    target(
        of=in_plan, kind="le" if "le" in targets["kinds"] else "bare",
        role="milestone" if targets["milestone"] else "final",
    )  # fmt: skip
    rounds = SimpleNamespace(
        interim=reporting_round(
            key="2024-augusti", kind="interim", cutoff="2024-08-31", state=RoundState.CLOSED
        ),
        year_end=reporting_round(),
    )
    outcome(of=series, period="2022", value="44", at=board)
    outcome(of=series, period="2023", value="52", at=board)
    outcome(of=series, period="2024", value="55", at=board, round_=rounds.year_end)
    task = assignment(at=board, goal=own, title="Fler evenemang", deadline=dt.date(2024, 12, 31))
    return SimpleNamespace(
        council=council, board=board, year=number, above=above, goal=own, indicator=series, use=in_plan, rounds=rounds,
        assignment=task, plan=plan(at=board),
    )  # fmt: skip
