"""How near earlier forecasts came, unit by unit or line by line, the worst first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.cycle.selectors import Round
from uppsikt.economy.access import Chosen
from uppsikt.economy.pages.empty import no_model, nothing_chosen
from uppsikt.economy.pages.forecast import OWN
from uppsikt.economy.pages.forecast_rows import Printed, printed
from uppsikt.economy.pages.links import address, place, with_query
from uppsikt.economy.pages.tabs import tabs
from uppsikt.economy.rules.forecast_sheet import leaves
from uppsikt.economy.selectors.answers import Reading
from uppsikt.economy.selectors.forecast_accuracy import Grouping, Kept, Record, Turned, record
from uppsikt.kernel.numbers import MISSING, NBSP, format_decimal, format_signed
from uppsikt.kernel.period import MONTHS
from uppsikt.organisation import selectors as organisation
from uppsikt.web.chart import Chart, Series
from uppsikt.web.parts import Action, Crumb, Empty, Link, Text
from uppsikt.web.plots import grouped_chart
from uppsikt.web.tables import Cell, Column, Row, Table

Leads = Callable[[str], str]

CHARTED = 12
"""How many bars the chart has at most."""


@dataclass(frozen=True, slots=True)
class AccuracyPage:
    """The page. `empty`: why there is nothing. `narrowed`: the only unit that is shown, leading back to all."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    empty: Empty | None = None
    groupings: tuple[Link, ...] = ()
    narrowed: Link | None = None
    table: Table | None = None
    chart: Chart | None = None


def accuracy_page(chosen: Chosen, reading: Reading | None, by: str, unit: str) -> AccuracyPage:
    """The body's forecasts and how they turned out. Args: by: unit or line; anything else is unit. unit: only this unit's lines; all when empty."""
    title = _("Prognosernas träffsäkerhet")
    crumbs = (
        Crumb(_("Ekonomi"), address("economy:tables")),
        Crumb(_("Prognos"), with_query(reverse("economy:forecast"), place(chosen.round, chosen.body))),
        Crumb(_("Träffsäkerhet")),
    )
    row = tabs("economy:forecast")
    empty = nothing_chosen(chosen) or (
        Empty(_("Välj en nämnd"), _("Prognosen sätts nämnd för nämnd. Välj en nämnd till vänster."), icon="target")
        if chosen.body is None else None
    )  # fmt: skip
    if empty is None and reading is None:
        empty = no_model(chosen.context.year)
    if empty is not None or reading is None:
        return AccuracyPage(title, "", crumbs, row, empty)
    grouping: Grouping = "line" if by == "line" else "unit"
    only = None if grouping == "unit" or not unit else "" if unit == OWN else unit
    found = record(reading, grouping, only)
    if not found.rows:
        return AccuracyPage(title, "", crumbs, row, _nothing(found))
    names = _names(reading, grouping)
    return AccuracyPage(
        title,
        _(
            "Vad som sades om året vid varje tillfälle, mot vad året blev. De som ligger längst ifrån står först."
        ),
        crumbs,
        row,
        groupings=_groupings(chosen, grouping),
        narrowed=_narrowed(chosen, reading, only),
        table=_table(found, names, printed(reading.model), _leads(chosen) if grouping == "unit" else None),
        chart=_chart(found, names, grouping),
    )


def _leads(chosen: Chosen) -> Leads:
    """Where a unit's own lines are shown."""
    base = {**place(chosen.round, chosen.body), "by": "line"}
    return lambda unit: with_query(reverse("economy:forecast_accuracy"), {**base, "unit": unit or OWN})


def _narrowed(chosen: Chosen, reading: Reading, unit: str | None) -> Link | None:
    if unit is None:
        return None
    base = {**place(chosen.round, chosen.body), "by": "line"}
    name = _names(reading, "unit").get(unit, unit)
    return Link(name, with_query(reverse("economy:forecast_accuracy"), base))


