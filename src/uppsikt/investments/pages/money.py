"""Öre as figures on a page: tkr with a true minus, variances marked by sign and symbol before colour."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from uppsikt.economy.rules.model import UNITS
from uppsikt.investments.rules.words import FLOWS, NET, SALES_NET, Flow, Schedule
from uppsikt.kernel.numbers import MISSING, NBSP, format_decimal
from uppsikt.web.parts import Symbol, Text
from uppsikt.web.tables import Cell

UNIT = "tkr"

FLOW_WORDS: dict[str, Text] = {
    NET: _("Netto"),
    Flow.EXPENSE.value: _("Utgifter"),
    Flow.INCOME.value: _("Inkomster"),
    SALES_NET: _("Exploatering netto"),
    Flow.SALES_EXPENSE.value: _("Exploateringsutgifter"),
    Flow.SALES_INCOME.value: _("Exploateringsinkomster"),
}
assert FLOW_WORDS.keys() == FLOWS.keys()


def in_unit(ore: int, unit: str = UNIT) -> Decimal:
    """Öre in the unit, unrounded."""
    return Decimal(ore) / UNITS[unit]


def tkr(ore: int | None) -> str:
    """Whole tkr; an en dash where nothing is told."""
    return MISSING if ore is None else format_decimal(in_unit(ore), 0)


def percent(value: Decimal | None) -> str:
    """Whole percent; an en dash where there is nothing to measure against."""
    return MISSING if value is None else f"{format_decimal(value, 0)}{NBSP}%"


def amount(ore: int | None, *, href: str = "", strong: bool = False) -> Cell:
    """An amount in a table."""
    return Cell(tkr(ore), href=href if ore is not None else "", muted=ore is None, strong=strong)


def variance(ore: int | None, *, href: str = "") -> Cell:
    """A variance: below zero is worse than budget, and is told by sign and symbol before colour."""
    text = tkr(ore)
    if ore is None or ore >= 0 or text == "0":
        return amount(ore, href=href)
    return Cell(text, href=href, tone="bad", falls=True)


def schedule(key: str) -> Symbol | None:
    """How a project keeps to its time, as shape and word; None where nobody has said."""
    if not key:
        return None
    held = Schedule(key)
    return Symbol(held.shape, held.label, held.colour)
