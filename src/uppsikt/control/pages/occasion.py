"""One occasion of a control: what was found, and the form where it is reported."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.control.pages import control_words as words
from uppsikt.control.pages.evidence import EvidencePart, evidence_part
from uppsikt.control.pages.occasion_parts import OccasionParts, occasion_parts
from uppsikt.control.rules.consistency import Doubt
from uppsikt.control.selectors import ControlMeasure, Occasion
from uppsikt.control.selectors.controls import ControlFacts, OccasionFacts, facts_of
from uppsikt.control.selectors.doubts import control_doubts, step_labels
from uppsikt.control.selectors.evidence import evidence_of
from uppsikt.control.selectors.samples import COUNTED
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.cycle.rules.steering import Scale
from uppsikt.cycle.selectors import Round
from uppsikt.kernel.clock import STOCKHOLM
from uppsikt.kernel.period import format_date
from uppsikt.web.parts import Action, Crumb, Fact, Symbol, Text


@dataclass(frozen=True, slots=True)
class Standing:
    """An occasion as its page and form need it."""

    occasion: Occasion
    control: ControlFacts
    found: OccasionFacts
    scale: Scale | None
    round: Round | None

    @property
    def measures(self) -> tuple[ControlMeasure, ...]:
        """The control's measures."""
        return self.control.measures


@dataclass(frozen=True, slots=True)
class OccasionRights:
    """What the reader may do with an occasion. `prove`: attach files, draw samples, write down what is wrong; `see`:
    the rows of samples.
    """

    control: bool
    report: bool
    prove: bool
    see: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the thresholds make of the figures so far, in words; `symbol` None before they can be judged."""

    symbol: Symbol | None
    text: Text


@dataclass(frozen=True, slots=True)
class OccasionPage:
    """An occasion. `form` is None for those who may not report; `told` is then what there is to read."""

    title: Text
    lead: Text
    eyebrow: Text
    crumbs: tuple[Crumb, ...]
    judgement: Symbol | None
    actions: tuple[Action, ...]
    form: Any
    proposal: Proposal | None
    told: tuple[tuple[Text, str], ...]
    figures: tuple[Fact, ...]
    back: str
    method: str
    facts: tuple[Fact, ...]
    doubts: tuple[Doubt, ...]
    evidence: EvidencePart
    parts: OccasionParts
    clash: bool


def standing(occasion: Occasion, chosen: Round | None) -> Standing:
    """Read an occasion with its control. Args: chosen: the round one looks at, that a result is reported in when it is
    open and of the year.
    """
    control = occasion.control
    year = control.item.year_id
    facts = facts_of([control], year)[0]
    found = next(one for one in facts.occasions if one.occasion.pk == occasion.pk)
    held = found.result.round if found.result else None
    is_open = chosen is not None and chosen.year_id == year and chosen.state == RoundState.OPEN.value
    return Standing(
        occasion, facts, found, cycle.model_for(year).control_results, chosen if is_open else held
    )


def proposal_of(
    measures: tuple[ControlMeasure, ...], verdict: str | None, scale: Scale | None
) -> Proposal | None:
    """What the thresholds give, for the form to show as one types; None when the control has no limits."""
    if not any(measure.approved_from is not None for measure in measures):
        return None
    if verdict is None:
        return Proposal(None, _("Fyll i siffrorna, så föreslås resultatet efter kontrollens gränser."))
    symbol = words.judgement_symbol(scale, verdict)
    return Proposal(symbol, " ".join(words.limits_notes(measures)))


def occasion_page(
    held: Standing,
    rights: OccasionRights,
    today: dt.date,
    *,
    form: Any = None,
    verdict: str | None = None,
    clash: bool = False,
) -> OccasionPage:
    """The page, with the form for those who may report. Args: verdict: what the form's figures give."""
    facts, found = held.control, held.found
    back = words.control_href(facts.item.key)
    return OccasionPage(
        title=found.label[:1].upper() + found.label[1:],
        lead=_lead(held, today),
        eyebrow=facts.name,
        crumbs=(
            Crumb(_("Kontroller"), words.controls_href()),
            Crumb(facts.name, back),
            Crumb(found.label),
        ),
        judgement=words.occasion_symbol(held.scale, found),
        actions=tuple(_actions(held.occasion)) if rights.control else (),
        form=form,
        proposal=proposal_of(held.measures, verdict, held.scale) if form is not None else None,
        told=tuple(_told(found)),
        figures=tuple(_figures(held)) if form is None else (),
        back=back,
        method=facts.method,
        facts=tuple(_facts(held)),
        doubts=tuple(
            doubt
            for doubt in control_doubts([facts], step_labels(held.scale))
            if found.label in doubt.place
        ),
        evidence=evidence_part(held.occasion, evidence_of(held.occasion), may_change=rights.prove),
        parts=occasion_parts(
            held.occasion,
            passed=_passed(held),
            counts=any(measure.kind in COUNTED for measure in held.measures),
            may_report=rights.prove,
            may_see=rights.see,
        ),
        clash=clash,
    )  # fmt: skip