def _nothing(found: Record) -> Empty:
    years = ", ".join(map(str, found.waiting))
    return Empty(
        _("Ingen prognos att hålla mot ett utfall än"),
        _("När ett år är bokfört till december står här hur nära dess prognoser kom.")
        + (" " + _("Prognoser finns för %(years)s.") % {"years": years} if years else ""),
        Action(_("Prognos"), reverse("economy:forecast")),
        icon="target",
    )


def _names(reading: Reading, grouping: Grouping) -> Mapping[str, str]:
    if grouping == "line":
        return {key: line.label for key, line in leaves(reading.model).items()}
    return {**organisation.unit_names(reading.round.cutoff), "": _("Gemensamt")}


def _groupings(chosen: Chosen, current: Grouping) -> tuple[Link, ...]:
    words = {"unit": _("Per enhet"), "line": _("Per rad")}
    base = place(chosen.round, chosen.body)
    return tuple(
        Link(
            words[one], with_query(reverse("economy:forecast_accuracy"), {**base, "by": one}), one == current
        )
        for one in get_args(Grouping)
    )


def _table(found: Record, names: Mapping[str, str], show: Printed, leads: Leads | None) -> Table:
    columns = (
        Column("name", _("Enhet") if leads else _("Rad")),
        Column("mean", _("Medelfel"), "num"),
        *(Column(f"round-{one.key}", _round(one), "num") for one in found.rounds),
    )
    rows = [
        _row(row, names.get(row.key, row.key), show, href=leads(row.key) if leads else "")
        for row in found.rows
    ]
    notes = [
        _("Felet är årets utfall minus prognosen, i %(unit)s och i procent av prognosen. Plus: året slutade bättre än prognosen. Medelfelet är medelvärdet av procenten utan tecken.")
        % {"unit": show.unit},
        _("Bara det som har en prognos jämförs."),
    ]  # fmt: skip
    if found.waiting:
        years = ", ".join(map(str, found.waiting))
        notes.append(_("Ännu inte bokfört till december: %(years)s.") % {"years": years})
    rows.append(_row(found.total, _("Alla"), show, kind="total"))
    return Table(
        "traffsakerhet",
        _("Prognoser mot årets utfall"),
        columns,
        tuple(rows),
        unit=show.unit,
        notes=tuple(notes),
    )


def _row(
    kept: Kept, name: str, show: Printed, *, kind: Literal["row", "total"] = "row", href: str = ""
) -> Row:
    cells = (Cell(name), Cell(_percent(kept.mean), strong=True), *(_square(one, show) for one in kept.turned))
    return Row(cells, kind=kind, key=f"rad-{kept.key}", href=href)


def _square(turned: Turned | None, show: Printed) -> Cell:
    if turned is None:
        return Cell(MISSING, muted=True)
    found = turned.accuracy
    percent = f"{format_signed(found.percent, 1)}{NBSP}%" if found.percent is not None else MISSING
    told = _("prognos %(forecast)s, utfall %(outcome)s") % {
        "forecast": show.money(turned.forecast), "outcome": show.money(turned.outcome),
    }  # fmt: skip
    return Cell(f"{show.change(found.error_ore)} ({percent})", sub=told)


def _percent(value: Decimal | None) -> str:
    return MISSING if value is None else f"{format_decimal(value, 1)}{NBSP}%"


def _round(round_: Round) -> str:
    return f"{MONTHS[round_.cutoff.month - 1].capitalize()} {round_.year_id}"


def _chart(found: Record, names: Mapping[str, str], grouping: Grouping) -> Chart | None:
    rows = [row for row in found.rows if row.mean is not None][:CHARTED]
    if not rows:
        return None
    labels = [names.get(row.key, row.key) for row in rows]
    worst = _("%(name)s ligger längst ifrån med %(percent)s i medelfel.") % {
        "name": labels[0], "percent": _percent(rows[0].mean),
    }  # fmt: skip
    return grouped_chart(
        caption=_("Medelfel per enhet") if grouping == "unit" else _("Medelfel per rad"),
        alt=worst,
        unit=_("procent av prognosen"),
        labels=labels,
        series=[Series(_("Medelfel"), tuple(row.mean for row in rows))],
        decimals=1,
    )
