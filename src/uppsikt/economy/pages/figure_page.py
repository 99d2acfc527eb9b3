"""A figure as a page of its own: the same as beside its table, to be sent to someone."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from uppsikt.economy.access import Chosen
from uppsikt.economy.pages import links
from uppsikt.economy.pages.figure import FigurePanel
from uppsikt.economy.pages.following import alone
from uppsikt.economy.pages.statement import opened, panel_for, place_crumbs
from uppsikt.economy.pages.tabs import tabs
from uppsikt.economy.selectors import tables
from uppsikt.web.parts import Action, Crumb, Empty, Link, Text


@dataclass(frozen=True, slots=True)
class FigurePage:
    """A followed figure. `table`: the way to the table that it stands in."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    panel: FigurePanel
    table: Action


def figure_page(chosen: Chosen, params: QueryDict, *, may_write: bool) -> FigurePage:
    """The figure that the address is about. Raises: Http404 where there is none such to read."""
    key = params.get("table", "")
    found = opened(chosen, key)
    if not key or isinstance(found, Empty):
        raise Http404
    table = tables.made(found.spec, found.reading)
    following = alone(params, found.reading.round, chosen.body)
    panel = panel_for(table, found.reading, following, chosen.body, may_write=may_write)
    if panel is None:
        raise Http404
    back = links.table(key, chosen.round, chosen.body)
    return FigurePage(
        title=_("%(label)s, %(column)s") % {"label": panel.label, "column": str(panel.column).lower()},
        lead=table.spec.title,
        crumbs=(
            *place_crumbs(chosen),
            Crumb(_("Ekonomi"), links.tables(chosen.round, chosen.body)),
            Crumb(table.spec.title, back),
            Crumb(panel.label),
        ),
        tabs=tabs("economy:tables"),
        panel=panel,
        table=Action(_("Visa i tabellen"), following.bare, icon="table"),
    )
