"""The report and its outline."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.steering_document import parse_outline
from uppsikt.cycle.selectors import Round
from uppsikt.history.actions import atomic, record
from uppsikt.history.changes import changed
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.history.superseding import supersede
from uppsikt.kernel.problems import InputError, refuse
from uppsikt.organisation.selectors import Body
from uppsikt.reports import selectors
from uppsikt.reports.models import Report, ReportOutline
from uppsikt.reports.rules.outline import Change, Document, applied, as_document


@atomic
def save_report(
    *,
    key: str,
    kind: str,
    body: Body,
    year: int,
    round_: Round | None,
    title: str,
    by: Actor,
) -> tuple[Report, bool]:
    """Create or change a report (of a round) or a plan document (of a year, no round)."""
    fiscal_year = cycle.year(year)
    if fiscal_year is None:
        raise refuse("year", f"Året {year} är inte upplagt.", field="year", remedy="Lägg upp året först.")
    row = Report.objects.filter(key=key).first() or Report(key=key)
    difference = changed(
        row, {"kind": kind, "body": body, "year": fiscal_year, "round": round_, "title": title.strip()}
    )
    if not difference:
        return row, False
    row.full_clean()
    row.save()
    record(
        EventKind.REPORT_SAVED,
        by=by,
        subject=selectors.subject(row),
        label=row.title,
        body_key=body.key,
        data=difference,
    )
    return row, True


def ensure_report(*, report: Report, by: Actor) -> Report:
    """The report stored, when this is the first time anybody writes in it."""
    if report.pk is not None:
        return report
    return save_report(
        key=report.key,
        kind=report.kind,
        body=report.body,
        year=report.year_id,
        round_=report.round,
        title=report.title,
        by=by,
    )[0]


@atomic
def save_outline(
    *, report: Report, chapters: Document, hidden: Collection[str] = (), by: Actor
) -> tuple[ReportOutline | None, bool]:
    """Give the report an outline of its own. Earlier outlines are kept, and so are hidden chapters' texts.

    Raises: InputError with every fault of the outline.
    """
    _parsed, problems = parse_outline(chapters)
    if problems:
        raise InputError(*problems)
    if not chapters:
        raise refuse("outline", "En rapport måste ha minst ett kapitel.", field="outline")
    keys = [chapter["key"] for chapter in chapters]
    wanted = [key for key in keys if key in hidden]
    locked = Report.objects.select_related("body").get(pk=report.pk)
    standing = ReportOutline.objects.all().current().filter(report=locked).first()
    before = selectors.outline(locked, cycle.model_for(locked.year_id))
    if before.document == chapters and before.hidden == frozenset(wanted):
        return standing, False
    row = supersede(standing, ReportOutline(report=locked, chapters=chapters, hidden=wanted), by=by)
    record(
        EventKind.REPORT_SAVED,
        by=by,
        subject=selectors.subject(locked),
        label=locked.title,
        body_key=locked.body.key,
        data={"outline": [_spoken(before.document, before.hidden), _spoken(chapters, wanted)]},
    )
    return row, True


@atomic
def change_outline(*, report: Report, change: Change, by: Actor) -> bool:
    """Make one change of the report's outline. Returns whether anything changed.

    Raises: InputError when it cannot be made; KeyError when the chapter is gone.
    """
    if change.verb == "reset":
        return reset_outline(report=report, by=by)
    if change.verb in ("rename", "add") and not change.title.strip():
        raise refuse("title", "Kapitlet saknar rubrik.", field="title", remedy="Skriv en rubrik.")
    standing = selectors.outline(report, cycle.model_for(report.year_id))
    try:
        chapters, hidden = applied(standing.document, standing.hidden, change)
    except ValueError as error:
        raise refuse("verb", "Det går inte att göra.", field="verb") from error
    return save_outline(report=report, chapters=chapters, hidden=hidden, by=by)[1]


@atomic
def reset_outline(*, report: Report, by: Actor) -> bool:
    """Go back to the steering model's outline. The report's own is kept among the earlier ones."""
    model = cycle.model_for(report.year_id)
    return save_outline(report=report, chapters=as_document(model.outline_of(report.kind)), by=by)[1]


def _spoken(document: Document, hidden: Collection[str]) -> list[Any]:
    """An outline as the history keeps it: titles with their levels, hidden ones marked."""
    return [
        [chapter["level"], chapter["title"], *(["hidden"] if chapter["key"] in hidden else [])]
        for chapter in document
    ]
