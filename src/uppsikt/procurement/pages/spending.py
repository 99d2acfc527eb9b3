"""What was bought and of whom: the largest suppliers, operating and investment apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from uppsikt.cycle.context import Context
from uppsikt.kernel.identity import SOLE_TRADER
from uppsikt.kernel.period import MONTHS
from uppsikt.organisation import selectors as organisation
from uppsikt.procurement.pages import links
from uppsikt.procurement.pages.frame import month_of
from uppsikt.procurement.pages.money import amount, in_unit, mnkr
from uppsikt.procurement.rules.purchases import Spend, suppliers_paid
from uppsikt.procurement.rules.words import LimitKey
from uppsikt.procurement.selectors.spend import Buying, buying
from uppsikt.web.chart import Chart, Series
from uppsikt.web.parts import Empty
from uppsikt.web.plots import grouped_chart
from uppsikt.web.tables import Cell, Column, Row, Table

CHARTED = 10
LISTED = 25
DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page tells of: the bodies asked for, and everything the reader may see."""

    context: Context
    buying: Buying
    whole: Buying
    names: Mapping[str, str]


def seen(
    context: Context, params: QueryDict, bodies: frozenset[str] | None, readable: frozenset[str] | None
) -> Seen | None:
    """What was bought as the address asks; None before any round."""
    if context.round is None:
        return None
    held = buying(
        context.round, first=month_of(params, "from") or 1, last=month_of(params, "to"), bodies=readable
    )
    part = held if bodies == readable else replace(held, bodies=bodies)
    return Seen(context, part, held, organisation.body_names(context.round.cutoff))


def period(held: Buying) -> str:
    """Which months it is about, in words."""
    if (held.first, held.last) == (1, DECEMBER):
        return str(held.year)
    if held.first == held.last:
        return f"{MONTHS[held.first - 1]} {held.year}"
    return f"{MONTHS[held.first - 1]}\u2013{MONTHS[held.last - 1]} {held.year}"


def source(held: Buying) -> str:
    """Where the figures come from."""
    if held.view is None:
        return ""
    return _("Ur huvudboken, inläsning %(load)s, och avtalsregistret.") % {"load": held.view.version}


def top_rows(held: Seen) -> list[tuple[str, Spend]]:
    """The largest suppliers: those over what is settled; the twenty-five largest when nothing is."""
    limit = held.buying.limits.amount(LimitKey.TOP)
    rows = suppliers_paid(held.buying.parties, limit or 0)
    return rows[:LISTED] if limit is None else rows


def top_table(held: Seen) -> Table:
    """The largest suppliers, operating and investment apart."""
    limit, rows = held.buying.limits.amount(LimitKey.TOP), top_rows(held)
    lines = [spend_row(held.buying, party, spend) for party, spend in rows]
    total = [spend for _party, spend in rows]
    if lines:
        lines.append(
            Row(
                (
                    Cell(_("Summa %(count)s leverantörer") % {"count": len(rows)}),
                    amount(sum(one.operating_ore for one in total)),
                    amount(sum(one.investment_ore for one in total)),
                    amount(sum(one.total_ore for one in total)),
                ),
                kind="total",
            )
        )
    caption = (
        _("Leverantörer över %(limit)s, %(period)s") % {"limit": mnkr(limit), "period": period(held.buying)}
        if limit is not None
        else _("De största leverantörerna, %(period)s") % {"period": period(held.buying)}
    )
    return Table(
        key="storsta",
        caption=caption,
        unit="tkr",
        dense=True,
        columns=SPEND_COLUMNS(),
        rows=tuple(lines),
        source=source(held.buying),
        empty=Empty(_("Ingen leverantör har fått så mycket"), icon="shopping-cart"),
    )


def SPEND_COLUMNS() -> tuple[Column, ...]:  # noqa: N802 - reads as the constant it is, but for the language
    """The columns of a table of what suppliers were paid."""
    return (
        Column("supplier", _("Leverantör")),
        Column("operating", _("Drift"), "num"),
        Column("investment", _("Investering"), "num"),
        Column("total", _("Totalt"), "num"),
    )


def spend_row(held: Buying, party: str, spend: Spend) -> Row:
    """What one was paid."""
    return Row(
        (
            Cell(held.name(party), sub=_remark(held, party)),
            amount(spend.operating_ore),
            amount(spend.investment_ore),
            amount(spend.total_ore, strong=True),
        ),
        href=party_link(held, party),
        key=party,
    )


def party_link(held: Buying, party: str) -> str:
    """Where more is told of a party: the supplier's page; nowhere for those in no register."""
    return links.one("supplier", party, held.round) if party in held.suppliers else ""


def _remark(held: Buying, party: str) -> str:
    row = held.suppliers.get(party)
    if row is None:
        return "" if party == "private" else _("Saknas i leverantörsregistret")
    return ", ".join(filter(None, (SOLE_TRADER if row.sole_trader else "", row.exempt)))


def top_chart(held: Seen) -> Chart | None:
    """The ten largest, in mnkr."""
    rows = suppliers_paid(held.buying.parties, 0)[:CHARTED]
    if not rows:
        return None
    operating = tuple(in_unit(spend.operating_ore, "mnkr") for _party, spend in rows)
    investment = tuple(in_unit(spend.investment_ore, "mnkr") for _party, spend in rows)
    party, spend = rows[0]
    return grouped_chart(
        caption=_("De tio största"),
        alt=_("De största leverantörerna, drift och investering. Störst är %(name)s med %(amount)s.")
        % {"name": held.buying.name(party), "amount": mnkr(spend.total_ore)},
        unit="mnkr",
        labels=[held.buying.name(party) for party, _spend in rows],
        series=[Series(_("Investering"), investment), Series(_("Drift"), operating)],
        decimals=0,
    )
