"""One mitigation: what it is about, how it goes, what it waits for and what waits for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.control.pages import links
from uppsikt.control.pages.audit_words import recommendation_href
from uppsikt.control.pages.evidence import EvidencePart, evidence_part
from uppsikt.control.pages.mitigation_rows import badges, blocked_words
from uppsikt.control.pages.mitigations import about, kind_words
from uppsikt.control.selectors import Mitigation
from uppsikt.control.selectors import mitigations as selectors
from uppsikt.control.selectors.evidence import evidence_of
from uppsikt.control.selectors.mitigations import MitigationFacts
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.context import Context
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.cycle.selectors import Round
from uppsikt.followup import selectors as followup
from uppsikt.followup.rules import ItemKind
from uppsikt.followup.selectors import Linked
from uppsikt.history import selectors as history
from uppsikt.history.presenters import sentence
from uppsikt.kernel.clock import STOCKHOLM
from uppsikt.kernel.period import format_date
from uppsikt.organisation import selectors as organisation
from uppsikt.planning.pages import links as planning_links
from uppsikt.planning.pages.assignment import HistoryLine, TimelineEntry, TimelineYear
from uppsikt.planning.pages.figures import status_symbol
from uppsikt.planning.pages.goal import round_of_year
from uppsikt.planning.pages.waiting import item_kind
from uppsikt.web.parts import Action, Badge, Crumb, Empty, Fact, Symbol, Text
from uppsikt.web.tables import Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class MitigationPage:
    """One mitigation in a round. `blocked`: what it waits for, in a sentence; empty when nothing holds it up."""

    title: Text
    lead: Text
    eyebrow: Text
    crumbs: tuple[Crumb, ...]
    status: Symbol | None
    badges: tuple[Badge, ...]
    blocked: Text
    actions: tuple[Action, ...]
    description: str
    years: tuple[TimelineYear, ...]
    waits_for: Table
    holds_up: Table
    evidence: EvidencePart
    facts: tuple[Fact, ...]
    history: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True)
class MitigationRights:
    """What the reader may do with a mitigation."""

    control: bool
    report: bool
    history: bool


def mitigation_page(
    mitigation: Mitigation, context: Context, rights: MitigationRights, today: dt.date
) -> MitigationPage:
    """The page for the chosen round; its queries grow only with the years of the chain."""
    item = mitigation.item
    round_ = round_of_year(context, item.year_id)
    facts = selectors.facts_of([mitigation], round_)[0]
    day = round_.cutoff if round_ else dt.date(item.year_id, 12, 31)
    names = organisation.body_names(day)
    body = names.get(item.body.key, item.body.key)
    kind = kind_words()[facts.of][0]
    chain = [mitigation, *selectors.chain(mitigation)]
    return MitigationPage(
        title=mitigation.title,
        lead="",
        eyebrow=_("Åtgärd"),
        crumbs=(
            Crumb(body, links.mitigations(round_, body=item.body.key)),
            Crumb(str(item.year_id), links.mitigations(round_)),
            Crumb(_("Åtgärder"), links.mitigations(round_)),
            Crumb(mitigation.title),
        ),
        status=status_symbol(facts.step) if round_ else None,
        badges=tuple(badges(facts, today)),
        blocked=blocked_words(facts) if facts.blocked else "",
        actions=tuple(_actions(mitigation, round_, rights)),
        description=mitigation.description,
        years=tuple(_year(row, mitigation) for row in chain),
        waits_for=_linked(
            facts.waits_for,
            names,
            key="vantar-pa",
            caption=_("Väntar på"),
            empty=_("Väntar inte på något annat"),
            remove=rights.control,
        ),
        holds_up=_linked(
            facts.holds_up,
            names,
            key="haller-upp",
            caption=_("Det här måste bli klart för"),
            empty=_("Inget annat väntar på åtgärden"),
            remove=False,
        ),
        evidence=evidence_part(
            mitigation, evidence_of(mitigation), may_change=rights.control or rights.report
        ),
        facts=tuple(_facts(facts, kind, body, round_, day)),
        history=tuple(_history(chain)) if rights.history else (),
    )


def about_href(facts: MitigationFacts, round_: Round | None) -> str:
    """The page of what a mitigation is about."""
    mitigation = facts.mitigation
    if mitigation.risk is not None:
        return links.risk(mitigation.risk.key, round_)
    if mitigation.recommendation is not None:
        return recommendation_href(mitigation.recommendation)
    assert mitigation.deficiency is not None
    return reverse("control:deficiency", args=[mitigation.deficiency.key])


def item_href(item: followup.Item) -> str:
    """The page of something that is followed up, whatever its kind."""
    match ItemKind(item.kind):
        case ItemKind.ASSIGNMENT:
            return planning_links.assignment(item.key)
        case ItemKind.MITIGATION:
            return links.mitigation(item.key)
        case ItemKind.CONTROL:
            return reverse("control:control", args=[item.key])


def _actions(mitigation: Mitigation, round_: Round | None, rights: MitigationRights) -> list[Action]:
    key, found = mitigation.item.key, []
    if rights.control:
        found += [
            Action(_("Ändra"), reverse("control:mitigation_change", args=[key]), icon="pencil"),
            Action(_("Väntar på…"), reverse("control:dependency_new", args=[key]), icon="hourglass"),
        ]
    if rights.report and round_ is not None and round_.state == RoundState.OPEN.value:
        report = reverse("control:mitigation_report", args=[key, round_.key])
        found.append(Action(_("Rapportera"), report, primary=True, icon="pencil-line"))
    return found


def _linked(
    rows: Sequence[Linked], names: dict[str, str], *, key: str, caption: str, empty: str, remove: bool
) -> Table:
    columns = [
        Column("title", caption, width="wide"),
        Column("kind", _("Slag")),
        Column("status", _("Status")),
    ]
    if remove:
        columns.append(Column("remove", "", width="fit", spoken=_("Ta bort")))
    return Table(
        key=key,
        caption=caption,
        caption_hidden=True,
        columns=tuple(columns),
        rows=tuple(
            Row(
                (
                    Cell(one.title, sub=one.dependency.note),
                    Cell(
                        item_kind(one.item.kind),
                        sub=names.get(one.item.body.key, one.item.body.key),
                        muted=True,
                    ),
                    Cell(symbol=status_symbol(one.step)),
                    *(
                        [
                            Cell(
                                action=Action(
                                    _("Väntar inte längre"),
                                    reverse("control:dependency_remove", args=[one.dependency.pk]),
                                    post=True,
                                    icon="x",
                                )
                            )
                        ]
                        if remove
                        else []
                    ),
                ),
                href=item_href(one.item),
                key=one.item.key,
            )
            for one in rows
        ),
        sticky=False,
        empty=Empty(empty, icon="hourglass"),
    )


def _year(row: Mitigation, current: Mitigation) -> TimelineYear:
    model = cycle.model_for(row.item.year_id)
    entries = []
    for entry in followup.status_history(row.item):
        scale = model.status_scale(entry.round.kind)
        entries.append(
            TimelineEntry(
                round=entry.round.name,
                status=status_symbol(scale.step(entry.status) if entry.status else None),
                comment=entry.comment,
                by=entry.recorded_by_name,
                at=_day(entry.recorded_at),
                superseded=_day(entry.superseded_at) if entry.superseded_at else "",
            )
        )
    return TimelineYear(
        year=str(row.item.year_id),
        title=row.title,
        href="" if row.pk == current.pk else links.mitigation(row.item.key),
        entries=tuple(entries),
    )


def _facts(facts: MitigationFacts, kind: str, body: str, round_: Round | None, day: dt.date) -> list[Fact]:
    item = facts.item
    unit = organisation.unit_names(day).get(item.unit.key, item.unit.key) if item.unit else ""
    found = [Fact(kind, about(facts), about_href(facts, round_)), Fact(_("Nämnd"), body)]
    parts = (
        (_("Ansvarig"), item.responsible.name if item.responsible else _("Ingen")),
        (_("Enhet"), unit),
        (_("Klart senast"), format_date(item.deadline) if item.deadline else ""),
        (_("Ursprungligen från"), str(item.origin_year) if item.origin_year else ""),
    )
    found.extend(Fact(label, text) for label, text in parts if text)
    return found


def _history(chain: Sequence[Mitigation]) -> list[HistoryLine]:
    events = history.about(*(selectors.subject(row) for row in chain))[:30]
    return [HistoryLine(sentence(one.kind, one.label), one.actor_name, _day(one.at)) for one in events]


def _day(at: dt.datetime) -> str:
    return format_date(at.astimezone(STOCKHOLM).date())
