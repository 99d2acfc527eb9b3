"""One risk: why it may happen, what follows, how grave it is, and what is done about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.control.pages import links
from uppsikt.control.pages.control_words import occasion_symbol
from uppsikt.control.pages.mitigation_rows import mitigation_columns, mitigation_row
from uppsikt.control.pages.spread import SpreadPicture, spread_picture
from uppsikt.control.pages.symbols import badges, steps, value_symbol
from uppsikt.control.rules.words import Frequency
from uppsikt.control.selectors import Control, Risk, RiskAssessment, mitigations
from uppsikt.control.selectors import risks as selectors
from uppsikt.control.selectors.controls import facts_of as control_facts_of
from uppsikt.control.selectors.risks import RiskFacts
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.context import Context
from uppsikt.cycle.selectors import Round
from uppsikt.history import selectors as history
from uppsikt.history.presenters import sentence
from uppsikt.kernel.clock import STOCKHOLM
from uppsikt.kernel.period import format_date
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.rules import BodyKind
from uppsikt.planning.pages.assignment import HistoryLine
from uppsikt.planning.pages.goal import round_of_year
from uppsikt.web.parts import Action, Badge, Crumb, Empty, Fact, Symbol, Text
from uppsikt.web.tables import Cell, Column, Row, Table

ADOPTERS = {BodyKind.COMMITTEE.value, BodyKind.EXECUTIVE_BOARD.value}


@dataclass(frozen=True, slots=True)
class Valued:
    """One stage's assessment: the value, how it came about, and why."""

    label: Text
    symbol: Symbol
    steps: Text
    comment: str
    by: Text


@dataclass(frozen=True, slots=True)
class RiskPage:
    """One risk. `links` are cause, risk and consequence; `values` before and after; an empty table is left out."""

    title: Text
    lead: Text
    eyebrow: Text
    crumbs: tuple[Crumb, ...]
    symbol: Symbol
    badges: tuple[Badge, ...]
    actions: tuple[Action, ...]
    add_mitigation: Action | None
    add_control: Action | None
    links: tuple[tuple[Text, str], ...]
    values: tuple[Valued, ...]
    decision: Text
    rationale: str
    background: str
    mitigations: Table
    controls: Table
    tables: tuple[Table, ...]
    spread: SpreadPicture | None
    spread_from: Text
    facts: tuple[Fact, ...]
    history: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True)
class RiskRights:
    """What the reader may do with a risk. `inside`: read what its body does about it; a shared risk is read by all."""

    inside: bool
    control: bool
    history: bool


def risk_page(risk: Risk, context: Context, rights: RiskRights, today: dt.date) -> RiskPage:
    """The page; its queries grow only with the years of the chain."""
    facts = selectors.facts_of([risk])[0]
    round_ = round_of_year(context, risk.year_id)
    day = round_.cutoff if round_ else dt.date(risk.year_id, 12, 31)
    names = organisation.body_names(day)
    body = names.get(risk.body.key, risk.body.key)
    spread, spread_from = _spread(facts) if rights.inside else (None, "")
    return RiskPage(
        title=risk.title,
        lead="",
        eyebrow=risk.process,
        crumbs=(
            Crumb(body, links.risks(round_, body=risk.body.key)),
            Crumb(str(risk.year_id), links.risks(round_)),
            Crumb(_("Risker"), links.risks(round_)),
            Crumb(risk.title),
        ),
        symbol=value_symbol(facts.policy, facts.value),
        badges=tuple(badges(facts)),
        actions=tuple(_actions(facts)) if rights.control else (),
        add_mitigation=_add(_("Lägg till åtgärd"), links.new_mitigation("risk", risk.key), rights),
        add_control=_add(_("Lägg till kontroll"), links.new_control(risk.key), rights),
        links=tuple(
            (label, text)
            for label, text in (
                (_("Orsak"), risk.cause),
                (_("Risk"), risk.title),
                (_("Konsekvens"), risk.consequence),
            )
            if text
        ),
        values=tuple(_values(facts)),
        decision=facts.decision.label if facts.decision else "",
        rationale=facts.treatment.rationale if facts.treatment else "",
        background=risk.background,
        mitigations=_mitigations(facts, round_, today)
        if rights.inside
        else _elsewhere("atgarder", _("Åtgärder"), body),
        controls=_controls(facts.controls, risk.year_id, round_)
        if rights.inside
        else _elsewhere("kontroller", _("Kontroller"), body),
        tables=tuple(table for table in (_adopted(risk, context, names), _earlier(risk)) if table.rows),
        spread=spread,
        spread_from=spread_from,
        facts=tuple(_facts(facts, body, names, day)),
        history=tuple(_history(risk)) if rights.history else (),
    )


