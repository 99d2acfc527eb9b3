"""All units of a body side by side: how far each has come, and what the forecasts come to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from uppsikt.economy.pages.forecast_rows import Printed, verdict
from uppsikt.economy.rules.forecast_sheet import leaves
from uppsikt.economy.selectors.forecasts import Sheet, Sum
from uppsikt.kernel.numbers import MISSING
from uppsikt.kernel.period import MONTHS
from uppsikt.web.parts import Progress
from uppsikt.web.tables import Cell, Column, Row, Table

Href = Callable[[str], str]


def overview(sheet: Sheet, names: Mapping[str, str], show: Printed, href: Href) -> Table:
    """A row for each unit with its budget, outcome, forecasts and how many lines are done."""
    month = MONTHS[sheet.round.cutoff.month - 1]
    columns = (
        Column("unit", _("Enhet")),
        Column("budget", _("Budget helår"), "num"),
        Column("outcome", _("Utfall till och med %(month)s") % {"month": month}, "num"),
        *(
            Column(f"said-{place}", _("Prognos %(month)s") % {"month": MONTHS[one.cutoff.month - 1]}, "num")
            for place, one in enumerate(sheet.earlier)
        ),
        Column("forecast", _("Prognos"), "num"),
        Column("variance", _("Mot budget"), "num"),
        Column("done", _("Rader med prognos")),
    )
    rows = [
        Row(_unit_cells(sheet, key, name, show), key=f"unit-{key}", href=href(key))
        for key, name in names.items()
    ]
    outcome = sum(sheet.outcomes.values()) if sheet.outcomes is not None else None
    rows.append(Row(_cells(_("Summa"), sheet.total(), outcome, show), kind="total"))
    return Table(
        "prognos-enheter", _("Prognos per enhet"), columns, tuple(rows), unit=show.unit,
        notes=(_("En rad utan prognos räknas som sin budget. Plus är bättre än budget."),),
    )  # fmt: skip


def _unit_cells(sheet: Sheet, unit: str, name: str, show: Printed) -> tuple[Cell, ...]:
    cells = {cell for cell in _told(sheet) if cell[0] == unit}
    booked = None
    if sheet.outcomes is not None:
        booked = sum(amount for cell, amount in sheet.outcomes.items() if cell[0] == unit)
    return _cells(name, sheet.total(cells), booked, show)


def _cells(name: str, total: Sum, outcome: int | None, show: Printed) -> tuple[Cell, ...]:
    said = verdict(total.forecast - total.budget, show)
    done = total.lines - total.unset
    return (
        Cell(name),
        Cell(show.money(total.budget)),
        Cell(show.money(outcome)),
        *(Cell(show.money(amount)) for amount in total.chain),
        Cell(show.money(total.forecast), muted=not done),
        Cell(said.text, tone=said.tone),
        Cell(progress=Progress(_("Rader med prognos"), done, total.lines))
        if total.lines
        else Cell(_("Ingen budget"), muted=True),
    )


def matrix(sheet: Sheet, names: Mapping[str, str], show: Printed, href: Href) -> Table:
    """Units by lines: what each is forecast to come to; an en dash where a budget waits for a forecast."""
    told = _told(sheet)
    lines = {key: line for key, line in leaves(sheet.model).items() if any(cell[1] == key for cell in told)}
    columns = (
        Column("unit", _("Enhet")),
        *(Column(f"line-{key}", line.label, "num") for key, line in lines.items()),
    )
    rows = [
        Row(
            (Cell(name), *(_square(sheet, (key, line), show) for line in lines)),
            key=f"matrix-{key}",
            href=href(key),
        )
        for key, name in names.items()
    ]
    sums = [_set(sheet, line) for line in lines]
    rows.append(Row((Cell(_("Summa")), *(Cell(show.money(amount)) for amount in sums)), kind="total"))
    return Table(
        "prognos-rader", _("Satta prognoser per enhet och rad"), columns, tuple(rows), unit=show.unit, dense=True,
        notes=(_("Streck: raden har en budget men ingen prognos än. Summan är av det som är satt."),),
    )  # fmt: skip


def _set(sheet: Sheet, line: str) -> int | None:
    told = [one.amount_ore for cell, one in sheet.standing.items() if cell[1] == line]
    return sum(told) if told else None


def _square(sheet: Sheet, cell: tuple[str, str], show: Printed) -> Cell:
    standing = sheet.standing.get(cell)
    if standing is not None:
        return Cell(show.money(standing.amount_ore))
    return Cell(MISSING if sheet.budget.get(cell) else "", muted=True)


def _told(sheet: Sheet) -> set[tuple[str, str]]:
    return {*sheet.budget, *sheet.standing, *(cell for said in sheet.chain for cell in said)}
