"""An indicator: what it measures, how it stands against its target and why, every figure and who gave it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.context import Context
from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.cycle.selectors import Round
from uppsikt.kernel.numbers import format_decimal, format_signed
from uppsikt.kernel.period import format_date
from uppsikt.organisation import selectors as organisation
from uppsikt.planning import selectors
from uppsikt.planning.pages import figures, indicator_series, links
from uppsikt.planning.pages.words import capital, noun, numbered
from uppsikt.planning.rules.judgement import Verdict
from uppsikt.planning.selectors import Indicator, IndicatorUse, IndicatorView
from uppsikt.web.chart import Chart
from uppsikt.web.parts import Crumb, Empty, Fact, Judgement, Text, Trend
from uppsikt.web.tables import Cell, Column, Row, Table

DIRECTIONS = {
    "up": gettext_lazy("Högre är bättre"),
    "down": gettext_lazy("Lägre är bättre"),
    "none": gettext_lazy("Varken eller är bättre"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How the indicator stands in the round: the rule's words, what they rest on, and what was reported."""

    judgement: Judgement
    reason: Text
    distance: Text
    round: Text
    trend: Trend | None
    reported_reason: Text
    analysis: Text
    analysis_label: Text


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """An indicator as one plan uses it (or, without a plan, the series alone). `moment`: the day it is read as
    known on, empty for now.
    """

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    standing: Standing | None
    chart: Chart | None
    tables: tuple[Table, ...]
    registered: Table
    plans: Table
    facts: tuple[Fact, ...]
    moment: str
    moment_text: Text
    now_href: str
    hidden: tuple[tuple[str, str], ...]


def indicator_page(
    indicator: Indicator,
    use: IndicatorUse | None,
    context: Context,
    *,
    day: dt.date | None,
    moment: dt.datetime | None,
    readable: frozenset[str] | None,
) -> IndicatorPage:
    """The page. A constant number of queries.

    Args: use: the plan to judge it in. day, moment: read it as it was known at the end of that day.
    """
    said = selectors.registered(indicator, readable, moment)
    year = use.year_id if use else context.year
    model = cycle.model_for(year)
    round_ = _round(context, year) if moment is None else None
    names = organisation.body_names(round_.cutoff if round_ else dt.date(year, 12, 31))
    view = selectors.indicator_view(use, round_=round_, moment=moment) if use else None
    own = view.name if view else indicator.name
    shown = indicator_series.series_of(view, said, model, names)
    return IndicatorPage(
        title=own,
        lead=indicator.definition,
        crumbs=_crumbs(own, use, names, round_),
        standing=_standing(view, model, round_) if view and view.target else None,
        chart=indicator_series.chart_of(own, indicator, view, shown),
        tables=indicator_series.tables_of(view, indicator, shown, round_),
        registered=indicator_series.registered_table(said, model, names),
        plans=_plans(indicator, readable, use, names, model),
        facts=_facts(indicator, use),
        moment=day.isoformat() if day else "",
        moment_text=_("Så som det var känt den %(day)s.") % {"day": format_date(day)} if day else "",
        now_href=links.indicator(indicator.key, use=use.key if use else ""),
        hidden=(("use", use.key),) if use else (),
    )


def _round(context: Context, year: int) -> Round | None:
    if context.round is not None and context.round.year_id == year:
        return context.round
    return next((row for row in context.rounds if row.year_id == year), None)


def _crumbs(
    name: str, use: IndicatorUse | None, names: dict[str, str], round_: Round | None
) -> tuple[Crumb, ...]:
    if use is None:
        return (Crumb(_("Indikatorer")), Crumb(name))
    crumbs = [
        Crumb(names.get(use.body.key, use.body.key), links.goals(round_, use.body.key)),
        Crumb(str(use.year_id), links.goals(round_)),
    ]
    if use.goal:
        crumbs.append(Crumb(numbered(use.goal.number, use.goal.name), links.goal(use.goal.key, round_)))
    return (*crumbs, Crumb(name))


