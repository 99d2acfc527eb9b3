"""The auditor's room: a body as it was at a day, area by area."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.cycle import selectors as cycle
from uppsikt.desk.pages import addresses
from uppsikt.desk.rules.areas import Area, Mark, Record
from uppsikt.desk.selectors.areas import areas
from uppsikt.desk.selectors.room import Bodies, events, room
from uppsikt.history.pages import Day, timeline
from uppsikt.kernel import clock
from uppsikt.kernel.period import format_date
from uppsikt.organisation import selectors as organisation
from uppsikt.planning.pages.links import with_query
from uppsikt.web.chrome import Option, Select
from uppsikt.web.parts import Action, Crumb, Empty, Link, Symbol, Text
from uppsikt.web.tables import Cell, Column, Row, Table

A_PAGE = 50
HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the auditor asks to see. `day` None: as it is now; `body` empty: everything in the mandate."""

    body: str
    year: int
    day: dt.date | None
    area: str
    page: str = ""

    @property
    def moment(self) -> dt.datetime | None:
        """The end of the day; None is now."""
        return end_of(self.day) if self.day and self.day < clock.today() else None

    def query(self, **changes: str) -> dict[str, str]:
        """The address's query for the same with something else."""
        day = self.day.isoformat() if self.day else ""
        return {"body": self.body or "all", "year": str(self.year), "date": day, "area": self.area} | changes


@dataclass(frozen=True, slots=True)
class RoomPage:
    """The auditor's room. `days`: the events, when history is looked at. Template: desk/room.html."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    actions: tuple[Action, ...]
    selects: tuple[Select, ...]
    area: str
    date: str
    today: str
    tabs: tuple[Link, ...]
    table: Table | None
    days: tuple[Day, ...]
    page_obj: Page[Any]


def end_of(day: dt.date) -> dt.datetime:
    """The last moment of a day."""
    return dt.datetime.combine(day, dt.time.max, clock.STOCKHOLM)


def asked(params: QueryDict, body: str, year: int) -> Asked:
    """What the address asks for; what is not understood is left out. Args: body, year: when it says neither."""
    key = params.get("body", body)
    day = _day(params.get("date", ""))
    number = params.get("year", "")
    chosen = int(number) if number.isdecimal() and len(number) == 4 else day.year if day else year
    return Asked("" if key == "all" else key, chosen, day, params.get("area", ""), params.get("page", ""))


def room_page(ask: Asked, bodies: Bodies, mandate: Bodies, *, may_ask: bool) -> RoomPage:
    """The page. Queries do not grow with what there is."""
    found = room(ask.year, bodies, ask.moment)
    rounds = cycle.rounds(ask.year).filter(cutoff__lte=found.day)
    listed = areas(found, rounds)
    told = events(bodies, ask.moment).order_by("-sequence")
    area = next((one for one in listed if one.key == ask.area), None)
    if area is None and ask.area != HISTORY:
        area = next((one for one in listed if one.records), listed[0])
    page_obj: Page[Any] = Paginator(area.records if area else told, A_PAGE).get_page(ask.page)
    shown = list(page_obj.object_list)
    return RoomPage(
        title=_("Revisorns rum"),
        lead=_lead(ask, found.names, listed),
        crumbs=(Crumb(_("Revisorns rum")),),
        actions=tuple(_actions(ask, may_ask=may_ask)),
        selects=tuple(_selects(ask, mandate, found.names)),
        area=area.key if area else HISTORY,
        date=ask.day.isoformat() if ask.day else "",
        today=clock.today().isoformat(),
        tabs=(
            *(
                Link(one.title, _href(ask, area=one.key), one is area, str(len(one.records)))
                for one in listed
            ),
            Link(_("Historik"), _href(ask, area=HISTORY), area is None),
        ),
        table=_table(area, shown, ask, may_ask=may_ask) if area else None,
        days=timeline(shown, hrefs=addresses.of_subjects({event.subject for event in shown}))
        if not area
        else (),
        page_obj=page_obj,
    )


def href(**query: str) -> str:
    """The auditor's room with something chosen."""
    return with_query(reverse("desk:room"), query)


def _href(ask: Asked, **changes: str) -> str:
    return with_query(reverse("desk:room"), ask.query(**changes))


def _lead(ask: Asked, names: Mapping[str, str], listed: Sequence[Area]) -> str:
    where = names.get(ask.body, ask.body) if ask.body else _("Allt i uppdraget")
    when = (
        _("som det var den %(day)s") % {"day": format_date(ask.day)}
        if ask.moment and ask.day
        else _("som det är nu")
    )
    count = sum(len(one.records) for one in listed)
    said = ngettext("%(count)s uppgift", "%(count)s uppgifter", count) % {"count": count}
    return _("%(where)s, %(year)s, %(when)s: %(said)s. Inget kan ändras härifrån.") % {
        "where": where, "year": ask.year, "when": when, "said": said,
    }  # fmt: skip


def _actions(ask: Asked, *, may_ask: bool) -> list[Action]:
    hidden = tuple((name, value) for name, value in ask.query().items() if name != "area")
    pack = Action(
        _("Ta ut underlag"), reverse("desk:room_pack"), primary=True, post=True, icon="package", hidden=hidden
    )
    found = [pack]
    if ask.body:
        basic = with_query(
            reverse("desk:basic_review", args=[ask.body, ask.year]), {"date": ask.query()["date"]}
        )
        found.append(Action(_("Grundläggande granskning"), basic, icon="clipboard-check"))
    if may_ask and ask.body:
        sample = with_query(reverse("desk:room_sample"), ask.query())
        found.append(Action(_("Dra stickprov"), sample, icon="dices"))
    return found


def _selects(ask: Asked, mandate: Bodies, names: Mapping[str, str]) -> list[Select]:
    rows = [row.key for row in organisation.bodies() if mandate is None or row.key in mandate]
    bodies = [Option("all", _("Allt i uppdraget"), not ask.body)]
    bodies += [Option(key, names.get(key, key), key == ask.body) for key in rows]
    years = [Option(str(row.year), str(row.year), row.year == ask.year) for row in cycle.years()]
    return [Select("body", _("Organ"), tuple(bodies)), Select("year", _("År"), tuple(years))]


def _table(area: Area, records: Sequence[Record], ask: Asked, *, may_ask: bool) -> Table:
    hrefs = addresses.of_subjects({record.subject for record in records})
    columns = [
        Column(key, label, width="wide" if at == 0 else "") for at, (key, label) in enumerate(area.columns)
    ]
    if may_ask:
        columns.append(Column("ask", "", spoken=_("Ställ en fråga"), width="fit"))
    return Table(
        key=area.key,
        caption=area.title,
        caption_hidden=True,
        columns=tuple(columns),
        rows=tuple(
            Row(
                cells=(*_cells(record), *((_ask(record, ask),) if may_ask else ())),
                href=hrefs.get(record.subject, ""),
            )
            for record in records
        ),
        empty=Empty(
            _("Inget av det här slaget"),
            _("Välj ett annat organ, ett annat år eller en senare dag."),
            icon="archive",
        ),
    )


def _cells(record: Record) -> list[Cell]:
    found = []
    for value in record.values:
        if isinstance(value, Mark):
            found.append(Cell(symbol=Symbol(value.shape, value.words, value.colour)))
        else:
            day = _day(value)
            text = format_date(day) if day else value
            found.append(Cell(text or "–"))
    return found


def _ask(record: Record, ask: Asked) -> Cell:
    about = {"about": record.subject, "as_of": ask.query()["date"], "body": ask.body}
    return Cell(_("Fråga"), href=with_query(reverse("control:question_new"), about))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
