"""The kinds of amounts a project has, and how its schedule is said."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class AmountKind(StrEnum):
    """What an amount of a year says. Budget, carry-over and adjustments together are the year's budget."""

    BUDGET = "budget"
    CARRY_OVER = "carry_over"
    ADJUSTMENT = "adjustment"
    PLAN = "plan"
    FORECAST = "forecast"

    @property
    def label(self) -> str:
        """The kind in words."""
        return {
            "budget": "budget",
            "carry_over": "saldoöverföring",
            "adjustment": "budgetjustering",
            "plan": "plan",
            "forecast": "prognos",
        }[self.value]


BUDGET_KINDS = (AmountKind.BUDGET, AmountKind.CARRY_OVER, AmountKind.ADJUSTMENT)
"""What a year's budget is made up of."""

DECIDED_KINDS = (AmountKind.CARRY_OVER, AmountKind.ADJUSTMENT)
"""Changes of a budget: each rests on a decision, and there may be several in a year."""


class Flow(StrEnum):
    """Which way the money goes, and whether it is the project's own or from selling what it made ready."""

    EXPENSE = "expense"
    INCOME = "income"
    SALES_EXPENSE = "sales_expense"
    SALES_INCOME = "sales_income"

    @property
    def label(self) -> str:
        """The flow in words."""
        return {
            "expense": "utgift",
            "income": "inkomst",
            "sales_expense": "exploateringsutgift",
            "sales_income": "exploateringsinkomst",
        }[self.value]


NET, SALES_NET = "net", "sales_net"

FLOWS: Mapping[str, tuple[Flow, ...]] = {
    NET: (Flow.EXPENSE, Flow.INCOME),
    SALES_NET: (Flow.SALES_EXPENSE, Flow.SALES_INCOME),
} | {flow.value: (flow,) for flow in Flow}
"""What may be asked for, and the flows it adds up. Expense and income apart, and net."""


class Schedule(StrEnum):
    """How a project keeps to its time."""

    AHEAD = "ahead"
    ON_TIME = "on_time"
    LATE = "late"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        """The schedule in words."""
        return {"ahead": "Före plan", "on_time": "Enligt plan", "late": "Försenat", "stopped": "Stoppat"}[
            self.value
        ]

    @property
    def shape(self) -> str:
        """The symbol beside the words."""
        return {
            "ahead": "triangle-right",
            "on_time": "check",
            "late": "diamond",
            "stopped": "square-full",
        }[self.value]

    @property
    def colour(self) -> str:
        """The tone of the symbol."""
        return {"ahead": "good", "on_time": "good", "late": "warn", "stopped": "bad"}[self.value]
