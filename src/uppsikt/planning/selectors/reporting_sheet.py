"""What one page of reporting holds: each part with its standing version, and what was said last time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.cycle.selectors import Round
from uppsikt.followup.selectors import StatusEntry
from uppsikt.organisation.selectors import Body
from uppsikt.planning.models import (
    Assessment,
    Goal,
    IndicatorReport,
    IndicatorUse,
    Observation,
)
from uppsikt.planning.rules.reporting import PartKind, breakdown_keys, draft_slot, due_period, goal_slot
from uppsikt.planning.selectors.judged import indicator_views
from uppsikt.planning.selectors.parts import AssignmentView, GoalView, IndicatorView
from uppsikt.planning.selectors.snapshot import assignment_views, snapshot
from uppsikt.texts import selectors as texts
from uppsikt.texts.rules import to_plain
from uppsikt.texts.selectors import Draft, TextVersion

FIELDS: Mapping[PartKind, tuple[str, ...]] = {
    PartKind.OUTCOME: ("value", "status", "preliminary", "group_size", "footnote"),
    PartKind.JUDGEMENT: ("reported", "reason", "analysis", "trend", "unjustified"),
    PartKind.STATUS: ("status", "comment"),
    PartKind.ASSESSMENT: ("step", "rationale"),
    PartKind.TEXT: ("content",),
}
WRITTEN: Mapping[PartKind, tuple[str, ...]] = {
    PartKind.JUDGEMENT: ("reason", "analysis"),
    PartKind.STATUS: ("comment",),
    PartKind.ASSESSMENT: ("rationale",),
}
_EMPTY: Mapping[str, Any] = {"preliminary": False, "value": None, "group_size": None, "content": []}
_ROWS = {
    PartKind.OUTCOME: Observation,
    PartKind.JUDGEMENT: IndicatorReport,
    PartKind.STATUS: StatusEntry,
    PartKind.ASSESSMENT: Assessment,
}


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to report. `pk` is the version that stands (a text's number), None when nothing does.

    `body`, `unit` and `person` are keys: who answers for it. `rule` is what the rule says or proposes.
    `slots` is where each long field waits as a draft; for a text it is where the text itself stands.
    """

    kind: PartKind
    key: str
    label: str
    body: str
    unit: str
    person: str
    values: Mapping[str, Any]
    pk: int | None
    by: str = ""
    by_key: str = ""
    at: dt.datetime | None = None
    rule: str = ""
    slots: Mapping[str, str] = field(default_factory=dict)
    indicator: IndicatorView | None = None
    assignment: AssignmentView | None = None
    goal: GoalView | None = None
    period: str = ""
    breakdown: str = ""


