"""One voucher: every row of it, the file it was read from, who read it in and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.economy.access import Chosen
from uppsikt.economy.pages import links
from uppsikt.economy.pages.amounts import kronor
from uppsikt.economy.pages.statement import place_crumbs
from uppsikt.economy.pages.tabs import tabs
from uppsikt.economy.rules.coding import COUNTERPARTY, LINE, PLACE, Coding
from uppsikt.economy.selectors import LedgerLoad
from uppsikt.economy.selectors import ledger as ledgers
from uppsikt.economy.selectors import models as economy_models
from uppsikt.economy.selectors.ledger import LedgerView
from uppsikt.economy.selectors.origins import day
from uppsikt.kernel.identity import masked, shown
from uppsikt.ledger.rows import EntryRow
from uppsikt.web.parts import Crumb, Fact, Link, Text
from uppsikt.web.tables import Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class VoucherPage:
    """A voucher. `parts`: a table for each file that uses the number; most have one."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    parts: tuple[VoucherPart, ...]


@dataclass(frozen=True, slots=True)
class VoucherPart:
    """The rows that one file has under the number, and the facts of that file."""

    table: Table
    facts: tuple[Fact, ...]


def voucher_page(
    chosen: Chosen, year: int, series: str, number: str, *, readable: frozenset[str] | None
) -> VoucherPage:
    """The voucher in the round's ledger. Rows of bodies that the person may not read stand as one.

    Raises: Http404 when there is none such with any row that the person may read.
    """
    view = ledgers.view(chosen.round) if chosen.round else None
    if view is None:
        raise Http404
    asked = ["" if part == links.NOTHING else part for part in (series, number)]
    found = view.ledger.voucher(view.version, year, *asked)
    try:
        coding = view.coding(year)
    except LookupError as error:
        raise Http404 from error
    hidden = _hidden(found, coding, readable)
    if not found or len(hidden) == len(found):
        raise Http404
    first = found[0]
    name = f"{first.series} {first.number}".strip() or _("utan nummer")
    return VoucherPage(
        title=_("Verifikat %(name)s") % {"name": name},
        lead=" · ".join(filter(None, (masked(first.voucher_text), first.date.isoformat()))),
        crumbs=(
            *place_crumbs(chosen),
            Crumb(_("Ekonomi"), links.tables(chosen.round, chosen.body)),
            Crumb(_("Verifikat %(name)s") % {"name": name}),
        ),
        tabs=tabs("economy:tables"),
        parts=_parts(found, hidden, coding, view),
    )


def _hidden(rows: Sequence[EntryRow], coding: Coding, readable: frozenset[str] | None) -> frozenset[int]:
    """The places in the list of rows that are other bodies' business. A row on no cost centre is nobody's own."""
    if readable is None:
        return frozenset()
    open_places: set[str] = {""}
    for key in readable:
        open_places |= coding.under(PLACE, f"body:{key}")
    mine = [row.cost_centre != "" and row.cost_centre in open_places for row in rows]
    if not any(mine):
        return frozenset(range(len(rows)))
    return frozenset(place for place, row in enumerate(rows) if row.cost_centre not in open_places)


def _parts(
    rows: Sequence[EntryRow], hidden: frozenset[int], coding: Coding, view: LedgerView
) -> tuple[VoucherPart, ...]:
    by_load: dict[int, list[tuple[int, EntryRow]]] = defaultdict(list)
    for place, row in enumerate(rows):
        by_load[row.load].append((place, row))
    loads = {load.pk: load for load in ledgers.loads().filter(pk__in=by_load)}
    return tuple(
        VoucherPart(
            _table(load, [row for place, row in listed if place not in hidden],
                   [row for place, row in listed if place in hidden], coding, view),
            _facts([row for _place, row in listed], loads[load]),
        )
        for load, listed in by_load.items()
    )  # fmt: skip


def _table(
    load: int, shown: list[EntryRow], others: list[EntryRow], coding: Coding, view: LedgerView
) -> Table:
    model = economy_models.model_for(view.year)
    used = [
        (axis, name, label)
        for axis, name, label in (
            (PLACE, "cost_centre", model.label_of("cost_centre")), ("activity", "activity", model.label_of("activity")),
            ("project", "project", model.label_of("project")),
            ("counterparty", "counterparty", model.label_of("counterparty")),
        )
        if any(getattr(row, name) for row in shown)
    ]  # fmt: skip
    rows = [_row(row, coding, used) for row in shown]
    if others:
        words = ngettext("%(count)s rad i andra nämnder", "%(count)s rader i andra nämnder", len(others))
        total = sum(row.amount_ore for row in others)
        label = Cell(words % {"count": len(others)}, muted=True)
        rows.append(Row((label, *(Cell("") for _axis in used), *_sides(total), Cell(""))))
    listed = [*shown, *others]
    debit = sum(row.amount_ore for row in listed if row.amount_ore > 0)
    credit = sum(row.amount_ore for row in listed if row.amount_ore < 0)
    rows.append(
        Row(
            (Cell(_("Summa")), *(Cell("") for _axis in used), Cell(kronor(debit)), Cell(kronor(-credit)), Cell("")),
            kind="total",
        )
    )  # fmt: skip
    return Table(
        key=f"verifikat-{load}",
        caption=_("Rader"),
        caption_hidden=True,
        unit="kr",
        columns=(
            Column("account", _("Konto"), width="wide"),
            *(Column(name, label) for _axis, name, label in used),
            Column("debit", _("Debet"), "num"),
            Column("credit", _("Kredit"), "num"),
            Column("row", _("Rad i filen"), "num"),
        ),
        rows=tuple(rows),
        notes=(
            _("Debet och kredit tar ut varandra.")
            if debit + credit == 0
            else _("Debet och kredit tar inte ut varandra: %(rest)s kr skiljer.") % {"rest": kronor(debit + credit)},
        ),
    )  # fmt: skip


def _row(row: EntryRow, coding: Coding, used: Sequence[tuple[str, str, str]]) -> Row:
    name = coding.name(LINE, row.account)
    account = f"{row.account} {name}" if name != row.account else row.account
    codes = []
    for axis, column, _label in used:
        code = getattr(row, column)
        key = shown(code) if axis == COUNTERPARTY else code
        named = coding.name(axis, code) if code else ""
        codes.append(Cell(named if named != key else key, sub=key if named not in ("", key) else ""))
    return Row(
        (Cell(account, sub=masked(row.text)), *codes, *_sides(row.amount_ore), Cell(str(row.row), muted=True))
    )


def _sides(ore: int) -> tuple[Cell, Cell]:
    return (Cell(kronor(ore)), Cell("")) if ore >= 0 else (Cell(""), Cell(kronor(-ore)))


def _facts(rows: list[EntryRow], load: LedgerLoad) -> tuple[Fact, ...]:
    lines = sorted(row.row for row in rows)
    span = str(lines[0]) if lines[0] == lines[-1] else f"{lines[0]}–{lines[-1]}"
    return (
        Fact(_("Fil"), load.name),
        Fact(_("Rader i filen"), span),
        Fact(_("Inläst"), day(load.finished_at)),
        Fact(_("Inläst av"), load.created_by_name),
        Fact(_("Filens SHA-256"), load.file.digest),
    )
