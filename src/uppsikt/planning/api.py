"""The API about goals, indicators and assignments: everything one may read, and what is reported.

Figures are text with a decimal point ("74.5"), so that nothing is rounded on the way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import Field, field_validator

from uppsikt.accounts.selectors import User
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.selectors import Round
from uppsikt.kernel.numbers import canonical, parse_decimal
from uppsikt.kernel.period import Period, parse_period
from uppsikt.kernel.problems import refuse
from uppsikt.organisation import access as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.planning import access, selectors
from uppsikt.planning.actions import assignments as assignment_actions
from uppsikt.planning.actions import goals as goal_actions
from uppsikt.planning.actions import indicators as indicator_actions
from uppsikt.planning.selectors import AssignmentView, GoalView, IndicatorView, Snapshot
from uppsikt.web.answers import answers
from uppsikt.web.nul import NUL

router = Router(tags=["planning"])


class FigureOut(Schema):
    """An outcome. `value` null: see `status`, or `hidden` (too few people to show)."""

    period: str
    breakdown: str
    value: str | None
    status: str
    preliminary: bool
    hidden: bool
    source: str
    recorded_by: str
    recorded_at: dt.datetime


class TargetOut(Schema):
    """A target as decided."""

    role: str
    year: int
    text: str


class IndicatorOut(Schema):
    """An indicator of the plan, judged in the round. `verdict` is the rule's, `reported` the reporter's."""

    key: str
    indicator: str
    name: str
    measure: str
    figures: list[FigureOut]
    targets: list[TargetOut]
    verdict: str
    why: str
    distance: str | None
    trend: str | None
    reported: str
    reason: str
    analysis: str


class AssignmentOut(Schema):
    """An assignment with its status in the round."""

    key: str
    title: str
    text: str
    origin: str
    decision: str
    carried_over: bool
    deadline: dt.date | None
    responsible: str
    status: str
    status_label: str
    comment: str


class GoalOut(Schema):
    """A goal in the round with what stands under it."""

    key: str
    body: str
    level: str
    parent: str | None
    number: str
    name: str
    step: str
    step_label: str
    proposed: str
    rationale: str
    indicators: list[IndicatorOut]
    assignments: list[AssignmentOut]


class In(Schema):
    """What is sent in. No text may hold the NUL character, which PostgreSQL cannot keep."""

    @field_validator("*")
    @classmethod
    def _without_nul(cls, value: object) -> object:
        if isinstance(value, str) and NUL in value:
            raise ValueError("NUL")
        return value


class ObservationIn(In):
    """An outcome to record in an open round."""

    period: str = Field(description="2024, 2024-T1, 2024-Q1, 2024-03 or 2020-02/R12", max_length=20)
    value: str | None = Field(None, description='A figure as text, "74.5"; null with a status', max_length=40)
    status: str = Field("value", description="value, not_measured, not_published or missing", max_length=15)
    breakdown: str = Field("", description="gender=women …; empty is the total", max_length=200)
    preliminary: bool = False
    group_size: int | None = Field(
        None, description="How many people it is about; null keeps what is known", ge=0, le=2_000_000_000
    )
    footnote: str = ""
    source: str = Field("", max_length=300)


class ReportIn(In):
    """What is said of an indicator. `reported` empty follows the rule."""

    reported: str = Field("", description="met, not_met or empty", max_length=10)
    reason: str = ""
    analysis: str = ""
    trend: str | None = Field(
        None, description="better, unchanged, worse or empty; null keeps what stands", max_length=10
    )
    unjustified: str | None = Field(
        None, description="gender, none or empty; null keeps what stands", max_length=40
    )


class StatusIn(In):
    """An assignment's status: a key of the steering model's scale."""

    status: str = Field("", max_length=40)
    comment: str = ""


class AssessmentIn(In):
    """A goal's assessment: a key of the steering model's scale."""

    step: str = Field("", max_length=40)
    rationale: str = ""


class Written(Schema):
    """Whether anything was changed; false when it already stood so."""

    changed: bool


def _round(key: str) -> Round:
    found = cycle.round_by_key(key)
    if found is None:
        raise Http404
    return found


def _snapshot(request: HttpRequest, body: str, round_: str) -> Snapshot:
    chosen = _round(round_)
    return selectors.snapshot(year=chosen.year_id, round_=chosen, body=organisation.body(request.user, body))


@router.get("/rounds/{round}/bodies/{body}/status", response=answers(dict[str, Any]))
def status(request: HttpRequest, round: str, body: str) -> dict[str, Any]:  # noqa: A002 - the address's own word
    """The round's state in figures: the same as `uppsikt status BODY ROUND --json`."""
    return selectors.status(_snapshot(request, body, round))


@router.get("/rounds/{round}/bodies/{body}/goals", response=answers(list[GoalOut]))
def goals(request: HttpRequest, round: str, body: str) -> list[GoalOut]:  # noqa: A002
    """The body's goals in reading order, with indicators and assignments as they stand in the round."""
    view = _snapshot(request, body, round)
    keys = {goal.goal.pk: goal.goal.key for goal in view.goals}
    return [_goal(goal, keys) for goal in view.goals]


@router.get("/rounds/{round}/bodies/{body}/sections", response=answers(dict[str, list[IndicatorOut]]))
def sections(request: HttpRequest, round: str, body: str) -> dict[str, list[IndicatorOut]]:  # noqa: A002
    """The indicators that belong to the body and to no goal (personnel …), by section."""
    view = _snapshot(request, body, round)
    return {key: [_indicator(row) for row in rows] for key, rows in view.sections.items()}


