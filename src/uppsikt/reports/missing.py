"""What a report still lacks, so that nobody adopts half a report without knowing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from uppsikt.cycle.rules.steering import OutlineChapter
from uppsikt.planning.rules.judgement import Verdict
from uppsikt.planning.selectors import Snapshot
from uppsikt.reports.composition import chapter_slot, goal_slot
from uppsikt.texts.rules import Node, is_empty


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing. `kind` groups them; `href` is where it is put right, empty: in the report."""

    kind: str
    text: str
    chapter: str = ""
    href: str = ""


KINDS: Mapping[str, str] = {
    "chapter": "Kapitel utan text",
    "assessment": "Mål utan bedömning",
    "rationale": "Bedömningar utan motivering",
    "reason": "Avvikelser från regeln utan skäl",
    "status": "Uppdrag utan status",
    "outcome": "Indikatorer utan utfall",
    "text": "Mål utan text",
}


def missing(
    view: Snapshot,
    chapters: Sequence[OutlineChapter],
    texts: Mapping[str, list[Node]],
    *,
    report_key: str,
    body_key: str,
) -> list[Gap]:
    """Everything missing, in the order of `KINDS` and of the plan."""
    gaps = list(_chapters(chapters, texts, report_key))
    if view.round is None:
        return gaps
    where = f"/rounds/{view.round.key}/{body_key}/"
    return [*gaps, *_goals(view, body_key, texts), *_items(view, where)]


def _chapters(
    chapters: Sequence[OutlineChapter], texts: Mapping[str, list[Node]], report_key: str
) -> Iterable[Gap]:
    for chapter in chapters:
        if wants_text(chapter) and is_empty(texts.get(chapter_slot(report_key, chapter.key), [])):
            yield Gap("chapter", chapter.title, chapter.key)


def wants_text(chapter: OutlineChapter) -> bool:
    """Whether the chapter has a place for text of its own."""
    return any(block.kind == "text" for block in chapter.blocks)


def _goals(view: Snapshot, body_key: str, texts: Mapping[str, list[Node]]) -> Iterable[Gap]:
    round_ = view.round
    if round_ is None:
        return
    goals = view.committee_goals
    for goal in goals:
        href = f"/rounds/{round_.key}/goals/{goal.goal.key}/"
        if goal.level.assessed and goal.step is None:
            yield Gap("assessment", str(goal.goal), href=href)
    for goal in goals:
        if goal.disagrees and not (goal.assessment and goal.assessment.rationale.strip()):
            yield Gap("rationale", str(goal.goal), href=f"/rounds/{round_.key}/goals/{goal.goal.key}/")
    for goal in goals:
        kinds = view.model.texts_for(goal.level.key)
        slots = [goal_slot(goal.goal.key, round_.key, body_key, kind.key) for kind in kinds]
        if slots and all(is_empty(texts.get(slot, [])) for slot in slots):
            yield Gap("text", str(goal.goal), href=f"/rounds/{round_.key}/goals/{goal.goal.key}/")


def _items(view: Snapshot, where: str) -> Iterable[Gap]:
    for row in view.indicators:
        if row.disagrees and not (row.report and row.report.reason.strip()):
            yield Gap("reason", row.name, href=where)
    for assignment in view.assignments:
        if assignment.step is None:
            yield Gap("status", assignment.assignment.title, href=where)
    for row in view.indicators:
        waits = row.judgement.observed is not None and row.judgement.observed.status != "missing"
        if row.judgement.verdict is Verdict.NO_OUTCOME and not row.use.lag_years and not waits:
            yield Gap("outcome", row.name, href=where)
