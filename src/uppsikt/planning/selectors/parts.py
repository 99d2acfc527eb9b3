"""What a reading of a plan gives: goals, indicators and assignments, judged and ready to be shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from uppsikt.cycle.rules.steering import Level, Scale, SteeringModel, Step
from uppsikt.cycle.selectors import Round
from uppsikt.followup.selectors import StatusEntry
from uppsikt.kernel.period import Period
from uppsikt.organisation.selectors import Body
from uppsikt.planning.models import (
    Assessment,
    Assignment,
    Goal,
    Indicator,
    IndicatorReport,
    IndicatorUse,
)
from uppsikt.planning.rules.fulfilment import Basis, Proposal, Rollup, roll_up
from uppsikt.planning.rules.judgement import (
    Judgement,
    Observed,
    TargetFact,
    Trend,
    Verdict,
    disagrees,
    reported_met,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One outcome as it may be shown, with where it comes from. `hidden`: too few people to show."""

    period: Period
    breakdown: str
    value: Decimal | None
    status: str
    preliminary: bool
    hidden: bool
    footnote: str
    source: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """An indicator of the plan, judged in the round. `figures` by (breakdown, period code)."""

    use: IndicatorUse
    indicator: Indicator
    name: str
    figures: Mapping[tuple[str, str], Figure]
    series: tuple[Observed, ...]
    targets: tuple[TargetFact, ...]
    target: TargetFact | None
    judgement: Judgement
    trend: Trend | None
    report: IndicatorReport | None

    @property
    def reported(self) -> str:
        """What the reporter says (met, not_met), empty when the rule is followed."""
        return self.report.reported if self.report else ""

    @property
    def verdict(self) -> Verdict:
        """What counts in the report: the reporter's judgement, else the rule's."""
        return Verdict(self.reported) if self.reported else self.judgement.verdict

    @property
    def disagrees(self) -> bool:
        """Whether the reporter departed from the rule."""
        return disagrees(self.judgement, self.reported)

    @property
    def reported_met(self) -> bool:
        """Whether the target counts as met in the report."""
        return reported_met(self.judgement, self.reported)

    def target_for(self, role: str) -> TargetFact | None:
        """The plan's milestone or final target; of several years the nearest."""
        return next((target for target in self.targets if target.role == role), None)

    def figure(self, period: str, breakdown: str = "") -> Figure | None:
        """The outcome for a period, None when nothing is known of it."""
        return self.figures.get((breakdown, period))


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """An assignment with its status in the round. `step` None: not reported."""

    assignment: Assignment
    entry: StatusEntry | None
    step: Step | None
    badges: tuple[str, ...]

    @property
    def done(self) -> bool:
        """Whether it is finished."""
        return self.step is not None and self.step.done

    @property
    def carried_over(self) -> bool:
        """Whether it comes from an earlier year."""
        item = self.assignment.item
        return item.carried_from_year is not None or item.carried_over_from_id is not None


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal with what stands under it and how it is assessed. `own`: the body answers for it itself."""

    goal: Goal
    level: Level
    depth: int
    own: bool
    indicators: tuple[IndicatorView, ...]
    assignments: tuple[AssignmentView, ...]
    priorities: tuple[str, ...]
    assessment: Assessment | None
    step: Step | None
    proposal: Proposal | None
    basis: Basis

    @property
    def disagrees(self) -> bool:
        """Whether the assessment departs from the rule's proposal."""
        return self.step is not None and self.proposal is not None and self.step.key != self.proposal.step.key

    @property
    def unexplained(self) -> bool:
        """Whether the assessment departs from the rule with nothing said of why.

        None can be saved so: it agreed with the rule until an outcome or a status was corrected.
        """
        return self.disagrees and not (self.assessment and self.assessment.rationale.strip())


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A body's year (or, with no body, everyone's) as it stands in a round (or, with none, in the plan)."""

    year: int
    round: Round | None
    body: Body | None
    model: SteeringModel
    goals: tuple[GoalView, ...]
    sections: Mapping[str, tuple[IndicatorView, ...]]
    loose_assignments: tuple[AssignmentView, ...]
    rollup: Rollup = field(init=False)

    def __post_init__(self) -> None:
        assessed = [view.step.key if view.step else None for view in self.committee_goals]
        object.__setattr__(self, "rollup", roll_up(self.model.fulfilment, assessed))

    @property
    def committee_goals(self) -> tuple[GoalView, ...]:
        """The goals set by the body itself, at the levels a committee owns."""
        owned = {level.key for level in self.model.committee_levels}
        return tuple(view for view in self.goals if view.own and view.goal.level in owned)

    @property
    def unexplained(self) -> tuple[GoalView, ...]:
        """The body's goals whose assessments have come to depart from the rule and say nothing of why."""
        return tuple(view for view in self.committee_goals if view.unexplained)

    @property
    def indicators(self) -> tuple[IndicatorView, ...]:
        """The indicators under goals, in the plan's order. Those of sections (personnel) are not counted."""
        return tuple(indicator for view in self.goals for indicator in view.indicators)

    @property
    def assignments(self) -> tuple[AssignmentView, ...]:
        """All assignments, those under goals first."""
        return (*(row for view in self.goals for row in view.assignments), *self.loose_assignments)

    @property
    def status_scale(self) -> Scale | None:
        """The scale assignments are reported on in the round."""
        return self.model.status_scale(self.round.kind) if self.round else None

    def verdicts(self) -> dict[Verdict, int]:
        """How many indicators the rule judges how."""
        counts = dict.fromkeys(Verdict, 0)
        for view in self.indicators:
            counts[view.judgement.verdict] += 1
        return counts

    def goal(self, key: str) -> GoalView | None:
        """The goal with this key."""
        return next((view for view in self.goals if view.goal.key == key), None)

    def indicator(self, key: str) -> IndicatorView | None:
        """The use with this key, under a goal or in a section."""
        everything = (*self.indicators, *(view for rows in self.sections.values() for view in rows))
        return next((view for view in everything if view.use.key == key), None)
