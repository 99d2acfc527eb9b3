"""The texts of a report."""

from __future__ import annotations

from typing import Any

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.actions import require_open
from uppsikt.history.actions import atomic
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.kernel.problems import InputError
from uppsikt.planning import selectors as planning
from uppsikt.reports import selectors
from uppsikt.reports.composition import chapter_slot, goal_slot
from uppsikt.reports.models import Report
from uppsikt.texts import selectors as texts
from uppsikt.texts.actions import Conflict, Saved, save_text
from uppsikt.texts.rules import Node, is_empty


@atomic
def save_chapter_text(
    *,
    report: Report,
    chapter: str,
    content: list[Node],
    base_number: int | None,
    by: Actor,
) -> Saved | Conflict:
    """Write a chapter's text. `Conflict` when someone else saved first: both versions are kept.

    Raises: InputError when the text cannot be kept.
    """
    return save_text(
        slot=chapter_slot(report.key, chapter),
        label=chapter_label(report, chapter),
        content=content,
        base_number=base_number,
        body_key=report.body.key,
        by=by,
        kind=EventKind.REPORT_TEXT_SAVED,
        subject=selectors.subject(report),
    )


def chapter_label(report: Report, chapter: str) -> str:
    """What a chapter's text is called in the history, among drafts and in search."""
    return _label(report, chapter, selectors.outline(report, cycle.model_for(report.year_id)).document)


def _label(report: Report, key: str, outline: list[dict[str, Any]]) -> str:
    title = next((chapter["title"] for chapter in outline if chapter["key"] == key), key)
    return f"{report.title}: {title}"


@atomic
def carry_texts_forward(*, report: Report, by: Actor) -> int:
    """Begin from the last report: copy its texts into chapters and goals where nothing is written yet.

    Goals are matched by the chain they were carried over in, else by their key within the year.
    Returns: how many texts were copied.
    """
    before = selectors.earlier_report(report)
    if before is None:
        return 0
    pairs = [*_chapters(report, before), *_goals(report, before)]
    standing = texts.contents([target for target, _source, _label in pairs])
    sources = texts.current_of([source for _target, source, _label in pairs])
    copied = 0
    for target, source, label in pairs:
        version = sources.get(source)
        if version is None or is_empty(version.content) or not is_empty(standing.get(target, [])):
            continue
        kind = EventKind.REPORT_TEXT_SAVED if target.startswith("report:") else EventKind.GOAL_TEXT_SAVED
        number = texts.current(target)
        saved = save_text(
            slot=target,
            label=label,
            content=version.content,
            base_number=number.number if number else None,
            body_key=report.body.key,
            by=by,
            kind=kind,
            subject=selectors.subject(report),
        )
        copied += isinstance(saved, Saved) and saved.changed
    return copied


def _chapters(report: Report, before: Report) -> list[tuple[str, str, str]]:
    model = planning.snapshot(year=report.year_id, round_=report.round, body=report.body, goal_ids=()).model
    outline = selectors.outline(report, model).document
    keys = [chapter["key"] for chapter in outline]
    return [
        (chapter_slot(report.key, key), chapter_slot(before.key, key), _label(report, key, outline))
        for key in keys
    ]


def _goals(report: Report, before: Report) -> list[tuple[str, str, str]]:
    """Goal texts of the round before, when the round is open for reporting."""
    if report.round is None or before.round is None:
        return []
    try:
        require_open(report.round)
    except InputError:
        return []
    now = planning.snapshot(year=report.year_id, round_=report.round, body=report.body)
    pairs = []
    for view in now.goals:
        source = view.goal.key
        if report.year_id != before.year_id:
            if view.goal.carried_over_from is None:
                continue
            source = view.goal.carried_over_from.key
        for kind in now.model.texts_for(view.level.key):
            body = report.body.key
            target = goal_slot(view.goal.key, report.round.key, body, kind.key)
            pairs.append(
                (target, goal_slot(source, before.round.key, body, kind.key), f"{view.goal}: {kind.label}")
            )
    return pairs
