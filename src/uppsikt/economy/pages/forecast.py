"""The forecasts of a body: all its units at a glance, or one unit line by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.economy.access import Chosen
from uppsikt.economy.pages.amounts import words_amount
from uppsikt.economy.pages.empty import no_model, nothing_chosen
from uppsikt.economy.pages.forecast_overview import matrix, overview
from uppsikt.economy.pages.forecast_rows import (
    Entry,
    Fault,
    Printed,
    Sent,
    Shaping,
    entries,
    printed,
    round_name,
)
from uppsikt.economy.pages.links import address, place, with_query
from uppsikt.economy.pages.tabs import tabs
from uppsikt.economy.rules.model import UNITS
from uppsikt.economy.selectors.forecasts import ForecastLine, Sheet, Sum
from uppsikt.kernel.period import MONTHS
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.selectors import Body
from uppsikt.web.parts import Action, Crumb, Empty, Link, Progress, Text
from uppsikt.web.tables import Table

OWN = "~"
"""Stands in the address for what the body keeps on no unit."""
EVERY = "*"
"""Stands in the address for all units, where one would else be chosen."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A total beside something: "1,2 mnkr bättre än i april". `tone` never stands without the words."""

    words: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """What the forecasts come to: of the unit, or of the body when no unit is chosen."""

    name: str
    forecast: str
    budget: str
    unit: str
    compared: tuple[Compared, ...]
    progress: Progress
    note: str


@dataclass(frozen=True, slots=True)
class ForecastPage:
    """The page. `empty`: why there is nothing. `entries`: the unit's lines; `overview`, `matrix`: all units."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    empty: Empty | None = None
    url: str = ""
    accuracy: Action | None = None
    units: tuple[Link, ...] = ()
    unit_name: str = ""
    year: str = ""
    month: str = ""
    unit: str = ""
    decimals: int = 0
    per: int = 0
    chain: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    editable: bool = False
    shut: Text = ""
    totals: tuple[Totals, ...] = ()
    faults: tuple[Fault, ...] = ()
    clashes: tuple[Fault, ...] = ()
    overview: Table | None = None
    matrix: Table | None = None
    following: Link | None = None


def empty_page(chosen: Chosen) -> ForecastPage | None:
    """The page where nothing can be forecast: no round, no body."""
    empty = nothing_chosen(chosen)
    if empty is None and chosen.body is None:
        empty = Empty(
            _("Välj en nämnd"),
            _("Prognosen sätts nämnd för nämnd. Välj en nämnd till vänster."),
            icon="chart-no-axes-column",
        )
    return replace(_bare(), empty=empty) if empty else None


def no_model_page(chosen: Chosen) -> ForecastPage:
    """The page of a year without an economy model."""
    return replace(_bare(), empty=no_model(chosen.context.year))


def _bare() -> ForecastPage:
    return ForecastPage(_("Prognos"), "", (), tabs("economy:forecast"))


def unit_names(sheet: Sheet) -> dict[str, str]:
    """The names of the units that are forecast, in reading order; what is kept on no unit is the body's own."""
    told = set(sheet.planned) | {unit for unit, _line in sheet.outcomes or {}}
    names = organisation.unit_names(sheet.round.cutoff)
    listed = sorted((names.get(key, key), key) for key in told if key)
    own = [("", _("Gemensamt"))] if "" in told else []
    return {key: name for name, key in listed} | dict(own)


def href(sheet: Sheet, unit: str | None = None) -> str:
    """Where a unit is forecast, or all are seen."""
    query = {**place(sheet.round, sheet.body), "unit": EVERY if unit is None else unit or OWN}
    return with_query(reverse("economy:forecast"), query)


def overview_page(chosen: Chosen, sheet: Sheet, names: Mapping[str, str]) -> ForecastPage:
    """All units of the body: how far each has come, and what the forecasts come to by unit and line."""
    show = printed(sheet.model)
    page = _page(chosen, sheet, None, names, show)
    if not names:
        return replace(
            page,
            empty=Empty(
                _("Inget att prognostisera än"),
                _("Här kommer nämndens rader att stå när det finns en budget eller en huvudbok för året."),
                Action(_("Budget"), address("economy:budget")) if address("economy:budget") else None,
                icon="chart-no-axes-column",
            ),
        )
    told = lambda unit: href(sheet, unit)  # noqa: E731 -- the sheet is bound once
    return replace(
        page,
        totals=(_totals(sheet, sheet.total(), _body_name(sheet.body, chosen), show),),
        overview=overview(sheet, names, show, told),
        matrix=matrix(sheet, names, show, told),
    )


