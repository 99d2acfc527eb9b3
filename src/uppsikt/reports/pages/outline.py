"""Changing a report's outline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.organisation import selectors as organisation
from uppsikt.planning import selectors as planning
from uppsikt.reports import economy, selectors
from uppsikt.reports.blocks import LABELS
from uppsikt.reports.pages import links
from uppsikt.reports.rules.outline import SETTABLE, SWITCHES, YES, moved
from uppsikt.reports.selectors import Report
from uppsikt.web.chrome import Option
from uppsikt.web.parts import Crumb, Text


@dataclass(frozen=True, slots=True)
class BlockField:
    """One thing that can be chosen for a block: a select, the plainest choice first."""

    name: str
    label: Text
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class BlockRow:
    """One block of a chapter."""

    index: int
    label: Text
    fields: tuple[BlockField, ...] = ()


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
    choices = _choices(row, model)
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
                BlockRow(index, LABELS[block["kind"]], _fields(block, choices))
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


Choices = Mapping[str, tuple[tuple[str, Text], ...]]


def _choices(row: Report, model: SteeringModel) -> Choices:
    """What each option can be, as value and label. Two queries."""
    uses = planning.uses(row.year_id).filter(body_id=row.body_id)
    yes_no = (("", _("Nej")), (YES, _("Ja")))
    by = {
        "status": _("Efter status"),
        "goal": _("Per mål"),
        "origin": _("Efter ursprung"),
        "none": _("I en följd"),
    }
    return {
        "indicator": (
            ("", _("Välj indikator")),
            *((use.key, use.label or use.indicator.name) for use in uses),
        ),
        "section": tuple((section.key, section.label) for section in model.sections),
        "by": tuple(by.items()),
        "table": (("", _("Välj tabell")), *economy.choices(row.year_id)),
        "charts": yes_no,
        "earlier": yes_no,
    }


def _fields(block: Mapping[str, Any], choices: Choices) -> tuple[BlockField, ...]:
    """What can be chosen for the block, with what is chosen now."""
    labels = {
        "indicator": _("Indikator"),
        "section": _("Avsnitt"),
        "by": _("Ordnade"),
        "table": _("Tabell"),
        "charts": _("Diagram"),
        "earlier": _("Förra bedömningen bredvid"),
    }
    held = block.get("options", {})
    fields = []
    for name in SETTABLE.get(block["kind"], ()):
        offered = choices[name]
        if block["kind"] == "measures_by_gender":
            offered = (("", _("Alla mål")), *offered)
        if block["kind"] == economy.CHART:
            offered = (offered[0], (economy.YEAR, _("Hela året, månad för månad")), *offered[1:])
        if block["kind"] == economy.COMMENTS:
            offered = (("", _("Alla tabeller")), *offered[1:])
        chosen = (YES if held.get(name) else "") if name in SWITCHES else str(held.get(name, ""))
        options = tuple(Option(value, label, value == chosen) for value, label in offered)
        if len(options) > 1:
            fields.append(BlockField(name, labels[name], options))
    return tuple(fields)
