"""What stands beside the forms of a budget: where an amount stands, its other parts, and what it has been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.economy.pages import links
from uppsikt.economy.pages.amounts import money, with_unit
from uppsikt.economy.pages.budget_detail import Names, amount_address, day_of
from uppsikt.economy.pages.tabs import tabs
from uppsikt.economy.rules.grain import Profile
from uppsikt.economy.selectors import BudgetAmount, Restatement, budget, editing
from uppsikt.kernel.numbers import MISSING
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.selectors import Body
from uppsikt.texts.pages import moment_text
from uppsikt.web.parts import Action, Crumb, Empty, Fact, Link, Text
from uppsikt.web.tables import Cell, Column, Row, Table


def place_facts(names: Names, line: str, unit: str, activity: str) -> tuple[Fact, ...]:
    """Where an amount stands."""
    return (
        Fact(_("Rad"), names.line(line)),
        Fact(_("Enhet"), names.unit(unit)),
        Fact(_("Verksamhet"), names.activity(activity) or MISSING),
    )


def parts_table(body: Body, year: int, row: BudgetAmount) -> Table:
    """The other amounts that stand in the same place: the original, and each decision's change."""
    found = budget.budget_rows(year, body).filter(line=row.line, unit=row.unit, activity=row.activity)
    unit = row.unit.key if row.unit else ""
    return Table(
        key="delar",
        caption=_("Hela budgeten på raden"),
        unit="tkr",
        columns=(Column("what", _("Vad")), Column("amount", _("Belopp"), "num")),
        rows=(
            *(
                Row(
                    (Cell(one.decision.text if one.decision else _("Ursprunglig budget")), Cell(money(one.amount_ore))),
                    href=amount_address(
                        body, year, line=one.line, unit=unit, activity=one.activity,
                        decision=one.decision.key if one.decision else "",
                    ),
                    marked=one.pk == row.pk,
                )
                for one in found
            ),
            Row((Cell(_("Summa")), Cell(money(sum(one.amount_ore for one in found)))), kind="total"),
        ),
    )  # fmt: skip


def history_table(row: BudgetAmount) -> Table:
    """Everything that has stood in the place: who set it and when."""
    return Table(
        key="historik",
        caption=_("Historik"),
        unit="tkr",
        columns=(
            Column("when", _("När")),
            Column("who", _("Av vem")),
            Column("profile", _("Fördelning")),
            Column("amount", _("Belopp"), "num"),
        ),
        rows=tuple(
            Row(
                (
                    Cell(moment_text(one.recorded_at)),
                    Cell(one.recorded_by_name),
                    Cell(Profile(one.profile).label),
                    Cell(money(one.amount_ore)),
                )
            )
            for one in editing.budget_before(row)
        ),
    )


# ---------------------------------------------------------------- restatements


@dataclass(frozen=True, slots=True)
class RestatementsPage:
    """What a comparison year is moved by to be comparable with today's organisation."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    action: Action | None
    table: Table


def restatements_page(body: Body, year: int, names: Names, *, may_budget: bool) -> RestatementsPage:
    """The restatements of a body's year."""
    rows = list(budget.restatements(year, body))
    new = Action(_("Lägg till omräkning"), restatement_address(body, year), icon="plus")
    return RestatementsPage(
        title=_("Omräkning av %(year)s") % {"year": year},
        lead=_("Det som läggs till utfallet %(year)s för att det ska gå att jämföra med dagens organisation. Skälet blir tabellens fotnot.")
        % {"year": year},
        crumbs=(
            Crumb(organisation.body_name(body, day_of(year)), links.with_query(reverse("economy:budget"), {"body": body.key})),
            Crumb(_("Omräkning")),
        ),
        tabs=tabs("economy:budget"),
        action=new if may_budget and rows else None,
        table=Table(
            key="omrakningar",
            caption=_("Omräkningar"),
            unit="tkr",
            columns=(
                Column("line", _("Rad")), Column("unit", _("Enhet")), Column("activity", _("Verksamhet")),
                Column("amount", _("Belopp"), "num"), Column("reason", _("Skäl"), width="wide"),
            ),
            rows=tuple(_restated(one, body, year, names, may_budget=may_budget) for one in rows),
            empty=Empty(
                _("Inget är omräknat"),
                _("Jämförelseåret visas som det bokfördes. Har verksamhet flyttats: lägg in vad den flyttar."),
                new if may_budget else None,
                icon="arrow-left-right",
            ),
        ),
    )  # fmt: skip


def _restated(one: Restatement, body: Body, year: int, names: Names, *, may_budget: bool) -> Row:
    return Row(
        (
            Cell(names.line(one.line)),
            Cell(names.unit(one.unit.key if one.unit else "")),
            Cell(names.activity(one.activity) or MISSING, muted=not one.activity),
            Cell(money(one.amount_ore), sub=one.recorded_by_name),
            Cell(one.reason),
        ),
        href=restatement_address(body, year, one.key) if may_budget else "",
    )


def restatement_address(body: Body, year: int, key: str = "") -> str:
    """Where a restatement is written; a new one without a key."""
    return links.with_query(reverse("economy:restatement", args=[body.key, year]), {"key": key})


def frame_facts(names: Sequence[tuple[str, int]], total: int) -> tuple[Fact, ...]:
    """The frame as it stands, by column."""
    parts = names if len(names) > 1 else ()
    return (*(Fact(label, with_unit(ore)) for label, ore in parts), Fact(_("Ram"), with_unit(total)))
