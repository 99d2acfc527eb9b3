"""A body's internal control in a round: how it stands, what to take hold of first, and the summary assessment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.control.pages import links
from uppsikt.control.pages.editing import EditPage
from uppsikt.control.pages.tabs import tabs
from uppsikt.control.rules.figures import FAILED
from uppsikt.control.selectors.summaries import Ground, SummaryView
from uppsikt.cycle.context import Context
from uppsikt.cycle.selectors import Round
from uppsikt.kernel.clock import STOCKHOLM
from uppsikt.kernel.numbers import count_of
from uppsikt.kernel.period import format_date
from uppsikt.organisation.selectors import BodyRow
from uppsikt.planning.forms.plan import PlanForm
from uppsikt.web.parts import Action, Crumb, Empty, Fact, KeyFigure, Link, Symbol, Text
from uppsikt.web.tables import Cell, Column, Row, Table

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Said:
    """The assessment as it is shown: what was set, what the rule proposes and its grounds, and the rationale."""

    step: Symbol
    proposal: Symbol | None
    departs: bool
    grounds: tuple[tuple[str, Text], ...]
    rationale: str
    by: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """The page. `doubts`: what the text states that the lists do not give."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    actions: tuple[Action, ...]
    tabs: tuple[Link, ...]
    figures: tuple[KeyFigure, ...]
    urgent: Table | None
    said: Said | None
    doubts: tuple[str, ...]
    empty: Empty | None


@dataclass(frozen=True, slots=True)
class _Urgent:
    rank: int
    what: Text
    name: str
    why: Text
    href: str


def home_page(context: Context, view: SummaryView | None, *, may_assess: bool, today: dt.date) -> HomePage:
    """The page. Args: view: None where no body or round is chosen, or the year has no steering model."""
    title = _("Intern kontroll %(year)s") % {"year": context.year}
    crumbs = (
        Crumb(context.body.name if context.body else _("Alla nämnder")),
        Crumb(str(context.year)),
        Crumb(_("Intern kontroll")),
    )
    if view is None or context.round is None or context.body is None:
        hint = Empty(
            _("Välj en nämnd och en uppföljning"),
            _("Här visas nämndens risker, kontroller, åtgärder och samlade bedömning."),
            icon="shield-check",
        )
        return HomePage(title, "", crumbs, (), tabs("home", context.round), (), None, None, (), hint)
    ground = view.ground
    empty = None
    if view.known.is_empty and not ground.risks and not ground.controls:
        empty = Empty(
            _("Ingen plan för intern kontroll ännu"),
            _("Börja med riskerna: vad kan hindra nämnden från att nå sina mål?"),
            Action(_("Till riskerna"), links.risks(context.round), primary=True),
            icon="shield-check",
        )
    return HomePage(
        title=title,
        lead=_lead(view),
        crumbs=crumbs,
        actions=_actions(context.body, context.round, may_assess=may_assess and view_has_scale(view)),
        tabs=tabs("home", context.round),
        figures=_figures(view, context.round),
        urgent=_urgent_table(ground, context.round, today),
        said=_said(view),
        doubts=tuple(doubt.message for doubt in view.doubts),
        empty=empty,
    )


def view_has_scale(view: SummaryView) -> bool:
    """Whether there is anything to assess on."""
    return view.proposal is not None or view.step is not None


def summary_edit_page(context: Context, view: SummaryView, form: PlanForm, *, clash: bool) -> EditPage:
    """The form of the assessment, with the proposal and its grounds beside."""
    facts = [Fact(_("Regelns förslag"), view.proposal.step.label if view.proposal else _("Inget"))]
    facts += [
        Fact(_("Talar emot") if ground.severity else _("Talar för"), ground.text)
        for ground in (view.proposal.grounds if view.proposal else ())
    ]
    return EditPage(
        title=_("Samlad bedömning av den interna kontrollen"),
        crumbs=(
            Crumb(context.body.name if context.body else ""),
            Crumb(_("Intern kontroll"), reverse("control:home")),
            Crumb(_("Samlad bedömning")),
        ),
        form=form,
        back=reverse("control:home"),
        what=_("bedömningen"),
        beside_title=_("Det som är känt"),
        beside=tuple(facts),
        clash=clash,
    )


def _lead(view: SummaryView) -> str:
    known = view.known
    parts = []
    if known.due:
        parts.append(
            _("%(count)s kontroller som skulle vara gjorda är gjorda")
            % {"count": count_of(known.made, known.due)}
        )
    if known.actions:
        parts.append(_("%(count)s åtgärder är klara") % {"count": count_of(known.done, known.actions)})
    if known.open:
        parts.append(
            ngettext("%(count)s brist är öppen", "%(count)s brister är öppna", known.open)
            % {"count": known.open}
        )
    return f"{'; '.join(parts)}." if parts else ""


