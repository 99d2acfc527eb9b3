"""What is settled about purchases, newest first of each, and what holds in the chosen round."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.cycle.context import Context
from uppsikt.kernel.numbers import NBSP, format_decimal
from uppsikt.kernel.period import format_date
from uppsikt.procurement import selectors
from uppsikt.procurement.pages.frame import ListPage, crumbs, tabs
from uppsikt.procurement.pages.money import kronor
from uppsikt.procurement.rules.words import LimitKey
from uppsikt.procurement.selectors import PurchaseLimit
from uppsikt.web.parts import Action, Badge, Crumb, Empty
from uppsikt.web.tables import Cell, Column, Row, Table


def limits_page(context: Context, *, may_settle: bool) -> ListPage:
    """Everything settled. Two queries."""
    rows = selectors.limit_rows()
    held = selectors.limits(context.round.cutoff) if context.round else None
    holding = {(row.key, row.valid_from) for row in held.rows} if held else set()
    order = {key.value: place for place, key in enumerate(LimitKey)}
    listed = sorted(rows, key=lambda row: (order[row.key], -row.valid_from.toordinal()))
    missing = [key.label for key in LimitKey if key.value not in {row.key for row in rows}]
    new = Action(_("Ange en gräns"), reverse("procurement:limit_new"), primary=True, icon="plus")
    return ListPage(
        title=_("Gränser för inköp"),
        lead=_("Inte angivet: %(missing)s.") % {"missing": ", ".join(missing)} if missing else "",
        crumbs=crumbs(context, Crumb(_("Gränser"))),
        actions=(new,) if may_settle else (),
        tabs=tabs(context, "limits"),
        chips=(),
        selects=(),
        kept=(),
        q=None,
        tables=(_table(listed, holding, may_settle=may_settle),),
    )


def _table(rows: list[PurchaseLimit], holding: set[tuple[str, dt.date]], *, may_settle: bool) -> Table:
    return Table(
        key="granser",
        caption=_("Vad som är bestämt"),
        columns=(
            Column("what", _("Gräns")),
            Column("value", _("Värde"), "num"),
            Column("from", _("Gäller från och med")),
            Column("source", _("Källa"), width="wide"),
            Column("do", "", width="fit", spoken=_("Ta bort")),
        ),
        rows=tuple(_row(row, holds=(row.key, row.valid_from) in holding, may_settle=may_settle) for row in rows),
        notes=(_("Det som är märkt gäller vid det valda tillfället. En ny gräns läggs till med det datum den börjar gälla."),),
        empty=Empty(_("Inget är bestämt än"), _("Börja med vilka rader som är inköp och med direktupphandlingsgränsen."), icon="ruler"),
    )  # fmt: skip


def _row(row: PurchaseLimit, *, holds: bool, may_settle: bool) -> Row:
    remove = Action(
        _("Ta bort"),
        reverse("procurement:limit_remove", args=[row.pk]),
        post=True,
        icon="trash-2",
        danger=True,
    )
    return Row(
        (
            Cell(LimitKey(row.key).label, badges=(Badge(_("gäller"), "good"),) if holds else ()),
            Cell(value(row)),
            Cell(format_date(row.valid_from)),
            Cell(row.source, sub=row.recorded_by_name),
            Cell(action=remove if may_settle else None),
        ),
        key=f"{row.key}-{row.valid_from}",
    )


def value(row: PurchaseLimit) -> str:
    """What is settled, as it is printed."""
    if row.amount_ore is not None:
        return kronor(row.amount_ore)
    if row.percent is not None:
        return f"{format_decimal(row.percent)}{NBSP}%"
    return row.text
