"""A chart block of a payload as a drawing, and what must be said under it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from uppsikt.kernel.numbers import format_decimal
from uppsikt.typeset.plot import bullet, grouped, waterfall, year
from uppsikt.typeset.plot.parts import WIDE, Plot

KINDS = frozenset({"year", "waterfall", "bullet", "grouped"})
ROLES: Mapping[str, tuple[str, ...]] = {"year": year.ROLES, "bullet": bullet.ROLES}
"""The roles a series must have, by kind of chart."""


def plot_of(chart: Mapping[str, Any], *, width: int = WIDE) -> Plot:
    """The drawing of a chart block of one of KINDS."""
    labels, decimals = chart["x"], chart.get("decimals")
    series = [(one["name"], [_figure(value) for value in one["values"]]) for one in chart["series"]]
    by_role = {one.get("role") or "": named for one, named in zip(chart["series"], series, strict=True)}
    match chart["type"]:
        case "year":
            return year.plot(labels, by_role, decimals=decimals, width=width)
        case "waterfall":
            values = [value or Decimal(0) for value in series[0][1]]
            return waterfall.plot(labels, values, decimals=decimals, width=width)
        case "bullet":
            return bullet.plot(labels, by_role, decimals=decimals, width=width)
        case _:
            return grouped.plot(labels, series, decimals=decimals, width=width)


def note_of(chart: Mapping[str, Any]) -> str | None:
    """What a reader must know of the scale: that it leaves zero out."""
    if chart["type"] not in KINDS:
        return None
    cut = plot_of(chart).cut
    if cut is None:
        return None
    low, high = (format_decimal(value.normalize() + 0) for value in cut)
    return f"Skalan börjar inte vid noll: den går från {low} till {high} {chart['unit']}.".replace(" .", ".")


def _figure(canonical: str | None) -> Decimal | None:
    return None if canonical is None else Decimal(canonical)