def _actions(facts: RiskFacts) -> list[Action]:
    """What may be done with the risk; the next thing to do is the one that stands out."""
    key, assessed, decided = [facts.risk.key], facts.value is not None, facts.decision is not None
    return [
        Action(_("Ändra"), reverse("control:risk_change", args=key), icon="pencil"),
        Action(_("Bedöm"), reverse("control:risk_assess", args=key), primary=not assessed, icon="scale"),
        Action(
            _("Besluta"),
            reverse("control:risk_treat", args=key),
            primary=assessed and not decided,
            icon="gavel",
        ),
    ]


def _add(label: Text, href: str, rights: RiskRights) -> Action | None:
    return Action(label, href, icon="plus") if rights.control else None


def _values(facts: RiskFacts) -> list[Valued]:
    pairs: tuple[tuple[Text, RiskAssessment | None], ...] = (
        (_("Före åtgärd"), facts.before),
        (_("Efter åtgärd"), facts.after),
    )
    return [
        Valued(
            label=label,
            symbol=value_symbol(facts.policy, row.likelihood * row.consequence if row else None),
            steps=steps(facts.policy, row) if row else "",
            comment=row.comment if row else "",
            by=f"{row.recorded_by_name}, {_day(row.recorded_at)}" if row else "",
        )
        for label, row in pairs
    ]


def _mitigations(facts: RiskFacts, round_: Round | None, today: dt.date) -> Table:
    found = mitigations.facts_of(list(mitigations.mitigations(of="risk").filter(risk=facts.risk)), round_)
    return Table(
        key="atgarder",
        caption=_("Åtgärder"),
        columns=mitigation_columns(),
        rows=tuple(mitigation_row(row, round_, today) for row in found),
        sticky=False,
        empty=Empty(
            _("Inga åtgärder"),
            _("Risken är så hög att något måste göras åt den.") if facts.must_act else "",
            icon="list-checks",
        ),
    )


def _controls(found: Sequence[Control], year: int, round_: Round | None) -> Table:
    """The controls that answer the risk, with what each last found."""
    scale = cycle.model_for(year).control_results if found else None
    rows = []
    for row in control_facts_of(found, year, round_) if found else []:
        latest = occasion_symbol(scale, row.latest) if row.latest else None
        rows.append(
            Row(
                (
                    Cell(row.name),
                    Cell(Frequency(row.frequency).label if row.frequency else "", muted=True),
                    Cell(symbol=latest) if latest else Cell(_("Inget resultat än"), muted=True),
                ),
                href=reverse("control:control", args=[row.item.key]),
                key=row.item.key,
            )
        )
    return Table(
        key="kontroller",
        caption=_("Kontroller"),
        columns=(
            Column("name", _("Kontroll"), width="wide"),
            Column("frequency", _("Hur ofta")),
            Column("latest", _("Senaste resultat")),
        ),
        rows=tuple(rows),
        sticky=False,
        empty=Empty(_("Inga kontroller"), icon="shield-check"),
    )


def _elsewhere(key: str, caption: str, body: str) -> Table:
    """What the body that set a shared risk does about it: its own affair to those who do not read the body."""
    return Table(
        key=key,
        caption=caption,
        columns=(Column("name", caption, width="wide"),),
        rows=(),
        sticky=False,
        empty=Empty(_("Visas för dem som läser %(body)s") % {"body": body}, icon="lock"),
    )


