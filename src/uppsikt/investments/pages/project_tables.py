"""The tables of one project's page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from uppsikt.cycle.rules.rounds import short_name as round_name
from uppsikt.economy.pages.links import voucher
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.investments.pages.money import FLOW_WORDS, UNIT, amount, in_unit, schedule, variance
from uppsikt.investments.rules.amounts import ByFlow, flow_sum, flows_in
from uppsikt.investments.rules.amounts import variance as variance_of
from uppsikt.investments.rules.listing import DECEMBER
from uppsikt.investments.rules.words import DECIDED_KINDS, FLOWS, NET, SALES_NET, AmountKind, Flow
from uppsikt.investments.selectors import ProjectAmount, ProjectReport, vouchers
from uppsikt.investments.selectors.facts import CUTOFF, YEAR, LedgerOutcomes, ProjectFacts
from uppsikt.kernel.clock import STOCKHOLM
from uppsikt.kernel.identity import masked
from uppsikt.kernel.numbers import NBSP, format_decimal
from uppsikt.kernel.period import MONTHS, format_date
from uppsikt.web.tables import Cell, Column, Row, Table

BACK, AHEAD = 4, 4
VOUCHERS = 15


def money_table(facts: ProjectFacts, month: int) -> Table:
    """Budget, outcome, forecast and plan year by year: expense and income apart, and net."""
    outcomes = {
        year: amounts
        for (year, through), amounts in facts.outcomes.items()
        if through == (CUTOFF if year == facts.year else YEAR) and year <= facts.year
    }
    forecast = facts.forecasts.get(facts.round_key, {})
    forecasts = {facts.year: forecast} if forecast else {}
    measures: tuple[tuple[str, Mapping[int, ByFlow]], ...] = (
        (_("Budget"), facts.budgets),
        (_("Utfall"), outcomes),
        (_("Prognos"), forecasts),
        (_("Plan"), facts.plans),
    )
    told = {year for _name, held in measures for year, amounts in held.items() if any(amounts.values())}
    years = sorted({facts.year} | {year for year in told if -BACK <= year - facts.year <= AHEAD})
    rows = [row for name, held in measures if held for row in _measure(name, held, years)]
    differences = [
        variance_of(flow_sum(outcomes.get(year, {})), flow_sum(facts.budgets.get(year, {})))
        if year < facts.year or month == DECEMBER
        else None
        for year in years
    ]
    if any(value is not None for value in differences):
        label = Cell(_("Avvikelse, utfall minus budget"))
        rows.append(Row((label, *(variance(value) for value in differences)), kind="subtotal"))
    note = _("Utfallet %(year)s är till och med %(month)s.") % {
        "year": facts.year,
        "month": MONTHS[month - 1] if month else "",
    }
    return Table(
        key="pengar",
        caption=_("Pengar över åren"),
        unit=UNIT,
        columns=(
            Column("what", "", width="wide", spoken=_("Belopp")),
            *(Column(str(year), str(year), "num") for year in years),
        ),
        rows=tuple(rows),
        notes=(note,) if 0 < month < DECEMBER else (),
    )


def _measure(name: str, held: Mapping[int, ByFlow], years: Sequence[int]) -> list[Row]:
    """One row when the money goes one way; else each flow, and net of those that belong together."""
    flows = flows_in(*({flow: ore for flow, ore in by.items() if ore} for by in held.values()))
    if len(flows) <= 1:
        asked = flows[0].value if flows and flows[0].value in FLOWS[SALES_NET] else NET
        suffix = f", {flows[0].label}" if asked != NET and flows else ""
        return [_line(f"{name}{suffix}", asked, held, years, kind="row")]
    rows = []
    for net in (NET, SALES_NET):
        inside = [flow for flow in FLOWS[net] if flow in flows]
        rows += [_line(f"{name}, {flow.label}", flow.value, held, years, kind="row") for flow in inside]
        if len(inside) > 1:
            words = _("netto") if net == NET else _("exploatering netto")
            rows.append(_line(f"{name}, {words}", net, held, years, kind="subtotal"))
    return rows


def _line(label: str, flow: str, held: Mapping[int, ByFlow], years: Iterable[int], *, kind: str) -> Row:
    cells = [amount(flow_sum(held.get(year, {}), flow)) for year in years]
    return Row((Cell(label), *cells), kind="subtotal" if kind == "subtotal" else "row")


def reports_table(facts: ProjectFacts, told: Sequence[ProjectReport], phases: Mapping[str, str]) -> Table:
    """What has been said in the rounds, latest first, with the forecast said at the same time."""
    rows = []
    for report in reversed(told):
        forecast = facts.forecasts.get(report.round.key, {})
        at = format_date(report.recorded_at.astimezone(STOCKHOLM).date())
        rows.append(
            Row(
                (
                    Cell(round_name(report.round.kind, report.round.cutoff).capitalize()),
                    Cell(phases.get(report.phase, report.phase)),
                    Cell(symbol=schedule(report.schedule)),
                    amount(report.estimated_total_ore),
                    amount(flow_sum(forecast) if forecast else None),
                    Cell(report.comment, sub=f"{report.recorded_by_name}, {at}"),
                )
            )
        )
    return Table(
        key="rapporter",
        dense=True,
        caption=_("Rapporterat vid tillfällena"),
        columns=(
            Column("round", _("Tillfälle"), width="fit"),
            Column("phase", _("Skede")),
            Column("schedule", _("Tidplan")),
            Column("estimated", _("Bedömd totalutgift, tkr"), "num"),
            Column("forecast", _("Prognos för året, tkr"), "num"),
            Column("comment", _("Kommentar"), width="wide"),
        ),
        rows=tuple(rows),
    )


def decided_table(amounts: Iterable[ProjectAmount]) -> Table:
    """What has been carried over and adjusted, with the decision of each."""
    kinds = {kind.value for kind in DECIDED_KINDS}
    rows = [
        Row(
            (
                Cell(str(one.year)),
                Cell(AmountKind(one.kind).label.capitalize()),
                Cell(str(FLOW_WORDS[one.flow])),
                amount(one.amount_ore),
                Cell(str(one.decision), muted=True),
            )
        )
        for one in amounts
        if one.kind in kinds
    ]
    return Table(
        key="beslut",
        caption=_("Överfört och justerat"),
        columns=(
            Column("year", _("År")),
            Column("kind", _("Ändring")),
            Column("flow", _("Flöde")),
            Column("amount", _("Belopp, tkr"), "num"),
            Column("decision", _("Beslut"), width="wide"),
        ),
        rows=tuple(rows),
    )


def vouchers_table(facts: ProjectFacts, model: EconomyModel, held: LedgerOutcomes | None) -> Table:
    """The year's largest vouchers on the project's codes: what the outcome is made of."""
    found = vouchers.largest(facts.project, model, held, limit=VOUCHERS) if held else []
    rows = [
        Row(
            (
                Cell(
                    f"{entry.series}{NBSP}{entry.number}".strip(),
                    href=voucher(facts.year, entry.series, entry.number, {"round": facts.round_key}),
                ),
                Cell(entry.date.isoformat()),
                Cell(entry.account),
                Cell(masked(entry.text or entry.voucher_text)),
                Cell(Flow(flow).label.capitalize(), muted=True),
                Cell(format_decimal(in_unit(-entry.amount_ore, "kr"), 2)),
            )
        )
        for entry, flow in found
    ]
    return Table(
        key="verifikat",
        dense=True,
        caption=_("Största verifikaten %(year)s") % {"year": facts.year},
        columns=(
            Column("voucher", _("Verifikat"), width="fit"),
            Column("date", _("Datum"), width="fit"),
            Column("account", _("Konto")),
            Column("text", _("Text")),
            Column("flow", _("Flöde")),
            Column("amount", _("Belopp, kr"), "num"),
        ),
        rows=tuple(rows),
        source=_("Ur huvudboken, inläsning %(load)s.") % {"load": held.view.version} if held else "",
    )
