"""Financial goals for good economic management (KL 11:1, 11:6; evaluated under LKBR 11:8)."""

from __future__ import annotations

from decimal import Decimal

from uppsikt.economy.rules.model import FinancialGoal
from uppsikt.kernel.numbers import format_decimal


def reached(goal: FinancialGoal, percent: Decimal | None) -> bool | None:
    """Whether the goal is reached, on the unrounded share; None when nothing is reported."""
    if percent is None:
        return None
    return percent >= goal.target if goal.comparator == "ge" else percent <= goal.target


def target_words(goal: FinancialGoal) -> str:
    """The target in words: "minst 2,0 %"."""
    word = "minst" if goal.comparator == "ge" else "högst"
    return f"{word} {format_decimal(goal.target, goal.decimals)}\u00a0%"


def judgement_words(goal: FinancialGoal, percent: Decimal | None) -> str:
    """Whether the goal is reached, in words."""
    found = reached(goal, percent)
    return "kan inte bedömas" if found is None else "uppnås" if found else "uppnås inte"
