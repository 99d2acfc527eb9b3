"""One supplier: what it was paid over the years, its agreements, procurements and checks, and the largest vouchers."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.cycle.context import Context
from uppsikt.economy.pages.links import voucher
from uppsikt.kernel.identity import SOLE_TRADER, masked
from uppsikt.kernel.numbers import NBSP, format_decimal
from uppsikt.kernel.period import format_date
from uppsikt.organisation import selectors as organisation
from uppsikt.procurement import selectors
from uppsikt.procurement.pages import links
from uppsikt.procurement.pages.agreements import agreements_table
from uppsikt.procurement.pages.frame import OnePage, crumbs, facts, told
from uppsikt.procurement.pages.money import amount, in_unit, mnkr, percent
from uppsikt.procurement.pages.procurements import procurements_table
from uppsikt.procurement.pages.spending import source
from uppsikt.procurement.pages.suppliers import symbol
from uppsikt.procurement.rules.purchases import Compliance, Spend, compliance, covering, together
from uppsikt.procurement.rules.standing import SupplierState, supplier_state
from uppsikt.procurement.rules.words import CheckOutcome
from uppsikt.procurement.selectors import Supplier, SupplierCheck
from uppsikt.procurement.selectors.spend import Buying, buying
from uppsikt.procurement.selectors.standing import agreement_facts
from uppsikt.procurement.selectors.vouchers import largest
from uppsikt.web.chart import Chart, Series, chart
from uppsikt.web.parts import Action, Badge, Crumb, KeyFigure, Symbol
from uppsikt.web.tables import Cell, Column, Row, Table

YEARS = 5
VOUCHERS = 15


@dataclass(frozen=True, slots=True)
class Rights:
    """What the reader may do with the supplier, and whose purchases they may see (None: everybody's)."""

    change: bool
    history: bool
    bodies: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class YearSpend:
    """What a year came to: all of it, or to the cut-off in the round's own year."""

    year: int
    spend: Spend
    within: Compliance


def supplier_page(supplier: Supplier, context: Context, rights: Rights) -> OnePage:
    """The page for the chosen round. Its queries do not grow with the supplier's rows."""
    held = buying(context.round, bodies=rights.bodies) if context.round else None
    years = _years(held, supplier) if held else []
    checks = list(selectors.checks(supplier))
    day = context.round.cutoff if context.round else None
    state = supplier_state([(row.date, row.kind, row.outcome) for row in checks], day) if day else None
    return OnePage(
        title=supplier.name,
        eyebrow=SOLE_TRADER if supplier.sole_trader else supplier.org_number,
        crumbs=crumbs(
            context, Crumb(_("Leverantörer"), links.page("suppliers", context.round)), Crumb(supplier.name)
        ),
        state=symbol(state),
        badges=(Badge(_("Räknas inte i avtalstrohet"), "neutral"),) if supplier.exempt else (),
        actions=_actions(supplier, context, rights),
        figures=_figures(held, years, state),
        facts_title=_("Fakta"),
        facts=facts(
            (_("Org.nr"), _("visas inte, enskild näringsidkare") if supplier.sole_trader else supplier.org_number),
            (_("Motpartskoder i huvudboken"), ", ".join(supplier.code_list)),
            (_("Räknas inte i avtalstrohet"), supplier.exempt),
        ),
        note=supplier.note,
        tables=tuple(table for table in _tables(held, supplier, context, years, checks, rights) if table.rows),
        chart=_chart(supplier, years),
        history=told(supplier) if rights.history else (),
    )  # fmt: skip


def _actions(supplier: Supplier, context: Context, rights: Rights) -> tuple[Action, ...]:
    if not rights.change:
        return ()
    return (
        Action(
            _("Ändra uppgifter"), reverse("procurement:supplier_change", args=[supplier.key]), icon="pencil"
        ),
        Action(_("Hantera köp utanför avtal"), links.handling(supplier.key, context.year), icon="stamp"),
        Action(
            _("Registrera kontroll"),
            reverse("procurement:supplier_check", args=[supplier.key]),
            primary=True,
            icon="clipboard-check",
        ),
    )


def _years(held: Buying, supplier: Supplier) -> list[YearSpend]:
    """The years that the ledger holds, the latest last; the round's year to its cut-off."""
    known = held.view.years() if held.view else []
    found = []
    for year in [one for one in known if one <= held.year][-YEARS:]:
        mine = [one for one in held.of_year(year, whole=year < held.year) if one.supplier == supplier.key]
        spend = Spend()
        for one in mine:
            spend = spend.plus(one)
        found.append(YearSpend(year, spend, together(compliance(mine, held.covers).values())))
    return found


def _figures(
    held: Buying | None, years: list[YearSpend], state: SupplierState | None
) -> tuple[KeyFigure, ...]:
    if held is None or not years:
        return ()
    last = years[-1]
    before = years[-2] if len(years) > 1 else None
    return (
        KeyFigure(
            _("Köpt %(year)s") % {"year": last.year},
            mnkr(last.spend.total_ore),
            _("%(amount)s året före") % {"amount": mnkr(before.spend.total_ore)} if before else "",
        ),
        KeyFigure(_("Varav investeringar"), mnkr(last.spend.investment_ore)),
        KeyFigure(_("Inom avtal"), percent(last.within.share)),
        KeyFigure(_("Kontroll"), state.label if state else "–"),
    )


def _chart(supplier: Supplier, years: list[YearSpend]) -> Chart | None:
    if len(years) < 2:
        return None
    return chart(
        caption=_("Köpt per år"),
        alt=_("Köpt av %(name)s per år, drift och investering. %(year)s: %(amount)s.")
        % {"name": supplier.name, "year": years[-1].year, "amount": mnkr(years[-1].spend.total_ore)},
        x=[str(one.year) for one in years],
        series=[
            Series(_("Drift"), tuple(in_unit(one.spend.operating_ore, "mnkr") for one in years)),
            Series(_("Investering"), tuple(in_unit(one.spend.investment_ore, "mnkr") for one in years)),
        ],
        kind="bar",
        unit="mnkr",
    )


def _tables(
    held: Buying | None,
    supplier: Supplier,
    context: Context,
    years: list[YearSpend],
    checks: list[SupplierCheck],
    rights: Rights,
) -> list[Table]:
    found = []
    if held is not None:
        found += [_years_table(held, years), _bodies_table(held, supplier)]
        rows = [row for row in agreement_facts(held.round.cutoff) if row.agreement.supplier_id == supplier.pk]
        found.append(agreements_table(context, rows, caption=_("Avtal")))
    made = selectors.procurements(rights.bodies).filter(supplier=supplier)
    found.append(procurements_table(context, list(made[:VOUCHERS]), caption=_("Upphandlingar och avrop")))
    found.append(_checks_table(checks))
    if held is not None:
        found.append(_vouchers_table(held, supplier))
    return found


def _years_table(held: Buying, years: list[YearSpend]) -> Table:
    return Table(
        key="ar",
        caption=_("Köpt över åren"),
        unit="tkr",
        columns=(
            Column("year", _("År")),
            Column("operating", _("Drift"), "num"),
            Column("investment", _("Investering"), "num"),
            Column("total", _("Totalt"), "num"),
            Column("within", _("Inom avtal"), "num"),
        ),
        rows=tuple(
            Row(
                (
                    Cell(str(one.year)),
                    amount(one.spend.operating_ore),
                    amount(one.spend.investment_ore),
                    amount(one.spend.total_ore, strong=True),
                    Cell(percent(one.within.share)),
                )
            )
            for one in years
            if one.spend.total_ore
        ),
        notes=(_("%(year)s är till och med avläsningen.") % {"year": held.year},) if held.last < 12 else (),
        source=source(held),
    )


def _bodies_table(held: Buying, supplier: Supplier) -> Table:
    """Who bought, and how much of it an agreement held for."""
    mine = [one for one in held.purchases if one.supplier == supplier.key]
    names = organisation.body_names(held.round.cutoff)
    return Table(
        key="namnder",
        caption=_("Vilka som köpte %(year)s") % {"year": held.year},
        unit="tkr",
        dense=True,
        columns=(
            Column("body", _("Nämnd")),
            Column("total", _("Köpt"), "num"),
            Column("outside", _("Utanför avtal"), "num"),
        ),
        rows=tuple(
            Row(
                (Cell(names.get(key, key) or _("Utan nämnd")), amount(one.total_ore), amount(one.outside_ore))
            )
            for key, one in sorted(compliance(mine, held.covers).items(), key=lambda pair: -pair[1].total_ore)
        ),
    )


def _checks_table(checks: list[SupplierCheck]) -> Table:
    return Table(
        key="kontroller",
        caption=_("Kontroller"),
        dense=True,
        columns=(
            Column("date", _("Datum"), width="fit"),
            Column("kind", _("Kontroll")),
            Column("outcome", _("Utfall")),
            Column("note", _("Anteckning"), width="wide"),
        ),
        rows=tuple(
            Row(
                (
                    Cell(format_date(row.date)),
                    Cell(row.kind),
                    Cell(symbol=outcome_symbol(row.outcome)),
                    Cell(row.note, sub=row.recorded_by_name),
                )
            )
            for row in checks
        ),
    )


def outcome_symbol(outcome: str) -> Symbol:
    """What a check came to, as shape and word."""
    held = CheckOutcome(outcome)
    return Symbol(held.shape, held.label.capitalize(), held.colour)


def _vouchers_table(held: Buying, supplier: Supplier) -> Table:
    """The year's largest entries, each with whether an agreement held for it."""
    rows = [
        Row(
            (
                Cell(
                    f"{entry.series}{NBSP}{entry.number}".strip(),
                    href=voucher(held.year, entry.series, entry.number, {"round": held.round.key}),
                ),
                Cell(entry.date.isoformat()),
                Cell(entry.account),
                Cell(masked(entry.text or entry.voucher_text)),
                Cell(_("inom avtal") if covering(purchase, held.covers) else _("utanför"), muted=True),
                Cell(format_decimal(in_unit(entry.amount_ore, "kr"), 2)),
            )
        )
        for entry, purchase in largest(held, supplier, limit=VOUCHERS)
    ]
    return Table(
        key="verifikat",
        dense=True,
        caption=_("Största verifikaten %(year)s") % {"year": held.year},
        columns=(
            Column("voucher", _("Verifikat"), width="fit"),
            Column("date", _("Datum"), width="fit"),
            Column("account", _("Konto")),
            Column("text", _("Text")),
            Column("within", _("Avtal")),
            Column("amount", _("Belopp, kr"), "num"),
        ),
        rows=tuple(rows),
        source=source(held),
    )
