"""The drawing that goes with a table, and the year behind its total; each with its own figures as a table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from django.utils.translation import gettext as _

from uppsikt.economy.rules.coding import ALL
from uppsikt.economy.rules.follow import FORECASTS, OUTCOMES
from uppsikt.economy.rules.grain import matching
from uppsikt.economy.rules.model import UNITS
from uppsikt.economy.rules.plots import total_row, waterfall
from uppsikt.economy.rules.tables import MONEY, Line, Table
from uppsikt.economy.selectors import follow
from uppsikt.economy.selectors.answers import Reading, nodes_of
from uppsikt.kernel.numbers import format_decimal, format_signed
from uppsikt.kernel.period import MONTHS
from uppsikt.web import tables as grid
from uppsikt.web.chart import Chart, Series
from uppsikt.web.plots import grouped_chart, waterfall_chart, year_chart
from uppsikt.web.tables import Cell, Column, Row

LARGE = 10
"""From how many mnkr on a drawing's figures are in mnkr."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart and the table that says the same."""

    chart: Chart
    table: grid.Table


def table_chart(table: Table) -> Drawn | None:
    """The drawing that the economy model asks for; None where its figures are not there."""
    if table.spec.chart == "waterfall":
        return _waterfall(table)
    if table.spec.chart == "columns":
        return _years(table)
    return None


def _unit(largest: int, table: Table) -> tuple[str, int]:
    if largest >= LARGE * UNITS["mnkr"]:
        return "mnkr", 1
    return table.spec.unit, table.spec.decimals


def _number(ore: Decimal | int, unit: str) -> Decimal:
    return Decimal(ore) / UNITS[unit]


# ---------------------------------------------------------------- from budget to outcome


def _waterfall(table: Table) -> Drawn | None:
    fall = waterfall(table)
    if fall is None:
        return None
    base, this, column, start, end, steps = (
        fall.base,
        fall.this,
        fall.column,
        fall.start,
        fall.end,
        fall.steps,
    )
    unit, decimals = _unit(max(abs(start), abs(end)), table)
    largest = max(steps, key=lambda step: abs(step[1]))
    texts = {
        "first": base.label, "last": this.label, "unit": unit, "start": format_decimal(_number(start, unit), decimals),
        "end": format_decimal(_number(end, unit), decimals), "row": largest[0],
        "most": format_signed(_number(largest[1], unit), decimals),
    }  # fmt: skip
    drawn = waterfall_chart(
        caption=_("Från budget till prognos, rad för rad")
        if this.measure in FORECASTS
        else _("Från budget till utfall, rad för rad"),
        alt=_("Vattenfallsdiagram: från %(first)s %(start)s till %(last)s %(end)s %(unit)s. Störst är %(row)s, %(most)s.") % texts,
        unit=unit,
        decimals=decimals,
        start=(base.label, _number(start, unit)),
        steps=[(label, _number(amount, unit)) for label, amount in steps],
        end=(this.label, _number(end, unit)),
    )  # fmt: skip
    rows = (
        Row((Cell(base.label), Cell(texts["start"])), kind="subtotal"),
        *(
            Row((Cell(label), Cell(format_signed(_number(amount, unit), decimals))))
            for label, amount in steps
        ),
        Row((Cell(this.label), Cell(texts["end"])), kind="total"),
    )
    columns = (Column("label", _("Post")), Column("value", column.label, "num"))
    return Drawn(drawn, _beside(drawn, "steg", columns, rows))


# ---------------------------------------------------------------- years side by side