@dataclass(frozen=True, slots=True)
class Before:
    """What was said in the round before, for the same goal (or the one this continues)."""

    round: Round
    goal: GoalView | None
    texts: Mapping[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on one page of reporting. `drafts` are the reader's own, by slot."""

    round: Round
    body: Body
    model: SteeringModel
    goal: GoalView | None
    indicators: tuple[IndicatorView, ...]
    assignments: tuple[AssignmentView, ...]
    parts: tuple[Part, ...]
    drafts: Mapping[str, Draft]

    def part(self, key: str) -> Part | None:
        """The part with this key."""
        return next((part for part in self.parts if part.key == key), None)

    @property
    def is_open(self) -> bool:
        """Whether anything can be reported."""
        return self.round.state == RoundState.OPEN.value


def goal_sheet(goal: Goal, round_: Round, user_key: str) -> Sheet:
    """The page of one goal. Raises: LookupError when the year has no steering model."""
    view = snapshot(year=goal.year_id, round_=round_, goal_ids={goal.pk})
    own = view.goals[0]
    model = view.model
    parts = [
        *_indicator_parts(own.indicators, model, round_),
        *(_status_part(row, round_) for row in own.assignments),
        *_text_parts(own, model, round_),
    ]
    if own.level.assessed and model.fulfilment is not None:
        parts.append(_assessment_part(own, round_))
    return _sheet(
        round_, goal.body, model, own, own.indicators, own.assignments, parts, user_key
    )  # fmt: skip


def section_sheet(
    body: Body, section: str, round_: Round, user_key: str, periods: Collection[str] = ()
) -> Sheet:
    """The page of a section's indicators. `periods`: further ones to report, for those measured by month."""
    model = cycle.model_for(round_.year_id)
    uses = IndicatorUse.objects.filter(
        year_id=round_.year_id, body=body, section=section, removed_at__isnull=True
    ).select_related("indicator", "body", "responsible", "unit")
    views = tuple(indicator_views(list(uses), model, round_.year_id, round_, None))
    parts = _indicator_parts(views, model, round_, periods)
    return _sheet(round_, body, model, None, views, (), parts, user_key)


def assignment_sheet(body: Body, round_: Round, user_key: str) -> Sheet:
    """The quick list of all the body's assignments."""
    model = cycle.model_for(round_.year_id)
    rows = assignment_views(round_.year_id, body, (), model, round_, None, whole=True)
    views = tuple(sorted(rows, key=_by_number))
    parts = [_status_part(row, round_) for row in views]
    return _sheet(round_, body, model, None, (), views, parts, user_key)


def _by_number(row: AssignmentView) -> tuple[int, int]:
    """The plan's own numbers first, in order; the rest as the plan has them (sorting keeps the order)."""
    number = row.assignment.number
    return (0, int(number)) if number.isdecimal() else (1, 0)


def values_at(kind: PartKind, pk: int) -> Mapping[str, Any] | None:
    """What an earlier version said, None when there is none such. Not for texts, which keep their own."""
    row = _ROWS[kind].objects.filter(pk=pk).first()
    return _values(kind, row) if row else None


def before(goal: Goal, round_: Round) -> Before | None:
    """What was said of the goal in the latest earlier round of this year or the one before."""
    held = list(
        cycle.earlier_rounds(round_)
        .filter(year_id__in=(round_.year_id, round_.year_id - 1))
        .exclude(state=RoundState.PLANNED.value)
    )
    origin = goal.carried_over_from
    same = {goal.year_id: goal} | ({origin.year_id: origin} if origin else {})
    earlier = [each for each in held if each.year_id in same]
    if not earlier:
        return None
    latest = earlier[0]
    then = same[latest.year_id]
    view = snapshot(year=latest.year_id, round_=latest, goal_ids={then.pk})
    return Before(latest, view.goals[0] if view.goals else None, _texts_before(same, earlier))


def _texts_before(same: Mapping[int, Goal], rounds: Sequence[Round]) -> Mapping[str, list[Any]]:
    """The latest text of each kind in the earlier rounds, by kind."""
    wanted: dict[str, str] = {}
    models = {year: cycle.model_for(year) for year in {each.year_id for each in rounds}}
    for each in rounds:
        goal = same[each.year_id]
        for kind in models[each.year_id].texts_for(goal.level):
            wanted[goal_slot(goal.key, each.key, goal.body.key, kind.key)] = kind.key
    written = texts.contents(list(wanted))
    found: dict[str, list[Any]] = {}
    for slot, kind_key in wanted.items():
        if written.get(slot):
            found.setdefault(kind_key, written[slot])
    return found


def _sheet(
    round_: Round,
    body: Body,
    model: SteeringModel,
    goal: GoalView | None,
    indicators: tuple[IndicatorView, ...],
    assignments: tuple[AssignmentView, ...],
    parts: Iterable[Part],
    user_key: str,
) -> Sheet:
    listed = tuple(parts)
    slots = [slot for part in listed for slot in part.slots.values()]
    return Sheet(
        round=round_,
        body=body,
        model=model,
        goal=goal,
        indicators=indicators,
        assignments=assignments,
        parts=listed,
        drafts=_living(listed, texts.drafts_for(slots, user_key)),
    )


def _living(parts: Iterable[Part], drafts: Mapping[str, Draft]) -> Mapping[str, Draft]:
    """The drafts that say something else than what stands: one may arrive just after its text was saved."""
    found = {}
    for part in parts:
        for name, slot in part.slots.items():
            draft = drafts.get(slot)
            if draft is None:
                continue
            begun = draft.content if part.kind is PartKind.TEXT else to_plain(draft.content)
            if begun != part.values[name]:
                found[slot] = draft
    return found


def _values(kind: PartKind, row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) if row else _EMPTY.get(name, "") for name in FIELDS[kind]}


def _standing(kind: PartKind, row: Any) -> dict[str, Any]:
    """The fields of `Part` that tell what stands."""
    if row is None:
        return {"values": _values(kind, None), "pk": None}
    return {
        "values": _values(kind, row),
        "pk": row.pk,
        "by": row.recorded_by_name,
        "by_key": row.recorded_by_key,
        "at": row.recorded_at,
    }


def _drafts(kind: PartKind, key: str, round_: Round) -> dict[str, str]:
    return {name: draft_slot(round_.key, key, name) for name in WRITTEN[kind]}


