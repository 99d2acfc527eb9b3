"""Reading reports, their outlines and what they count."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.steering import OutlineChapter, SteeringModel
from uppsikt.cycle.rules.steering_document import parse_outline
from uppsikt.cycle.selectors import Round
from uppsikt.organisation.selectors import Body
from uppsikt.planning.rules.judgement import Verdict
from uppsikt.planning.selectors import Snapshot
from uppsikt.reports.models import Adoption, Report, ReportOutline
from uppsikt.reports.rules.figures import Counts
from uppsikt.reports.rules.outline import Document, as_document

__all__ = [
    "CONTROL_PLAN",
    "PLAN",
    "Adoption",
    "Outline",
    "Report",
    "ReportOutline",
    "counts",
    "earlier_report",
    "outline",
    "plan_report",
    "plan_report_or_new",
    "report",
    "report_for",
    "report_or_new",
    "reports",
    "subject",
]


PLAN, CONTROL_PLAN = "plan", "control_plan"
PLAN_WORDS = {PLAN: "plan", CONTROL_PLAN: "internkontrollplan"}
"""The kinds of plans, with the word for each where the steering model has none of its own."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A report's chapters in order. `own`: it departs from the steering model's outline.

    Args: hidden: keys of chapters that are not printed; they keep their texts.
    """

    document: Document
    hidden: frozenset[str]
    own: bool

    def chapters(self, round_kind: str = "") -> tuple[OutlineChapter, ...]:
        """The chapters that are printed in a round of this kind."""
        parsed, _problems = parse_outline(self.document)
        return tuple(
            chapter
            for chapter in parsed
            if chapter.key not in self.hidden
            and (not chapter.round_kinds or not round_kind or round_kind in chapter.round_kinds)
        )


def reports() -> QuerySet[Report]:
    """Every report and plan, latest year first."""
    return Report.objects.select_related("body", "round", "year")


def report(key: str) -> Report | None:
    """The report with this key."""
    return reports().filter(key=key).first()


def report_for(body: Body, round_: Round) -> Report | None:
    """The body's report of the round."""
    return reports().filter(body=body, round=round_).first()


def plan_report(body: Body, year: int, kind: str = PLAN) -> Report | None:
    """The body's plan (or plan of internal control) for the year, as a document."""
    return reports().filter(body=body, year_id=year, kind=kind).first()


def report_or_new(body: Body, round_: Round) -> Report:
    """The body's report of the round; one that nobody has begun to write is shown but not stored."""
    return report_for(body, round_) or Report(
        key=f"{round_.key}-{body.key}",
        kind="report",
        body=body,
        year=round_.year,
        round=round_,
        title=round_.name,
    )


def plan_report_or_new(body: Body, year: int, kind: str = PLAN) -> Report:
    """The body's plan (or plan of internal control); one that nobody has begun to write is shown but not stored.

    Raises: LookupError when the year has no steering model.
    """
    found = plan_report(body, year, kind)
    if found is not None:
        return found
    word = cycle.model_for(year).words.get(kind, PLAN_WORDS[kind])
    title = f"{word[:1].upper()}{word[1:]} {year}"
    name = kind.replace("_", "-")
    return Report(
        key=f"{year}-{name}-{body.key}", kind=kind, body=body, year_id=year, round=None, title=title
    )


def earlier_report(row: Report) -> Report | None:
    """The body's nearest earlier report of the same kind: where texts can be carried forward from."""
    others = reports().filter(body_id=row.body_id, kind=row.kind).exclude(pk=row.pk)
    if row.round is not None:
        return others.filter(round__cutoff__lt=row.round.cutoff).order_by("-round__cutoff").first()
    return others.filter(year_id__lt=row.year_id).order_by("-year_id").first()


def subject(row: Report) -> str:
    """What a report is called in the history and among publications."""
    return f"report:{row.key}"


def outline(row: Report, model: SteeringModel, moment: dt.datetime | None = None) -> Outline:
    """The report's outline as it stood at `moment` (None: now): its own, else the steering model's."""
    found = ReportOutline.objects.all().as_of(moment).filter(report_id=row.pk).first()
    if found is not None:
        return Outline(found.chapters, frozenset(found.hidden), own=True)
    return Outline(as_document(model.outline_of(row.kind)), frozenset(), own=False)


def counts(view: Snapshot) -> Counts:
    """Everything a report counts, of a snapshot."""
    verdicts = view.verdicts()
    goals, indicators, assignments = view.committee_goals, view.indicators, view.assignments
    statuses = Counter(row.step.label for row in assignments if row.step)
    scale = view.status_scale
    return Counts(
        goals=len(goals),
        goals_assessed=sum(goal.step is not None for goal in goals),
        goals_fulfilled=sum(goal.step is not None and goal.step.counts_as_fulfilled for goal in goals),
        by_step=tuple((step.label, number) for step, number in view.rollup.by_step),
        indicators=len(indicators),
        met=verdicts[Verdict.MET],
        not_met=verdicts[Verdict.NOT_MET],
        reported_met=sum(row.reported_met for row in indicators),
        assignments=len(assignments),
        done=sum(row.done for row in assignments),
        carried_over=sum(row.carried_over for row in assignments),
        by_status=tuple((step.label, statuses[step.label]) for step in (scale.steps if scale else ())),
        disagreements=sum(goal.disagrees for goal in goals) + sum(row.disagrees for row in indicators),
    )
