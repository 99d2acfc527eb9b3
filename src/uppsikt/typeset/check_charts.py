"""What each kind of chart asks of its series, beyond what all charts share."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from uppsikt.typeset.plot import waterfall
from uppsikt.typeset.plot.blocks import KINDS, ROLES
from uppsikt.typeset.schema import Problems


def kind_problems(chart: Mapping[str, Any], where: str) -> Problems:
    """What is wrong with a year, waterfall, bullet or grouped chart whose fields have the right types."""
    kind = chart["type"]
    if kind not in KINDS:
        return
    if not chart.get("table"):
        yield f"{where}.table: is missing; a chart of the kind {kind} has its figures in a table"
    if not chart["x"]:
        yield f"{where}.x: must not be empty"
    if not chart["series"]:
        yield f"{where}.series: must not be empty"
    if kind in ROLES:
        yield from _roles(chart, where)
    elif kind == "waterfall":
        yield from _steps(chart, where)


def _roles(chart: Mapping[str, Any], where: str) -> Problems:
    allowed = ROLES[chart["type"]]
    seen: set[str] = set()
    for index, series in enumerate(chart["series"]):
        role = series.get("role")
        if role not in allowed:
            yield f"{where}.series[{index}].role: {role!r} is not one of {', '.join(sorted(allowed))}"
        elif role in seen:
            yield f"{where}.series[{index}].role: {role!r} is used twice"
        seen.add(role)
    if "outcome" not in seen:
        yield f"{where}.series: none has the role outcome"


def _steps(chart: Mapping[str, Any], where: str) -> Problems:
    if len(chart["series"]) != 1:
        yield f"{where}.series: a waterfall has one series, not {len(chart['series'])}"
        return
    written = chart["series"][0]["values"]
    if len(written) < 2 or None in written:
        yield f"{where}.series[0].values: must begin and end with a total, and have no gaps"
        return
    missing = waterfall.difference([Decimal(value) for value in written])
    if missing:
        yield f"{where}.series[0].values: the steps miss the last total by {missing}"
