"""Rules about goals and the money that should serve them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from uppsikt.oversight.rules.lint.steering import LintGoal, Place, Steering

Fault = tuple[Place, str]
"""Where it is, and what is wrong there."""


def without_indicator(steering: Steering) -> Iterator[Fault]:
    """A goal on a level that has indicators, with none of its own nor under any goal below it."""
    levels = {level.key for level in steering.model.levels if level.indicators}
    for goal in steering.goals:
        if goal.level in levels and not goal.measured:
            yield goal.place, f"Målet ”{goal.name}” har ingen indikator."


def too_many(steering: Steering) -> Iterator[Fault]:
    """More goals on a level than the municipality has decided that a body should have."""
    most = steering.model.lint.max_goals
    if most is None:
        return
    by_level: dict[str, list[LintGoal]] = defaultdict(list)
    for goal in steering.goals:
        by_level[goal.level].append(goal)
    for key, goals in by_level.items():
        if len(goals) > most:
            level = steering.model.level(key)
            name = level.plural or level.label if level else key
            place = Place(f"body:{steering.body}:{key}", goals[0].place.href)
            yield place, f"{len(goals)} {name.lower()}; kommunens gräns är {most}."


def money_without_goal(steering: Steering) -> Iterator[Fault]:
    """A budget for a year without goals, or money in a register that should tell its goal and does not.

    Budget amounts are kept by line, unit and activity and not by goal, so the budget is asked about as a whole.
    """
    if steering.budget_ore and not steering.goals:
        yield steering.budget, f"Det finns en budget för {steering.year} men inget mål."
    for row in steering.money:
        if not row.goal:
            yield row.place, f"Det framgår inte vilket mål ”{row.name}” ska nå."
