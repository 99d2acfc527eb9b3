"""Whom more than the direct procurement limit was paid outside agreements, and how it was dealt with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.procurement import selectors
from uppsikt.procurement.pages import links
from uppsikt.procurement.pages.money import amount, kronor
from uppsikt.procurement.pages.spending import Seen, party_link, period, source
from uppsikt.procurement.rules.purchases import Spend
from uppsikt.procurement.rules.words import LimitKey
from uppsikt.web.parts import Empty
from uppsikt.web.tables import Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class OverRow:
    """A supplier paid more than the limit outside agreements, and how that was dealt with (empty: not yet)."""

    party: str
    spend: Spend
    category: str
    handling: str


def over_rows(held: Seen) -> list[OverRow]:
    """Those over the direct procurement limit in all that the reader may see; of the chosen body those it bought from.

    Those that nobody has dealt with come first.
    """
    told = {row.supplier.key: row for row in selectors.handlings(held.buying.year)}
    shown = held.buying.parties if held.buying is not held.whole else None
    found = [
        OverRow(
            party,
            spend,
            told[party].category if party in told else "",
            told[party].handling if party in told else "",
        )
        for party, spend in held.whole.over_limit.items()
        if shown is None or party in shown
    ]
    return sorted(found, key=lambda row: bool(row.category))


def over_table(held: Seen, rows: Sequence[OverRow]) -> Table:
    """Purchases outside agreements over the limit, by supplier."""
    limit = held.buying.limits.amount(LimitKey.DIRECT)
    lines = [
        Row(
            (
                Cell(held.whole.name(row.party), href=party_link(held.whole, row.party)),
                amount(row.spend.total_ore),
                Cell(
                    row.category or _("Inte hanterad"), tone="" if row.category else "warn", sub=row.handling
                ),
                Cell(
                    _("Ändra") if row.category else _("Ange hantering"),
                    href=links.handling(row.party, held.buying.year)
                    if row.party in held.whole.suppliers
                    else "",
                ),
            ),
            key=row.party,
        )
        for row in rows
    ]
    return Table(
        key="over-gransen",
        caption=_("Köpt utanför avtal för mer än direktupphandlingsgränsen, %(limit)s, %(period)s")
        % {"limit": kronor(limit), "period": period(held.whole)},
        unit="tkr",
        dense=True,
        columns=(
            Column("supplier", _("Leverantör")),
            Column("outside", _("Utanför avtal"), "num"),
            Column("handled", _("Kategori och hantering"), width="wide"),
            Column("do", "", width="fit", spoken=_("Hantera")),
        ),
        rows=tuple(lines),
        source=source(held.whole),
        empty=Empty(
            _("Ingen leverantör över gränsen")
            if limit is not None
            else _("Direktupphandlingsgränsen är inte angiven"),
            "" if limit is not None else _("Ange den under Gränser, så visas köpen som är över."),
            icon="shopping-cart",
        ),
    )


def over_lead(rows: Sequence[OverRow]) -> str:
    """How many by category, as the yearly report tells it."""
    counts = Counter(row.category for row in rows)
    parts = [
        f"{category or _('inte hanterade')}: {count}"
        for category, count in sorted(counts.items(), key=lambda pair: (not pair[0], -pair[1], pair[0]))
    ]
    if not parts:
        return ""
    count = len(rows)
    first = ngettext("%(count)s leverantör.", "%(count)s leverantörer.", count) % {"count": count}
    return f"{first} {', '.join(parts)}."
