"""Reading plans, goals, indicators and assignments."""

from __future__ import annotations

from uppsikt.planning.models import (
    Assessment,
    Assignment,
    Goal,
    Indicator,
    IndicatorReport,
    IndicatorUse,
    Observation,
    Plan,
    Priority,
    Target,
)
from uppsikt.planning.selectors.judged import indicator_view
from uppsikt.planning.selectors.outline import OutlineGoal, Tally, outline, steps_before, tallies
from uppsikt.planning.selectors.parts import (
    AssignmentView,
    Figure,
    GoalView,
    IndicatorView,
    Snapshot,
)
from uppsikt.planning.selectors.rows import (
    assessments_of,
    assignments,
    fact_of,
    goals,
    indicators,
    observations,
    plan,
    plans,
    targets,
    uses,
)
from uppsikt.planning.selectors.series import Holder, Said, plans_using, registered
from uppsikt.planning.selectors.snapshot import snapshot
from uppsikt.planning.selectors.status import status
from uppsikt.planning.selectors.tasks import Link, Told, assignment_chain, assignment_list

__all__ = [
    "Assessment",
    "Assignment",
    "AssignmentView",
    "Figure",
    "Goal",
    "GoalView",
    "Holder",
    "Indicator",
    "IndicatorReport",
    "IndicatorUse",
    "IndicatorView",
    "Link",
    "Observation",
    "OutlineGoal",
    "Plan",
    "Priority",
    "Said",
    "Snapshot",
    "Tally",
    "Target",
    "Told",
    "assessments_of",
    "assignment_chain",
    "assignment_list",
    "assignments",
    "fact_of",
    "goals",
    "indicator_view",
    "indicators",
    "observations",
    "outline",
    "plan",
    "plans",
    "plans_using",
    "registered",
    "snapshot",
    "status",
    "steps_before",
    "tallies",
    "targets",
    "uses",
]