def _actions(body: BodyRow, round_: Round, *, may_assess: bool) -> tuple[Action, ...]:
    plan = reverse(
        "reports:workspace", kwargs={"body": body.key, "edition": f"{round_.year_id}/control-plan"}
    )
    found = [Action(_("Internkontrollplan"), plan, icon="file-text")]
    if may_assess:
        address = reverse("control:summary", args=[round_.key, body.key])
        found.append(Action(_("Bedöm"), address, icon="pencil", primary=True))
    return tuple(found)


def _figures(view: SummaryView, round_: Round) -> tuple[KeyFigure, ...]:
    known, risks = view.known, view.ground.risks
    high = sum(one.must_report for one in risks)
    return (
        KeyFigure(_("Risker"), str(len(risks)), _("%(count)s rapporteras vidare") % {"count": high}),
        KeyFigure(
            _("Kontroller gjorda"),
            count_of(known.made, known.due),
            ", ".join(
                (
                    ngettext("%(n)s underkänd", "%(n)s underkända", known.failed) % {"n": known.failed},
                    ngettext("%(n)s bristfällig", "%(n)s bristfälliga", known.deficient)
                    % {"n": known.deficient},
                )
            ),
        ),
        KeyFigure(
            _("Åtgärder klara"),
            count_of(known.done, known.actions),
            ngettext("%(late)s försenad per %(day)s", "%(late)s försenade per %(day)s", known.late)
            % {"late": known.late, "day": format_date(round_.cutoff)},
        ),
        KeyFigure(
            _("Öppna brister"), str(known.open), _("%(count)s utan åtgärd") % {"count": known.unattended}
        ),
    )


def _said(view: SummaryView) -> Said | None:
    if not view_has_scale(view):
        return None
    step = view.step
    return Said(
        step=Symbol(step.symbol, step.label, step.colour) if step else Symbol("dash", _("Ej bedömd")),
        proposal=Symbol(view.proposal.step.symbol, view.proposal.step.label, view.proposal.step.colour)
        if view.proposal
        else None,
        departs=view.departs,
        grounds=tuple(
            ("bad" if ground.severity > 1 else "warn" if ground.severity else "good", ground.text)
            for ground in (view.proposal.grounds if view.proposal else ())
        ),
        rationale=view.rationale,
        by=_("%(name)s, %(day)s")
        % {
            "name": view.row.recorded_by_name,
            "day": format_date(view.row.recorded_at.astimezone(STOCKHOLM).date()),
        }
        if view.row
        else "",
    )


def _urgent_table(ground: Ground, round_: Round, today: dt.date) -> Table | None:
    found = sorted(_urgent(ground, round_, today), key=lambda one: one.rank)
    if not found:
        return None
    left = len(found) - SHOWN
    return Table(
        key="forst",
        caption=_("Att ta tag i först"),
        columns=(
            Column("name", _("Vad"), width="wide"),
            Column("kind", _("Slag"), width="fit"),
            Column("why", _("Varför")),
        ),
        rows=tuple(
            Row((Cell(one.name), Cell(one.what), Cell(one.why)), href=one.href) for one in found[:SHOWN]
        ),
        notes=(_("Och %(count)s till, i listorna.") % {"count": left},) if left > 0 else (),
    )


def _urgent(ground: Ground, round_: Round, today: dt.date) -> Iterable[_Urgent]:
    for risk in ground.risks:
        if risk.unanswered:
            why = _("Riskvärde %(value)s och ingenting görs") % {"value": risk.value}
            yield _Urgent(0, _("Risk"), risk.risk.title, why, links.risk(risk.risk.key, round_))
    for lack in ground.deficiencies:
        if lack.open and (lack.overdue or not lack.mitigations):
            why = _("Ingen åtgärd") if not lack.mitigations else _("Åtgärd eller nytt test är försenat")
            address = reverse("control:deficiency", args=[lack.deficiency.key])
            yield _Urgent(1, _("Brist"), lack.deficiency.title, why, address)
    for control in ground.controls:
        address = reverse("control:control", args=[control.item.key])
        late = control.late(today)
        if control.judgement == FAILED and not any(
            lack.control.pk == control.control.pk for lack in ground.deficiencies
        ):
            yield _Urgent(2, _("Kontroll"), control.name, _("Underkänd utan registrerad brist"), address)
        elif late:
            why = ngettext("%(count)s tillfälle har passerat", "%(count)s tillfällen har passerat", late) % {
                "count": late
            }
            yield _Urgent(3, _("Kontroll"), control.name, why, address)
    for action in ground.mitigations:
        if action.overdue(today) and action.item.deadline:
            why = _("Skulle vara klar %(day)s") % {"day": format_date(action.item.deadline)}
            yield _Urgent(
                4, _("Åtgärd"), action.mitigation.title, why, links.mitigation(action.item.key, round_)
            )
