"""Figures, judgements and series as they are printed, each with its origin."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from uppsikt.cycle.rules.steering import SteeringModel, Step
from uppsikt.cycle.selectors import Round
from uppsikt.kernel.clock import STOCKHOLM
from uppsikt.kernel.numbers import MISSING, format_decimal
from uppsikt.kernel.period import format_date
from uppsikt.planning.pages import links
from uppsikt.planning.pages.words import capital, small
from uppsikt.planning.rules.fulfilment import Proposal
from uppsikt.planning.rules.judgement import Observed, TargetFact, Verdict, latest
from uppsikt.planning.rules.judgement import Trend as Way
from uppsikt.planning.selectors import Figure, IndicatorView
from uppsikt.web.parts import Judgement, Origin, Symbol, Trend
from uppsikt.web.svg import Sparkline, sparkline

WHY_EMPTY = {
    "not_measured": "ej mätt",
    "not_published": "ej publicerat",
    "missing": "saknas",
}
_MEANINGS = {
    Way.BETTER: "better", Way.WORSE: "worse", Way.UNCHANGED: "same", Way.RISING: "unknown", Way.FALLING: "unknown",
}  # fmt: skip


def figure_text(figure: Figure | None, *, short: bool = False) -> str:
    """A figure in print. Nothing known, hidden, not measured and not yet published are different things."""
    if figure is None:
        return MISSING
    if figure.hidden:
        return _("för få")
    if figure.value is None:
        return MISSING if short else WHY_EMPTY.get(figure.status, MISSING)
    return format_decimal(figure.value)


def origin_of(view: IndicatorView, figure: Figure, round_: Round | None) -> Origin:
    """Where a figure comes from, for its popover."""
    return Origin(
        label=f"{view.name}, {figure.period.label}",
        value=figure_text(figure),
        source=figure.source or _("Ingen källa angiven"),
        by=figure.by,
        at=format_date(figure.at.astimezone(STOCKHOLM).date()),
        href=links.indicator(view.indicator.key, use=view.use.key, round_=round_),
    )


def judgement_of(view: IndicatorView) -> Judgement:
    """The rule's judgement in words, with the diamond where the reporter departs from it."""
    verdict = view.judgement.verdict
    departs = ""
    if view.disagrees:
        departs = (
            _("rapporterat som uppnått") if view.reported == Verdict.MET.value else _("rapporterat som ej uppnått")
        )  # fmt: skip
    outcome = "no_outcome" if verdict is Verdict.NOT_DUE else verdict.value
    return Judgement(outcome, words=verdict.label, departs=departs)


def years_shown(model: SteeringModel, year: int) -> list[int]:
    """The years whose outcomes stand in columns."""
    return list(range(year - model.indicators.columns_years + 1, year + 1))


def years_span(model: SteeringModel, year: int) -> str:
    """The heading of those years: "2022–2024", a single one by itself."""
    years = years_shown(model, year)
    return f"{years[0]}–{years[-1]}" if len(years) > 1 else str(year)


def values_line(view: IndicatorView, model: SteeringModel, year: int) -> str:
    """The latest outcomes in a line: "44 · 52 · 55"."""
    shown = [latest(view.series, each) for each in years_shown(model, year)]
    return " · ".join(_observed_text(view, one) for one in shown)


def _observed_text(view: IndicatorView, observed: Observed | None) -> str:
    return MISSING if observed is None else figure_text(view.figure(observed.period.code), short=True)


def judged_figure(view: IndicatorView) -> Figure | None:
    """The figure that the judgement rests on."""
    observed = view.judgement.observed
    return view.figure(observed.period.code) if observed else None


def spark(view: IndicatorView, model: SteeringModel, year: int) -> Sparkline | None:
    """The outcomes in miniature, with the target's dash."""
    shown = [latest(view.series, each) for each in years_shown(model, year)]
    values = [one.value if one else None for one in shown]
    target = bound(view.target)
    words = _("%(name)s: %(values)s") % {"name": view.name, "values": values_line(view, model, year)}
    return sparkline(values, target, description=words)


def bound(target: TargetFact | None) -> Decimal | None:
    """The value to draw a target line at."""
    return (
        target.value if target and target.kind in ("ge", "gt", "le", "lt", "eq", "bare", "interval") else None
    )


def targets_line(view: IndicatorView) -> str:
    """What is aimed at: "mål ≤38 · 2030 ≤35"."""
    milestone = view.target if view.target and view.target.role == "milestone" else None
    parts = [_("mål %(target)s") % {"target": milestone.text}] if milestone else []
    parts.extend(f"{target.year} {target.text}" for target in view.targets if target.role == "final")
    return " · ".join(parts) or _("inget mål")


def trend_of(view: IndicatorView) -> Trend | None:
    """Which way it goes, and whether that is for the better."""
    if view.trend is None:
        return None
    better_up = view.indicator.direction == "up"
    match view.trend:
        case Way.UNCHANGED:
            way = "flat"
        case Way.RISING:
            way = "up"
        case Way.FALLING:
            way = "down"
        case Way.BETTER:
            way = "up" if better_up else "down"
        case _:
            way = "down" if better_up else "up"
    return Trend(way, _MEANINGS[view.trend])  # type: ignore[arg-type]


def lag_note(view: IndicatorView, year: int) -> str:
    """What to know about a late figure: "2023 års utfall bedöms"."""
    return _("%(year)s års utfall bedöms") % {"year": year - view.use.lag_years} if view.use.lag_years else ""


def step_symbol(step: Step | None, note: str = "") -> Symbol:
    """A step as shape and word; not reported has its own."""
    if step is None:
        return Symbol("dash", _("Inte bedömt"), "neutral", note)
    return Symbol(step.symbol, step.label, step.colour, note)


def status_symbol(step: Step | None) -> Symbol:
    """An assignment's status as shape and word."""
    return Symbol(step.symbol, step.label, step.colour) if step else Symbol("dash", _("Inte rapporterat"))


def change_words(now: Step | None, before: Step | None) -> str:
    """How a goal has moved since last time: "höjd från Delvis"."""
    if now is None or before is None:
        return ""
    if now.key == before.key:
        return _("oförändrad")
    if now.rank > before.rank:
        return _("höjd från %(step)s") % {"step": small(before.label)}
    return _("sänkt från %(step)s") % {"step": small(before.label)}


def departure_words(proposal: Proposal) -> str:
    """What the rule proposed, where a person decided otherwise."""
    words = {"step": small(proposal.step.label), "reason": small(proposal.reason)}
    return _("Regeln föreslog %(step)s: %(reason)s") % words


def measure_of(view: IndicatorView) -> str:
    """The unit of measure, capitalised for a heading."""
    return capital(view.indicator.measure)
