"""What taking in a newer ledger changes in what a round shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.cycle.rules.rounds import RoundState, short_name
from uppsikt.economy.access import Chosen
from uppsikt.economy.pages.amounts import change, money
from uppsikt.economy.pages.empty import nothing_chosen
from uppsikt.economy.pages.tabs import tabs
from uppsikt.economy.rules.coding import ALL
from uppsikt.economy.selectors import LedgerLoad, changes
from uppsikt.economy.selectors import ledger as ledgers
from uppsikt.economy.selectors.changes import AccountChange, TableChange
from uppsikt.organisation import selectors as organisation
from uppsikt.texts.pages import moment_text
from uppsikt.web.parts import Action, Crumb, Empty, Fact, Link, Text
from uppsikt.web.tables import Cell, Column, Row, Table

ACCOUNTS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ChangePage:
    """The page. `first`: the round reads no ledger yet. `choose`: the button, for those who may press it."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    empty: Empty | None
    facts: tuple[Fact, ...]
    choose: Action | None
    notice: Text
    tables: tuple[Table, ...]


def change_page(chosen: Chosen, *, may_choose: bool) -> ChangePage:
    """The chosen round's ledger against the newest, for the chosen body."""
    round_ = chosen.round
    if round_ is None or chosen.nobody:
        return _page(chosen, nothing_chosen(chosen))
    held, newest = ledgers.chosen(round_), ledgers.newer(round_)
    if newest is None:
        text = (
            _("Tillfället läser redan den nyaste huvudboken.")
            if held
            else _("Ingen huvudbok är inläst för året.")
        )
        return _page(chosen, Empty(_("Ingen nyare huvudbok"), text, _back(), icon="book-open-check"))  # fmt: skip
    open_ = round_.state == RoundState.OPEN.value
    choose = Action(
        _("Ta in den nyare huvudboken") if held else _("Välj den här huvudboken"),
        reverse("economy:ledger_choose", args=[round_.key, newest.pk]),
        primary=True, post=True, icon="check",
    )  # fmt: skip
    place = f"body:{chosen.body.key}" if chosen.body else ALL
    accounts = changes.of_round(round_, newest, place)
    rows = changes.of_tables(round_, chosen.body, newest)
    return _page(
        chosen,
        None,
        facts=_facts(held.load if held else None, newest),
        choose=choose if may_choose and open_ else None,
        notice="" if open_ else _("Tillfället är inte öppet, så dess huvudbok kan inte bytas."),
        tables=tuple(_tables(accounts, rows, first=held is None)),
    )


def _page(
    chosen: Chosen,
    empty: Empty | None,
    *,
    facts: tuple[Fact, ...] = (),
    choose: Action | None = None,
    notice: Text = "",
    tables: tuple[Table, ...] = (),
) -> ChangePage:
    round_ = chosen.round
    name = (
        organisation.body_name(chosen.body, round_.cutoff) if chosen.body and round_ else _("Hela kommunen")
    )
    lead = (
        _("%(name)s, %(round)s") % {"name": name, "round": short_name(round_.kind, round_.cutoff)}
        if round_
        else ""
    )
    return ChangePage(
        title=_("Vad en nyare huvudbok ändrar"),
        lead=lead,
        crumbs=(Crumb(_("Huvudbok"), reverse("economy:ledger")), Crumb(_("Nyare huvudbok"))),
        tabs=tabs("economy:ledger"),
        empty=empty, facts=facts, choose=choose, notice=notice, tables=tables,
    )  # fmt: skip


def _back() -> Action:
    return Action(_("Till huvudboken"), reverse("economy:ledger"))


def _facts(held: LedgerLoad | None, newest: LedgerLoad) -> tuple[Fact, ...]:
    def words(row: LedgerLoad) -> str:
        when = moment_text(row.finished_at) if row.finished_at else ""
        return _("%(name)s, inläst %(when)s av %(who)s") % {
            "name": row.name, "when": when, "who": row.created_by_name,
        }  # fmt: skip

    return (
        Fact(_("Läser nu"), words(held) if held else _("ingen huvudbok")),
        Fact(_("Nyare"), words(newest)),
    )


def _tables(
    accounts: Sequence[AccountChange], rows: Sequence[TableChange], *, first: bool
) -> Iterator[Table]:
    if first:
        return
    yield Table(
        key="tabellrader",
        caption=_("Rader i tabellerna som ändras"),
        columns=(
            Column("row", _("Rad")),
            Column("before", _("Före"), "num"),
            Column("after", _("Efter"), "num"),
            Column("difference", _("Skillnad"), "num"),
        ),
        rows=tuple(_by_table(rows)),
        empty=Empty(_("Ingen rad ändras"), _("Tabellerna visar samma belopp med den nyare huvudboken."), icon="check"),
    )  # fmt: skip
    yield Table(
        key="konton",
        caption=_("Konton som ändras, per rad"),
        unit="kr",
        columns=(Column("account", _("Konto")), Column("change", _("Ändring"), "num")),
        rows=tuple(_by_line(accounts[:ACCOUNTS_SHOWN])),
        notes=(_("Plus betyder mer intäkter eller mindre kostnader."),),
        empty=Empty(_("Inget konto ändras"), "", icon="check"),
    )


def _by_table(rows: Sequence[TableChange]) -> Iterator[Row]:
    for (title, unit), listed in groupby(rows, key=lambda one: (one.table, one.unit)):
        yield Row((Cell(f"{title}, {unit}", colspan=4),), kind="section")
        for one in listed:
            yield Row(
                (
                    Cell(one.row),
                    Cell(money(one.before, one.unit, one.decimals)),
                    Cell(money(one.after, one.unit, one.decimals)),
                    Cell(change((one.after or 0) - (one.before or 0), one.unit, one.decimals), strong=True),
                )
            )


def _by_line(accounts: Sequence[AccountChange]) -> Iterator[Row]:
    by_line: dict[str, list[AccountChange]] = {}
    for one in accounts:
        by_line.setdefault(one.line, []).append(one)
    for line, listed in by_line.items():
        total = sum(one.amount_ore for one in listed)
        yield Row((Cell(line or _("Konton utan rad")), Cell(_kronor(total))), kind="subtotal")
        for one in listed:
            yield Row((Cell(f"{one.account} {one.name}".strip()), Cell(_kronor(one.amount_ore))), level=1)


def _kronor(ore: int) -> str:
    return change(ore, "kr", 2 if ore % 100 else 0)
