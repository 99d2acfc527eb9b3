"""The list of group-wide controls with their totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.control.pages import control_words as words
from uppsikt.control.pages.tabs import tabs
from uppsikt.control.rules.figures import DEFICIENT, FAILED
from uppsikt.control.selectors.control_rows import groups
from uppsikt.control.selectors.doubts import group_doubts, step_labels
from uppsikt.control.selectors.groups import GroupTable, group_tables
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.context import Context
from uppsikt.cycle.rules.steering import Scale
from uppsikt.web.parts import Action, Badge, Crumb, Empty, Link, Text
from uppsikt.web.tables import Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class GroupsPage:
    """The year's group-wide controls."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    actions: tuple[Action, ...]
    tabs: tuple[Link, ...]
    table: Table


def groups_page(context: Context, *, may_set: bool) -> GroupsPage:
    """The year's group-wide controls, each for its latest period. A constant number of queries."""
    tables = group_tables(list(groups(context.year)))
    scale = _scale(context.year)
    labels = step_labels(scale)
    doubts = [len(group_doubts(table, labels)) for table in tables]
    title = f"{_('Kommungemensamma kontroller')} {context.year}"
    add = Action(_("Lägg till kontroll"), reverse("control:group_new"), primary=True, icon="plus")
    return GroupsPage(
        title=title,
        lead=_lead(tables, sum(doubts)),
        crumbs=(
            Crumb(_("Hela kommunen")),
            Crumb(str(context.year)),
            Crumb(_("Kontroller"), words.controls_href(context.round)),
            Crumb(_("Kommungemensamma")),
        ),
        actions=(add,) if may_set else (),
        tabs=tabs("groups", context.round),
        table=Table(
            key="kommungemensamma",
            caption=_("Kommungemensamma kontroller"),
            caption_hidden=True,
            columns=(
                Column("name", _("Kontroll"), width="wide"),
                Column("period", _("Period")),
                Column("rows", _("Rapporterat")),
                Column("total", _("Totalt"), "num"),
                Column("judgement", _("Resultat")),
                Column("change", _("Mot förra gången")),
                Column("doubts", _("Att kontrollera"), "num"),
            ),
            rows=tuple(_row(table, scale, many) for table, many in zip(tables, doubts, strict=True)),
            empty=Empty(
                _("Inga kommungemensamma kontroller för %(year)s än") % {"year": context.year},
                _("Här står det som alla nämnder kontrollerar på samma sätt, med alla resultat sida vid sida och en total räknad på delarna."),
                add if may_set else None,
                icon="columns-3",
            ),
        ),
    )  # fmt: skip


def _scale(year: int) -> Scale | None:
    try:
        return cycle.model_for(year).control_results
    except LookupError:
        return None


def _lead(tables: Sequence[GroupTable], doubts: int) -> str:
    if not tables:
        return ""
    count = len(tables)
    wrong = sum(table.judgement in (DEFICIENT, FAILED) for table in tables)
    missing = sum(bool(table.missing) for table in tables)
    parts = [
        ngettext("%(n)s kontroll görs av alla.", "%(n)s kontroller görs av alla.", count) % {"n": count},
        ngettext("%(n)s visar brister.", "%(n)s visar brister.", wrong) % {"n": wrong} if wrong else "",
        ngettext("%(n)s saknar resultat från någon.", "%(n)s saknar resultat från någon.", missing)
        % {"n": missing}
        if missing
        else "",
        ngettext(
            "%(n)s uppgift följer inte av siffrorna.", "%(n)s uppgifter följer inte av siffrorna.", doubts
        )
        % {"n": doubts}
        if doubts
        else "",
    ]
    return " ".join(filter(None, parts))


def _row(table: GroupTable, scale: Scale | None, doubts: int) -> Row:
    totals = [
        (measure, table.totals[measure.key])
        for measure in table.measures
        if table.totals[measure.key].part is not None
    ]
    words_of = [
        f"{words.total_text(total, measure)} {words.small_label(measure)}"
        if len(table.measures) > 1
        else words.total_text(total, measure)
        for measure, total in totals
    ]
    notes = dict.fromkeys(filter(None, (words.total_words(total) for _measure, total in totals)))
    changes = list(dict.fromkeys(table.changes.values()))
    reported = sum(row.reported for row in table.rows)
    return Row(
        (
            Cell(table.group.name, sub=table.group.process),
            Cell(table.label, muted=True),
            Cell(_("%(done)s av %(all)s") % {"done": reported, "all": len(table.rows)}),
            Cell(lines=tuple(words_of), sub=", ".join(notes)) if words_of else Cell("–", muted=True),
            Cell(
                symbol=words.judgement_symbol(
                    scale, table.judgement, table.result.judgement_text if table.result else ""
                )
            ),
            Cell(trend=words.trend_of(changes[0])) if len(changes) == 1 else Cell("–", muted=True),
            Cell(badges=(Badge(str(doubts), "warn", "circle-alert"),)) if doubts else Cell("–", muted=True),
        ),
        href=words.group_href(table.group.key),
        key=table.group.key,
    )
