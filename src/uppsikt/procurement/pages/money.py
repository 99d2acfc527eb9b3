"""Öre and shares as figures on a page."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from uppsikt.kernel.numbers import MISSING, NBSP, format_decimal, format_signed
from uppsikt.procurement.rules.limits import Limits
from uppsikt.procurement.rules.words import LimitKey
from uppsikt.web.parts import Symbol
from uppsikt.web.tables import Cell

ORE = {"kr": 100, "tkr": 100_000, "mnkr": 100_000_000}


def in_unit(ore: int, unit: str = "tkr") -> Decimal:
    """Öre in kr, tkr or mnkr, unrounded."""
    return Decimal(ore) / ORE[unit]


def tkr(ore: int | None) -> str:
    """Whole tkr; an en dash where nothing is told."""
    return MISSING if ore is None else format_decimal(in_unit(ore), 0)


def mnkr(ore: int | None) -> str:
    """Mnkr with a decimal, and its unit."""
    return MISSING if ore is None else f"{format_decimal(in_unit(ore, 'mnkr'), 1)}{NBSP}mnkr"


def kronor(ore: int | None) -> str:
    """Kronor, and their unit."""
    return MISSING if ore is None else f"{format_decimal(in_unit(ore, 'kr'), 0)}{NBSP}kr"


def amount(ore: int | None, *, href: str = "", strong: bool = False) -> Cell:
    """An amount in a table, in tkr."""
    return Cell(tkr(ore), href=href if ore is not None else "", muted=not ore, strong=strong)


def as_percent(share: Fraction | None) -> Decimal | None:
    """An exact share in percent, to as many decimals as a Decimal holds."""
    return None if share is None else Decimal(share.numerator * 100) / Decimal(share.denominator)


def percent(share: Fraction | None) -> str:
    """Whole percent; an en dash where nothing was bought."""
    value = as_percent(share)
    return MISSING if value is None else f"{format_decimal(value, 0)}{NBSP}%"


def points(now: Fraction | None, before: Fraction | None) -> str:
    """The change in percentage points, with its sign; an en dash where it cannot be told."""
    if now is None or before is None:
        return MISSING
    return format_signed(as_percent(now - before), 1)


def level(share: Fraction | None, limits: Limits) -> Symbol | None:
    """How a share of compliance is judged, unrounded, where the municipality has settled what is good and low."""
    good, poor = limits.percent(LimitKey.GOOD), limits.percent(LimitKey.POOR)
    if share is None or (good is None and poor is None):
        return None
    if good is not None and share * 100 >= Fraction(good):
        return Symbol("check", _("God"), "good")
    if poor is not None and share * 100 < Fraction(poor):
        return Symbol("cross", _("Låg"), "bad")
    return Symbol("diamond", _("Kan bli bättre"), "warn")
