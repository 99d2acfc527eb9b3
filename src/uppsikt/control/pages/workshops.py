"""Workshops: those of a year, and one of them with its votes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.forms import BoundField
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.control.pages import links
from uppsikt.control.pages.risks import Rights
from uppsikt.control.pages.spread import SpreadPicture, spread_picture
from uppsikt.control.pages.symbols import value_symbol
from uppsikt.control.pages.tabs import tabs
from uppsikt.control.selectors import RiskVote, RiskWorkshop
from uppsikt.control.selectors import risks as selectors
from uppsikt.control.selectors.risks import RiskFacts
from uppsikt.cycle.context import Context
from uppsikt.kernel.clock import STOCKHOLM
from uppsikt.kernel.period import format_date
from uppsikt.organisation import selectors as organisation
from uppsikt.web.parts import Action, Badge, Crumb, Empty, Link, Symbol, Text
from uppsikt.web.tables import Cell, Column, Row, Table


class VotesForm(Protocol):
    """A form with a person's votes on the risks of a workshop."""

    @property
    def errors(self) -> Any:
        """What is wrong, by field."""

    def fields_of(self, pk: int) -> list[BoundField]:
        """The fields of one risk's vote."""


@dataclass(frozen=True, slots=True)
class WorkshopsPage:
    """The workshops of a year."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    actions: tuple[Action, ...]
    tabs: tuple[Link, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class VotedRisk:
    """A risk of a workshop. `fields` are the person's own vote, empty when it may not be given.

    `spread` is hidden (None) until the person has voted or the workshop is over; `hidden` says so. `proposal`: the
    medians' value, with `take` to set it, None when one may not or it is set already.
    """

    key: str
    title: str
    process: str
    details: tuple[tuple[Text, str], ...]
    href: str
    now: Symbol
    fields: tuple[BoundField, ...]
    spread: SpreadPicture | None
    hidden: Text
    comments: tuple[tuple[str, str], ...]
    proposal: Symbol | None
    take: Action | None


@dataclass(frozen=True, slots=True)
class WorkshopPage:
    """One workshop. `form` is None for those who do not vote."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    state: Badge
    actions: tuple[Action, ...]
    form: VotesForm | None
    risks: tuple[VotedRisk, ...]


def workshops_page(context: Context, bodies: frozenset[str] | None, rights: Rights) -> WorkshopsPage:
    """The year's workshops, the latest first."""
    found = list(selectors.workshops(context.year, bodies))
    names = {row.key: row.name for row in context.bodies}
    may_open = rights.control and context.body is not None
    new = Action(_("Öppna workshop"), reverse("control:workshop_new"), primary=True, icon="users")
    return WorkshopsPage(
        title=_("Riskworkshoppar %(year)s") % {"year": context.year},
        lead=_("Var och en bedömer riskerna för sig, sedan ser ni tillsammans var ni är överens och var ni inte är det."),
        crumbs=(
            Crumb(context.body.name if context.body else _("Alla nämnder")),
            Crumb(str(context.year)),
            Crumb(_("Intern kontroll"), links.home(context.round)),
            Crumb(_("Workshoppar")),
        ),
        actions=(new,) if may_open else (),
        tabs=tabs("workshops", context.round),
        table=Table(
            key="workshoppar",
            caption=_("Workshoppar"),
            caption_hidden=True,
            columns=(Column("name", _("Workshop"), width="wide"), Column("state", _("Läge")), Column("opened", _("Öppnad"), "end")),
            rows=tuple(
                Row(
                    (
                        Cell(row.name, sub=names.get(row.body.key, "")),
                        Cell(badges=(_state(row),)),
                        Cell(row.opened_at.astimezone(STOCKHOLM).date().isoformat()),
                    ),
                    href=links.workshop(row.pk),
                    key=str(row.pk),
                )
                for row in found
            ),
            empty=Empty(
                _("Ingen workshop än"),
                _("Lägg upp riskerna först. Öppna sedan en workshop och bjud in dem som ska bedöma."),
                new if may_open else None,
                icon="users",
            ),
        ),
    )  # fmt: skip


