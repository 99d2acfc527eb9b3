"""Libraries of risks and controls: to take from, and to give to others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.control.pages import links
from uppsikt.control.pages.tabs import tabs
from uppsikt.control.rules.library import Library
from uppsikt.cycle.context import Context
from uppsikt.kernel.problems import Problem
from uppsikt.web.parts import Action, Crumb, Link, Text
from uppsikt.web.tables import Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class LibrariesPage:
    """The libraries at hand. `form` reads a file, None for those who may not; `problems` is what was wrong with one."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    actions: tuple[Action, ...]
    tabs: tuple[Link, ...]
    table: Table
    form: Any
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """One library. `form` chooses what to take; `tables` show what the risks and controls say."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    form: Any
    back: str
    tables: tuple[Table, ...]


def libraries_page(
    context: Context, shipped: Mapping[str, Library], form: Any, problems: Sequence[Problem] = ()
) -> LibrariesPage:
    """The libraries that come with the system, a file of one's own, and the body's own as a file."""
    own = context.body
    export = (
        Action(
            _("Hämta %(body)s som bibliotek") % {"body": own.short or own.name},
            reverse("control:library_export", args=[own.key, context.year]),
            icon="download",
        )
        if own
        else None
    )
    return LibrariesPage(
        title=_("Bibliotek"),
        lead=_("Börja inte från ett tomt papper: ta risker och kontroller som andra har skrivit, och dela era egna."),
        crumbs=(
            Crumb(context.body.name if context.body else _("Alla nämnder")),
            Crumb(str(context.year)),
            Crumb(_("Intern kontroll"), links.home(context.round)),
            Crumb(_("Bibliotek")),
        ),
        actions=(export,) if export else (),
        tabs=tabs("libraries", context.round),
        table=Table(
            key="bibliotek",
            caption=_("Bibliotek som följer med"),
            columns=(
                Column("name", _("Bibliotek"), width="wide"),
                Column("risks", _("Risker"), "num"),
                Column("controls", _("Kontroller"), "num"),
            ),
            rows=tuple(
                Row(
                    (
                        Cell(library.name, sub=library.description),
                        Cell(str(len(library.risks))),
                        Cell(str(len(library.controls))),
                    ),
                    href=reverse("control:library", args=[name]),
                    key=name,
                )
                for name, library in shipped.items()
            ),
            sticky=False,
        ),
        form=form,
        problems=tuple(map(str, problems)),
    )  # fmt: skip


def library_page(library: Library, form: Any, year: int) -> LibraryPage:
    """What is in a library, and the choice of what to take."""
    return LibraryPage(
        title=library.name,
        lead=_("Välj vad som ska läggas till för %(year)s. Det blir nämndens eget och kan ändras fritt.")
        % {"year": year},
        crumbs=(
            Crumb(_("Risker"), links.risks()),
            Crumb(_("Bibliotek"), reverse("control:libraries")),
            Crumb(library.name),
        ),
        form=form,
        back=reverse("control:libraries"),
        tables=tuple(table for table in (_risks(library), _controls(library)) if table.rows),
    )


def _risks(library: Library) -> Table:
    return Table(
        key="risker",
        caption=_("Riskerna i biblioteket"),
        columns=(
            Column("title", _("Risk"), width="wide"),
            Column("cause", _("Orsak"), width="wide"),
            Column("consequence", _("Konsekvens"), width="wide"),
            Column("mitigations", _("Åtgärder"), width="wide"),
        ),
        rows=tuple(
            Row(
                (
                    Cell(row.title, sub=row.process),
                    Cell(row.cause),
                    Cell(row.consequence),
                    Cell(lines=tuple(each.title for each in row.mitigations)),
                ),
                key=row.key,
            )
            for row in library.risks
        ),
        sticky=False,
    )


def _controls(library: Library) -> Table:
    return Table(
        key="kontroller",
        caption=_("Kontrollerna i biblioteket"),
        columns=(
            Column("name", _("Kontroll"), width="wide"),
            Column("purpose", _("Varför görs kontrollen?"), width="wide"),
            Column("method", _("Så görs kontrollen"), width="wide"),
        ),
        rows=tuple(
            Row((Cell(row.name, sub=row.process), Cell(row.purpose), Cell(row.method)), key=row.key)
            for row in library.controls
        ),
        sticky=False,
    )
