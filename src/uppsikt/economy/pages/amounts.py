"""Amounts as the economy's pages print them: öre in, the table's unit out."""

from __future__ import annotations

from decimal import Decimal

from uppsikt.economy.rules.model import UNITS
from uppsikt.kernel.numbers import MISSING, NBSP, format_decimal, format_signed


def money(ore: int | None, unit: str = "tkr", decimals: int = 0) -> str:
    """The amount without its unit; an en dash for None."""
    return MISSING if ore is None else format_decimal(Decimal(ore) / UNITS[unit], decimals)


def change(ore: int | None, unit: str = "tkr", decimals: int = 0) -> str:
    """A difference, with a plus before what is for the better."""
    return MISSING if ore is None else format_signed(Decimal(ore) / UNITS[unit], decimals)


def with_unit(ore: int, unit: str = "tkr", decimals: int = 0) -> str:
    """The amount with its unit."""
    return f"{money(ore, unit, decimals)}{NBSP}{unit}"


def kronor(ore: int) -> str:
    """The amount in kronor, with öre only where there are any."""
    return money(ore, "kr", 2 if ore % 100 else 0)


def share(part: int, whole: int) -> str:
    """A part in percent of the whole; an en dash where the whole is nothing."""
    return MISSING if not whole else f"{format_decimal(Decimal(part) * 100 / Decimal(whole), 0)}{NBSP}%"


def words_amount(ore: int) -> str:
    """An amount in a sentence, without its sign: in mnkr when it is large, else in tkr."""
    size = abs(ore)
    if size >= UNITS["mnkr"]:
        return f"{format_decimal(Decimal(size) / UNITS['mnkr'], 1)}{NBSP}mnkr"
    return f"{format_decimal(Decimal(size) / UNITS['tkr'], 0)}{NBSP}tkr"
