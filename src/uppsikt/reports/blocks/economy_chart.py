"""A chart of the economy with its table: the year, a waterfall, net cost over years, or a portfolio.

Options: table (key of a table whose specification says which chart it is, or "year" for the whole year).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from uppsikt.economy.rules.plots import grouped, in_unit, portfolio, waterfall
from uppsikt.economy.rules.tables import Table
from uppsikt.kernel.numbers import MISSING, canonical, format_decimal
from uppsikt.kernel.period import MONTHS
from uppsikt.reports.blocks.economy_table import table_block
from uppsikt.reports.composition import Composition, listed
from uppsikt.reports.economy import YEAR
from uppsikt.typeset.payload import Block, Cell, ChartBlock, Column, Row, Series, SeriesRole, TableBlock

YEAR_UNIT, YEAR_DECIMALS = "mnkr", 1
_ROLES: tuple[tuple[SeriesRole, str], ...] = (
    ("outcome", "Utfall"), ("budget", "Budget"), ("forecast", "Prognos"), ("last_year", "Utfall föregående år"),
)  # fmt: skip
Values = Sequence[Decimal | None]


def compose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """The chart; nothing when there is too little to draw."""
    key = str(options.get("table", ""))
    if key == YEAR:
        drawn = _year(c)
        return [drawn] if drawn else []
    table = c.economy.tables.get(key)
    drawn = _of_table(c, table) if table else None
    return [drawn] if drawn else []


def _of_table(c: Composition, table: Table) -> ChartBlock | None:
    unit, decimals = table.spec.unit, table.spec.decimals
    match table.spec.chart:
        case "waterfall":
            return _waterfall(c, table)
        case "columns":
            bars = grouped(table)
            if bars is None:
                return None
            series = [_series(name, values) for name, values in bars.series]
            about = f"Nettokostnad i {unit} för {listed(bars.labels)}, {bars.series[0][0]} till {bars.series[-1][0]}."
            return _chart(c, table, "grouped", list(bars.labels), series, about, decimals)
        case "bullet":
            plan = portfolio(table)
            if plan is None:
                return None
            columns: tuple[Values, ...] = (plan.outcome, plan.budget, plan.forecast, ())
            series = [
                _series(name, values, role)
                for (role, name), values in zip(_ROLES, columns, strict=True)
                if any(value is not None for value in values)
            ]
            about = f"Upparbetat mot budget i {unit} för {listed(plan.labels)}."
            return _chart(c, table, "bullet", list(plan.labels), series, about, decimals)
    return None


def _waterfall(c: Composition, table: Table) -> ChartBlock | None:
    fall = waterfall(table)
    if fall is None:
        return None
    decimals, unit = table.spec.decimals, table.spec.unit
    labels = [fall.base.label, *(label for label, _amount in fall.steps), fall.this.label]
    values = in_unit([fall.start, *(amount for _label, amount in fall.steps), fall.end], unit)
    told = [f"{label} {format_decimal(value, decimals)}" for label, value in zip(labels, values, strict=True)]
    about = f"Från {told[0]} till {told[-1]} {unit}, rad för rad: {'; '.join(told[1:-1])}."
    return _chart(c, table, "waterfall", labels, [_series(fall.this.label, values)], about, decimals)


def _chart(
    c: Composition,
    table: Table,
    kind: Any,
    labels: list[str],
    series: list[Series],
    about: str,
    decimals: int,
) -> ChartBlock:
    return {
        "kind": "chart",
        "key": c.key("economy-chart", table.spec.key),
        "caption": f"{table.spec.title}, {table.spec.unit}",
        "alt": f"Diagram. {about}",
        "type": kind,
        "unit": table.spec.unit,
        "decimals": decimals,
        "x": labels,
        "series": series,
        "table": table_block(c, table, "chart"),
        "print_table": False,
    }


def _year(c: Composition) -> ChartBlock | None:
    """The whole year, accumulated month by month."""
    year = c.economy.year
    if year is None or all(value is None for value in year.outcome):
        return None
    columns = [
        in_unit(values, YEAR_UNIT) for values in (year.outcome, year.budget, year.forecast, year.last_year)
    ]
    shown = [
        (role, name, values)
        for (role, name), values in zip(_ROLES, columns, strict=True)
        if any(value is not None for value in values)
    ]
    last = [(name, [v for v in values if v is not None][-1]) for _role, name, values in shown]
    about = "; ".join(f"{name} {format_decimal(value, YEAR_DECIMALS)}" for name, value in last)
    return {
        "kind": "chart",
        "key": c.key("economy-chart", YEAR),
        "caption": f"Resultat genom året, ackumulerat, {YEAR_UNIT}",
        "alt": f"Diagram. Resultatet ackumulerat månad för månad. Sista värde i {YEAR_UNIT}: {about}.",
        "type": "year",
        "unit": YEAR_UNIT,
        "decimals": YEAR_DECIMALS,
        "x": [month[:3] for month in MONTHS],
        "series": [_series(name, values, role) for role, name, values in shown],
        "table": _year_table(c, [(name, values) for _role, name, values in shown]),
        "source": f"Källa: {c.economy.ledger}" if c.economy.ledger else None,
    }


def _year_table(c: Composition, shown: Sequence[tuple[str, Values]]) -> TableBlock:
    columns: list[Column] = [{"key": "month", "title": "Till och med"}]
    columns += [{"key": name, "title": name, "align": "end"} for name, _values in shown]
    rows: list[Row] = []
    for place, month in enumerate(MONTHS):
        cells: list[Cell | None] = [{"text": month, "value": None}]
        cells += [_cell(values[place]) for _name, values in shown]
        rows.append({"kind": "row", "cells": cells})
    return {
        "kind": "table",
        "key": c.key("economy-chart-table", YEAR),
        "caption": f"Resultat genom året, ackumulerat, {YEAR_UNIT}",
        "columns": columns,
        "rows": rows,
    }


def _cell(value: Decimal | None) -> Cell:
    if value is None:
        return {"text": MISSING, "value": None}
    return {"text": format_decimal(value, YEAR_DECIMALS), "value": canonical(value)}


def _series(name: str, values: Values, role: SeriesRole | None = None) -> Series:
    series: Series = {
        "name": name,
        "values": [None if value is None else canonical(value) for value in values],
    }
    if role:
        series["role"] = role
    return series
