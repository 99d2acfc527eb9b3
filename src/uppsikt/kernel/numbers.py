"""Figures as Swedish readers write and read them. The only place that rounds.

Rule ROUND-1 (docs/algorithms/rounding.md): half away from zero, once, at presentation.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

MINUS = "\u2212"
NBSP = "\u00a0"
MISSING = "\u2013"

_SWEDISH_NUMBER = re.compile(
    r"^[+\-\u2212]?\d{1,3}(?:[ \u00a0\u202f]?\d{3})*(?:[.,]\d+)?$|^[+\-\u2212]?\d+(?:[.,]\d+)?$"
)


def round_half_away(value: Decimal, decimals: int) -> Decimal:
    """`value` with `decimals` decimals, half away from zero (2,5 gives 3 and −2,5 gives −3)."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def decimals_of(value: Decimal) -> int:
    """How many decimals the figure was written with: 74.50 gives 2."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def format_decimal(value: Decimal | None, decimals: int | None = None) -> str:
    """The figure in print: decimal comma, true minus, thousands apart by a non-breaking space.

    Args: decimals: how many to show; None shows the figure as it was written.
    Returns: an en dash for None, which means "not reported" and never zero.
    """
    if value is None:
        return MISSING
    shown = round_half_away(value, decimals_of(value) if decimals is None else decimals)
    digits = f"{abs(shown):,f}".replace(",", NBSP).replace(".", ",")
    return f"{MINUS}{digits}" if shown < 0 else digits


def format_signed(value: Decimal | None, decimals: int | None = None) -> str:
    """As `format_decimal`, with a plus before positive figures: for changes and distances."""
    text = format_decimal(value, decimals)
    return f"+{text}" if value is not None and value > 0 and text.strip("0,") else text


def parse_decimal(text: str) -> Decimal | None:
    """Read a figure written by hand: "74,5", "1 234", "−3", "74.5". None when it is not a figure."""
    cleaned = text.strip()
    if not _SWEDISH_NUMBER.match(cleaned):
        return None
    plain = re.sub(r"[ \u00a0\u202f]", "", cleaned).replace(MINUS, "-").replace(",", ".")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def canonical(value: Decimal) -> str:
    """The figure as stored and exported: a plain point decimal that keeps the decimals it was given with."""
    return f"{value:f}"


def count_of(part: int, whole: int) -> str:
    """A count in words, as "8 av 18"."""
    return f"{part} av {whole}"
