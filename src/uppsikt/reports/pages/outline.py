"""Changing a report's outline."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from uppsikt.cycle import selectors as cycle
from uppsikt.organisation import selectors as organisation
from uppsikt.reports import selectors
from uppsikt.reports.blocks import LABELS
from uppsikt.reports.pages import links
from uppsikt.reports.rules.outline import moved
from uppsikt.reports.selectors import Report
from uppsikt.web.chrome import Option
from uppsikt.web.parts import Crumb, Text


@dataclass(frozen=True, slots=True)
class BlockRow:
    """One block of a chapter."""

    index: int
    label: Text


@dataclass(frozen=True, slots=True)
class ChapterRow:
    """One chapter that can be moved, renamed, hidden and given blocks."""

    key: str
    title: str
    level: int
    hidden: bool
    only: Text
    may_rise: bool
    may_sink: bool
    blocks: tuple[BlockRow, ...]


@dataclass(frozen=True, slots=True)
class OutlinePage:
    """The report's chapters with what can be done to each. `own`: it departs from the steering model's."""

    title: str
    lead: Text
    crumbs: tuple[Crumb, ...]
    chapters: tuple[ChapterRow, ...]
    kinds: tuple[Option, ...]
    own: bool
    href: str
    back_href: str
    fault: Text = ""


def outline_page(row: Report, *, fault: Text = "") -> OutlinePage:
    """The outline as it stands."""
    model = cycle.model_for(row.year_id)
    outline = selectors.outline(row, model)
    document = outline.document
    chapters = tuple(
        ChapterRow(
            key=chapter["key"],
            title=chapter["title"],
            level=chapter["level"],
            hidden=chapter["key"] in outline.hidden,
            only=_("bara vid årets slut") if chapter.get("round_kinds") == ["year_end"] else "",
            may_rise=moved(document, chapter["key"], -1) != document,
            may_sink=moved(document, chapter["key"], 1) != document,
            blocks=tuple(
                BlockRow(index, LABELS[block["kind"]])
                for index, block in enumerate(chapter.get("blocks", []))
            ),
        )
        for chapter in document
    )
    day = row.round.cutoff if row.round else None
    name = organisation.body_name(row.body, day) if day else row.body.key
    return OutlinePage(
        title=_("Disposition"),
        lead=_("Kapitlens ordning, rubriker och innehåll. Ett dolt kapitel behåller sin text."),
        crumbs=links.crumbs(row, name, _("Disposition")),
        chapters=chapters,
        kinds=tuple(Option(kind, label) for kind, label in LABELS.items()),
        own=outline.own,
        href=links.to("outline", row),
        back_href=links.to("workspace", row),
        fault=fault,
    )