def _years(table: Table) -> Drawn | None:
    columns = [column for column in table.columns if column.measure in OUTCOMES]
    rows = [row for row in table.rows if row.role == "detail" and _told(row)] or [
        row for row in table.rows if row.role == "total"
    ]
    if not columns or not rows:
        return None
    cells = [row.cell(column.key) for row in rows for column in columns]
    largest = max((abs(int(cell.exact)) for cell in cells if cell.exact is not None), default=0)
    unit, decimals = _unit(largest, table)
    series = [
        Series(
            column.label,
            tuple(
                None if row.cell(column.key).exact is None else _number(row.cell(column.key).exact or 0, unit)
                for row in rows
            ),
        )
        for column in columns
    ]
    last = series[-1].values
    place = max(range(len(rows)), key=lambda number: abs(last[number] or Decimal(0)))
    alt = _("Stapeldiagram: störst är %(row)s, %(amount)s %(unit)s i %(column)s.") % {
        "row": rows[place].label, "amount": format_decimal(last[place], decimals), "unit": unit,
        "column": columns[-1].label,
    }  # fmt: skip
    drawn = grouped_chart(
        caption=table.spec.title, alt=alt, unit=unit, labels=[row.label for row in rows], series=series,
        decimals=decimals,
    )  # fmt: skip
    heads = (
        Column("label", _("Rad")),
        *(Column(f"c{at}", column.label, "num") for at, column in enumerate(columns)),
    )
    body = tuple(
        Row((Cell(row.label), *(Cell(format_decimal(one.values[at], decimals)) for one in series)))
        for at, row in enumerate(rows)
    )
    return Drawn(drawn, _beside(drawn, "ar", heads, body))


def _told(row: Line) -> bool:
    return any(cell.kind == MONEY and cell.exact for cell in row.cells)


# ---------------------------------------------------------------- the year


def year_drawn(table: Table, reading: Reading) -> Drawn | None:
    """The total of the table through the year, all accumulated: outcome, budget, forecast and last year behind."""
    total = total_row(table)
    ask = next(
        (cell.ask for cell in total.cells if cell.ask and cell.ask.measure in OUTCOMES and not cell.ask.years), None
    ) if total else None  # fmt: skip
    if ask is None or ask.node("register") or ask.node("goal"):
        return None
    place = ALL if table.spec.whole else reading.place
    trail = follow.trail(ask, reading, place, {})
    if trail is None:
        return None
    outcome = list(accumulate(follow.months(trail)))
    if not any(outcome):
        return None
    budget = list(accumulate(follow.planned_months(trail, reading)))
    before = list(accumulate(follow.year_months(trail, trail.year - 1)))
    found = matching(reading.forecast, nodes_of(ask, place), reading.coding(reading.year))
    forecast = sum(grain.amount_ore for grain in found) if found else None
    known = [*outcome, *budget, *before, *([forecast] if forecast is not None else [])]
    unit, decimals = _unit(max(map(abs, known)), table)
    return _year(table, trail.year, outcome, budget, before, forecast, unit, decimals)


def _year(
    table: Table, year: int, outcome: list[int], budget: list[int], before: list[int], forecast: int | None, unit: str,
    decimals: int,
) -> Drawn:  # fmt: skip
    def series(name: str, months: list[int]) -> Series:
        padded = [*(_number(month, unit) for month in months), *(None,) * (12 - len(months))]
        return Series(name, tuple(padded))

    lines: dict[str, Series] = {"outcome": series(_("Utfall %(year)s") % {"year": year}, outcome)}
    if budget:
        lines["budget"] = series(_("Budget"), budget)
    if forecast is not None:
        lines["forecast"] = Series(_("Prognos"), (*(None,) * 11, _number(forecast, unit)))
    if before:
        lines["last_year"] = series(_("Utfall %(year)s") % {"year": year - 1}, before)
    alt = _("Linjediagram: utfallet till och med %(month)s är %(amount)s %(unit)s.") % {
        "month": MONTHS[len(outcome) - 1], "unit": unit,
        "amount": format_decimal(_number(outcome[-1], unit), decimals),
    }  # fmt: skip
    drawn = year_chart(
        caption=_("%(row)s genom året") % {"row": total.label if (total := total_row(table)) else table.spec.title},
        alt=alt, unit=unit, months=[name[:3] for name in MONTHS], decimals=decimals, **lines,
    )  # fmt: skip
    heads = (Column("month", _("Månad")), *(Column(key, one.name, "num") for key, one in lines.items()))
    rows = tuple(
        Row((Cell(MONTHS[at].capitalize()), *(Cell(format_decimal(one.values[at], decimals)) for one in lines.values())))
        for at in range(12)
    )  # fmt: skip
    return Drawn(drawn, _beside(drawn, "aret", heads, rows))


def _beside(drawn: Chart, key: str, columns: tuple[Column, ...], rows: tuple[Row, ...]) -> grid.Table:
    return grid.Table(
        key=key, caption=drawn.caption, unit=drawn.unit, caption_hidden=True, dense=True, sticky=False,
        columns=columns, rows=rows,
    )  # fmt: skip
