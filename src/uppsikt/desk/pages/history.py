"""The history: who did what and when, filtered, and whether the chain holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from uppsikt.accounts import selectors as accounts
from uppsikt.cycle import selectors as cycle
from uppsikt.desk.pages import addresses
from uppsikt.history import selectors as history
from uppsikt.history.events import EventKind
from uppsikt.history.pages import Day, timeline
from uppsikt.history.selectors import Event
from uppsikt.kernel import clock
from uppsikt.organisation import selectors as organisation
from uppsikt.web.chrome import Option, Select
from uppsikt.web.parts import Crumb, Text

A_PAGE = 50
KINDS: tuple[tuple[str, str], ...] = (
    ("status", "Status och kommentarer"), ("observation", "Utfall"), ("indicator", "Indikatorer"),
    ("goal", "Mål, bedömningar och texter"), ("assignment", "Uppdrag"), ("target", "Målvärden"), ("plan", "Planer"),
    ("report", "Rapporter"), ("round", "Uppföljningstillfällen"), ("text", "Texter"), ("dataset", "Inläsning"),
    ("role", "Roller"), ("user", "Personer"), ("body", "Organ"), ("unit", "Enheter"), ("year", "Styrmodeller"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter of the history, as asked; what is not understood is left out."""

    body: str = ""
    kind: str = ""
    person: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """The history. `chain` says whether it holds, once asked for; `holds` None: not asked."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    selects: tuple[Select, ...]
    since: str
    until: str
    is_filtered: bool
    days: tuple[Day, ...]
    events: Page[Event]
    chain: Text
    holds: bool | None


def asked(params: QueryDict) -> Asked:
    """The filter that the address asks for."""
    number = params.get("page", "")
    return Asked(
        body=params.get("body", ""),
        kind=params.get("kind", "") if params.get("kind", "") in dict(KINDS) else "",
        person=params.get("person", ""),
        since=_day(params.get("since", "")),
        until=_day(params.get("until", "")),
        page=int(number) if number.isdecimal() and len(number) < 7 else 1,
    )


def history_page(filter_: Asked, bodies: Collection[str] | None, *, verify: bool) -> HistoryPage:
    """The page. `bodies`: those whose history may be read; None reads what belongs to no body too."""
    events = history.recent(body_key=filter_.body, actor_key=filter_.person)
    if bodies is not None:
        events = events.filter(body_key__in=bodies)
    if filter_.kind:
        events = events.filter(
            kind__in=[kind.value for kind in EventKind if kind.value.startswith(f"{filter_.kind}.")]
        )
    if filter_.since:
        events = events.filter(at__gte=_start(filter_.since))
    if filter_.until:
        events = events.filter(at__lt=_start(filter_.until + dt.timedelta(days=1)))
    page = Paginator(events, A_PAGE).get_page(filter_.page)
    shown = list(page.object_list)
    broken = history.broken_at() if verify else None
    return HistoryPage(
        title=_("Historik"),
        lead=_(
            "Allt som har ändrats, av vem och när. Inget kan ändras eller tas bort i efterhand utan att det märks."
        ),
        crumbs=(Crumb(_("Historik")),),
        selects=_selects(filter_, bodies),
        since=filter_.since.isoformat() if filter_.since else "",
        until=filter_.until.isoformat() if filter_.until else "",
        is_filtered=filter_ != Asked(page=filter_.page),
        days=timeline(
            shown, hrefs=addresses.of_subjects({event.subject for event in shown}), words=_words(shown)
        ),
        events=page,
        chain=_chain(broken) if verify else "",
        holds=broken is None if verify else None,
    )


def _chain(broken: int | None) -> str:
    if broken is None:
        return _("Kedjan är hel: alla händelser är oförändrade sedan de skrevs.")
    return _("Kedjan bryts vid händelse %(number)s. Den eller något före den har ändrats i efterhand.") % {
        "number": broken
    }


def _selects(filter_: Asked, bodies: Collection[str] | None) -> tuple[Select, ...]:
    names = organisation.body_names(clock.today())
    shown = {key: name for key, name in names.items() if bodies is None or key in bodies}
    people = [(user.key, user.name) for user in accounts.users()]
    return (
        _select("body", _("Nämnd"), _("Alla"), sorted(shown.items(), key=lambda pair: pair[1]), filter_.body),
        _select("kind", _("Slag"), _("Alla slag"), list(KINDS), filter_.kind),
        _select("person", _("Person"), _("Alla personer"), people, filter_.person),
    )


def _select(name: str, label: str, every: str, rows: list[tuple[str, str]], chosen: str) -> Select:
    options = (Option("", every, not chosen), *(Option(key, text, key == chosen) for key, text in rows))
    return Select(name, label, options)


def _words(events: Collection[Event]) -> dict[str, str]:
    """The labels of scale steps, of the years the events are about."""
    keys = {str(event.data.get("round")) for event in events}
    years = {row.year_id for row in cycle.rounds() if row.key in keys}
    found = {"met": _("uppnått"), "not_met": _("ej uppnått"), "open": _("öppet"), "closed": _("stängt")}
    found |= {"planned": _("planerat"), "not_published": _("ej publicerat"), "not_measured": _("ej mätt")}
    for year in years:
        for scale in cycle.model_for(year).scales.values():
            found |= {step.key: step.label for step in scale.steps}
    return found


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _start(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, clock.STOCKHOLM)
