"""Explaining one variance: its causes beside the text."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.economy.access import Chosen
from uppsikt.economy.pages import links
from uppsikt.economy.pages.statement import opened, place_crumbs
from uppsikt.economy.pages.tabs import tabs
from uppsikt.economy.pages.variance_parts import VarianceView, variance_view
from uppsikt.economy.rules.tables import Table
from uppsikt.economy.selectors import follow, tables
from uppsikt.economy.selectors.answers import Reading
from uppsikt.economy.selectors.variances import comments, slot
from uppsikt.history.events import EventKind
from uppsikt.texts.pages import ConflictPage, Editor
from uppsikt.texts.rules.place import Place
from uppsikt.web.parts import Crumb, Empty, Link, Text


@dataclass(frozen=True, slots=True)
class VariancePage:
    """The page. `editor` and `conflict` None: it may only be read, and `closed` says why when the round is closed."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    variance: VarianceView
    editor: Editor | None
    conflict: ConflictPage | None
    closed: Text


@dataclass(frozen=True, slots=True)
class Explained:
    """The row that is explained, and where its text is kept."""

    table: Table
    row: str
    reading: Reading
    place: Place


def explained(chosen: Chosen, table_key: str, row_key: str) -> Explained:
    """The variance that the address is about. Raises: Http404 for a row whose variances are not explained."""
    found = opened(chosen, table_key)
    if isinstance(found, Empty) or not found.spec.commented:
        raise Http404
    table = tables.made(found.spec, found.reading)
    try:
        row = table.row(row_key)
    except KeyError as error:
        raise Http404 from error
    if row.cell(table.spec.commented).exact is None:
        raise Http404
    reading = found.reading
    query = links.place(reading.round, chosen.body)
    place = Place(
        slot=slot(reading.body, reading.round, table_key, row_key),
        label=_("Förklaring: %(row)s, %(table)s") % {"row": row.label, "table": table.spec.title},
        url=links.variance(table_key, row_key, reading.round, chosen.body),
        next_url=links.with_query(reverse("economy:variances"), query),
        help_text=_("Skriv vad avvikelsen beror på och vad som görs åt den. Texten kommer med i rapporten."),
        rows=10,
        body_key=reading.body.key if reading.body else "",
        kind=EventKind.VARIANCE_EXPLAINED,
    )
    return Explained(table, row_key, reading, place)


def variance_page(
    chosen: Chosen, found: Explained, *, editor: Editor | None = None, conflict: ConflictPage | None = None
) -> VariancePage:
    """The page of one variance, to write or to read."""
    reading = found.reading
    content = comments(reading.body, reading.round).get((found.table.spec.key, found.row), [])
    places = follow.place_names(reading.year)
    view = variance_view(found.table, found.row, reading, tuple(content), chosen.body, places)
    closed = reading.round.state != RoundState.OPEN.value
    return VariancePage(
        title=view.label,
        lead=view.formula,
        crumbs=(
            *place_crumbs(chosen),
            Crumb(_("Avvikelser"), found.place.next_url),
            Crumb(found.table.spec.title, links.table(found.table.spec.key, reading.round, chosen.body)),
            Crumb(view.label),
        ),
        tabs=tabs("economy:variances"),
        variance=view,
        editor=editor,
        conflict=conflict,
        closed=_("Tillfället är stängt. Förklaringen ligger fast.") if closed else "",
    )
