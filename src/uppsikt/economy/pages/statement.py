"""One table of a body in a round, with the figure that is followed beside it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, QueryDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.economy.access import Chosen
from uppsikt.economy.pages import links
from uppsikt.economy.pages.empty import no_model, no_tables, nothing_chosen
from uppsikt.economy.pages.figure import FigurePanel, figure_panel
from uppsikt.economy.pages.following import Following, beside_table
from uppsikt.economy.pages.statement_chart import Drawn, table_chart, year_drawn
from uppsikt.economy.pages.statement_table import statement_table
from uppsikt.economy.pages.statement_words import headline
from uppsikt.economy.pages.tabs import tabs
from uppsikt.economy.rules.follow import OUTCOMES
from uppsikt.economy.rules.model import TableSpec
from uppsikt.economy.rules.tables import Table, filled
from uppsikt.economy.selectors import ledger as ledgers
from uppsikt.economy.selectors import models as economy_models
from uppsikt.economy.selectors import tables
from uppsikt.economy.selectors.answers import Reading
from uppsikt.economy.selectors.origins import day
from uppsikt.economy.selectors.variances import comments, variances
from uppsikt.organisation.selectors import Body
from uppsikt.texts.rules import to_html
from uppsikt.web import tables as grid
from uppsikt.web.parts import Action, Crumb, Empty, Link, Text


@dataclass(frozen=True, slots=True)
class Banner:
    """A line above the page: what to know of the ledger, and what to do about it."""

    title: Text
    text: Text
    tone: str
    action: Action | None


@dataclass(frozen=True, slots=True)
class ChipGroup:
    """Tables to choose between, and what they have in common."""

    label: Text
    chips: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class StatementPage:
    """The page. `empty`: why there is no table. `drawn`: the table's own chart. `year`: shown until a figure is followed.

    `followed`: the row and column that the panel is about, as the address has them.
    """

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    empty: Empty | None
    groups: tuple[ChipGroup, ...] = ()
    banner: Banner | None = None
    table: grid.Table | None = None
    panel: FigurePanel | None = None
    followed: str = ""
    drawn: Drawn | None = None
    year: Drawn | None = None
    workbook: Action | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A table of the economy model, with what it is read from. `body` None: the whole municipality."""

    spec: TableSpec
    specs: tuple[TableSpec, ...]
    reading: Reading

    @property
    def body(self) -> Body | None:
        """Whose table it is."""
        return self.reading.body


def opened(chosen: Chosen, key: str) -> Opened | Empty:
    """The table with this key, or the first of the round's; why there is none when there is none.

    Raises: Http404 for a table that the round's model has not, or that is not the person's to read.
    """
    nothing = nothing_chosen(chosen)
    if chosen.round is None or (nothing and not key):
        return nothing or no_tables()
    try:
        model = economy_models.model_for(chosen.round.year_id)
    except LookupError:
        return no_model(chosen.round.year_id)
    specs = tables.specs(model, chosen.round, whole=None if chosen.whole else False)
    if not specs:
        return no_tables()
    ordered = sorted(specs, key=lambda spec: spec.whole == (chosen.body is not None))
    spec = next((spec for spec in specs if spec.key == key), None) if key else ordered[0]
    if spec is None:
        raise Http404
    if nothing:
        return nothing
    return Opened(spec, tuple(specs), Reading(chosen.round, None if spec.whole else chosen.body, model))


def statement_page(chosen: Chosen, key: str, params: QueryDict, *, may_write: bool) -> StatementPage:
    """The table with this key, or the round's first, and the figure that the address follows.

    Raises: Http404 for a table or a figure that there is none of.
    """
    found = opened(chosen, key)
    crumbs = place_crumbs(chosen)
    if isinstance(found, Empty):
        return StatementPage(_("Ekonomi"), "", (*crumbs, Crumb(_("Ekonomi"))), tabs("economy:tables"), found)
    spec, reading = found.spec, found.reading
    table = tables.made(spec, reading)
    # Every body explains its own tables: with all of them chosen, only the municipality's are explained.
    explains = bool(spec.commented) and spec.whole == (reading.body is None)
    listed = variances(reading, [table]) if explains else []
    following = beside_table(params, spec.key, reading.round, chosen.body)
    place = links.place(reading.round, chosen.body)
    return StatementPage(
        title=table.spec.title,
        lead=headline(table, listed if explains else None),
        crumbs=(*crumbs, Crumb(_("Ekonomi"), links.tables(reading.round, chosen.body)), Crumb(table.spec.title)),
        tabs=tabs("economy:tables"),
        empty=None,
        groups=_groups(found, chosen),
        banner=_banner(reading),
        table=statement_table(
            table, place=place, following=following, explained={one.key: one for one in listed}, source=_source(reading) if _books(table) else ""
        ),
        panel=panel_for(table, reading, following, chosen.body, may_write=may_write) if following else None,
        followed=f"{following.row}:{following.column}" if following else "",
        drawn=table_chart(table),
        year=None if following else year_drawn(table, reading),
        workbook=Action(_("Excel"), links.with_query(links.address("economy:table_workbook", spec.key), place), icon="download"),
    )  # fmt: skip


