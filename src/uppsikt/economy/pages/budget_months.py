"""The budget month by month: each line's twelve amounts, or what they add up to through the year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.economy.access import Chosen
from uppsikt.economy.pages import links
from uppsikt.economy.pages.amounts import money
from uppsikt.economy.pages.budget_detail import address, crumbs_of, day_of
from uppsikt.economy.pages.empty import no_model, nothing_chosen
from uppsikt.economy.pages.tabs import tabs
from uppsikt.economy.rules.grain import Grain, Profile, by_month
from uppsikt.economy.rules.model import UNITS, EconomyModel
from uppsikt.economy.selectors import budget
from uppsikt.economy.selectors import coding as codings
from uppsikt.economy.selectors import models as economy_models
from uppsikt.economy.selectors.answers import Reading
from uppsikt.kernel.period import MONTHS
from uppsikt.kernel.tree import walk
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.selectors import Body
from uppsikt.web.chart import Chart, Series
from uppsikt.web.parts import Action, Crumb, Empty, Link, Text
from uppsikt.web.plots import year_chart
from uppsikt.web.tables import Cell, Column, Row, Table

SUMMED = "sum"
Months = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MonthsPage:
    """The page. `chart`: the chosen line accumulated through the year. `ways`: by month, or added up."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    empty: Empty | None
    ways: tuple[Link, ...]
    chart: Chart | None
    table: Table | None


@dataclass(frozen=True, slots=True)
class Spread:
    """A line with its twelve months. `sums`: it is made of the lines below it."""

    key: str
    label: str
    level: int
    sums: bool
    months: Months


def months_page(chosen: Chosen, year: int, params: Mapping[str, str]) -> MonthsPage:
    """The budget of the chosen body (or of the municipality), spread over the year."""
    empty = nothing_chosen(chosen) if chosen.nobody else None
    if empty is None and not economy_models.documents():
        empty = no_model(year)
    spreads = [] if empty else list(spread_lines(chosen, year))
    if not empty and not spreads:
        back = Action(_("Till budgeten"), address(chosen.body, year))
        empty = Empty(
            _("Ingen detaljbudget"), _("Budgeten har inga belopp att fördela än."), back, icon="wallet"
        )
    query = {"body": chosen.body.key if chosen.body else links.WHOLE, "year": str(year)}
    summed = params.get("as") == SUMMED
    shown = next((one for one in spreads if one.key == params.get("line")), spreads[0] if spreads else None)
    way = {"as": SUMMED} if summed else {}
    base = reverse("economy:budget_months")
    name = organisation.body_name(chosen.body, day_of(year)) if chosen.body else _("Hela kommunen")
    return MonthsPage(
        title=_("Budgeten månad för månad %(year)s") % {"year": year},
        lead="" if chosen.nobody else name,
        crumbs=(*crumbs(chosen.body, year), Crumb(_("Månad för månad"))),
        tabs=tabs("economy:budget"),
        empty=empty,
        ways=(
            Link(_("Per månad"), links.with_query(base, query), current=not summed),
            Link(_("Ackumulerat"), links.with_query(base, {**query, "as": SUMMED}), current=summed),
        ),
        chart=_chart(shown, year) if shown else None,
        table=_table(spreads, links.with_query(base, {**query, **way}), shown, summed=summed) if spreads else None,
    )  # fmt: skip


def crumbs(body: Body | None, year: int) -> tuple[Crumb, ...]:
    """Where the page stands."""
    return (
        crumbs_of(body, year)
        if body
        else (Crumb(_("Budget %(year)s") % {"year": year}, address(None, year)),)
    )


def spread_lines(chosen: Chosen, year: int) -> Iterator[Spread]:
    """Every line that has a budget, with its months: a leaf's own, a sum's from the lines below it."""
    model = economy_models.model_for(year)
    rows = budget.grains(budget.budget_rows(year, chosen.body))
    if not rows:
        return
    shapes = _shapes(chosen, year, model, rows)
    leaves: dict[str, Months] = {}
    for grain in rows:
        found = by_month(grain, shapes.get(grain.line, ()))
        leaves[grain.line] = _added(leaves.get(grain.line), found)
    coding = codings.coding_for(year, model_year=year, stamped=codings.stamp())
    parents = {line.parent for line in model.lines}
    for node in walk(model.lines, lambda line: line.key, lambda line: line.parent or None):
        line = node.value
        held = [leaves[key] for key in coding.under("line", line.key) if key in leaves]
        if held:
            total: Months = ()
            for months in held:
                total = _added(total or None, months)
            yield Spread(line.key, line.label, node.depth, line.key in parents, total)


def _added(one: Months | None, other: Months) -> Months:
    return other if one is None else tuple(a + b for a, b in zip(one, other, strict=True))


def _shapes(chosen: Chosen, year: int, model: EconomyModel, rows: Sequence[Grain]) -> dict[str, Months]:
    """Last year's months by line, where some amount follows them and the chosen round's ledger can tell."""
    follows = any(grain.profile is Profile.LAST_YEAR for grain in rows)
    if not follows or chosen.round is None or chosen.round.year_id != year:
        return {}
    return Reading(chosen.round, chosen.body, model).shapes(year)


def _table(spreads: Sequence[Spread], base: str, shown: Spread | None, *, summed: bool) -> Table:
    rows = []
    for one in spreads:
        months = tuple(accumulate(one.months)) if summed else one.months
        rows.append(
            Row(
                (
                    Cell(one.label, strong=one.sums, href=f"{base}&line={one.key}"),
                    *(Cell(money(ore)) for ore in months),
                    Cell(money(sum(one.months)), strong=True),
                ),
                level=one.level,
                marked=shown is not None and one.key == shown.key,
            )
        )
    return Table(
        key="manader",
        caption=_("Budget, ackumulerat") if summed else _("Budget per månad"),
        unit="tkr",
        dense=True,
        columns=(
            Column("line", _("Rad")),
            *(Column(f"m{number}", month[:3].capitalize(), "num") for number, month in enumerate(MONTHS, 1)),
            Column("year", _("Helår"), "num"),
        ),
        rows=tuple(rows),
        notes=(_("Belopp som följer förra årets utfall fördelas jämnt när det utfallet inte kan läsas."),),
    )


def _chart(one: Spread, year: int) -> Chart:
    values = tuple(Decimal(ore) / UNITS["tkr"] for ore in accumulate(one.months))
    return year_chart(
        caption=_("%(line)s genom året, ackumulerat") % {"line": one.label},
        alt=_("Linjediagram: budgeten för %(line)s är %(amount)s tkr för hela %(year)s.")
        % {"line": one.label, "amount": money(sum(one.months)), "year": year},
        unit="tkr",
        months=[name[:3] for name in MONTHS],
        outcome=Series(_("Budget"), values),
        decimals=0,
    )
