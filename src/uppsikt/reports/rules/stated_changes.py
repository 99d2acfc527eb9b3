"""A change that a sentence states, held against the two figures that the same sentence gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from uppsikt.kernel.numbers import decimals_of, format_decimal, parse_decimal

_FIGURE = r"\d+(?:[\u00a0 ]\d{3})*(?:[.,]\d+)?"
_UNIT = r"(?:\s*(?:procent(?!enhet)|%|mnkr|miljoner kronor|personer|stycken))?"
_WHEN = r"(?:\s+i\s+\w+\s+\d{4}|\s+år\s+\d{4})?"
_STATED = re.compile(
    rf"\bmed\s+(?P<change>{_FIGURE})\s*(?:procentenhet(?:er)?|enhet(?:er)?|personer|stycken|mnkr|miljoner kronor)?,?"
    rf"\s+från\s+(?P<before>{_FIGURE}){_UNIT}{_WHEN}\s+till\s+(?P<now>{_FIGURE})(?!\s*%?\s*procentenhet)",
    re.IGNORECASE,
)


def contradictions(text: str) -> Iterator[str]:
    """Each "med X från A till B" where B less A is not X, in words for the one who wrote it.

    One unit in the last decimal is let pass: figures that are each rounded may differ by that. A change in percent
    ("med 5 procent") is another thing and is not read.
    """
    for match in _STATED.finditer(text):
        change, before, now = (parse_decimal(match[name]) for name in ("change", "before", "now"))
        if change is None or before is None or now is None:
            continue
        real = abs(now - before)
        decimals = max(decimals_of(change), decimals_of(real))
        if abs(real - change) > Decimal(1).scaleb(-decimals):
            yield (
                f"Texten säger {format_decimal(change)}, men från {format_decimal(before)} till {format_decimal(now)} "
                f"är det {format_decimal(real, decimals)}: ”{' '.join(match[0].split())}”."
            )