def _adopted(risk: Risk, context: Context, names: dict[str, str]) -> Table:
    """For a shared risk: which committees have taken it over, and which have not."""
    rows = []
    if risk.shared:
        taken = {row.body.key: row for row in selectors.adoptions([risk]).get(risk.pk, ())}
        bodies = [row for row in context.bodies if row.kind in ADOPTERS and row.key != risk.body.key]
        facts = {row.risk.body.key: row for row in selectors.facts_of(list(taken.values()))}
        for body in bodies:
            own, held = taken.get(body.key), facts.get(body.key)
            rows.append(
                Row(
                    (
                        Cell(names.get(body.key, body.name)),
                        Cell(
                            badges=(Badge(_("Anpassad") if own.adapted else _("Övertagen"), "good", "check"),)
                        )
                        if own
                        else Cell(_("Inte övertagen"), muted=True),
                        Cell(symbol=value_symbol(held.policy, held.value)) if held else Cell("–", muted=True),
                    ),
                    href=links.risk(own.key) if own else "",
                    key=body.key,
                )
            )
    return Table(
        key="overtagen",
        caption=_("Hos nämnderna"),
        columns=(
            Column("body", _("Nämnd")),
            Column("state", _("Läge")),
            Column("value", _("Riskvärde hos nämnden")),
        ),
        rows=tuple(rows),
        sticky=False,
    )


def _earlier(risk: Risk) -> Table:
    """The same risk in earlier years."""
    earlier = selectors.chain(risk)
    rows = [
        Row(
            (
                Cell(str(row.risk.year_id)),
                Cell(symbol=value_symbol(row.policy, row.value_before)),
                Cell(symbol=value_symbol(row.policy, row.value_after))
                if row.after
                else Cell("–", muted=True),
                Cell(row.decision.label if row.decision else "–", muted=row.decision is None),
            ),
            href=links.risk(row.risk.key),
            key=row.risk.key,
        )
        for row in selectors.facts_of(earlier)
    ]
    return Table(
        key="tidigare",
        caption=_("Tidigare år"),
        columns=(
            Column("year", _("År")),
            Column("before", _("Före åtgärd")),
            Column("after", _("Efter åtgärd")),
            Column("decision", _("Beslut")),
        ),
        rows=tuple(rows),
        sticky=False,
    )


def _spread(facts: RiskFacts) -> tuple[SpreadPicture | None, Text]:
    """What the latest workshop that is over said of the risk."""
    latest = selectors.latest_votes(facts.risk)
    said = selectors.verdicts(latest).get(facts.risk.pk)
    if said is None:
        return None, ""
    names = {row.person.key: row.person.name for row in latest}
    return spread_picture(facts.policy, said, names), latest[0].workshop.name


def _facts(facts: RiskFacts, body: str, names: dict[str, str], day: dt.date) -> list[Fact]:
    risk = facts.risk
    unit = organisation.unit_names(day).get(risk.unit.key, risk.unit.key) if risk.unit else ""
    shared = risk.adopted_from
    found = [Fact(_("Nämnd"), body)]
    if shared is not None:
        text = _("%(body)s: %(title)s") % {
            "body": names.get(shared.body.key, shared.body.key),
            "title": shared.title,
        }
        found.append(Fact(_("Övertagen från"), text, links.risk(shared.key)))
    parts = (
        (_("Ansvarig"), risk.responsible.name if risk.responsible else ""),
        (_("Enhet"), unit),
        (_("Dokumenterad första gången"), str(risk.origin_year) if risk.origin_year else ""),
        (
            _("Rapporteras uppåt från"),
            str(facts.policy.report_from) if facts.policy.report_from is not None else "",
        ),
    )
    found.extend(Fact(label, text) for label, text in parts if text)
    return found


def _history(risk: Risk) -> list[HistoryLine]:
    return [
        HistoryLine(sentence(event.kind, event.label), event.actor_name, _day(event.at))
        for event in history.about(selectors.subject(risk))[:30]
    ]


def _day(at: dt.datetime) -> str:
    return format_date(at.astimezone(STOCKHOLM).date())
