"""The detailed budget: what stands on each line of each unit and activity."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.economy.pages import links
from uppsikt.economy.pages.amounts import change, money
from uppsikt.economy.rules.grain import Profile
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.economy.selectors import BudgetAmount
from uppsikt.economy.selectors import coding as codings
from uppsikt.kernel.numbers import MISSING
from uppsikt.organisation.selectors import Body, UnitRow
from uppsikt.web.parts import Action, Crumb, Empty
from uppsikt.web.tables import Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class Standing:
    """A line of a unit and an activity: its amounts, the original first."""

    line: str
    unit: str
    activity: str
    rows: tuple[BudgetAmount, ...]

    @property
    def original(self) -> int | None:
        """The amount that was first decided; None when there was none."""
        return next((row.amount_ore for row in self.rows if row.decision_id is None), None)

    @property
    def adjusted(self) -> int:
        """What adjustments move it by."""
        return sum(row.amount_ore for row in self.rows if row.decision_id is not None)

    @property
    def total(self) -> int:
        """The amount as it stands."""
        return sum(row.amount_ore for row in self.rows)


def day_of(year: int) -> dt.date:
    """The year's last day: which units and bodies there are."""
    return dt.date(year, 12, 31)


def address(body: Body | None, year: int) -> str:
    """The budget of a body and year."""
    return links.with_query(
        reverse("economy:budget"), {"body": body.key if body else links.WHOLE, "year": str(year)}
    )


def amount_address(body: Body, year: int, *, line: str, unit: str, activity: str, decision: str = "") -> str:
    """Where one amount of the detailed budget is changed."""
    query = {"line": line, "unit": unit, "activity": activity, "decision": decision}
    return links.with_query(reverse("economy:budget_amount", args=[body.key, year]), query)


def crumbs_of(body: Body, year: int) -> tuple[Crumb, ...]:
    """Where the forms of a budget stand."""
    return (Crumb(_("Budget %(year)s") % {"year": year}, address(body, year)),)


@dataclass(frozen=True)
class Names:
    """What lines, units and activities are called in a year."""

    model: EconomyModel
    units: Sequence[UnitRow]
    year: int

    def line(self, key: str) -> str:
        """The line's word."""
        found = self.model.line(key)
        return found.label if found else key

    def unit(self, key: str) -> str:
        """The unit's name; the body as a whole without one."""
        if not key:
            return _("Hela nämnden")
        return next((one.name for one in self.units if one.key == key), key)

    def activity(self, key: str) -> str:
        """The activity's code and name."""
        if not key:
            return ""
        return f"{key} {self.activities.get(key, '')}".strip()

    @cached_property
    def activities(self) -> Mapping[str, str]:
        """The year's activities by code, read from the hierarchies that are kept."""
        return codings.coding_for(self.year, model_year=self.year, stamped=codings.stamp()).names["activity"]


def standings(rows: Sequence[BudgetAmount]) -> list[Standing]:
    """The detailed budget, line by unit and activity, in the order of the rows."""
    found: dict[tuple[str, str, str], list[BudgetAmount]] = {}
    for row in rows:
        found.setdefault((row.line, row.unit.key if row.unit else "", row.activity), []).append(row)
    return [Standing(*place, tuple(listed)) for place, listed in found.items()]


def detail_table(
    rows: Sequence[Standing],
    shown: Sequence[Standing],
    names: Names,
    body: Body,
    year: int,
    *,
    may_budget: bool,
) -> Table:
    """One page of the rows, with the sum of all that are shown."""
    new = Action(_("Lägg till belopp"), reverse("economy:budget_amount", args=[body.key, year]), icon="plus")
    total = Row(
        (
            Cell(_("Summa")),
            Cell(""),
            Cell(""),
            Cell(money(sum(one.original or 0 for one in shown))),
            Cell(money(sum(one.adjusted for one in shown))),
            Cell(money(sum(one.total for one in shown))),
            Cell(""),
        ),
        kind="total",
    )
    return Table(
        key="detalj",
        caption=_("Detaljbudget"),
        unit="tkr",
        columns=(
            Column("line", _("Rad")),
            Column("unit", _("Enhet")),
            Column("activity", _("Verksamhet")),
            Column("original", _("Ursprunglig"), "num"),
            Column("adjusted", _("Justeringar"), "num"),
            Column("total", _("Budget"), "num"),
            Column("profile", _("Fördelning")),
        ),
        rows=(*(_amount(one, names, body, year, may_budget=may_budget) for one in rows), *((total,) if rows else ())),
        empty=Empty(
            _("Ingen detaljbudget"),
            _("Här står årets budget per rad, enhet och verksamhet. Lägg in beloppen här, eller läs in dem från Excel."),
            new if may_budget else None,
            icon="table-2",
        ),
    )  # fmt: skip


def _amount(one: Standing, names: Names, body: Body, year: int, *, may_budget: bool) -> Row:
    first = one.rows[0]
    href = amount_address(
        body, year, line=one.line, unit=one.unit, activity=one.activity,
        decision=first.decision.key if first.decision else "",
    )  # fmt: skip
    profiles = dict.fromkeys(Profile(row.profile).label for row in one.rows)
    return Row(
        (
            Cell(names.line(one.line)),
            Cell(names.unit(one.unit)),
            Cell(names.activity(one.activity) or MISSING, muted=not one.activity),
            Cell(money(one.original)),
            Cell(change(one.adjusted) if one.adjusted else MISSING, muted=not one.adjusted),
            Cell(money(one.total), strong=True),
            Cell(", ".join(profiles)),
        ),
        href=href if may_budget else "",
    )
