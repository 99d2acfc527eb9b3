"""A form over a project, with what one needs beside it to fill it in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from django.forms import BoundField
from django.utils.translation import gettext as _

from uppsikt.cycle.selectors import Round
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.economy.selectors.models import model_for
from uppsikt.investments import selectors
from uppsikt.investments.pages import links
from uppsikt.investments.pages.money import UNIT, tkr
from uppsikt.investments.rules.amounts import flow_sum, forecast_proposal, unspent
from uppsikt.investments.rules.words import AmountKind, Flow
from uppsikt.investments.selectors import Project
from uppsikt.investments.selectors.facts import ProjectFacts, project_facts
from uppsikt.kernel.period import MONTHS
from uppsikt.web.parts import Action, Crumb, Fact, Text


class GridForm(Protocol):
    """A form whose amounts stand in a grid."""

    @property
    def grid(self) -> list[tuple[Flow, list[BoundField]]]:
        """The rows: the flow, and its fields in the order of the columns."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of amounts: what is known already, and the fields to write in."""

    label: Text
    known: tuple[str, ...]
    fields: tuple[BoundField, ...]


@dataclass(frozen=True, slots=True)
class EditPage:
    """A form with its buttons. `beside` are facts to go by; `clash`: somebody else saved meanwhile.

    `grid`: the amounts, when the form has such, with `known` as the headings of what stands after the fields.
    """

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    form: Any
    back: str
    beside_title: Text
    beside: tuple[Fact, ...]
    remove: Action | None
    clash: bool
    known: tuple[Text, ...] = ()
    grid: tuple[GridRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A project as a form needs it: its facts in a round (or a year without one), and the year's model."""

    project: Project
    round: Round | None
    year: int
    model: EconomyModel
    facts: ProjectFacts


def standing(project: Project, round_: Round | None, year: int) -> Standing:
    """Read what the forms of a project go by. Args: year: whose amounts; the round's own when they are the same."""
    try:
        model = model_for(year)
    except LookupError:
        model = EconomyModel("")
    chosen = round_ if round_ is not None and round_.year_id == year else None
    facts = project_facts(None, chosen, model=model, year=year, among=[project], whole=True)[0]
    return Standing(project, chosen, year, model, facts)


def flows_of(standing_: Standing) -> list[Flow]:
    """The flows to offer: those that the economy model reads, and those that the project has amounts of."""
    facts = standing_.facts
    held = {flow for amounts in (*facts.budgets.values(), *facts.plans.values()) for flow in amounts}
    known = standing_.model.flows.keys() or {Flow.EXPENSE.value, Flow.INCOME.value}
    return [flow for flow in Flow if flow.value in held | set(known)]


def new_page(form: Any, *, clash: bool) -> EditPage:
    """A new project."""
    return EditPage(
        title=_("Lägg till projekt"),
        lead=_("Belopp per år, prognos och tidplan fylls i när projektet är upplagt."),
        crumbs=(Crumb(_("Investeringar"), links.projects()), Crumb(_("Nytt projekt"))),
        form=form,
        back=links.projects(),
        beside_title="",
        beside=(),
        remove=None,
        clash=clash,
    )


def project_edit_page(
    project: Project,
    form: Any,
    *,
    title: Text,
    lead: Text = "",
    clash: bool,
    remove: Action | None = None,
    beside_title: Text = "",
    beside: tuple[Fact, ...] = (),
    known: tuple[Text, ...] = (),
    grid: tuple[GridRow, ...] = (),
) -> EditPage:
    """The page around a form of a project that stands."""
    back = links.project(project.key)
    return EditPage(
        title=title,
        lead=lead,
        crumbs=(
            Crumb(_("Investeringar"), links.projects()),
            Crumb(project.name, back),
            Crumb(title),
        ),
        form=form,
        back=back,
        beside_title=beside_title,
        beside=beside,
        remove=remove,
        clash=clash,
        known=known,
        grid=grid,
    )


def amounts_page(held: Standing, form: GridForm, *, clash: bool) -> EditPage:
    """The page around the year's budget and the plan ahead."""
    return project_edit_page(
        held.project,
        form,
        title=_("Budget och plan %(year)s") % {"year": held.year},
        lead=_("Belopp i tkr. Utgifter skrivs med minus. Det som förs över och justeras läggs till för sig."),
        clash=clash,
        beside_title=_("Budgeten nu"),
        beside=budget_facts(held),
        grid=tuple(GridRow(flow.label.capitalize(), (), tuple(fields)) for flow, fields in form.grid),
    )


def budget_facts(held: Standing) -> tuple[Fact, ...]:
    """The year's budget as it is made up, and what is booked of it."""
    facts, year = held.facts, {"year": held.year}
    parts = [
        (kind.label.capitalize(), flow_sum(facts.parts.get((held.year, kind.value), {})))
        for kind in (AmountKind.CARRY_OVER, AmountKind.ADJUSTMENT)
    ]
    words = [
        (_("Hela budgeten %(year)s, netto") % year, facts.budget()),
        *(pair for pair in parts if pair[1] is not None),
        (_("Utfall hittills %(year)s, netto") % year, facts.outcome()),
        (_("Beslutad totalutgift"), facts.project.decided_total_ore),
        (_("Upparbetat"), facts.spent()),
    ]
    return tuple(Fact(label, f"{tkr(ore)} {UNIT}") for label, ore in words if ore is not None)


def proposals(held: Standing) -> dict[Flow, int]:
    """What may be proposed to carry over, by flow: the part of the year's budget that was not used."""
    found = {
        flow: unspent(held.facts.budget(flow.value), held.facts.outcome(flow.value))
        for flow in flows_of(held)
        if held.facts.outcome(flow.value) is not None
    }
    return {flow: ore for flow, ore in found.items() if ore}


def carry_facts(held: Standing) -> tuple[Fact, ...]:
    """What is left of the year's budget, and what has been carried over already."""
    already = flow_sum(
        {
            one.flow: one.amount_ore
            for one in selectors.amounts_of_year(held.project, held.year + 1, AmountKind.CARRY_OVER)
        }
    )
    words = [
        (_("Budget %(year)s, netto") % {"year": held.year}, held.facts.budget()),
        (_("Utfall %(year)s, netto") % {"year": held.year}, held.facts.outcome()),
        *((_("Kvar av budgeten, %(flow)s") % {"flow": flow.label}, ore) for flow, ore in proposals(held).items()),
        (_("Redan överfört till %(year)s") % {"year": held.year + 1}, already),
    ]  # fmt: skip
    return tuple(Fact(label, f"{tkr(ore)} {UNIT}") for label, ore in words if ore is not None)


def phases_of(held: Standing) -> list[tuple[str, str]]:
    """The phases to choose among: those of the project's kind in the year's model."""
    kind = held.model.project_kind(held.project.kind)
    return [(phase.key, phase.label) for phase in kind.phases] if kind else []


def report_page(held: Standing, form: GridForm, *, clash: bool) -> EditPage:
    """The page around the form of a round's report: what to go by stands beside each forecast, with a proposal."""
    assert held.round is not None
    month = held.round.cutoff.month
    return project_edit_page(
        held.project,
        form,
        title=_("Rapportera, %(round)s") % {"round": held.round.name},
        lead=_("Prognosen är för hela året, i tkr. Utgifter skrivs med minus."),
        clash=clash,
        known=(
            _("Förslag"),
            _("Budget"),
            _("Utfall till och med %(month)s") % {"month": MONTHS[month - 1]},
            _("Förra prognosen"),
        ),
        grid=tuple(
            GridRow(flow.label.capitalize(), _known(held.facts, flow, month), tuple(fields))
            for flow, fields in form.grid
        ),
    )


def _known(facts: ProjectFacts, flow: Flow, month: int) -> tuple[str, ...]:
    budget, outcome = facts.budget(flow.value), facts.outcome(flow.value)
    earlier = facts.forecast_previous(flow.value)
    return tuple(map(tkr, (forecast_proposal(budget, outcome, earlier, month), budget, outcome, earlier)))


def told_flows(held: Standing) -> list[Flow]:
    """The flows to forecast: expense and income, and those of sales where the project has any."""
    facts = held.facts
    told = (
        *facts.budgets.values(),
        *facts.plans.values(),
        *facts.forecasts.values(),
        *facts.outcomes.values(),
    )
    held_flows = {flow for amounts in told for flow, ore in amounts.items() if ore}
    return [
        flow for flow in flows_of(held) if flow in (Flow.EXPENSE, Flow.INCOME) or flow.value in held_flows
    ]
