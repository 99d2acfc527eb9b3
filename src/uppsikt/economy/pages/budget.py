"""A body's budget for a year: its frame with every adjustment, and the detailed budget that should make it up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.economy.access import Chosen
from uppsikt.economy.pages import links
from uppsikt.economy.pages.amounts import change, money
from uppsikt.economy.pages.budget_detail import Names, Standing, address, day_of, detail_table, standings
from uppsikt.economy.pages.budget_frame import balance, figures, frame_table
from uppsikt.economy.pages.empty import no_model, nothing_chosen
from uppsikt.economy.pages.tabs import tabs
from uppsikt.economy.selectors import budget
from uppsikt.economy.selectors import models as economy_models
from uppsikt.kernel.numbers import MISSING
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.selectors import Body
from uppsikt.web.chrome import Option, Select
from uppsikt.web.parts import Action, Crumb, Empty, KeyFigure, Link, Symbol, Text
from uppsikt.web.tables import Cell, Column, Row, Table

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class BudgetPage:
    """The page. `bodies`: for the whole municipality, each body's frame against its detailed budget."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    years: tuple[Link, ...]
    empty: Empty | None
    figures: tuple[KeyFigure, ...]
    balance: Symbol | None
    actions: tuple[Action, ...]
    frame: Table | None
    selects: tuple[Select, ...]
    kept: tuple[tuple[str, str], ...]
    detail: Table | None
    page_obj: Page[Any] | None
    more: tuple[Link, ...]
    bodies: Table | None


def budget_page(chosen: Chosen, year: int, params: Mapping[str, str], *, may_budget: bool) -> BudgetPage:
    """The budget of the chosen body, or of every body when the whole municipality is chosen."""
    if chosen.nobody:
        return _page(chosen, year, nothing_chosen(chosen))
    if not economy_models.documents():
        return _page(chosen, year, no_model(year))
    if chosen.body is None:
        return _page(chosen, year, None, bodies=_bodies(year))
    body, model = chosen.body, economy_models.model_for(year)
    decisions, steps = budget.frame_steps(year, body)
    units = organisation.units_on(day_of(year), body=body.key)
    order = {line.key: place for place, line in enumerate(model.lines)}
    everything = standings(list(budget.budget_rows(year, body)))
    everything.sort(key=lambda one: order.get(one.line, len(order)))
    shown = [one for one in everything if _wanted(one, params)]
    page_obj = Paginator(shown, PER_PAGE).get_page(params.get("page"))
    names = Names(model, units, year)
    frame, detail = (steps[-1].after if steps else None), sum(one.total for one in everything)
    return _page(
        chosen, year, None,
        told=figures(frame, steps, detail if everything else None),
        verdict=balance(frame, detail) if everything else None,
        actions=_actions(body, year) if may_budget else (),
        frame=frame_table(decisions, steps, model, body, year, may_budget=may_budget),
        selects=_selects(everything, names, params),
        kept=(("year", str(year)), ("body", body.key)),
        detail=detail_table(list(page_obj.object_list), shown, names, body, year, may_budget=may_budget),
        page_obj=page_obj,
        more=tuple(_more(body, year, may_budget=may_budget)),
    )  # fmt: skip


def _page(
    chosen: Chosen,
    year: int,
    empty: Empty | None,
    *,
    told: tuple[KeyFigure, ...] = (),
    verdict: Symbol | None = None,
    actions: tuple[Action, ...] = (),
    frame: Table | None = None,
    selects: tuple[Select, ...] = (),
    kept: tuple[tuple[str, str], ...] = (),
    detail: Table | None = None,
    page_obj: Page[Any] | None = None,
    more: tuple[Link, ...] = (),
    bodies: Table | None = None,
) -> BudgetPage:
    name = organisation.body_name(chosen.body, day_of(year)) if chosen.body else _("Hela kommunen")
    return BudgetPage(
        title=_("Budget %(year)s") % {"year": year}, lead=name if not chosen.nobody else "", crumbs=(),
        tabs=tabs("economy:budget"), years=_years(chosen.body, year), empty=empty, figures=told, balance=verdict,
        actions=actions, frame=frame, selects=selects, kept=kept, detail=detail, page_obj=page_obj, more=more,
        bodies=bodies,
    )  # fmt: skip


