"""All reports and plans one may read."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.cycle.context import Context
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.kernel import clock
from uppsikt.kernel.period import format_date
from uppsikt.planning import selectors as planning
from uppsikt.planning.selectors import Plan
from uppsikt.publishing import selectors as publishing
from uppsikt.publishing.selectors import Publication
from uppsikt.reports import selectors
from uppsikt.reports.pages import links
from uppsikt.reports.selectors import Report
from uppsikt.web.parts import Action, Badge, Crumb, Empty, Text
from uppsikt.web.tables import Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """The list, a group of rows for each year."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    table: Table
    action: Action | None


def reports_page(context: Context) -> ReportsPage:
    """The reports of the chosen body, or of all one may read. A constant number of queries."""
    names = {body.key: body.name for body in context.bodies}
    wanted = {context.body.key} if context.body else set(names)
    rows = [row for row in selectors.reports() if row.body.key in wanted]
    adopted = publishing.latest_of([selectors.subject(row) for row in rows])
    plans = {(plan.body_id, plan.year_id): plan for plan in planning.plans()}
    lines: list[Row] = []
    year = 0
    for row in rows:
        if row.year_id != year:
            year = row.year_id
            lines.append(Row((Cell(str(year)),), kind="section"))
        plan = plans.get((row.body_id, row.year_id)) if row.kind == selectors.PLAN else None
        state = _state(row, adopted.get(selectors.subject(row)), plan)
        lines.append(_row(row, names, state))
    return ReportsPage(
        title=_("Rapporter"),
        lead=_(
            "Delårsrapporter, verksamhetsberättelser och planer. Det fastställda ligger fast; resten är utkast."
        ),
        crumbs=(Crumb(context.body.name if context.body else _("Alla nämnder")), Crumb(_("Rapporter"))),
        table=Table(
            key="reports",
            caption=_("Rapporter och planer"),
            columns=(
                Column("title", _("Rapport"), width="wide"),
                Column("body", _("Nämnd")),
                Column("cutoff", _("Avser läget")),
                Column("state", _("Läge")),
            ),
            rows=tuple(lines),
            empty=Empty(
                _("Inga rapporter ännu"),
                _("Här samlas rapporter och planer. Välj nämnd och tillfälle till vänster för att börja."),
                icon="file-text",
            ),
        ),
        action=_open(context),
    )


def _state(row: Report, publication: Publication | None, plan: Plan | None) -> Cell:
    """Adopted and frozen here, decided elsewhere and not frozen here, or a draft."""
    if publication is not None:
        day = publication.adopted_at.astimezone(clock.STOCKHOLM).date()
        text = _("Fastställd %(day)s") % {"day": publication.decision.meeting or format_date(day)}
        return Cell(badges=(Badge(text, "good", "stamp"),), sub=str(publication.decision))
    if plan is not None and not plan.decision.is_empty():
        text = _("Planen fastställd %(day)s") % {"day": plan.decision.meeting or plan.decision}
        sub = _("%(decision)s · inte fryst här") % {"decision": plan.decision}
        return Cell(badges=(Badge(text, "good", "stamp"),), sub=sub)
    if row.round is not None and row.round.state == RoundState.CLOSED.value:
        return Cell(badges=(Badge(_("Utkast, tillfället stängt"), "neutral", "pencil"),))
    return Cell(badges=(Badge(_("Utkast"), "warn", "pencil"),))


def _row(row: Report, names: dict[str, str], state: Cell) -> Row:
    return Row(
        (
            Cell(row.title, strong=True),
            Cell(names.get(row.body.key, row.body.key)),
            Cell(
                format_date(row.round.cutoff) if row.round else _("Plan för %(year)s") % {"year": row.year_id}
            ),
            state,
        ),
        key=row.key,
        href=links.to("workspace", row),
    )


def _open(context: Context) -> Action | None:
    """The report of the chosen body and round, which is there to write even when nobody has begun."""
    if context.body is None or context.round is None:
        return None
    place = {"body": context.body.key, "edition": context.round.key}
    label = _("Öppna %(round)s") % {"round": context.round.name}
    return Action(label, reverse("reports:workspace", kwargs=place), icon="file-pen")
