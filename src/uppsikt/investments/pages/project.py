"""One project: what it is, its money over the years, what has been said of it, the vouchers behind its outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.cycle.context import Context
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.cycle.rules.rounds import short_name as round_name
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.economy.selectors.models import model_for
from uppsikt.history import selectors as history
from uppsikt.history.presenters import sentence
from uppsikt.investments import selectors
from uppsikt.investments.pages import links
from uppsikt.investments.pages.listing import figures_of
from uppsikt.investments.pages.money import UNIT, percent, schedule, tkr, variance
from uppsikt.investments.pages.project_tables import decided_table, money_table, reports_table, vouchers_table
from uppsikt.investments.rules.amounts import estimate_over
from uppsikt.investments.rules.listing import DECEMBER, Figures
from uppsikt.investments.rules.words import NET
from uppsikt.investments.selectors import Project
from uppsikt.investments.selectors.facts import LedgerOutcomes, ProjectFacts, outcomes_for, project_facts
from uppsikt.investments.selectors.tables import labels
from uppsikt.kernel.clock import STOCKHOLM
from uppsikt.kernel.numbers import NBSP
from uppsikt.kernel.period import format_date
from uppsikt.organisation import selectors as organisation
from uppsikt.web.parts import Action, Badge, Crumb, Fact, KeyFigure, Origin, Symbol, Text
from uppsikt.web.tables import Table


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Something that happened to the project."""

    text: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """One project in a round. `history` is empty for those who may not read it; a table without rows is left out."""

    title: Text
    lead: Text
    eyebrow: Text
    crumbs: tuple[Crumb, ...]
    schedule: Symbol | None
    badges: tuple[Badge, ...]
    actions: tuple[Action, ...]
    comment: str
    comment_from: Text
    figures: tuple[KeyFigure, ...]
    money: Table
    tables: tuple[Table, ...]
    facts: tuple[Fact, ...]
    history: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True)
class Rights:
    """What the reader may do with the project."""

    budget: bool
    forecast: bool
    history: bool


def project_page(project: Project, context: Context, rights: Rights) -> ProjectPage:
    """The page for the chosen round. Its queries do not grow with the years or the rounds."""
    try:
        model = model_for(context.year)
    except LookupError:
        model = EconomyModel("")
    held = outcomes_for(context.round) if context.round else None
    facts = project_facts(
        None, context.round, model=model, year=context.year, outcomes=lambda _round: held, among=[project], whole=True
    )[0]  # fmt: skip
    names = organisation.body_names(context.round.cutoff) if context.round else {}
    body = names.get(project.body.key, project.body.key)
    month = context.round.cutoff.month if context.round else 0
    figures = figures_of(facts, NET, month)
    return ProjectPage(
        title=project.name,
        lead="",
        eyebrow=_eyebrow(project, model),
        crumbs=(
            Crumb(body, links.projects(round_=context.round)),
            Crumb(str(context.year), links.projects(round_=context.round)),
            Crumb(_("Investeringar"), links.projects(round_=context.round)),
            Crumb(project.name),
        ),
        schedule=schedule(facts.schedule),
        badges=tuple(_badges(facts, figures, model)),
        actions=tuple(_actions(project, context, rights)),
        comment=facts.comment,
        comment_from=round_name(facts.reported.kind, facts.reported.cutoff).capitalize()
        if facts.reported
        else "",
        figures=tuple(_figures(facts, figures, month)),
        money=money_table(facts, month),
        tables=tuple(_tables(facts, model, held)),
        facts=tuple(_facts(facts, model, body)),
        history=tuple(_history(project)) if rights.history else (),
    )


def _eyebrow(project: Project, model: EconomyModel) -> str:
    kind = model.project_kind(project.kind)
    areas = labels("area", (), model)
    parts = (kind.label if kind else project.kind, areas.get(project.area, project.area), project.group)
    return " · ".join(filter(None, parts))


def _badges(facts: ProjectFacts, figures: Figures, model: EconomyModel) -> list[Badge]:
    phases = labels("phase", (), model, facts.project.kind)
    badges = [Badge(phases.get(facts.phase, facts.phase), "accent")] if facts.phase else []
    over = estimate_over(figures.estimated, figures.decided)
    if over is not None and over > 0:
        badges.append(
            Badge(
                _("Bedöms kosta %(amount)s tkr mer än beslutat") % {"amount": tkr(over)},
                "warn",
                "circle-alert",
            )
        )
    if facts.project.removed_at is not None:
        badges.append(Badge(_("Borttaget ur registret"), "neutral"))
    return badges