def _years(body: Body | None, year: int) -> tuple[Link, ...]:
    known = {*economy_models.documents(), year}
    return tuple(
        Link(str(one), address(body, one), current=one == year) for one in sorted(known, reverse=True)
    )


def _wanted(one: Standing, params: Mapping[str, str]) -> bool:
    unit, line = params.get("unit", ""), params.get("line", "")
    return (not unit or one.unit == unit.removeprefix("-")) and (not line or one.line == line)


def _selects(everything: Sequence[Standing], names: Names, params: Mapping[str, str]) -> tuple[Select, ...]:
    units = list(dict.fromkeys(one.unit for one in everything))
    lines = list(dict.fromkeys(one.line for one in everything))

    def options(found: Sequence[tuple[str, str]], chosen: str, every: str) -> tuple[Option, ...]:
        return Option("", every, not chosen), *(Option(key, label, key == chosen) for key, label in found)

    unit, line = params.get("unit", ""), params.get("line", "")
    return (
        Select("unit", _("Enhet"), options([(key or "-", names.unit(key)) for key in units], unit, _("Alla enheter"))),
        Select("line", _("Rad"), options([(key, names.line(key)) for key in lines], line, _("Alla rader"))),
    )  # fmt: skip


def _actions(body: Body, year: int) -> tuple[Action, ...]:
    return (
        Action(_("Lägg till rambeslut"), reverse("economy:frame_new", args=[body.key, year]), icon="plus"),
        Action(_("Lägg till belopp"), reverse("economy:budget_amount", args=[body.key, year]), icon="plus"),
    )


def _more(body: Body, year: int, *, may_budget: bool) -> Iterator[Link]:
    query = {"body": body.key, "year": str(year)}
    yield Link(_("Budgeten månad för månad"), links.with_query(reverse("economy:budget_months"), query))
    yield Link(
        _("Omräkning av jämförelseåret %(year)s") % {"year": year - 1},
        reverse("economy:restatements", args=[body.key, year - 1]),
    )
    if may_budget and (href := links.address("exchange:import")):
        yield Link(_("Läs in från Excel (mallen finns där)"), href)


# ---------------------------------------------------------------- the whole municipality


def _bodies(year: int) -> Table:
    frames, details = budget.frames(year), budget.details(year)
    listed = [row for row in organisation.bodies_on(day_of(year)) if row.key in frames or row.key in details]
    rows = [
        Row(
            (
                Cell(row.name),
                Cell(money(frames.get(row.key))),
                Cell(money(details.get(row.key))),
                _difference(frames.get(row.key), details.get(row.key)),
            ),
            href=links.with_query(reverse("economy:budget"), {"body": row.key, "year": str(year)}),
        )
        for row in listed
    ]
    total = Row(
        (
            Cell(_("Summa")),
            Cell(money(sum(frames.values()))),
            Cell(money(sum(details.values()))),
            Cell(change(sum(details.values()) - sum(frames.values()))),
        ),
        kind="total",
    )
    return Table(
        key="namnder",
        caption=_("Ram och detaljbudget per nämnd"),
        unit="tkr",
        columns=(
            Column("body", _("Nämnd")),
            Column("frame", _("Ram"), "num"),
            Column("detail", _("Detaljbudget"), "num"),
            Column("difference", _("Skillnad"), "num"),
        ),
        rows=(*rows, *((total,) if rows else ())),
        empty=Empty(_("Ingen budget för %(year)s") % {"year": year}, _("Välj en nämnd och lägg in dess ram."), icon="wallet"),
    )  # fmt: skip


def _difference(frame: int | None, detail: int | None) -> Cell:
    if frame is None or detail is None:
        return Cell(MISSING, muted=True)
    return Cell(change(detail - frame), tone="bad" if detail != frame else "")
