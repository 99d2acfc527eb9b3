"""Everything about a body's year as it stands in a round: one reading for pages, reports and the API.

A constant number of queries, whatever the size; the rules then judge in Python.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db.models import F, Q

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.steering import Level, SteeringModel
from uppsikt.cycle.selectors import Round
from uppsikt.followup import selectors as followup
from uppsikt.followup.rules import carried_badges
from uppsikt.kernel.tree import walk
from uppsikt.organisation.selectors import Body
from uppsikt.planning.models import (
    Assessment,
    Assignment,
    Goal,
    IndicatorUse,
)
from uppsikt.planning.rules.fulfilment import Basis, propose
from uppsikt.planning.rules.judgement import Verdict
from uppsikt.planning.selectors.judged import indicator_views
from uppsikt.planning.selectors.parts import (
    AssignmentView,
    GoalView,
    IndicatorView,
    Snapshot,
)


def snapshot(
    *,
    year: int,
    round_: Round | None = None,
    body: Body | None = None,
    moment: dt.datetime | None = None,
    goal_ids: Collection[int] | None = None,
) -> Snapshot:
    """Read and judge everything of a body's year.

    Args:
        round_: the round whose reports are read; outcomes reported in later rounds are left out.
            None reads the plan alone, with all outcomes.
        body: None reads all bodies. moment: reads it as it was known then (None: now).
        goal_ids: reads only these goals, for opening one branch of a large tree.
    Raises: LookupError when the year has no steering model.
    """
    model = cycle.model_for(year, moment)
    goals = _goals(year, body, moment, goal_ids)
    ids = [goal.pk for goal in goals]
    uses = _uses(year, body, ids, moment, whole=goal_ids is None)
    indicators = {view.use.pk: view for view in indicator_views(uses, model, year, round_, moment)}
    assignments = assignment_views(year, body, ids, model, round_, moment, whole=goal_ids is None)

    under: dict[int | None, list[IndicatorView]] = defaultdict(list)
    sections: dict[str, list[IndicatorView]] = defaultdict(list)
    for use in uses:
        if use.goal_id:
            under[use.goal_id].append(indicators[use.pk])
        else:
            sections[use.section].append(indicators[use.pk])
    tasks: dict[int | None, list[AssignmentView]] = defaultdict(list)
    for row in assignments:
        tasks[row.assignment.goal_id].append(row)
    assessments = _assessments(ids, round_, moment)

    views = []
    for node in walk(goals, lambda goal: goal.pk, lambda goal: goal.parent_id):
        goal = node.value
        level = model.level(goal.level) or Level(goal.level, goal.level)
        basis = _basis(under[goal.pk], tasks[goal.pk], round_)
        assessment = assessments.get((goal.pk, goal.body_id))
        scale = model.fulfilment
        views.append(
            GoalView(
                goal=goal,
                level=level,
                depth=node.depth,
                own=body is None or goal.body_id == body.pk,
                indicators=tuple(under[goal.pk]),
                assignments=tuple(tasks[goal.pk]),
                priorities=tuple(priority.text for priority in goal.priorities.all()),
                assessment=assessment,
                step=scale.step(assessment.step) if scale and assessment else None,
                proposal=propose(model.assessment, scale, basis) if level.assessed else None,
                basis=basis,
            )
        )
    return Snapshot(
        year=year,
        round=round_,
        body=body,
        model=model,
        goals=tuple(views),
        sections={key: tuple(rows) for key, rows in sections.items()},
        loose_assignments=tuple(tasks[None]),
    )


def _in_plan(moment: dt.datetime | None, field: str = "removed_at") -> Q:
    """What had not been taken out of the plan at `moment` (None: now)."""
    stands = Q(**{f"{field}__isnull": True})
    return stands if moment is None else stands | Q(**{f"{field}__gt": moment})


def _goals(
    year: int, body: Body | None, moment: dt.datetime | None, goal_ids: Collection[int] | None
) -> list[Goal]:
    """The body's goals with all goals above them (which others own), in the plan's order."""
    rows = (
        Goal.objects.filter(_in_plan(moment), year_id=year)
        .select_related("body", "responsible")
        .prefetch_related("priorities")
    )
    if goal_ids is not None:
        return list(rows.filter(pk__in=goal_ids))
    everything = list(rows)
    if body is None:
        return everything
    by_id = {goal.pk: goal for goal in everything}
    wanted: set[int] = set()
    for goal in everything:
        current: Goal | None = goal if goal.body_id == body.pk else None
        while current is not None and current.pk not in wanted:
            wanted.add(current.pk)
            current = by_id.get(current.parent_id) if current.parent_id else None
    return [goal for goal in everything if goal.pk in wanted]


def _uses(
    year: int, body: Body | None, goal_ids: Iterable[int], moment: dt.datetime | None, *, whole: bool
) -> list[IndicatorUse]:
    rows = IndicatorUse.objects.filter(_in_plan(moment), year_id=year).select_related(
        "indicator", "body", "responsible", "unit"
    )
    if body is not None or not whole:
        wanted = Q(goal_id__in=list(goal_ids))
        if body is not None:
            wanted &= Q(body=body) | Q(body_id=F("goal__body_id"))
            wanted |= Q(goal__isnull=True, body=body) if whole else Q(pk__in=[])
        rows = rows.filter(wanted)
    return list(rows)


def assignment_views(
    year: int,
    body: Body | None,
    goal_ids: Sequence[int],
    model: SteeringModel,
    round_: Round | None,
    moment: dt.datetime | None,
    *,
    whole: bool,
) -> list[AssignmentView]:
    rows = Assignment.objects.filter(_in_plan(moment, "item__removed_at"), item__year_id=year).select_related(
        "item", "item__body", "item__responsible", "item__unit", "goal"
    )
    if body is not None:
        rows = rows.filter(item__body=body)
    if not whole:
        rows = rows.filter(goal_id__in=goal_ids)
    listed = list(rows)
    entries = followup.statuses(round_, [row.item_id for row in listed], moment) if round_ else {}
    scale = model.status_scale(round_.kind) if round_ else None
    views = []
    for row in listed:
        entry = entries.get(row.item_id)
        badges = carried_badges(
            carried_from_year=row.item.carried_from_year,
            origin_year=row.item.origin_year,
            carried_text=model.assignments.carried_text,
            origin_text=model.assignments.origin_text,
        )
        step = scale.step(entry.status) if scale and entry else None
        views.append(AssignmentView(row, entry, step, tuple(badges)))
    return views


def _assessments(
    goal_ids: Sequence[int], round_: Round | None, moment: dt.datetime | None
) -> dict[tuple[int, int], Assessment]:
    if round_ is None:
        return {}
    rows = Assessment.objects.all().as_of(moment).filter(goal_id__in=goal_ids, round=round_)
    return {(row.goal_id, row.body_id): row for row in rows}


def _basis(
    indicators: Sequence[IndicatorView], assignments: Sequence[AssignmentView], round_: Round | None
) -> Basis:
    """What the proposal counts. In an interim round an assignment that will be done this year is in step."""
    judged = [view for view in indicators if view.judgement.verdict.judged]
    reported = [row for row in assignments if row.step is not None]
    year_end = round_ is not None and round_.kind == "year_end"
    in_step = [
        row for row in reported if row.step and (row.step.done if year_end else not row.step.carries_over)
    ]
    return Basis(
        met=sum(view.judgement.verdict is Verdict.MET for view in judged),
        judged=len(judged),
        done=len(in_step),
        assignments=len(reported),
    )