def _passed(held: Standing) -> bool | None:
    """Whether the occasion was judged as done; None before it is judged on the scale."""
    step = held.scale.step(held.found.judgement) if held.scale and held.found.judgement else None
    return step.done if step is not None else None


def _lead(held: Standing, today: dt.date) -> str:
    due, state = held.occasion.due, held.found.state(today)
    parts = [
        state.label,
        _("senast %(day)s") % {"day": format_date(due)} if due and not held.found.done else "",
        _("rapporteras i %(round)s") % {"round": held.round.name} if held.round else "",
    ]
    return ", ".join(filter(None, parts)) + "."


def _actions(occasion: Occasion) -> list[Action]:
    key = [occasion.pk]
    return [Action(_("Ändra tillfället"), reverse("control:occasion_change", args=key), icon="settings-2")]


def _told(found: OccasionFacts) -> list[tuple[Text, str]]:
    result = found.result
    if result is None:
        return []
    day = format_date(result.recorded_at.astimezone(STOCKHOLM).date())
    rows = (
        (_("Resultat i ord"), result.judgement_text),
        (_("Skäl att avvika från gränserna"), result.reason),
        (_("Kommentar"), result.comment),
        (_("Rekommendation"), result.recommendation),
        (_("Utförd"), _signed(result.performed_on, result.performed_by)),
        (_("Granskad"), _signed(result.reviewed_on, result.reviewed_by)),
        (_("Rapporterad"), f"{day}, {result.recorded_by_name}"),
    )
    return [(label, text) for label, text in rows if text]


def _signed(day: dt.date | None, name: str) -> str:
    return ", ".join(filter(None, (format_date(day) if day else "", name)))


def _figures(held: Standing) -> list[Fact]:
    parts = held.found.parts
    return [
        Fact(
            measure.label,
            ", ".join(
                filter(
                    None,
                    (
                        words.figure_text(parts[measure.key], measure),
                        words.counts_text(parts[measure.key]),
                    ),
                )
            ),
            origin=words.figure_origin(parts[measure.key], measure, held.found.label),
        )
        for measure in held.measures
        if measure.key in parts
    ]


def _facts(held: Standing) -> list[Fact]:
    facts, before = held.control, held.found.previous
    found = [Fact(_("Kontroll"), facts.name, words.control_href(facts.item.key))]
    if facts.group:
        found.append(
            Fact(
                _("Alla sida vid sida"),
                facts.group.name,
                words.group_href(facts.group.key, held.occasion.period),
            )
        )
    found.extend(
        Fact(measure.label, words.limits_text(measure) or _("inga gränser")) for measure in held.measures
    )
    if before is not None:
        symbol = words.occasion_symbol(held.scale, before)
        found.append(Fact(_("Förra gången, %(label)s") % {"label": before.label}, symbol=symbol))
        found.extend(
            Fact(
                measure.label,
                words.figure_text(before.parts[measure.key], measure),
                origin=words.figure_origin(before.parts[measure.key], measure, before.label),
            )
            for measure in held.measures
            if measure.key in before.parts
        )
    found.extend(
        Fact(label, text)
        for label, text in ((_("Utförs av"), facts.performer), (_("Granskas av"), facts.reviewer))
        if text
    )
    return found