def _standing(view: IndicatorView, model: SteeringModel, round_: Round | None) -> Standing:
    judgement = view.judgement
    report = view.report
    return Standing(
        judgement=figures.judgement_of(view),
        reason=judgement.reason,
        distance=_distance(view),
        round=_("Bedömt vid %(round)s.") % {"round": round_.name} if round_ else "",
        trend=figures.trend_of(view),
        reported_reason=report.reason if report and view.disagrees else "",
        analysis=report.analysis if report else "",
        analysis_label=model.words.get("analysis", _("Analys")),
    )


def _distance(view: IndicatorView) -> str:
    distance = view.judgement.distance
    if distance is None:
        return ""
    unit = _unit(view.indicator.measure)
    if distance == 0 and view.judgement.verdict is Verdict.NOT_MET:
        return _("Utfallet är lika med gränsen, som inte ingår.")
    if distance >= 0:
        words = {"distance": format_signed(distance), "unit": unit}
        return (_("%(distance)s %(unit)s på rätt sida om målet.") % words).replace("  ", " ")
    words = {"distance": format_decimal(abs(distance)), "unit": unit}
    return (_("%(distance)s %(unit)s kvar till målet.") % words).replace("  ", " ")


def _unit(measure: str) -> str:
    """What a distance is counted in: between two percentages there are percentage points."""
    return {"procent": _("procentenheter"), "index": _("enheter"), "kvot": _("enheter")}.get(measure, measure)


def _facts(indicator: Indicator, use: IndicatorUse | None) -> tuple[Fact, ...]:
    week = indicator.published_week
    published = " · ".join(
        filter(None, [indicator.published, _("vecka %(week)s") % {"week": week} if week else ""])
    )
    limit = indicator.small_group_limit
    parts = [
        (_("Måttenhet"), capital(indicator.measure)),
        (_("Riktning"), str(DIRECTIONS[indicator.direction])),
        (_("Mäts"), indicator.get_periodicity_display()),
        (_("Källa"), indicator.source or indicator.get_source_kind_display()),
        (_("Kolada-id"), indicator.kolada_ids.replace(";", ", ")),
        (_("Publiceras"), published),
        (_("Ansvarig"), use.responsible.name if use and use.responsible else ""),
        (_("Små grupper"), _("Färre än %(limit)s visas inte") % {"limit": limit} if limit else ""),
        (_("Anmärkning"), " ".join(filter(None, [indicator.note, use.note if use else ""]))),
    ]
    return tuple(Fact(label, str(text)) for label, text in parts if text)


def _plans(
    indicator: Indicator,
    readable: frozenset[str] | None,
    current: IndicatorUse | None,
    names: dict[str, str],
    model: SteeringModel,
) -> Table:
    sections = {section.key: section.label for section in model.sections}
    rows = []
    for use in selectors.plans_using(indicator, readable):
        targets = sorted(
            (row for row in use.targets.all() if row.superseded_at is None),
            key=lambda row: (row.role == "final", row.year),
        )
        printed = [f"{row.year} {selectors.fact_of(row).text}" for row in targets]
        rows.append(
            Row(
                (
                    Cell(f"{names.get(use.body.key, use.body.key)} {use.year_id}"),
                    Cell(
                        numbered(use.goal.number, use.goal.name)
                        if use.goal
                        else sections.get(use.section, use.section),
                        muted=True,
                    ),
                    Cell(" · ".join(printed) or _("inget mål")),
                ),
                href=links.indicator(indicator.key, use=use.key),
                marked=current is not None and use.pk == current.pk,
            )
        )
    return Table(
        key="planer",
        caption=_("Används i planerna"),
        columns=(
            Column("plan", _("Plan"), width="wide"),
            Column("goal", capital(noun(model, "goal", 1)), width="wide"),
            Column("targets", capital(noun(model, "target", 2))),
        ),
        rows=tuple(rows),
        empty=Empty(_("Ingen plan använder indikatorn än"), icon="chart-line"),
    )