@router.post("/rounds/{round}/uses/{use}/observations", response=answers(Written))
def record_observation(request: HttpRequest, round: str, use: str, data: ObservationIn) -> Written:  # noqa: A002
    """Record an outcome in an open round. An earlier one for the same period is kept as superseded."""
    row = access.use(request.user, use, Permission.REPORT)
    value = parse_decimal(data.value) if data.value is not None else None
    if data.value is not None and value is None:
        raise refuse(
            "value", f"”{data.value}” är inget tal.", field="value", remedy="Skriv till exempel 74.5."
        )
    _stored, changed = indicator_actions.record_observation(
        indicator=row.indicator,
        body=row.body,
        period=_period(data.period),
        breakdown=data.breakdown,
        value=value,
        status=data.status,
        preliminary=data.preliminary,
        group_size=data.group_size,
        footnote=data.footnote,
        source=data.source,
        round_=_round(round),
        by=_user(request).actor,
    )
    return Written(changed=changed)


@router.put("/rounds/{round}/uses/{use}/report", response=answers(Written))
def report_indicator(request: HttpRequest, round: str, use: str, data: ReportIn) -> Written:  # noqa: A002
    """Report on an indicator: analysis, and a judgement where it departs from the rule (then with a reason)."""
    row = access.use(request.user, use, Permission.REPORT)
    chosen = _round(round)
    view = selectors.snapshot(year=row.year_id, round_=chosen, body=row.body).indicator(use)
    _stored, changed = indicator_actions.report_indicator(
        use=row,
        round_=chosen,
        reported=data.reported,
        reason=data.reason,
        analysis=data.analysis,
        trend=data.trend,
        unjustified=data.unjustified,
        rule=view.judgement.verdict.value if view else "",
        by=_user(request).actor,
    )
    return Written(changed=changed)


@router.put("/rounds/{round}/assignments/{assignment}/status", response=answers(Written))
def report_status(request: HttpRequest, round: str, assignment: str, data: StatusIn) -> Written:  # noqa: A002
    """Set an assignment's status and comment in an open round."""
    row = access.assignment(request.user, assignment, Permission.REPORT)
    _stored, changed = assignment_actions.report_status(
        assignment=row,
        round_=_round(round),
        status=data.status,
        comment=data.comment,
        by=_user(request).actor,
    )
    return Written(changed=changed)


@router.put("/rounds/{round}/goals/{goal}/assessment", response=answers(Written))
def assess(request: HttpRequest, round: str, goal: str, data: AssessmentIn) -> Written:  # noqa: A002
    """Assess a goal in an open round; a departure from the rule's proposal needs a rationale."""
    row = access.goal(request.user, goal, Permission.ASSESS)
    chosen = _round(round)
    view = selectors.snapshot(year=row.year_id, round_=chosen, body=row.body, goal_ids={row.pk}).goal(goal)
    proposal = view.proposal if view else None
    _stored, changed = goal_actions.assess(
        goal=row,
        round_=chosen,
        body=row.body,
        step=data.step,
        proposed=proposal.step.key if proposal else "",
        rationale=data.rationale,
        by=_user(request).actor,
    )
    return Written(changed=changed)


def _user(request: HttpRequest) -> User:
    """The signed-in person; access has already turned everyone else away."""
    assert isinstance(request.user, User)
    return request.user


def _period(code: str) -> Period:
    try:
        return parse_period(code)
    except ValueError as error:
        raise refuse(
            "period", f"”{code}” är ingen period.", field="period", remedy="Skriv 2024, 2024-T1, 2024-03 …"
        ) from error


def _goal(view: GoalView, keys: Mapping[int, str]) -> GoalOut:
    goal = view.goal
    return GoalOut(
        key=goal.key,
        body=goal.body.key,
        level=goal.level,
        parent=keys.get(goal.parent_id) if goal.parent_id else None,
        number=goal.number,
        name=goal.name,
        step=view.step.key if view.step else "",
        step_label=view.step.label if view.step else "",
        proposed=view.proposal.step.key if view.proposal else "",
        rationale=view.assessment.rationale if view.assessment else "",
        indicators=[_indicator(row) for row in view.indicators],
        assignments=[_assignment(row) for row in view.assignments],
    )


def _indicator(view: IndicatorView) -> IndicatorOut:
    judgement = view.judgement
    return IndicatorOut(
        key=view.use.key,
        indicator=view.indicator.key,
        name=view.name,
        measure=view.indicator.measure,
        figures=[
            FigureOut(
                period=figure.period.code,
                breakdown=figure.breakdown,
                value=None if figure.value is None else canonical(figure.value),
                status=figure.status,
                preliminary=figure.preliminary,
                hidden=figure.hidden,
                source=figure.source,
                recorded_by=figure.by,
                recorded_at=figure.at,
            )
            for figure in view.figures.values()
        ],
        targets=[TargetOut(role=row.role, year=row.year, text=row.text) for row in view.targets],
        verdict=judgement.verdict.value,
        why=judgement.reason,
        distance=None if judgement.distance is None else canonical(judgement.distance),
        trend=view.trend.value if view.trend else None,
        reported=view.reported,
        reason=view.report.reason if view.report else "",
        analysis=view.report.analysis if view.report else "",
    )


def _assignment(view: AssignmentView) -> AssignmentOut:
    row = view.assignment
    return AssignmentOut(
        key=row.item.key,
        title=row.title,
        text=row.text,
        origin=row.origin,
        decision=str(row.decision),
        carried_over=view.carried_over,
        deadline=row.item.deadline,
        responsible=row.item.responsible.name if row.item.responsible else "",
        status=view.entry.status if view.entry else "",
        status_label=view.step.label if view.step else "",
        comment=view.entry.comment if view.entry else "",
    )
