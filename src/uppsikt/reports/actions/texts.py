"""The texts of a report."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from uppsikt.cycle import selectors as cycle
from uppsikt.history.actions import atomic
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.planning import selectors as planning
from uppsikt.reports import carrying, selectors
from uppsikt.reports.composition import chapter_slot
from uppsikt.reports.models import Report
from uppsikt.texts import selectors as texts
from uppsikt.texts.actions import Conflict, Saved, autosave_draft, discard_draft, save_text
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


@transaction.atomic
def carry_texts_forward(*, report: Report, by: Actor) -> int:
    """Begin from the last report: put its texts where nothing is written yet, as drafts of the person who asks.

    Nothing stands until it has been gone through and saved. What the person has begun is left alone.
    Returns: how many texts were put there.
    """
    before = selectors.earlier_report(report)
    if before is None:
        return 0
    wanted = _places(report)
    matched = carrying.sources(report, before, wanted)
    standing = texts.current_of(list(matched))
    begun = texts.drafts_for(list(matched), by.key)
    then = texts.contents(list(matched.values()))
    copied = 0
    for place in wanted:
        content = then.get(matched.get(place.slot, ""), [])
        version = standing.get(place.slot)
        if is_empty(content) or place.slot in begun or (version and not is_empty(version.content)):
            continue
        autosave_draft(
            slot=place.slot,
            label=f"{report.title}: {place.title}" if place.chapter else place.title,
            content=content,
            base_number=version.number if version else None,
            by=by,
        )
        copied += 1
    return copied


@transaction.atomic
def discard_carried_texts(*, report: Report, by: Actor) -> int:
    """Throw away the person's drafts that are still last report's texts. Returns how many."""
    places = carrying.untouched(report, _places(report), by.key)
    return sum(discard_draft(slot=place.slot, by=by) for place in places)


def _places(report: Report) -> list[carrying.Place]:
    view = planning.snapshot(year=report.year_id, round_=report.round, body=report.body)
    return carrying.places(report, view, selectors.outline(report, view.model).document)
