"""A large tree: its upper goals with counts, and the branches one has opened with everything in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from uppsikt.kernel.tree import walk
from uppsikt.planning import selectors
from uppsikt.planning.pages.tree_asked import narrowed
from uppsikt.planning.pages.tree_lead import assessed, assignments, weakest
from uppsikt.planning.pages.tree_rows import Frame, branch_row, goal_rows
from uppsikt.planning.pages.words import counted, numbered
from uppsikt.planning.selectors import GoalView, OutlineGoal, Tally
from uppsikt.web.tables import Cell, Row


@dataclass(frozen=True, slots=True)
class Branches:
    """The rows of a large tree, and how it stands in words."""

    rows: tuple[Row, ...]
    lead: str


def branches(goals: Sequence[OutlineGoal], frame: Frame) -> Branches:
    """Sections of the top level with one row for each branch; the asked-for branches are judged and opened.

    Without htmx every branch is counted and every opened one read; with it only the one to be swapped.
    """
    committee = {level.key for level in frame.model.committee_levels}
    nodes = list(walk(goals, lambda goal: goal.pk, lambda goal: goal.parent))
    heads = _branch_heads(goals, committee)
    under: dict[int, list[OutlineGoal]] = defaultdict(list)
    head_of: dict[int, int] = {}
    for node in nodes:
        goal = node.value
        if goal.pk in heads:
            head_of[goal.pk] = goal.pk
        elif goal.parent in head_of:
            head_of[goal.pk] = head_of[goal.parent]
        if goal.pk in head_of:
            under[head_of[goal.pk]].append(goal)
    if frame.asked.row:
        heads = {pk for pk in heads if under[pk][0].key == frame.asked.row}
    only = {goal.pk for pk in heads for goal in under[pk]} if frame.asked.row else None
    own = selectors.tallies(frame.year, frame.round, only)
    opened = _read(under, heads, frame)
    rows: list[Row] = []
    section: Row | None = None
    for node in nodes:
        goal = node.value
        if node.depth == 0 and goal.pk not in heads:
            section = Row((Cell(numbered(goal.number, goal.name)),), kind="section")
        if goal.pk not in heads:
            continue
        if section is not None:
            rows.append(section)
            section = None
        tally = _sum(own[each.pk] for each in under[goal.pk] if each.level in committee and each.pk in own)
        tally = replace(tally, goals=sum(each.level in committee for each in under[goal.pk]))
        children = opened.get(goal.pk)
        rows.append(branch_row(goal, tally, frame, is_open=children is not None, children=children or ()))
    return Branches(tuple(rows), "" if only is not None else _lead(goals, own, committee, frame))


def _branch_heads(goals: Sequence[OutlineGoal], committee: set[str]) -> set[int]:
    """The goals that open as a branch: those right above the committees' own, else the top ones."""
    level = {goal.pk: goal.level for goal in goals}
    above = {goal.parent for goal in goals if goal.level in committee and goal.parent is not None}
    heads = {pk for pk in above if level.get(pk) not in committee and pk in level}
    return heads | {goal.pk for goal in goals if goal.parent is None and goal.level in committee}


def _read(under: dict[int, list[OutlineGoal]], heads: set[int], frame: Frame) -> dict[int, tuple[Row, ...]]:
    """The rows of the opened branches, by the branch's goal."""
    asked = frame.asked
    keys = asked.opened or frozenset()
    wanted = [pk for pk in heads if under[pk][0].key in keys]
    if not wanted:
        return {}
    ids = {goal.pk for pk in wanted for goal in under[pk]}
    view = selectors.snapshot(year=frame.year, round_=frame.round, goal_ids=ids)
    by_id = {goal.goal.pk: goal for goal in view.goals}
    return {
        pk: tuple(
            row
            for goal in under[pk]
            if (found := _shown(by_id.get(goal.pk), frame)) is not None
            for row in goal_rows(found, frame, is_open=goal.key in keys, level=1, group=under[pk][0].key)
        )
        for pk in wanted
    }


def _shown(view: GoalView | None, frame: Frame) -> GoalView | None:
    """The goal as the filter leaves it; an upper goal that holds nothing of its own has no row."""
    if view is None or (view.level.owner == "council" and not view.indicators):
        return None
    return narrowed(view, frame.asked.filter)


def _sum(tallies: Iterable[Tally]) -> Tally:
    steps: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    indicators = 0
    for tally in tallies:
        steps.update(tally.steps)
        statuses.update(tally.statuses)
        indicators += tally.indicators
    return Tally(0, steps, indicators, statuses)


def _lead(goals: Sequence[OutlineGoal], own: dict[int, Tally], committee: set[str], frame: Frame) -> str:
    held = [goal for goal in goals if goal.level in committee]
    total = _sum(own[goal.pk] for goal in held if goal.pk in own)
    if frame.round is None:
        return _("Planen har %(goals)s.") % {"goals": counted(frame.model, "goal", len(held))}
    scale = frame.model.fulfilment
    present = [step for step in (scale.steps if scale else ()) if total.steps.get(step.key)]
    worst = min(present, key=lambda step: step.rank, default=None)
    weak = [goal.name for goal in held if worst and goal.pk in own and own[goal.pk].steps.get(worst.key)]
    return " ".join(
        filter(
            None,
            [
                assessed(frame.model, len(held), Counter(total.steps)),
                weakest(worst, weak),
                assignments(frame.model, frame.round, Counter(total.statuses)),
            ],
        )
    )
