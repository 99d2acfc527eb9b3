"""How controls and their results are printed: addresses, judgements, figures with their origin, changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.control.rules import figures
from uppsikt.control.rules.figures import Part
from uppsikt.control.rules.words import Frequency, MeasureKind
from uppsikt.control.selectors import ControlMeasure, ResultPart
from uppsikt.control.selectors.controls import OccasionFacts
from uppsikt.control.selectors.groups import REPORTED, Total
from uppsikt.cycle.rules.steering import Scale
from uppsikt.cycle.selectors import Round
from uppsikt.kernel.clock import STOCKHOLM
from uppsikt.kernel.numbers import MISSING, format_decimal
from uppsikt.kernel.period import format_date
from uppsikt.planning.pages.links import with_query
from uppsikt.web.parts import Origin, Symbol, Trend

_TRENDS: Mapping[str, Trend] = {
    figures.BETTER: Trend("up", "better"),
    figures.WORSE: Trend("down", "worse"),
    figures.UNCHANGED: Trend("flat", "same"),
    figures.MORE: Trend("up", "unknown"),
    figures.FEWER: Trend("down", "unknown"),
}


def controls_href(round_: Round | None = None, **scope: str) -> str:
    """The list of controls, filtered."""
    return with_query(reverse("control:controls"), scope | _of(round_))


def control_href(key: str, round_: Round | None = None) -> str:
    """One control."""
    return with_query(reverse("control:control", args=[key]), _of(round_))


def occasion_href(pk: int) -> str:
    """Where an occasion's result is reported and read."""
    return reverse("control:occasion", args=[pk])


def groups_href(round_: Round | None = None) -> str:
    """The list of group-wide controls."""
    return with_query(reverse("control:groups"), _of(round_))


def group_href(key: str, period: str = "", against: str = "") -> str:
    """One group-wide control, for a period, beside another."""
    return with_query(reverse("control:group", args=[key]), {"period": period, "against": against})


def deficiencies_href(round_: Round | None = None) -> str:
    """The list of deficiencies."""
    return with_query(reverse("control:deficiencies"), _of(round_))


def _of(round_: Round | None) -> dict[str, str]:
    return {"round": round_.key} if round_ else {}


def judgement_symbol(scale: Scale | None, judgement: str, text: str = "") -> Symbol | None:
    """What something was found to be: a step of the scale, else the reporter's own words; None when neither."""
    step = scale.step(judgement) if scale and judgement else None
    if step is not None:
        return Symbol(step.symbol, step.label, step.colour, text)
    return Symbol("dot", text or judgement) if text or judgement else None


def occasion_symbol(scale: Scale | None, one: OccasionFacts) -> Symbol | None:
    """An occasion's judgement; that it has a result where nothing is judged."""
    if one.result is None:
        return None
    found = judgement_symbol(scale, one.judgement, one.result.judgement_text)
    return found or Symbol("check", _("Gjord"))


def trend_of(word: str | None) -> Trend | None:
    """A change as an arrow and a word."""
    return _TRENDS.get(word or "")


def counts_text(part: Part) -> str:
    """What a share rests on: "22 kontrollerade, 7 fel", "360 mnkr, varav 38 utanför"; empty when nothing is known."""
    if part.checked is not None:
        faulty = _(", %(count)s fel") % {"count": part.faulty} if part.faulty is not None else ""
        return _("%(count)s kontrollerade") % {"count": part.checked} + faulty
    if part.total_ore is not None:
        outside = (
            _(", varav %(amount)s utanför") % {"amount": figures.mnkr_text(part.outside_ore)}
            if part.outside_ore is not None
            else ""
        )
        return _("%(amount)s mnkr") % {"amount": figures.mnkr_text(part.total_ore)} + outside
    return ""


def figure_text(part: Part | None, measure: ControlMeasure) -> str:
    """A figure in print."""
    return figures.shown(part, measure.kind) if part else MISSING


def small_label(measure: ControlMeasure) -> str:
    """What a measure is called after its figure, which has the sign of percent already."""
    return measure.label.removesuffix("(%)").rstrip().lower()


def faults_text(part: ResultPart) -> str:
    """The kinds of fault: "kvitto saknas 4, syfte saknas 3"."""
    return ", ".join(f"{one.get('kind', '')} {one.get('count', '')}".strip() for one in part.faults)


def figure_origin(part: ResultPart, measure: ControlMeasure, place: str, href: str = "") -> Origin:
    """Where a reported figure comes from."""
    return Origin(
        label=f"{measure.label}, {place}",
        value=figure_text(part, measure),
        source="; ".join(filter(None, (counts_text(part), faults_text(part)))),
        formula=figures.formula(part, measure.kind),
        by=part.recorded_by_name,
        at=format_date(part.recorded_at.astimezone(STOCKHOLM).date()),
        href=href,
    )


def total_text(total: Total, measure: ControlMeasure) -> str:
    """A total in print: "59 %", "101 (228)"."""
    part = total.part
    if part is None:
        return MISSING
    if measure.kind == MeasureKind.COUNT:
        return figures.count_total_text(part)
    return figures.shown(part, measure.kind)


def total_origin(total: Total, measure: ControlMeasure, place: str) -> Origin | None:
    """How a total comes about; None when there is none."""
    part = total.part
    if part is None:
        return None
    stated = total.stated
    if total.of == REPORTED and stated is not None:
        formula = _("som rapporterat: raderna har inga antal att räkna på")
        by, at = stated.recorded_by_name, format_date(stated.recorded_at.astimezone(STOCKHOLM).date())
    else:
        formula, by, at = figures.formula(part, measure.kind) or _("raderna summerade"), "", ""
    source = counts_text(part)
    if total.of != REPORTED:
        rows = _("summan av %(count)s rader") % {"count": total.rows}
        source = ", ".join(filter(None, (source, rows)))
    return Origin(
        label=f"{measure.label}, {place}",
        value=total_text(total, measure),
        source=source,
        formula=formula,
        by=by,
        at=at,
    )


def total_words(total: Total) -> str:
    """In a word, where a total comes from."""
    return _("som rapporterat") if total.of == REPORTED else counts_text(total.part) if total.part else ""


def limits_text(measure: ControlMeasure) -> str:
    """A measure's limits: "godkänt från 95 %, bristfälligt från 80 %"; empty when it has none."""
    if measure.approved_from is None:
        return ""
    limit = format_decimal(measure.approved_from)
    words = _("godkänt över %(limit)s %%") if measure.above else _("godkänt från %(limit)s %%")
    found = words % {"limit": limit}
    if measure.deficient_from is not None:
        found += _(", bristfälligt från %(limit)s %%") % {"limit": format_decimal(measure.deficient_from)}
    return found


def limits_notes(measures: Iterable[ControlMeasure]) -> list[str]:
    """The limits of each measure, a line each; one line when none has any."""
    listed = [f"{measure.label}: {limits_text(measure)}." for measure in measures if limits_text(measure)]
    return listed or [_("Kontrollen har inga fastställda gränser: resultatet bedöms av den som rapporterar.")]


def frequency_text(frequency: str, period_text: str = "") -> str:
    """How often, and of what period."""
    words = Frequency(frequency).label if frequency else ""
    return ", ".join(filter(None, (words, period_text)))