def _indicator_parts(
    views: Sequence[IndicatorView], model: SteeringModel, round_: Round, periods: Collection[str] = ()
) -> list[Part]:
    """Each indicator's outcomes and then what is said of it."""
    wanted = {view.use.pk: _periods(view, round_, periods) for view in views}
    dimensions = [(each.key, [value for value, _ in each.values]) for each in model.dimensions]
    rows = (
        Observation.objects.all()
        .current()
        .filter(
            indicator__in={view.indicator.pk for view in views},
            body__in={view.use.body_id for view in views},
            period__in={code for codes in wanted.values() for code in codes},
            unit__isnull=True,
        )
    )
    standing = {(row.indicator_id, row.body_id, row.period, row.breakdown): row for row in rows}
    parts: list[Part] = []
    for view in views:
        use = view.use
        keys = breakdown_keys(use.breakdowns, dimensions)
        if view.target is not None and view.target.kind == "reference":
            keys.append(f"reference={view.target.reference}")
        for period in wanted[use.pk]:
            for breakdown in keys:
                row = standing.get((use.indicator_id, use.body_id, period, breakdown))
                parts.append(_outcome_part(view, period, breakdown, row, model))
        parts.append(_judgement_part(view, round_))
    return parts


def _periods(view: IndicatorView, round_: Round, extra: Collection[str]) -> list[str]:
    due = due_period(view.indicator.periodicity, view.use.year_id, view.use.lag_years, round_.cutoff)
    further = [code for code in extra if view.indicator.periodicity == "month" and code != due]
    return [due, *sorted(further)]


def _outcome_part(
    view: IndicatorView, period: str, breakdown: str, row: Observation | None, model: SteeringModel
) -> Part:
    use = view.use
    held = _standing(PartKind.OUTCOME, row)
    figure = view.figure(period, breakdown)
    if (
        row is None and figure is not None and not figure.hidden
    ):  # the whole municipality's, or a predecessor's
        held["values"] |= {"value": figure.value, "status": figure.status}
    return Part(
        kind=PartKind.OUTCOME,
        key=re.sub(r"[^A-Za-z0-9_-]+", "-", f"outcome-{use.key}-{period}-{breakdown}").rstrip("-"),
        label=model.breakdown_label(breakdown) or breakdown.partition("=")[2],
        indicator=view,
        period=period,
        breakdown=breakdown,
        **_who(use),
        **held,
    )


def _who(thing: Any) -> dict[str, Any]:
    """Who answers for it."""
    unit = getattr(thing, "unit", None)
    return {
        "body": thing.body.key,
        "unit": unit.key if unit else "",
        "person": thing.responsible.key if thing.responsible else "",
    }


def _judgement_part(view: IndicatorView, round_: Round) -> Part:
    key = f"judgement-{view.use.key}"
    return Part(
        kind=PartKind.JUDGEMENT,
        key=key,
        label=view.name,
        rule=view.judgement.verdict.value,
        slots=_drafts(PartKind.JUDGEMENT, key, round_),
        indicator=view,
        **_who(view.use),
        **_standing(PartKind.JUDGEMENT, view.report),
    )


def _status_part(row: AssignmentView, round_: Round) -> Part:
    key = f"status-{row.assignment.item.key}"
    return Part(
        kind=PartKind.STATUS,
        key=key,
        label=row.assignment.title,
        slots=_drafts(PartKind.STATUS, key, round_),
        assignment=row,
        **_who(row.assignment.item),
        **_standing(PartKind.STATUS, row.entry),
    )


def _assessment_part(view: GoalView, round_: Round) -> Part:
    key = f"assessment-{view.goal.key}"
    return Part(
        kind=PartKind.ASSESSMENT,
        key=key,
        label=view.goal.name,
        rule=view.proposal.step.key if view.proposal else "",
        slots=_drafts(PartKind.ASSESSMENT, key, round_),
        goal=view,
        **_who(view.goal),
        **_standing(PartKind.ASSESSMENT, view.assessment),
    )


def _text_parts(view: GoalView, model: SteeringModel, round_: Round) -> list[Part]:
    """The goal's texts, then those about each priority."""
    goal = view.goal
    places = [
        (kind.key, kind.label, goal_slot(goal.key, round_.key, goal.body.key, kind.key))
        for kind in model.texts_for(goal.level)
    ]
    for kind in model.texts_for(goal.level, per="priority"):
        slot = goal_slot(goal.key, round_.key, goal.body.key, kind.key)
        places.extend(
            (f"{kind.key}-{number}", f"{kind.label}: {priority}", f"{slot}:priority-{number}")
            for number, priority in enumerate(view.priorities, start=1)
        )
    standing = texts.current_of([slot for _key, _label, slot in places])
    return [_text_part(view, key, label, slot, standing.get(slot)) for key, label, slot in places]


def _text_part(view: GoalView, key: str, label: str, slot: str, row: TextVersion | None) -> Part:
    held: dict[str, Any] = {"values": {"content": row.content if row else []}, "pk": None}
    if row is not None:
        held |= {
            "pk": row.number, "by": row.recorded_by_name, "by_key": row.recorded_by_key, "at": row.recorded_at,
        }  # fmt: skip
    return Part(
        kind=PartKind.TEXT,
        key=f"text-{key}",
        label=label,
        slots={"content": slot},
        goal=view,
        **_who(view.goal),
        **held,
    )
