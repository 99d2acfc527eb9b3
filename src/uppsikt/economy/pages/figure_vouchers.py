"""The vouchers behind a followed outcome, the largest rows first, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.economy.pages import links
from uppsikt.economy.pages.amounts import kronor
from uppsikt.economy.pages.figure_parts import Frame
from uppsikt.economy.selectors import follow
from uppsikt.economy.selectors.follow import Trail
from uppsikt.economy.selectors.origins import day
from uppsikt.kernel.identity import masked
from uppsikt.kernel.numbers import NBSP
from uppsikt.ledger.rows import EntryRow
from uppsikt.web import tables as grid
from uppsikt.web.parts import Text
from uppsikt.web.tables import Cell, Column, Row

BESIDE, ALONE = 8, 40
"""How many rows a page has beside a table and on a page of its own."""


@dataclass(frozen=True, slots=True)
class Vouchers:
    """A page of rows. `words`: how many there are and where they come from. `earlier`, `later`: other pages."""

    table: grid.Table
    words: Text
    earlier: str
    later: str


def vouchers(trail: Trail, frame: Frame) -> Vouchers | None:
    """The rows behind; None where nothing is booked."""
    rows, documents = follow.count(trail)
    if not rows:
        return None
    following = frame.following
    limit = ALONE if following.alone else BESIDE
    last = (rows - 1) // limit + 1
    page = min(following.page, last)
    found = follow.entries(trail, limit=limit, offset=(page - 1) * limit)
    return Vouchers(
        table=_table([_row(entry, trail, frame) for entry in found]),
        words=_words(rows, documents, trail),
        earlier=following.href(rows=str(page - 1)) if page > 1 else "",
        later=following.href(rows=str(page + 1)) if page < last else "",
    )


def _table(rows: list[Row]) -> grid.Table:
    return grid.Table(
        key="verifikat",
        caption=_("Verifikat"),
        unit="kr",
        caption_hidden=True,
        dense=True,
        sticky=False,
        columns=(
            Column("voucher", _("Verifikat")),
            Column("date", _("Datum"), "end", "fit"),
            Column("amount", _("Belopp, kr"), "num"),
        ),
        rows=tuple(rows),
    )


def _row(entry: EntryRow, trail: Trail, frame: Frame) -> Row:
    name = f"{entry.series} {entry.number}".strip() or _("Utan nummer")
    other = trail.coding.name("counterparty", entry.counterparty) if entry.counterparty else ""
    text = masked(entry.text or entry.voucher_text)
    place = links.place(frame.reading.round, frame.reading.body)
    return Row(
        (
            Cell(name, href=links.voucher(trail.year, entry.series, entry.number, place), sub=" · ".join(filter(None, (text, other)))),
            Cell(entry.date.isoformat()),
            Cell(kronor(-entry.amount_ore)),
        )
    )  # fmt: skip


def _words(rows: int, documents: int, trail: Trail) -> str:
    """How many rows there are, out of which file, read in by whom: "4 318 rader i 512 verifikat ur …"."""
    load = trail.view.load
    told = ngettext("%(rows)s rad i %(vouchers)s verifikat", "%(rows)s rader i %(vouchers)s verifikat", rows)
    return _("%(told)s ur %(file)s, inläst %(day)s av %(who)s.") % {
        "told": told % {"rows": counted(rows), "vouchers": counted(documents)},
        "file": load.name,
        "day": day(load.finished_at),
        "who": load.created_by_name,
    }


def counted(count: int) -> str:
    """A count with its thousands apart."""
    return f"{count:,}".replace(",", NBSP)