def workshop_page(
    workshop: RiskWorkshop, form: VotesForm | None, *, person: str, may_run: bool
) -> WorkshopPage:
    """The workshop as a person sees it. A constant number of queries."""
    facts = selectors.risk_facts(workshop.year_id, [workshop.body.key])
    votes = list(selectors.votes(workshop))
    by_risk: dict[int, list[RiskVote]] = {}
    for row in votes:
        by_risk.setdefault(row.risk_id, []).append(row)
    names = {row.person.key: row.person.name for row in votes}
    is_open = workshop.closed_at is None
    voted = {row.risk_id for row in votes if row.person.key == person}
    body = organisation.body_name(workshop.body, dt.date(workshop.year_id, 12, 31))
    shown = [row for row in facts if is_open or row.risk.pk in by_risk]
    return WorkshopPage(
        title=workshop.name,
        lead=_lead(len(facts), names, voted, form),
        crumbs=(
            Crumb(body, links.risks(body=workshop.body.key)),
            Crumb(str(workshop.year_id)),
            Crumb(_("Workshoppar"), reverse("control:workshops")),
            Crumb(workshop.name),
        ),
        state=_state(workshop),
        actions=(
            Action(_("Avsluta workshopen"), reverse("control:workshop_close", args=[workshop.pk]), post=True, icon="lock"),
        )
        if may_run and is_open
        else (),
        form=form,
        risks=tuple(
            _voted(
                row,
                by_risk.get(row.risk.pk, []),
                workshop,
                form,
                names,
                seen=not is_open or row.risk.pk in voted,
                may_take=may_run,
            )
            for row in shown
        ),
    )  # fmt: skip


def _lead(count: int, names: Mapping[str, str], voted: Iterable[int], form: VotesForm | None) -> str:
    people = ngettext("%(n)s person har bedömt.", "%(n)s personer har bedömt.", len(names)) % {
        "n": len(names)
    }
    if form is None:
        return people
    left = count - len(set(voted))
    own = (
        ngettext("Du har %(n)s risk kvar.", "Du har %(n)s risker kvar.", left) % {"n": left}
        if left
        else _("Du har bedömt alla risker.")
    )
    return f"{people} {own}"


def _state(workshop: RiskWorkshop) -> Badge:
    if workshop.closed_at is None:
        return Badge(_("Öppen"), "accent")
    day = format_date(workshop.closed_at.astimezone(STOCKHOLM).date())
    return Badge(_("Avslutad %(day)s") % {"day": day})


def _voted(
    row: RiskFacts,
    votes: list[RiskVote],
    workshop: RiskWorkshop,
    form: VotesForm | None,
    names: Mapping[str, str],
    *,
    seen: bool,
    may_take: bool,
) -> VotedRisk:
    risk = row.risk
    said = selectors.verdicts(votes).get(risk.pk) if seen else None
    value = said.proposal.value if said else None
    before = row.before
    set_already = (
        said is not None
        and before is not None
        and (before.likelihood, before.consequence)
        == (
            said.proposal.likelihood,
            said.proposal.consequence,
        )
    )
    take = Action(
        _("Sätt som bedömning"),
        reverse("control:workshop_take", args=[workshop.pk, risk.key]),
        post=True,
        icon="check",
    )
    return VotedRisk(
        key=risk.key,
        title=risk.title,
        process=risk.process,
        details=tuple(
            (label, text)
            for label, text in ((_("Orsak"), risk.cause), (_("Konsekvens"), risk.consequence))
            if text
        ),
        href=links.risk(risk.key),
        now=value_symbol(row.policy, row.value_before),
        fields=tuple(form.fields_of(risk.pk)) if form else (),
        spread=spread_picture(row.policy, said, names) if said else None,
        hidden=_("De andras bedömningar visas när du har lämnat din.") if not seen and form else "",
        comments=tuple((names[vote.person.key], vote.comment) for vote in votes if seen and vote.comment),
        proposal=value_symbol(row.policy, value) if said and not set_already else None,
        take=take if may_take and said and not set_already else None,
    )  # fmt: skip
