"""What is known of an indicator while it is being reported: earlier figures, targets, what was said last time."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from uppsikt.cycle.selectors import Round
from uppsikt.planning.pages import figures
from uppsikt.planning.pages.words import capital, noun, short_round
from uppsikt.planning.rules.judgement import latest
from uppsikt.planning.selectors import IndicatorView
from uppsikt.planning.selectors.reporting_sheet import Sheet
from uppsikt.web.parts import Fact, Origin, Trend
from uppsikt.web.svg import Sparkline


@dataclass(frozen=True, slots=True)
class YearFigure:
    """A year's outcome beside the field. `sub` are its breakdowns in words."""

    year: str
    text: str
    origin: Origin | None
    sub: str


@dataclass(frozen=True, slots=True)
class IndicatorContext:
    """What stands beside an indicator's fields. `said` is last round's analysis, `said_label` which round."""

    years: tuple[YearFigure, ...]
    spark: Sparkline | None
    trend: Trend | None
    facts: tuple[Fact, ...]
    said: str
    said_label: str


def indicator_context(
    view: IndicatorView, sheet: Sheet, earlier: IndicatorView | None, earlier_round: Round | None
) -> IndicatorContext:
    """The context of one indicator; reads nothing more from the database."""
    model, year = sheet.model, sheet.round.year_id
    milestone, final = view.target_for("milestone"), view.target_for("final")
    said = earlier.report.analysis if earlier and earlier.report else ""
    facts = [
        Fact(f"{capital(noun(model, 'target'))} {milestone.year}", milestone.text) if milestone else None,
        Fact(f"{capital(noun(model, 'final_target'))} {final.year}", final.text) if final else None,
        Fact(_("Källa"), view.indicator.source or _("ingen angiven")),
        Fact(_("Publiceras"), view.indicator.published) if view.indicator.published else None,
    ]
    return IndicatorContext(
        years=tuple(_year(view, sheet, each) for each in figures.years_shown(model, year)),
        spark=figures.spark(view, model, year),
        trend=figures.trend_of(view),
        facts=tuple(fact for fact in facts if fact),
        said=said,
        said_label=capital(short_round(earlier_round)) if said and earlier_round else "",
    )


def _year(view: IndicatorView, sheet: Sheet, year: int) -> YearFigure:
    observed = latest(view.series, year)
    figure = view.figure(observed.period.code) if observed else None
    parts = [
        f"{sheet.model.breakdown_label(breakdown)} {figures.figure_text(each, short=True)}"
        for (breakdown, _period), each in view.figures.items()
        if breakdown and each.period.year == year and not breakdown.startswith("reference=")
    ]
    return YearFigure(
        year=observed.period.label if observed and observed.period.kind != "year" else str(year),
        text=figures.figure_text(figure, short=True),
        origin=figures.origin_of(view, figure, sheet.round) if figure and figure.value is not None else None,
        sub=", ".join(parts[-8:]),
    )
