"""The style guide's charts of money, each with its table. The figures are invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.kernel.numbers import format_decimal, format_signed
from uppsikt.web.chart import Chart, Series
from uppsikt.web.plots import bullet_chart, grouped_chart, waterfall_chart, year_chart
from uppsikt.web.tables import Cell, Column, Row, Table

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_OUTCOME = ("-61.2", "-119.4", "-181.0", "-248.9", "-318.8", "-379.4", "-440.2", "-520.1")
_LAST_YEAR = (
    "-58.1",
    "-117.0",
    "-179.4",
    "-241.9",
    "-301.2",
    "-362.4",
    "-420.8",
    "-481.3",
    "-549.2",
    "-614.8",
    "-679.0",
    "-750.9",
)
_STEPS = (
    ("Verksamhetens intäkter", "23.8"), ("Personal", "2.3"), ("Lokaler", "0.4"), ("Lämnade bidrag", "0.5"),
    ("Köp av verksamhet", "5.4"), ("Konsulter och inhyrd personal", "-29.7"), ("Varor och tjänster", "19.0"),
    ("Övrigt", "-0.4"), ("Kapitalkostnad", "-7.5"),
)  # fmt: skip
_PROJECTS: tuple[tuple[str, str | None, str | None, str | None], ...] = (
    ("Lokaler för skolor och förskolor", "-210.5", "-180.2", "-205"), ("Gator, vägar och cykelvägar", "-83.2", "-65.5", "-80"),
    ("Park och natur", "-24", "-25.9", "-27.5"), ("Digital infrastruktur", "-15.5", "-3.1", "-12"),
    ("Västra centrum, etapp två", "-62", None, "-40"),
)  # fmt: skip
_ACTIVITIES: tuple[tuple[str, str | None, str | None, str | None], ...] = (
    ("Politisk verksamhet", "-31.5", "-32.9", "-33.4"), ("Fysisk och teknisk planering samt bostadsförbättring", "-120", "-131.4", "-128.2"),
    ("Vård och omsorg om äldre och personer med funktionsnedsättning", "-61.2", "-63", "-66"),
    ("Räddningstjänst och totalförsvar", "-83", "-88.1", "-93"), ("Näringslivsfrämjande åtgärder", None, "-9", "-10.2"),
    ("Gemensamma verksamheter", "-412", "-425.4", "-440.9"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MoneyChart:
    """A chart and the table that says the same."""

    chart: Chart
    table: Table


def money_charts() -> tuple[MoneyChart, ...]:
    return _year(), _waterfall(), _portfolio(), _net_costs()


def _figures(values: Sequence[str | None]) -> tuple[Decimal | None, ...]:
    return tuple(None if value is None else Decimal(value) for value in values)


def _table(key: str, chart: Chart, first: str, columns: Sequence[Series], labels: Sequence[str]) -> Table:
    return Table(
        key=key, caption=chart.caption, unit=chart.unit, caption_hidden=True, dense=True,
        columns=(Column("label", first), *(Column(f"c{at}", one.name, "num") for at, one in enumerate(columns))),
        rows=tuple(
            Row((Cell(label), *(Cell(format_decimal(one.values[at], 1)) for one in columns)))
            for at, label in enumerate(labels)
        ),
    )  # fmt: skip


def _year() -> MoneyChart:
    outcome = Series("Utfall 2024", _figures((*_OUTCOME, None, None, None, None)))
    budget = Series("Budget", tuple(Decimal("-68.2") * month for month in range(1, 13)))
    forecast = Series("Prognos", (*(None,) * 11, Decimal("-804.5")))
    last_year = Series("Utfall 2023", _figures(_LAST_YEAR))
    chart = year_chart(
        caption="Utfall mot budget och prognos genom året", unit="mnkr", months=_MONTHS, outcome=outcome,
        budget=budget, forecast=forecast, last_year=last_year, decimals=1,
        alt="Linjediagram: utfallet till och med augusti är −520,1 mnkr, prognosen för året −804,5 och budgeten −818,4.",
    )  # fmt: skip
    return MoneyChart(chart, _table("aret", chart, "Månad", (outcome, budget, forecast, last_year), _MONTHS))


def _waterfall() -> MoneyChart:
    start, steps = Decimal("-818.3"), [(label, Decimal(value)) for label, value in _STEPS]
    end = start + sum((value for _, value in steps), Decimal(0))
    chart = waterfall_chart(
        caption="Från budget till utfall, rad för rad", unit="mnkr", decimals=1,
        start=("Budget", start), steps=steps, end=("Utfall", end),
        alt="Vattenfallsdiagram: från budgeten −818,3 till utfallet −804,5 mnkr. Störst är konsulter och inhyrd personal, −29,7.",
    )  # fmt: skip
    rows = (
        Row((Cell("Budget"), Cell(format_decimal(start))), kind="subtotal"),
        *(Row((Cell(label), Cell(format_signed(value)))) for label, value in steps),
        Row((Cell("Utfall"), Cell(format_decimal(end))), kind="total"),
    )
    table = Table(
        key="steg", caption=chart.caption, unit=chart.unit, caption_hidden=True, dense=True,
        columns=(Column("label", "Post"), Column("value", "Avvikelse", "num")), rows=rows,
    )  # fmt: skip
    return MoneyChart(chart, table)


def _portfolio() -> MoneyChart:
    labels = [row[0] for row in _PROJECTS]
    budget, outcome, forecast = (
        Series(name, _figures([row[1:][at] for row in _PROJECTS]))
        for at, name in enumerate(("Budget", "Utfall", "Prognos"))
    )
    chart = bullet_chart(
        caption="Investeringar: planerat och förbrukat", unit="mnkr", labels=labels, budget=budget, outcome=outcome,
        forecast=forecast, decimals=1,
        alt="Stapeldiagram: störst är lokaler för skolor och förskolor, 180,2 av 210,5 mnkr. Park och natur går över budget.",
    )  # fmt: skip
    return MoneyChart(chart, _table("portfolj", chart, "Område", (budget, outcome, forecast), labels))


def _net_costs() -> MoneyChart:
    labels = [row[0] for row in _ACTIVITIES]
    series = [
        Series(name, _figures([row[1:][at] for row in _ACTIVITIES]))
        for at, name in enumerate(("2022", "2023", "2024"))
    ]
    chart = grouped_chart(
        caption="Nettokostnad per verksamhet", unit="mnkr", labels=labels, series=series, decimals=1,
        alt="Stapeldiagram: de gemensamma verksamheterna är störst och har ökat från 412,0 till 440,9 mnkr på tre år.",
    )  # fmt: skip
    return MoneyChart(chart, _table("nettokostnad", chart, "Verksamhet", series, labels))
