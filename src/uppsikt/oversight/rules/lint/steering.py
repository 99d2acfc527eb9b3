"""What the lint reads: a body's year of goals, indicators, assignments, money, risks and controls, as plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.planning.rules.judgement import Direction, TargetFact


class Severity(StrEnum):
    """How grave a finding is. ERROR: the steering does not hold together; INFO: worth a thought."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """The severity in words."""
        return {"error": "Fel", "warning": "Varning", "info": "Att tänka på"}[self.value]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: `object` names it ("goal:KEY"), `href` leads to it."""

    object: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class LintGoal:
    """A goal of the body's own. `measured`: whether it or any goal under it, whoever owns that, has an indicator."""

    place: Place
    name: str
    level: str
    measured: bool


@dataclass(frozen=True, slots=True)
class LintIndicator:
    """An indicator in the body's plan.

    Args:
        indicator: the series' key. under_goal: False in a section such as personnel. owner: who answers for it.
        has_value: whether any outcome has ever been registered. target: the year's. before: the latest outcome before
            the year began. fault: why the rule cannot judge the target on the outcomes there are, "" when it can.
        source_ids: the source's own ids of the series.
    """

    place: Place
    indicator: str
    name: str
    under_goal: bool
    owner: str
    direction: Direction
    has_value: bool
    target: TargetFact | None = None
    before: Decimal | None = None
    fault: str = ""
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LintAssignment:
    """An assignment. `receiver`: the person or unit that is to do it. `decided`: whether it says by what decision."""

    place: Place
    name: str
    receiver: str
    deadline: dt.date | None
    decided: bool


@dataclass(frozen=True, slots=True)
class LintRisk:
    """A risk. `value` None: not assessed. `answers`: mitigations and controls of it."""

    place: Place
    name: str
    value: int | None
    answers: int


@dataclass(frozen=True, slots=True)
class LintControl:
    """A control. `judgement`: of the newest result. `actions`: on the deficiencies it has found.

    `period_text`: what is written beside the chosen frequency.
    """

    place: Place
    name: str
    frequency: str
    judgement: str
    actions: int
    period_text: str = ""


@dataclass(frozen=True, slots=True)
class LintMoney:
    """An item of a register whose table tells which goal each item serves. `goal`: that goal's key."""

    place: Place
    name: str
    goal: str


@dataclass(frozen=True, slots=True)
class Steering:
    """A body's year. `budget_ore` None: no budget has been set.

    `others`: the source ids of indicators in other bodies' plans, as (id, indicator, name).
    """

    body: str
    year: int
    model: SteeringModel
    goals: tuple[LintGoal, ...] = ()
    indicators: tuple[LintIndicator, ...] = ()
    assignments: tuple[LintAssignment, ...] = ()
    risks: tuple[LintRisk, ...] = ()
    controls: tuple[LintControl, ...] = ()
    budget_ore: int | None = None
    budget: Place = Place("")
    money: tuple[LintMoney, ...] = ()
    others: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with the steering, where it is and what to do about it."""

    rule: str
    severity: Severity
    message: str
    object: str
    remedy: str
    href: str = ""