def panel_for(
    table: Table, reading: Reading, following: Following, body: Body | None, *, may_write: bool
) -> FigurePanel | None:
    """The panel of a figure. Raises: Http404 for steps that lead outside the figure."""
    told, href = SafeString(""), ""
    if table.spec.commented and following.column == table.spec.commented:
        written = comments(reading.body, reading.round).get((table.spec.key, following.row))
        told = mark_safe(to_html(written)) if written else told  # noqa: S308  to_html escapes
        if may_write and reading.round.state == RoundState.OPEN.value:
            href = links.variance(table.spec.key, following.row, reading.round, body)
    try:
        return figure_panel(table, reading, following, explanation=told, explain_href=href)
    except LookupError as error:
        raise Http404 from error


def place_crumbs(chosen: Chosen) -> tuple[Crumb, ...]:
    """Whose economy and which year one looks at."""
    name = chosen.context.body.name if chosen.context.body else _("Alla nämnder")
    return (
        Crumb(name, links.tables(chosen.round, chosen.body)),
        Crumb(str(chosen.context.year), links.tables(chosen.round, chosen.body)),
    )


def _groups(found: Opened, chosen: Chosen) -> tuple[ChipGroup, ...]:
    own = [spec for spec in found.specs if not spec.whole]
    whole = [spec for spec in found.specs if spec.whole]
    name = chosen.context.body.name if chosen.context.body else _("Alla nämnder")
    setting = tables.setting_of(found.reading)
    groups = [
        ChipGroup(
            label,
            tuple(
                Link(
                    filled(spec.title, setting),
                    links.table(spec.key, chosen.round, chosen.body),
                    current=spec.key == found.spec.key,
                )
                for spec in listed
            ),
        )
        for label, listed in ((name, own), (_("Hela kommunen"), whole))
        if listed
    ]
    return tuple(groups if chosen.body else groups[::-1])


def _banner(reading: Reading) -> Banner | None:
    """What to know of the ledger: none chosen, one to be rebuilt, or a newer one than the round reads."""
    newest = ledgers.newer(reading.round)
    query = {"round": reading.round.key}
    if reading.ledger is None:
        action = Action(_("Huvudbok"), href) if (href := links.address("economy:ledger")) else None
        if ledgers.missing():
            text = _("Huvudboken är inläst men måste byggas upp på nytt innan utfallet kan visas.")
        elif newest:
            text = _("Välj vilken inläsning tillfället ska läsa, så visas utfallet.")
        else:
            text = _("Läs in huvudboken från ekonomisystemet, så visas utfallet.")
        return Banner(_("Inget utfall än."), text, "warn", action)
    if newest is None:
        return None
    change = links.address("economy:ledger_change") or links.address(
        "economy:ledger_change", reading.round.key
    )
    action = Action(_("Visa vad den ändrar"), links.with_query(change, query)) if change else None
    text = _("%(file)s, inläst %(day)s av %(who)s. Tabellen visar den huvudbok som tillfället har valt.") % {
        "file": newest.name, "day": day(newest.finished_at), "who": newest.created_by_name,
    }  # fmt: skip
    return Banner(_("Nyare huvudbok finns."), text, "accent", action)


def _books(table: Table) -> bool:
    """Whether anything in the table is read from the ledger."""
    asked = [cell.ask for row in table.rows for cell in row.cells if cell.ask]
    return any(ask.measure in OUTCOMES and not ask.node("register") for ask in asked)


def _source(reading: Reading) -> str:
    view = reading.ledger
    if view is None:
        return ""
    return _("Utfall ur %(file)s, inläst %(day)s av %(who)s.") % {
        "file": view.load.name, "day": day(view.load.finished_at), "who": view.load.created_by_name,
    }  # fmt: skip
