"""Assignments across goals, and one assignment's whole life."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.steering import Step
from uppsikt.cycle.selectors import Round
from uppsikt.followup import selectors as followup
from uppsikt.followup.selectors import Item, StatusEntry
from uppsikt.kernel.tree import walk
from uppsikt.planning.models import Assignment
from uppsikt.planning.selectors.outline import OutlineGoal, outline
from uppsikt.planning.selectors.parts import AssignmentView
from uppsikt.planning.selectors.snapshot import assignment_views


def _pk(goal: OutlineGoal) -> int:
    return goal.pk


def _parent(goal: OutlineGoal) -> int | None:
    return goal.parent


_TREE = (_pk, _parent)


@dataclass(frozen=True, slots=True)
class Told:
    """What was said of an assignment in a round. `superseded_at` None: it stands."""

    entry: StatusEntry
    round: Round
    step: Step | None
    superseded_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Link:
    """An assignment in one of the years it has lived."""

    assignment: Assignment
    told: tuple[Told, ...]

    @property
    def year(self) -> int:
        """The year of this link of the chain."""
        return self.assignment.item.year_id


def assignment_list(
    year: int, round_: Round | None, bodies: Collection[str] | None = None
) -> list[AssignmentView]:
    """The year's assignments in the plan's order, with their status in the round. Four queries.

    Args: bodies: keys; None is every body.
    Raises: LookupError when the year has no steering model.
    """
    model = cycle.model_for(year)
    views = assignment_views(year, None, (), model, round_, None, whole=True)
    order = {node.value.pk: place for place, node in enumerate(walk(outline(year), *_TREE))}
    last = len(order)
    views.sort(key=lambda view: order.get(view.assignment.goal_id or 0, last))
    return [view for view in views if bodies is None or view.assignment.item.body.key in bodies]


def assignment_chain(assignment: Assignment) -> list[Link]:
    """The assignment through the years, latest first, with everything reported of it.

    One query for each year before and after, and two for all that was reported.
    """
    items = [*reversed(_later(assignment.item)), assignment.item, *followup.chain(assignment.item)]
    rows = {
        row.item_id: row
        for row in Assignment.objects.filter(item__in=items).select_related(
            "item", "item__body", "item__responsible", "item__unit", "goal"
        )
    }
    entries: dict[int, list[StatusEntry]] = {item.pk: [] for item in items}
    for entry in (
        StatusEntry.objects.filter(item__in=items)
        .select_related("round")
        .order_by("-round__cutoff", "-recorded_at")
    ):
        entries[entry.item_id].append(entry)
    links = []
    for item in items:
        if item.pk not in rows:
            continue
        model = cycle.model_for(item.year_id)
        told = tuple(
            Told(one, one.round, model.status_scale(one.round.kind).step(one.status), one.superseded_at)
            for one in entries[item.pk]
        )
        links.append(Link(rows[item.pk], told))
    return links


def _later(item: Item) -> list[Item]:
    """The same item in later years, nearest first. One query a year."""
    later: list[Item] = []
    current = item
    while True:
        following = current.carried_over_to.filter(removed_at__isnull=True).first()
        if following is None or following in later:
            return later
        later.append(following)
        current = following
