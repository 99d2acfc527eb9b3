"""What has been taken out of the auditor's room, and the basic review of a committee."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.desk.pages.room import Asked, href
from uppsikt.desk.rules.areas import Mark, Value
from uppsikt.desk.rules.basic_review import Answer, findings
from uppsikt.desk.selectors.basic_review import basic_review, review_area
from uppsikt.desk.selectors.room import Bodies, packs
from uppsikt.kernel.period import format_date
from uppsikt.organisation.selectors import Body
from uppsikt.planning.pages.links import with_query
from uppsikt.texts.pages import moment_text
from uppsikt.web.parts import Action, Crumb, Empty, KeyFigure, Symbol, Text
from uppsikt.web.tables import Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class PacksPage:
    """The packs that have been taken out, the latest first. Template: desk/packs.html."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class BasicReviewPage:
    """The basic review of a committee's year. Template: desk/basic_review.html."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    actions: tuple[Action, ...]
    figures: tuple[KeyFigure, ...]
    table: Table


def packs_page(mandate: Bodies) -> PacksPage:
    """The page. Two queries."""
    return PacksPage(
        title=_("Uttagna underlag"),
        lead=_("Varje underlag är sparat som det var när det togs ut, och öppnas utan Uppsikt."),
        crumbs=(_root(), Crumb(_("Uttagna underlag"))),
        table=Table(
            key="underlag",
            caption=_("Uttagna underlag"),
            caption_hidden=True,
            columns=(
                Column("what", _("Underlag"), width="wide"),
                Column("moment", _("Visar det som stod")),
                Column("by", _("Uttaget av")),
                Column("at", _("Uttaget")),
                Column("digest", _("Kontrollsumma")),
            ),
            rows=tuple(
                Row(
                    cells=(
                        Cell(event.label, href=reverse("desk:pack_download", args=[_digest(event.subject)])),
                        Cell(str(event.data.get("moment", ""))[:16].replace("T", " ")),
                        Cell(event.actor_name),
                        Cell(moment_text(event.at)),
                        Cell(_digest(event.subject)[:12], sub=_("början av SHA-256")),
                    )
                )
                for event in packs(mandate)
            ),
            empty=Empty(
                _("Inget är uttaget än"),
                _("Välj organ och dag i revisorns rum och ta ut underlaget därifrån."),
                action=Action(_("Till revisorns rum"), reverse("desk:room")),
                icon="package",
            ),
        ),
    )


def basic_review_page(body: Body, name: str, ask: Asked) -> BasicReviewPage:
    """The page. A constant number of queries."""
    known = basic_review(body, ask.year, ask.moment)
    area = review_area(known)
    answers = [one.answer for one in findings(known)]
    when = format_date(ask.day) if ask.moment and ask.day else ""
    return BasicReviewPage(
        title=_("Grundläggande granskning %(year)s") % {"year": ask.year},
        lead=_("%(name)s, så som det var den %(day)s.") % {"name": name, "day": when}
        if when
        else _("%(name)s, så som det är nu.") % {"name": name},
        crumbs=(_root(), Crumb(name, href(**ask.query())), Crumb(_("Grundläggande granskning"))),
        actions=(_pack(ask),),
        figures=tuple(
            KeyFigure(label, str(answers.count(answer)))
            for answer, label in (
                (Answer.YES, _("Ja")),
                (Answer.PARTLY, _("Delvis")),
                (Answer.NO, _("Nej")),
                (Answer.UNKNOWN, _("Kan inte avgöras")),
            )
        ),
        table=Table(
            key=area.key,
            caption=area.title,
            caption_hidden=True,
            columns=tuple(
                Column(key, label, width="wide" if at == 0 else "") for at, (key, label) in enumerate(area.columns)
            ),
            rows=tuple(
                Row(cells=tuple(_cell(value, at, addresses) for at, value in enumerate(record.values)))
                for record in area.records
                for addresses in (_ground(record.subject.removeprefix("basic:"), body, ask),)
            ),
            notes=(
                _("Svaren är härledda ur det som finns i Uppsikt, var och en efter sin regel. De är ingen bedömning."),
                _("Alla är ja, inget är nej, däremellan är delvis. Budgeten: minst noll är ja, ett underskott på högst"
                  " en procent av budgeten är delvis."),
            ),
        ),
    )  # fmt: skip


def _cell(value: Value, at: int, ground: str) -> Cell:
    if isinstance(value, Mark):
        return Cell(symbol=Symbol(value.shape, value.words, value.colour))
    return Cell(value, href=ground if at == 2 else "")


def _ground(key: str, body: Body, ask: Asked) -> str:
    """Where the ground of an answer is read: the same area of the room, at the same day."""
    area: Mapping[str, str] = {
        "goals": "goals", "assessed": "goals", "fulfilled": "goals", "risks_assessed": "risks",
        "high_risks_handled": "risks", "controls_done": "controls", "results_passed": "results",
        "deficiencies_closed": "deficiencies", "recommendations_answered": "recommendations",
        "recommendations_acted_on": "recommendations", "questions_answered": "questions", "reports": "publications",
    }  # fmt: skip
    if key == "economy":
        return with_query(reverse("economy:tables"), {"body": body.key})
    if key == "plan":
        return reverse("reports:workspace", args=[body.key, f"{ask.year}/control-plan"])
    return href(**ask.query(area=area[key]))


def _pack(ask: Asked) -> Action:
    hidden = (*((name, value) for name, value in ask.query().items() if name != "area"), ("basic", "1"))
    return Action(
        _("Ta ut underlag"), reverse("desk:room_pack"), primary=True, post=True, icon="package", hidden=hidden
    )


def _root() -> Crumb:
    return Crumb(_("Revisorns rum"), reverse("desk:room"))


def _digest(subject: str) -> str:
    return subject.partition(":")[2]
