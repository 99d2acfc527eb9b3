"""The steering model as typed data. A document (docs/formats/steering-model.md) in, dataclasses out.

Nothing here knows a municipality, a goal or an indicator: what differs between municipalities is data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from uppsikt.cycle.rules.control_policy import ControlPolicy, LintPolicy

COUNCIL = "council"
COMMITTEE = "committee"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the goal tree, top first in the model."""

    key: str
    label: str
    plural: str = ""
    owner: str = COMMITTEE
    assessed: bool = False
    numbered: bool = False
    indicators: bool = True
    assignments: bool = True
    priorities: bool = False
    description: bool = False


@dataclass(frozen=True, slots=True)
class GoalTextKind:
    """A text that a body writes about a goal in every round. `per` is goal or priority."""

    key: str
    label: str
    levels: tuple[str, ...] = ()
    per: str = "goal"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a scale. Shown by symbol and word, never by colour alone. A higher `rank` is better."""

    key: str
    label: str
    long: str
    symbol: str
    colour: str
    rank: int
    counts_as_fulfilled: bool = False
    done: bool = False
    carries_over: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """An ordered set of steps, in the order they are shown."""

    key: str
    steps: tuple[Step, ...]

    def step(self, key: str) -> Step | None:
        """The step with this key, None when the scale has none such."""
        return next((step for step in self.steps if step.key == key), None)

    def by_label(self, label: str) -> Step | None:
        """The step with this label or long form, whatever its case."""
        wanted = label.strip().casefold()
        return next((s for s in self.steps if wanted in (s.label.casefold(), s.long.casefold())), None)


@dataclass(frozen=True, slots=True)
class AssessmentRule:
    """How fulfilment is proposed. `rule` is shares (thresholds over a weighted share) or none."""

    scale: str | None = None
    rule: str = "none"
    thresholds: tuple[tuple[str, Decimal], ...] = ()
    indicator_weight: Decimal = Decimal(50)
    assignment_weight: Decimal = Decimal(50)


@dataclass(frozen=True, slots=True)
class IndicatorPolicy:
    """How the municipality shows and judges indicators."""

    columns_years: int = 3
    bare_target_by_direction: bool = False
    future_target_counts: str = "from_target_year"
    breakdown: str | None = None
    show_trend: bool = False
    trend_unchanged_percent: Decimal = Decimal(0)
    unjustified_difference: bool = False
    late_mark: str | None = None
    later_mark_text: str | None = None
    lag_text: str | None = None


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way to break figures down, with its values in order as (key, label)."""

    key: str
    label: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TargetPolicy:
    """Which target kinds the plan may use, and whether it has yearly and final targets."""

    kinds: tuple[str, ...] = ()
    milestone: bool = True
    final: bool = True
    final_year: int | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an assignment comes from: the council, a plan, the committee itself."""

    key: str
    label: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class AssignmentPolicy:
    """How assignments are written and which scales their status uses."""

    parts: bool = False
    background: bool = False
    carried_text: str = ""
    origin_text: str = ""
    decision_text: str = ""
    scale_interim: str = ""
    scale_year_end: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Indicators that belong to the body and not to a goal, such as personnel."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class RoundTemplate:
    """A reporting round that recurs every year. Days are "MM-DD"; `name` may hold {year}."""

    key: str
    kind: str
    name: str
    cutoff: str
    deadline: str = ""
    deadline_next_year: str = ""


@dataclass(frozen=True, slots=True)
class OutlineBlock:
    """A block of a chapter: its kind and the kind's own options."""

    kind: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutlineChapter:
    """A chapter of a report's outline. `round_kinds` empty means every kind of round."""

    key: str
    title: str
    level: int = 1
    blocks: tuple[OutlineBlock, ...] = ()
    round_kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SteeringModel:
    """A whole steering model for a year."""

    name: str
    description: str
    words: Mapping[str, str]
    levels: tuple[Level, ...]
    goal_texts: tuple[GoalTextKind, ...]
    scales: Mapping[str, Scale]
    assessment: AssessmentRule
    indicators: IndicatorPolicy
    dimensions: tuple[Dimension, ...]
    targets: TargetPolicy
    origins: tuple[Origin, ...]
    assignments: AssignmentPolicy
    sections: tuple[Section, ...]
    rounds: tuple[RoundTemplate, ...]
    outline: tuple[OutlineChapter, ...]
    plan_outline: tuple[OutlineChapter, ...]
    control_plan_outline: tuple[OutlineChapter, ...]
    control: ControlPolicy
    lint: LintPolicy

    def level(self, key: str) -> Level | None:
        """The level with this key."""
        return next((level for level in self.levels if level.key == key), None)

    @property
    def committee_levels(self) -> tuple[Level, ...]:
        """The levels whose goals a committee sets itself."""
        return tuple(level for level in self.levels if level.owner == COMMITTEE)

    def outline_of(self, kind: str) -> tuple[OutlineChapter, ...]:
        """The outline of a report, a plan or a control_plan."""
        return {"plan": self.plan_outline, "control_plan": self.control_plan_outline}.get(kind, self.outline)

    @property
    def fulfilment(self) -> Scale | None:
        """The scale goals are assessed on, None when the model does not assess goals."""
        return self.scales.get(self.assessment.scale) if self.assessment.scale else None

    def status_scale(self, round_kind: str) -> Scale:
        """The scale that assignments are reported on in a round of this kind."""
        year_end = round_kind == "year_end"
        return self.scales[self.assignments.scale_year_end if year_end else self.assignments.scale_interim]

    @property
    def control_results(self) -> Scale | None:
        """The scale that controls' results are judged on, None when the model has none."""
        return self.scales.get(self.control.result_scale)

    @property
    def control_summary(self) -> Scale | None:
        """The scale of the summary assessment of internal control, None when the model has none."""
        return self.scales.get(self.control.summary_scale)

    def word(self, key: str) -> str:
        """The municipality's own word for a concept; the key itself when it has none."""
        return self.words.get(key, key)

    def origin(self, key: str) -> Origin | None:
        """The origin with this key."""
        return next((origin for origin in self.origins if origin.key == key), None)

    def breakdown_label(self, breakdown: str) -> str:
        """A breakdown in words: "gender=women,interval=1-14" gives "Kvinnor, Dag 1–14". Empty for the total."""
        labels = []
        for part in filter(None, breakdown.split(",")):
            dimension, _, value = part.partition("=")
            values = next((d.values for d in self.dimensions if d.key == dimension), ())
            labels.append(dict(values).get(value, value))
        return ", ".join(labels)

    def texts_for(self, level: str, per: str = "goal") -> tuple[GoalTextKind, ...]:
        """The texts a body writes about a goal of this level."""
        return tuple(kind for kind in self.goal_texts if kind.per == per and level in kind.levels)
