"""One control: why and how it is made, its occasions with what was found, and what is said of it in the round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.control.pages import control_words as words
from uppsikt.control.pages import links
from uppsikt.control.pages.controls import Square, square
from uppsikt.control.pages.deficiency_rows import control_deficiencies
from uppsikt.control.rules.consistency import Doubt
from uppsikt.control.rules.occasions import OccasionState
from uppsikt.control.selectors import Control
from uppsikt.control.selectors.control_rows import subject
from uppsikt.control.selectors.controls import ControlFacts, OccasionFacts, facts_of
from uppsikt.control.selectors.doubts import control_doubts, step_labels
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.context import Context
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.cycle.rules.steering import Scale, SteeringModel
from uppsikt.cycle.selectors import Round
from uppsikt.followup.rules import carried_badges
from uppsikt.history import selectors as history
from uppsikt.history.presenters import sentence
from uppsikt.kernel.clock import STOCKHOLM
from uppsikt.kernel.numbers import MISSING
from uppsikt.kernel.period import format_date
from uppsikt.organisation import selectors as organisation
from uppsikt.planning.pages.assignment import HistoryLine
from uppsikt.planning.pages.figures import status_symbol
from uppsikt.planning.pages.goal import round_of_year
from uppsikt.web.parts import Action, Badge, Crumb, Empty, Fact, Symbol, Text
from uppsikt.web.tables import Cell, Column, Row, Table

SQUARES = 60
NEAREST = 12


@dataclass(frozen=True, slots=True)
class ControlRights:
    """What the reader may do with a control."""

    control: bool
    report: bool
    history: bool


@dataclass(frozen=True, slots=True)
class ControlPage:
    """One control. `told` are (label, text); `squares` the year at a glance; `doubts` what does not follow."""

    title: Text
    lead: Text
    eyebrow: Text
    crumbs: tuple[Crumb, ...]
    badges: tuple[Badge, ...]
    judgement: Symbol | None
    status: Symbol | None
    status_comment: str
    status_from: Text
    status_action: Action | None
    actions: tuple[Action, ...]
    told: tuple[tuple[Text, str], ...]
    squares: tuple[Square, ...]
    occasions: Table
    occasion_actions: tuple[Action, ...]
    every: str
    deficiencies: Table | None
    measures: Table
    measure_action: Action | None
    doubts: tuple[Doubt, ...]
    facts: tuple[Fact, ...]
    footnote: str
    history: tuple[HistoryLine, ...]


def control_page(
    control: Control, context: Context, rights: ControlRights, today: dt.date, *, every: bool = False
) -> ControlPage:
    """The page in the chosen round. Its queries do not grow with the occasions.

    Args: every: all occasions also where they are many; else those that have been, and the nearest to come.
    """
    item = control.item
    round_ = round_of_year(context, item.year_id)
    facts = facts_of([control], item.year_id, round_)[0]
    model = cycle.model_for(item.year_id)
    scale = model.control_results
    names = organisation.body_names(round_.cutoff if round_ else dt.date(item.year_id, 12, 31))
    body = names.get(item.body.key, item.body.key)
    return ControlPage(
        title=facts.name,
        lead=_lead(facts, today),
        eyebrow=facts.process or _("Kontroll"),
        crumbs=(
            Crumb(body, words.controls_href(round_, body=item.body.key)),
            Crumb(str(item.year_id), words.controls_href(round_)),
            Crumb(_("Kontroller"), words.controls_href(round_)),
            Crumb(facts.name),
        ),
        badges=tuple(_badges(facts, model, today)),
        judgement=words.occasion_symbol(scale, facts.latest) if facts.latest else None,
        status=status_symbol(facts.step) if round_ else None,
        status_comment=facts.entry.comment if facts.entry else "",
        status_from=_status_from(facts, round_),
        status_action=_status_action(facts, round_) if rights.report else None,
        actions=tuple(_actions(facts)) if rights.control else (),
        told=tuple(
            (label, text)
            for label, text in (
                (_("Varför görs kontrollen?"), facts.purpose),
                (_("Så görs kontrollen"), facts.method),
            )
            if text
        ),
        squares=tuple(square(one, today) for one in facts.occasions)
        if len(facts.occasions) <= SQUARES
        else (),
        occasions=_occasions(facts, scale, rights, today, _shown(facts, today, every=every)),
        occasion_actions=tuple(_occasion_actions(facts)) if rights.control and facts.occasions else (),
        deficiencies=control_deficiencies(control),
        every="" if every or len(facts.occasions) <= SQUARES else "?show=all",
        measures=_measures(facts, rights),
        measure_action=_add_measure(facts) if rights.control and facts.measures else None,
        doubts=tuple(
            replace(doubt, place=doubt.place.removeprefix(f"{facts.name}, "))
            for doubt in control_doubts([facts], step_labels(scale))
        ),
        facts=tuple(_facts(facts, body)),
        footnote=facts.footnote,
        history=tuple(_history(control)) if rights.history else (),
    )


def _lead(facts: ControlFacts, today: dt.date) -> str:
    count, late = len(facts.occasions), facts.late(today)
    if not count:
        return ""
    done = sum(one.done for one in facts.occasions)
    following = next((one for one in facts.occasions if not one.done and one.occasion.due), None)
    parts = [
        ngettext("%(done)s av %(n)s tillfälle är gjort.", "%(done)s av %(n)s tillfällen är gjorda.", count)
        % {"done": done, "n": count},
        ngettext("%(n)s är försenat.", "%(n)s är försenade.", late) % {"n": late} if late else "",
        _("Nästa: %(what)s, senast %(day)s.")
        % {"what": following.label, "day": format_date(following.occasion.due)}
        if following and following.occasion.due
        else "",
    ]
    return " ".join(filter(None, parts))


def _badges(facts: ControlFacts, model: SteeringModel, today: dt.date) -> list[Badge]:
    found = []
    if facts.group:
        found.append(Badge(model.control.shared_text or _("kommungemensam"), "accent"))
    found.extend(
        Badge(text.rstrip("."))
        for text in carried_badges(
            carried_from_year=facts.item.carried_from_year,
            origin_year=facts.item.origin_year,
            carried_text=model.assignments.carried_text,
            origin_text=model.assignments.origin_text,
        )
    )
    if facts.overdue(today):
        found.append(Badge(_("Försenad"), "bad", "circle-alert"))
    return found


def _status_from(facts: ControlFacts, round_: Round | None) -> str:
    if round_ is None:
        return ""
    if facts.entry is None:
        return round_.name
    day = format_date(facts.entry.recorded_at.astimezone(STOCKHOLM).date())
    return f"{round_.name}, {facts.entry.recorded_by_name}, {day}"


def _status_action(facts: ControlFacts, round_: Round | None) -> Action | None:
    if round_ is None or round_.state != RoundState.OPEN.value:
        return None
    address = reverse("control:control_status", args=[facts.item.key, round_.key])
    return Action(_("Rapportera status"), address, icon="pencil")


def _actions(facts: ControlFacts) -> list[Action]:
    return [Action(_("Ändra"), reverse("control:control_change", args=[facts.item.key]), icon="pencil")]


def _occasion_actions(facts: ControlFacts) -> list[Action]:
    key = [facts.item.key]
    found = [Action(_("Lägg till tillfälle"), reverse("control:occasion_new", args=key), icon="plus")]
    if facts.frequency:
        found.append(
            Action(
                _("Lägg upp årets tillfällen"),
                reverse("control:occasions_generate", args=key),
                post=True,
                icon="calendar-plus",
            )
        )
    return found


def _shown(facts: ControlFacts, today: dt.date, *, every: bool) -> Sequence[OccasionFacts]:
    """The occasions of the table: all, or where they are too many those late, the last done and the next."""
    if every or len(facts.occasions) <= SQUARES:
        return facts.occasions
    states = [one.state(today) for one in facts.occasions]
    done = [at for at, state in enumerate(states) if state is OccasionState.DONE][-NEAREST:]
    late = [at for at, state in enumerate(states) if state is OccasionState.LATE][-NEAREST:]
    coming = [at for at, state in enumerate(states) if state is OccasionState.COMING][:NEAREST]
    return [facts.occasions[at] for at in sorted({*done, *late, *coming})]


def _occasions(
    facts: ControlFacts,
    scale: Scale | None,
    rights: ControlRights,
    today: dt.date,
    shown: Sequence[OccasionFacts],
) -> Table:
    columns = [
        Column("period", _("Tillfälle")),
        Column("state", _("Läge")),
        *(Column(f"m-{measure.key}", measure.label, "num") for measure in facts.measures),
        Column("judgement", _("Resultat")),
        Column("change", _("Mot förra gången")),
        Column("comment", _("Kommentar"), width="wide"),
    ]
    return Table(
        key="tillfallen",
        caption=_("Tillfällen och resultat"),
        columns=tuple(columns),
        rows=tuple(_occasion(one, facts, scale, today) for one in shown),
        dense=True,
        notes=(
            _("Visar %(shown)s av %(all)s tillfällen.") % {"shown": len(shown), "all": len(facts.occasions)},
        )
        if len(shown) < len(facts.occasions)
        else (),
        empty=_no_occasions(facts, rights),
    )


def _no_occasions(facts: ControlFacts, rights: ControlRights) -> Empty:
    action = None
    if rights.control:
        action = (_occasion_actions(facts)[1:] or _occasion_actions(facts))[0]
    return Empty(
        _("Inga tillfällen än"),
        _("Årets tillfällen läggs upp efter hur ofta kontrollen görs. Sedan rapporteras resultatet för vart och ett."),
        action,
        icon="calendar-plus",
    )  # fmt: skip


def _occasion(one: OccasionFacts, facts: ControlFacts, scale: Scale | None, today: dt.date) -> Row:
    href = words.occasion_href(one.occasion.pk)
    state = one.state(today)
    drawn = square(one, today)
    changes = one.changes(facts.measures)
    told = dict.fromkeys(changes.values())
    due = one.occasion.due
    badges = []
    if one.occasion.retest_of_id is not None:
        badges.append(Badge(_("Omtest")))
    if one.evidence:
        files = ngettext("%(n)s fil", "%(n)s filer", one.evidence) % {"n": one.evidence}
        badges.append(Badge(files, icon="paperclip"))
    before = one.previous.label if one.previous and told else ""
    result = one.result
    return Row(
        (
            Cell(
                one.label,
                sub=_("senast %(day)s") % {"day": format_date(due)} if due and not one.done else "",
                badges=tuple(badges),
            ),
            Cell(
                symbol=Symbol(drawn.shape, state.label, drawn.colour),
                sub=_performed(one) if state is OccasionState.DONE else "",
            ),
            *(
                Cell(
                    words.figure_text(one.parts[measure.key], measure),
                    origin=words.figure_origin(
                        one.parts[measure.key], measure, f"{facts.name}, {one.label}", href
                    ),
                    sub=words.counts_text(one.parts[measure.key]),
                )
                if measure.key in one.parts
                else Cell(MISSING if one.done else "", muted=True)
                for measure in facts.measures
            ),
            Cell(
                symbol=words.occasion_symbol(scale, one),
                departs=_departs(one, scale),
                sub=result.reason if result and one.departs else "",
            ),
            Cell(trend=words.trend_of(next(iter(told), None)) if len(told) == 1 else None, sub=before)
            if len(told) < 2
            else Cell(lines=tuple(_both(facts, changes)), sub=before),
            Cell(lines=tuple(_said(one))),
        ),
        href=href,
        key=str(one.occasion.pk),
    )


def _both(facts: ControlFacts, changes: dict[str, str]) -> list[str]:
    trends = {key: words.trend_of(word) for key, word in changes.items()}
    return [
        f"{measure.label}: {found.words}" for measure in facts.measures if (found := trends.get(measure.key))
    ]


def _performed(one: OccasionFacts) -> str:
    result = one.result
    if result is None:
        return ""
    day = result.performed_on or result.recorded_at.astimezone(STOCKHOLM).date()
    return ", ".join(filter(None, (format_date(day), result.performed_by or result.recorded_by_name)))


def _departs(one: OccasionFacts, scale: Scale | None) -> str:
    if not one.departs or scale is None:
        return ""
    step = scale.step(one.verdict or "")
    return _("gränserna ger %(step)s") % {"step": step.label.lower()} if step else ""


def _said(one: OccasionFacts) -> list[str]:
    if one.result is None:
        return []
    advice = one.result.recommendation
    return [
        *filter(None, one.result.comment.splitlines()),
        *([_("Rekommendation: %(text)s") % {"text": advice}] if advice else []),
    ]


def _measures(facts: ControlFacts, rights: ControlRights) -> Table:
    key = facts.item.key
    own = {one.key for one in facts.measures if one.control_id is not None}
    return Table(
        key="matt",
        caption=_("Vad som mäts"),
        columns=(Column("label", _("Mått")), Column("kind", _("Slag")), Column("limits", _("Gränser"))),
        rows=tuple(
            Row(
                (
                    Cell(one.label, sub=one.unit_text),
                    Cell(one.get_kind_display(), muted=True),
                    Cell(words.limits_text(one) or _("Inga"), muted=one.approved_from is None),
                ),
                href=reverse("control:measure_change", args=[key, one.key])
                if rights.control and one.key in own
                else "",
            )
            for one in facts.measures
        ),
        sticky=False,
        notes=(_("Måtten är gemensamma för alla nämnder."),) if facts.measures and not own else (),
        empty=Empty(
            _("Inga mått"),
            _("Resultatet lämnas som bedömning och kommentar. Lägg till ett mått för att rapportera siffror och bedöma dem mot gränser."),
            _add_measure(facts) if rights.control and facts.group is None else None,
            icon="gauge",
        ),
    )  # fmt: skip


def _add_measure(facts: ControlFacts) -> Action:
    return Action(_("Lägg till mått"), reverse("control:measure_new", args=[facts.item.key]), icon="plus")


def _facts(facts: ControlFacts, body: str) -> list[Fact]:
    item, control = facts.item, facts.control
    found = [Fact(_("Nämnd"), body)]
    if facts.group:
        found.append(Fact(_("Alla sida vid sida"), facts.group.name, words.group_href(facts.group.key)))
    if control.risk:
        found.append(Fact(_("Risk"), control.risk.title, links.risk(control.risk.key)))
    found.extend(
        Fact(label, text)
        for label, text in (
            (_("Hur ofta"), words.frequency_text(facts.frequency, facts.period_text)),
            (_("Utförs av"), facts.performer),
            (_("Granskas av"), facts.reviewer),
            (_("Ansvarig"), item.responsible.name if item.responsible else ""),
            (_("Klart senast"), format_date(item.deadline) if item.deadline else ""),
            (_("Ursprungligen från"), str(item.origin_year) if item.origin_year else ""),
        )
        if text
    )
    return found


def _history(control: Control) -> Sequence[HistoryLine]:
    return [
        HistoryLine(
            sentence(event.kind, event.label),
            event.actor_name,
            format_date(event.at.astimezone(STOCKHOLM).date()),
        )
        for event in history.about(subject(control))[:30]
    ]