def _actions(project: Project, context: Context, rights: Rights) -> list[Action]:
    found = []
    if rights.budget:
        change = reverse("investments:project_change", args=[project.key])
        found += [
            Action(_("Ändra uppgifter"), change, icon="pencil"),
            Action(_("Budget och plan"), links.amounts(project.key, context.year), icon="table"),
            Action(_("Saldoöverföring"), links.carry(project.key, context.year), icon="arrow-right"),
            Action(
                _("Justera budget"),
                reverse("investments:project_adjust", args=[project.key, context.year]),
                icon="stamp",
            ),
        ]
    if rights.forecast and context.round and context.round.state == RoundState.OPEN.value:
        found.append(
            Action(
                _("Rapportera"), links.report(project.key, context.round), primary=True, icon="pencil-line"
            )
        )
    return found


def _figures(facts: ProjectFacts, figures: Figures, month: int) -> list[KeyFigure]:
    year = {"year": facts.year}
    spent = Origin(
        label=_("Upparbetat"),
        value=f"{tkr(figures.spent)}{NBSP}{UNIT}",
        source=facts.project.spent_before_source,
        formula=_("%(before)s tkr före huvudböckerna och sedan utfallet i de inlästa huvudböckerna.")
        % {"before": tkr(facts.project.spent_before_ore)},
    )
    what = _("utfall minus budget") if month == DECEMBER else _("prognos minus budget")
    return [
        KeyFigure(_("Budget %(year)s") % year, tkr(figures.budget), _("tkr netto")),
        KeyFigure(
            _("Utfall %(year)s") % year,
            tkr(figures.outcome),
            _("%(share)s av budgeten") % {"share": percent(figures.used_of_budget)}
            if figures.used_of_budget is not None
            else "",
        ),
        KeyFigure(_("Prognos %(year)s") % year, tkr(figures.forecast)),
        KeyFigure(_("Avvikelse"), variance(figures.variance).text, what),
        KeyFigure(
            _("Upparbetat"),
            tkr(figures.spent),
            _("%(share)s av beslutade %(decided)s")
            % {"share": percent(figures.used), "decided": tkr(figures.decided)}
            if figures.used is not None
            else "",
            origin=spent if facts.project.spent_before_ore else None,
        ),
    ]


def _tables(facts: ProjectFacts, model: EconomyModel, held: LedgerOutcomes | None) -> Sequence[Table]:
    project = facts.project
    told = list(selectors.reports(project))
    amounts = list(selectors.amounts(project))
    tables = [
        reports_table(facts, told, labels("phase", (), model, project.kind)),
        decided_table(amounts),
        vouchers_table(facts, model, held),
    ]
    return [table for table in tables if table.rows]


def _facts(facts: ProjectFacts, model: EconomyModel, body: str) -> list[Fact]:
    project = facts.project
    kind = model.project_kind(project.kind)
    areas: Mapping[str, str] = labels("area", (), model)
    words = [
        Fact(_("Nämnd"), body),
        Fact(_("Projektslag"), kind.label if kind else project.kind),
        Fact(_("Område"), areas.get(project.area, project.area)),
        Fact(_("Grupp"), project.group),
        Fact(_("Projektkod"), project.code.replace(" ", ", ")),
        Fact(_("Beslut"), str(project.decision)),
        Fact(_("Beslutad totalutgift, tkr"), _told(project.decided_total_ore)),
        Fact(_("Bedömd totalutgift, tkr"), _told(facts.estimated_total)),
        Fact(_("Upparbetat före huvudböckerna, tkr"), _told(project.spent_before_ore or None)),
        Fact(_("Källa till det upparbetade"), project.spent_before_source),
        Fact(
            _("Garanti till och med"), format_date(project.guarantee_until) if project.guarantee_until else ""
        ),
    ]
    return [fact for fact in words if fact.text]


def _told(ore: int | None) -> str:
    return "" if ore is None else tkr(ore)


def _history(project: Project) -> list[HistoryLine]:
    return [
        HistoryLine(
            sentence(event.kind, event.label),
            event.actor_name,
            format_date(event.at.astimezone(STOCKHOLM).date()),
        )
        for event in history.about(selectors.subject(project))[:30]
    ]
