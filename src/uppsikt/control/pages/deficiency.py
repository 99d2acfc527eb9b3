"""One deficiency: where it was found, what is done, the retests, and what it takes for it to be closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.control.pages import control_words as words
from uppsikt.control.pages import links
from uppsikt.control.pages.deficiency_rows import (
    deficiency_badges,
    deficiency_href,
    state_symbol,
)
from uppsikt.control.pages.editing import EditPage, around
from uppsikt.control.pages.mitigation_rows import mitigation_columns, mitigation_row
from uppsikt.control.rules.deficiencies import CLOSED_BY
from uppsikt.control.rules.occasions import label
from uppsikt.control.selectors import Deficiency, Occasion
from uppsikt.control.selectors import deficiencies as selectors
from uppsikt.control.selectors.control_rows import name_of
from uppsikt.control.selectors.deficiencies import DeficiencyFacts, RetestFacts
from uppsikt.history import selectors as history
from uppsikt.history.presenters import sentence
from uppsikt.kernel.clock import STOCKHOLM
from uppsikt.kernel.period import format_date
from uppsikt.organisation import selectors as organisation
from uppsikt.planning.pages.assignment import HistoryLine
from uppsikt.web.parts import Action, Badge, Crumb, Empty, Fact, Symbol, Text
from uppsikt.web.tables import Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class DeficiencyRights:
    """What the reader may do: `report` writes and retests, `control` adds actions."""

    report: bool
    control: bool
    history: bool


@dataclass(frozen=True, slots=True)
class DeficiencyPage:
    """The page. `rule`: what closes it; `next`: what is to be done now, empty when it is closed."""

    title: Text
    lead: Text
    eyebrow: Text
    crumbs: tuple[Crumb, ...]
    state: Symbol
    badges: tuple[Badge, ...]
    actions: tuple[Action, ...]
    description: str
    rule: Text
    next: Text
    mitigations: Table
    retests: Table
    earlier: Table | None
    facts: tuple[Fact, ...]
    history: tuple[HistoryLine, ...]


def deficiency_page(deficiency: Deficiency, rights: DeficiencyRights, today: dt.date) -> DeficiencyPage:
    """The page. Its queries do not grow with the actions or the retests."""
    facts = selectors.facts_of([deficiency])[0]
    body = organisation.body_names(today).get(facts.body.key, facts.body.key)
    closed = facts.closed_on
    return DeficiencyPage(
        title=deficiency.title,
        lead=_("Stängd %(day)s, när omtestet blev godkänt.") % {"day": format_date(closed)} if closed else "",
        eyebrow=_("Brist"),
        crumbs=(
            Crumb(body, _list()),
            Crumb(_("Brister"), _list()),
            Crumb(deficiency.title),
        ),
        state=state_symbol(facts.state),
        badges=tuple(deficiency_badges(facts)),
        actions=tuple(_actions(facts, rights)),
        description=deficiency.description,
        rule=CLOSED_BY,
        next=facts.state.next_step,
        mitigations=_mitigations(facts, today),
        retests=_retests(facts, today),
        earlier=_earlier(facts) if facts.earlier else None,
        facts=tuple(_facts(facts, body)),
        history=tuple(_history(deficiency)) if rights.history else (),
    )


def new_page(occasion: Occasion, form: Any) -> Callable[..., EditPage]:
    """The page around a new deficiency."""
    name, period = name_of(occasion.control), label(occasion.period, occasion.period_text)
    back = words.occasion_href(occasion.pk)
    return around(
        title=_("Lägg till brist"),
        lead=CLOSED_BY,
        crumbs=(
            Crumb(name, words.control_href(occasion.control.item.key)),
            Crumb(period, back),
            Crumb(_("Ny brist")),
        ),
        form=form,
        back=back,
        beside_title=_("Funnen vid"),
        beside=(Fact(_("Kontroll"), name), Fact(_("Tillfälle"), period)),
    )


def change_page(deficiency: Deficiency, form: Any) -> Callable[..., EditPage]:
    """The page around a deficiency that is changed."""
    remove = Action(
        _("Ta bort bristen"),
        reverse("control:deficiency_remove", args=[deficiency.key]),
        post=True,
        icon="trash-2",
        danger=True,
    )
    return _of(deficiency, form, _("Ändra bristen"), what=_("bristen"), remove=remove)


def retest_page(deficiency: Deficiency, form: Any) -> Callable[..., EditPage]:
    """The page around a retest that is planned."""
    return _of(
        deficiency,
        form,
        _("Planera omtest"),
        lead=CLOSED_BY,
        beside_title=_("Gäller"),
        beside=(
            Fact(_("Brist"), deficiency.title),
            Fact(_("Kontroll"), name_of(deficiency.occasion.control)),
            Fact(_("Funnen"), format_date(deficiency.found_on)),
        ),
    )


def _of(deficiency: Deficiency, form: Any, title: Text, **given: Any) -> Callable[..., EditPage]:
    back = deficiency_href(deficiency.key)
    crumbs = (Crumb(_("Brister"), _list()), Crumb(deficiency.title, back), Crumb(title))
    return around(title=title, crumbs=crumbs, form=form, back=back, **given)


def _list() -> str:
    return reverse("control:deficiencies")


def _actions(facts: DeficiencyFacts, rights: DeficiencyRights) -> list[Action]:
    key, found = facts.deficiency.key, []
    if rights.report:
        change = reverse("control:deficiency_change", args=[key])
        found.append(Action(_("Ändra"), change, icon="pencil"))
    if rights.report and facts.open:
        retest = reverse("control:deficiency_retest", args=[key])
        planned = next((one.occasion for one in facts.retests if one.result is None), None)
        waits = bool(facts.mitigations) and all(one.done for one in facts.mitigations)
        found.append(
            Action(_("Planera omtest"), retest, icon="refresh-cw", primary=waits and planned is None)
        )
        if planned is not None:
            address = words.occasion_href(planned.pk)
            found.append(Action(_("Rapportera omtestet"), address, icon="pencil-line", primary=waits))
    if rights.control and facts.open:
        add = links.new_mitigation("deficiency", key)
        found.append(Action(_("Lägg till åtgärd"), add, icon="plus", primary=not facts.mitigations))
    return found


def _mitigations(facts: DeficiencyFacts, today: dt.date) -> Table:
    return Table(
        key="atgarder",
        caption=_("Åtgärder"),
        columns=mitigation_columns(),
        rows=tuple(
            mitigation_row(one, one.entry.round if one.entry else None, today) for one in facts.mitigations
        ),
        empty=Empty(_("Ingen åtgärd än"), _("Bestäm vem som gör vad, och till när."), icon="list-checks"),
        sticky=False,
    )


def _retests(facts: DeficiencyFacts, today: dt.date) -> Table:
    return Table(
        key="omtest",
        caption=_("Omtest"),
        columns=(
            Column("when", _("Omtest")),
            Column("result", _("Resultat")),
            Column("made", _("Gjort"), "end"),
            Column("by", _("Av")),
        ),
        rows=tuple(_retest(one, today) for one in facts.retests),
        empty=Empty(_("Inget omtest än"), _("Planera ett när åtgärderna är klara."), icon="refresh-cw"),
        sticky=False,
    )


def _retest(one: RetestFacts, today: dt.date) -> Row:
    result, due = one.result, one.occasion.due
    late = result is None and due is not None and due < today
    symbol = Symbol(one.step.symbol, one.step.label, one.step.colour) if one.step else None
    if symbol is None:
        text = result.judgement_text if result else ""
        symbol = Symbol("dot" if text else "dash", text or _("Inte gjort"))
    return Row(
        (
            Cell(
                label(one.occasion.period, one.occasion.period_text),
                badges=(Badge(_("Försenat"), "bad", "circle-alert"),) if late else (),
            ),
            Cell(symbol=symbol, sub=result.comment if result else ""),
            Cell(one.made_on.isoformat() if one.made_on else ""),
            Cell((result.performed_by or result.recorded_by_name) if result else "", muted=True),
        ),
        href=words.occasion_href(one.occasion.pk),
        key=str(one.occasion.pk),
    )


def _earlier(facts: DeficiencyFacts) -> Table:
    return Table(
        key="tidigare",
        caption=_("Samma kontroll har haft brister förut"),
        columns=(
            Column("title", _("Brist"), width="wide"),
            Column("when", _("Funnen vid")),
            Column("found", _("Funnen"), "end"),
        ),
        rows=tuple(
            Row(
                (
                    Cell(row.title),
                    Cell(
                        label(row.occasion.period, row.occasion.period_text),
                        sub=str(row.occasion.control.item.year_id),
                    ),
                    Cell(row.found_on.isoformat()),
                ),
                href=deficiency_href(row.key),
                key=row.key,
            )
            for row in facts.earlier
        ),
        sticky=False,
    )


def _facts(facts: DeficiencyFacts, body: str) -> list[Fact]:
    occasion, item = facts.deficiency.occasion, facts.control.item
    found = [
        Fact(_("Nämnd"), body),
        Fact(_("Kontroll"), name_of(facts.control), href=words.control_href(item.key)),
        Fact(
            _("Funnen vid"),
            label(occasion.period, occasion.period_text),
            href=words.occasion_href(occasion.pk),
        ),
        Fact(_("Funnen"), format_date(facts.deficiency.found_on)),
        Fact(_("Stängd"), format_date(facts.closed_on) if facts.closed_on else ""),
    ]
    return [fact for fact in found if fact.text]


def _history(deficiency: Deficiency) -> list[HistoryLine]:
    return [
        HistoryLine(
            sentence(event.kind, event.label),
            event.actor_name,
            format_date(event.at.astimezone(STOCKHOLM).date()),
        )
        for event in history.about(selectors.subject(deficiency))[:30]
    ]
