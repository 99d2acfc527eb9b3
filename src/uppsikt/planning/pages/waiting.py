"""What an assignment waits for, and what waits for it: of any kind, in this package or in those above."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from uppsikt.cycle.selectors import Round
from uppsikt.followup.rules import ItemKind
from uppsikt.followup.selectors import Item, Linked, linked
from uppsikt.organisation.selectors import BodyRow
from uppsikt.planning.pages import links
from uppsikt.planning.pages.figures import status_symbol
from uppsikt.web.tables import Cell, Column, Row, Table


def waiting_tables(item: Item, round_: Round | None, bodies: Sequence[BodyRow]) -> tuple[Table, ...]:
    """The two tables, those without rows left out."""
    waiting, held_up = linked([item.pk], round_)
    names = {row.key: row.short or row.name for row in bodies}
    tables = (
        _table("vantar-pa", _("Kan inte påbörjas förrän det här är klart"), waiting[item.pk], names),
        _table("haller-upp", _("Det här väntar på uppdraget"), held_up[item.pk], names),
    )
    return tuple(table for table in tables if table.rows)


def item_kind(kind: str) -> str:
    """What sort of thing is followed up."""
    return {
        ItemKind.ASSIGNMENT: _("Uppdrag"),
        ItemKind.MITIGATION: _("Åtgärd"),
        ItemKind.CONTROL: _("Kontroll"),
    }[ItemKind(kind)]


def _table(key: str, caption: str, rows: Sequence[Linked], names: dict[str, str]) -> Table:
    """Only assignments have their pages here; the others are named."""
    return Table(
        key=key,
        caption=caption,
        columns=(
            Column("title", _("Vad"), width="wide"),
            Column("kind", _("Slag")),
            Column("status", _("Status")),
        ),
        rows=tuple(
            Row(
                (
                    Cell(one.title, sub=one.dependency.note),
                    Cell(item_kind(one.item.kind), sub=names.get(one.item.body.key, ""), muted=True),
                    Cell(symbol=status_symbol(one.step)),
                ),
                href=links.assignment(one.item.key) if one.item.kind == ItemKind.ASSIGNMENT else "",
                key=one.item.key,
            )
            for one in rows
        ),
        sticky=False,
    )