def unit_page(
    chosen: Chosen,
    sheet: Sheet,
    unit: str,
    names: Mapping[str, str],
    rows: list[ForecastLine],
    *,
    may: Callable[[str], bool],
    sent: Sent,
) -> ForecastPage:
    """One unit line by line. Args: may: whether the person may set a unit's forecasts."""
    show = printed(sheet.model)
    is_open = sheet.round.state == RoundState.OPEN.value
    editable = is_open and may(unit)
    listed = entries(rows, Shaping(sheet, show, editable, sent))
    page = _page(chosen, sheet, unit, names, show)
    cells = [(row.unit, row.line) for row in rows]
    own = _totals(sheet, sheet.total(cells), names.get(unit, unit), show)
    whole = _totals(sheet, sheet.total(), _body_name(sheet.body, chosen), show)
    return replace(
        page,
        entries=listed,
        editable=editable,
        shut="" if editable or not may(unit) else _("%(round)s är stängt, så prognosen kan inte ändras.") % {"round": sheet.round.name},
        totals=(own, whole) if len(names) > 1 else (own,),
        faults=tuple(fault for entry in listed for fault in entry.faults),
        clashes=tuple(
            Fault(entry.label, _("%(who)s hann före. Välj version.") % {"who": entry.clash.by}, f"#{entry.key}-clash")
            for entry in listed
            if entry.clash
        ),
        following=_following(sheet, unit, names),
    )  # fmt: skip


def _page(
    chosen: Chosen, sheet: Sheet, unit: str | None, names: Mapping[str, str], show: Printed
) -> ForecastPage:
    year = sheet.round.year_id
    name = _body_name(sheet.body, chosen)
    standing = names.get(unit, unit) if unit is not None else ""
    accuracy = address("economy:forecast_accuracy")
    return ForecastPage(
        title=_("Prognos för %(year)s") % {"year": year},
        lead=_("Vad blir det för hela året? Skriv i %(unit)s; kostnader får minus av sig själva.") % {"unit": show.unit}
        if unit is not None else _("Prognosen sätts enhet för enhet, rad för rad. Välj en enhet."),
        crumbs=(
            Crumb(_("Ekonomi"), address("economy:tables")), Crumb(name, href(sheet) if len(names) > 1 else ""),
            *([Crumb(standing)] if unit is not None else []),
        ),
        tabs=tabs("economy:forecast"),
        url=href(sheet, unit),
        accuracy=Action(_("Träffsäkerhet"), with_query(accuracy, place(sheet.round, sheet.body)), icon="target")
        if accuracy else None,
        units=_units(sheet, unit, names) if len(names) > 1 else (),
        unit_name=standing,
        year=str(year),
        month=MONTHS[sheet.round.cutoff.month - 1],
        unit=show.unit,
        decimals=show.decimals,
        per=UNITS[show.unit],
        chain=tuple(round_name(one) for one in sheet.earlier),
    )  # fmt: skip


def _units(sheet: Sheet, unit: str | None, names: Mapping[str, str]) -> tuple[Link, ...]:
    links = [Link(_("Alla"), href(sheet), current=unit is None)]
    for key, name in names.items():
        total = sheet.total(cell for cell in _cells(sheet) if cell[0] == key)
        done = total.lines - total.unset
        links.append(Link(name, href(sheet, key), current=unit == key, count=f"{done}/{total.lines}"))
    return tuple(links)


def _cells(sheet: Sheet) -> set[tuple[str, str]]:
    return {*sheet.budget, *sheet.standing}


def _totals(sheet: Sheet, total: Sum, name: str, show: Printed) -> Totals:
    done = total.lines - total.unset
    compared = (
        []
        if total.lines and not done
        else [_against(total.forecast - total.budget, _("budget"), _("Prognosen är som budget."))]
    )
    for round_, said in zip(sheet.earlier, total.chain, strict=True) if compared else ():
        when = _("i %(month)s") % {"month": round_name(round_)}
        same = _("Samma som %(when)s.") % {"when": when}
        compared.append(_against(total.forecast - said, when, same))
    return Totals(
        name=name,
        forecast=show.money(total.forecast) if compared else "",
        budget=show.money(total.budget),
        unit=show.unit,
        compared=tuple(compared),
        progress=Progress(_("Rader med prognos"), done, total.lines),
        note=_("%(count)s rader utan prognos räknas som budget.") % {"count": total.unset}
        if total.unset > 1
        else _("En rad utan prognos räknas som budget.")
        if total.unset
        else "",
    )


def _against(difference: int, what: str, same: str) -> Compared:
    """A difference in a sentence; less than the smallest that is printed is none."""
    if abs(difference) < SMALLEST_ORE:
        return Compared(same)
    values = {"amount": words_amount(difference), "what": what}
    if difference > 0:
        return Compared(_("%(amount)s bättre än %(what)s.") % values, "good")
    return Compared(_("%(amount)s sämre än %(what)s.") % values, "bad")


def _following(sheet: Sheet, unit: str, names: Mapping[str, str]) -> Link | None:
    keys = list(names)
    if unit not in keys or keys[-1] == unit:
        return None
    after = keys[keys.index(unit) + 1]
    return Link(names[after], href(sheet, after))


def _body_name(body: Body, chosen: Chosen) -> str:
    return next((row.name for row in chosen.context.bodies if row.key == body.key), body.key)


SMALLEST_ORE = 50_000
"""Half a thousand kronor: what `words_amount` would print as nothing."""
