"""The goal tree in outline: what a large tree shows before anything is opened. Counted in SQL, never judged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F

from uppsikt.cycle.selectors import Round
from uppsikt.followup.selectors import StatusEntry
from uppsikt.planning.models import Assessment, Assignment, Goal, IndicatorUse


@dataclass(frozen=True, slots=True)
class OutlineGoal:
    """A goal's place in the tree and no more: cheap enough to read by the thousand."""

    pk: int
    key: str
    parent: int | None
    level: str
    body: int
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts for one goal, or for many added together. `steps` and `statuses` by scale key ("" not reported)."""

    goals: int = 0
    steps: Mapping[str, int] = field(default_factory=dict)
    indicators: int = 0
    statuses: Mapping[str, int] = field(default_factory=dict)

    @property
    def assignments(self) -> int:
        """How many assignments there are."""
        return sum(self.statuses.values())

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.goals + other.goals,
            Counter(self.steps) + Counter(other.steps),
            self.indicators + other.indicators,
            Counter(self.statuses) + Counter(other.statuses),
        )


def outline(year: int, bodies: Collection[int] | None = None) -> list[OutlineGoal]:
    """The year's goals in the plan's order; of some bodies' goals, with all goals above them. One query.

    Args: bodies: ids; None takes every body.
    """
    rows = Goal.objects.filter(year_id=year, removed_at__isnull=True).order_by("position", "key")
    fields = ("pk", "key", "parent_id", "level", "body_id", "number", "name")
    everything = [OutlineGoal(*row) for row in rows.values_list(*fields)]
    if bodies is None:
        return everything
    by_id = {goal.pk: goal for goal in everything}
    wanted: set[int] = set()
    for goal in everything:
        current: OutlineGoal | None = goal if goal.body in bodies else None
        while current is not None and current.pk not in wanted:
            wanted.add(current.pk)
            current = by_id.get(current.parent) if current.parent else None
    return [goal for goal in everything if goal.pk in wanted]


def tallies(year: int, round_: Round | None, goal_ids: Collection[int] | None = None) -> dict[int, Tally]:
    """Every goal's own counts, by goal id. Four queries, whatever the size of the tree.

    Indicators are counted but not judged: judging reads outcomes, and waits until a branch is opened.

    Args: goal_ids: counts only these.
    """
    uses = IndicatorUse.objects.filter(year_id=year, removed_at__isnull=True, goal__isnull=False)
    tasks = Assignment.objects.filter(item__year_id=year, item__removed_at__isnull=True, goal__isnull=False)
    if goal_ids is not None:
        uses, tasks = uses.filter(goal_id__in=goal_ids), tasks.filter(goal_id__in=goal_ids)
    indicators = dict(uses.order_by().values_list("goal_id").annotate(Count("pk")))
    totals = dict(tasks.order_by().values_list("goal_id").annotate(Count("pk")))
    statuses, steps = _reported(round_, goal_ids) if round_ else ({}, {})
    found = {}
    for goal_id in {*indicators, *totals, *steps}:
        told = statuses.get(goal_id, {})
        untold = totals.get(goal_id, 0) - sum(told.values())
        step = steps.get(goal_id, "")
        found[goal_id] = Tally(
            goals=1,
            steps={step: 1} if step else {},
            indicators=indicators.get(goal_id, 0),
            statuses=told | {"": untold} if untold > 0 else told,
        )
    return found


def _reported(
    round_: Round, goal_ids: Collection[int] | None
) -> tuple[dict[int, dict[str, int]], dict[int, str]]:
    """What the round says: how many assignments at each status, and each goal's step, by goal id."""
    entries = StatusEntry.objects.all().current().filter(round=round_, item__removed_at__isnull=True)
    assessed = Assessment.objects.all().current().filter(round=round_, body_id=F("goal__body_id"))
    if goal_ids is not None:
        entries = entries.filter(item__assignment__goal_id__in=goal_ids)
        assessed = assessed.filter(goal_id__in=goal_ids)
    counted = entries.order_by().values_list("item__assignment__goal_id", "status").annotate(Count("pk"))
    statuses: dict[int, dict[str, int]] = defaultdict(dict)
    for goal_id, status, number in counted:
        if goal_id is not None and status:
            statuses[goal_id][status] = number
    return statuses, dict(assessed.values_list("goal_id", "step"))


def steps_before(goal_ids: Sequence[int], round_: Round) -> dict[int, str]:
    """How each goal stood in an earlier round, by the goal's id today. Two queries at most.

    In a round of an earlier year it is the goal that this one continues.
    """
    before = dict(
        Goal.objects.filter(pk__in=goal_ids, carried_over_from__year_id=round_.year_id).values_list(
            "carried_over_from_id", "pk"
        )
    )
    rows = (
        Assessment.objects.all()
        .current()
        .filter(round=round_, goal_id__in=[*goal_ids, *before], body_id=F("goal__body_id"))
        .values_list("goal_id", "step")
    )
    return {before.get(goal_id, goal_id): step for goal_id, step in rows}
