"""The ledger: what has been loaded, and which version each round reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.rounds import RoundState, short_name
from uppsikt.cycle.selectors import Round
from uppsikt.economy.pages import links
from uppsikt.economy.pages.amounts import with_unit
from uppsikt.economy.pages.tabs import tabs
from uppsikt.economy.rules.loads import LoadState
from uppsikt.economy.selectors import LedgerLoad, RoundLedger
from uppsikt.economy.selectors import ledger as ledgers
from uppsikt.kernel.numbers import MISSING, format_decimal
from uppsikt.kernel.period import MONTHS
from uppsikt.texts.pages import moment_text
from uppsikt.web.parts import Action, Crumb, Empty, Link, Symbol, Text
from uppsikt.web.tables import Cell, Column, Row, Table

SHOWN = 200
STATES: Mapping[LoadState, tuple[str, str]] = {
    LoadState.WAITING: ("square-empty", "neutral"),
    LoadState.RUNNING: ("triangle-half", "accent"),
    LoadState.ACCEPTED: ("check", "good"),
    LoadState.REFUSED: ("cross", "bad"),
}


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """The loads and the rounds. `missing`: the store must be built anew before anything can be read."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    more: tuple[Link, ...]
    action: Action | None
    missing: bool
    loads: Table
    rounds: Table | None


def ledger_page(year: int, *, may_load: bool, whole: bool) -> LedgerPage:
    """The page. Args: may_load: whether files may be handed in. whole: whether a load's own page may be seen."""
    rows = list(ledgers.loads()[:SHOWN])
    return LedgerPage(
        title=_("Huvudbok"),
        lead=_("Huvudboken läses in från ekonomisystemet. Varje tillfälle läser den version som har valts för det."),
        crumbs=(),
        tabs=tabs("economy:ledger"),
        more=(
            Link(_("Ekonomimodell"), links.with_query(reverse("economy:model"), {"year": str(year)})),
            Link(_("Koder"), reverse("economy:codes", args=[year, "account"])),
        ),
        action=Action(_("Läs in huvudbok"), reverse("economy:ledger_new"), primary=True, icon="upload")
        if may_load
        else None,
        missing=ledgers.missing(),
        loads=_loads(rows, whole=whole, may_load=may_load),
        rounds=_rounds(year),
    )  # fmt: skip


def _loads(rows: Sequence[LedgerLoad], *, whole: bool, may_load: bool) -> Table:
    begin = Action(_("Läs in huvudbok"), reverse("economy:ledger_new"), icon="upload") if may_load else None
    return Table(
        key="inlasningar",
        caption=_("Inläsningar"),
        columns=(
            Column("file", _("Fil")),
            Column("year", _("År"), width="fit"),
            Column("months", _("Månader")),
            Column("rows", _("Rader"), "num"),
            Column("debit", _("Debet"), "num"),
            Column("state", _("Läge")),
            Column("who", _("Inlämnad"), width="fit"),
        ),
        rows=tuple(_load(row, whole=whole) for row in rows),
        notes=(_("Bara de %(count)s senaste visas.") % {"count": SHOWN},) if len(rows) == SHOWN else (),
        empty=Empty(
            _("Ingen huvudbok är inläst"),
            _("Ta ut en SIE-fil ur ekonomisystemet och läs in den. Den kontrolleras först, och inget ändras om något är fel."),
            begin,
            icon="upload",
        ),
    )  # fmt: skip


def _load(row: LedgerLoad, *, whole: bool) -> Row:
    state = LoadState(row.state)
    shape, colour = STATES[state]
    read = state is LoadState.ACCEPTED
    return Row(
        (
            Cell(row.name, sub=_way(row)),
            Cell(str(row.year) if row.year else MISSING),
            Cell(months(row)),
            Cell(format_decimal(Decimal(row.rows)) if read else MISSING),
            Cell(with_unit(row.debit_ore) if read else MISSING),
            Cell(symbol=Symbol(shape, state.label.capitalize(), colour)),
            Cell(row.created_by_name, sub=moment_text(row.created_at)),
        ),
        key=str(row.pk),
        href=reverse("economy:ledger_load", args=[row.pk]) if whole else "",
    )  # fmt: skip


def months(row: LedgerLoad) -> str:
    """The months that the file covers, in words."""
    if row.first_month is None or row.last_month is None:
        return MISSING
    first, last = MONTHS[row.first_month - 1], MONTHS[row.last_month - 1]
    return first if first == last else f"{first}–{last}"


def _way(row: LedgerLoad) -> str:
    """How the load stands in the ledger, where it is not the usual way."""
    if row.replaces:
        return _("ersätter %(name)s") % {"name": row.replaces.name}
    return _("läggs till") if row.mode == "add" else ""


# ---------------------------------------------------------------- which ledger a round reads


def _rounds(year: int) -> Table | None:
    """The year's rounds that have begun, each with the ledger it reads and whether there is a newer one."""
    listed = [row for row in cycle.rounds(year) if row.state != RoundState.PLANNED.value]
    if not listed:
        return None
    chosen = ledgers.chosen_by_round(listed)
    return Table(
        key="tillfallen",
        caption=_("Huvudbok per tillfälle %(year)s") % {"year": year},
        columns=(
            Column("round", _("Tillfälle")),
            Column("ledger", _("Läser")),
            Column("news", _("Nyare"), width="wide"),
        ),
        rows=tuple(_round(row, chosen.get(row.pk)) for row in listed),
    )


def _round(round_: Round, held: RoundLedger | None) -> Row:
    newest = ledgers.newer_than(round_, held)
    open_ = round_.state == RoundState.OPEN.value
    news = Cell(_("Ingen nyare"), muted=True) if held else Cell(_("Ingen inläst"), muted=True)
    if newest is not None:
        href = links.with_query(reverse("economy:ledger_change"), {"round": round_.key})
        words = _("Nyare huvudbok finns") if held else _("Välj huvudbok")
        news = Cell(words, sub=newest.name, href=href if open_ else "", tone="accent" if open_ else "")
    return Row(
        (
            Cell(short_name(round_.kind, round_.cutoff), sub=RoundState(round_.state).label),
            Cell(held.load.name, sub=_("inläst %(when)s") % {"when": moment_text(held.load.finished_at)})
            if held and held.load.finished_at
            else Cell(MISSING, muted=True),
            news,
        )
    )
