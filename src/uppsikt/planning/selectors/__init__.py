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
from uppsikt.planning.selectors.parts import (
    AssignmentView,
    Figure,
    GoalView,
    IndicatorView,
    Snapshot,
)
from uppsikt.planning.selectors.rows import (
    assignments,
    goals,
    indicators,
    observations,
    plan,
    plans,
    targets,
    uses,
)
from uppsikt.planning.selectors.snapshot import snapshot
from uppsikt.planning.selectors.status import status

__all__ = [
    "Assessment",
    "Assignment",
    "AssignmentView",
    "Figure",
    "Goal",
    "GoalView",
    "Indicator",
    "IndicatorReport",
    "IndicatorUse",
    "IndicatorView",
    "Observation",
    "Plan",
    "Priority",
    "Snapshot",
    "Target",
    "assignments",
    "goals",
    "indicators",
    "observations",
    "plan",
    "plans",
    "snapshot",
    "status",
    "targets",
    "uses",
]
