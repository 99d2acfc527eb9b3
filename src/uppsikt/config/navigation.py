"""What stands around every page: the links a person may follow, whose installation it is, who is signed in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from uppsikt.accounts.selectors import User
from uppsikt.cycle.context import ALL, context
from uppsikt.cycle.rules.rounds import RoundState, short_name
from uppsikt.cycle.selectors import Round
from uppsikt.desk import selectors as desk
from uppsikt.history import selectors as history
from uppsikt.kernel.period import format_date
from uppsikt.organisation import access
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.rules import Grants, Permission
from uppsikt.organisation.selectors import Municipality
from uppsikt.texts.pages import moment_text
from uppsikt.web.accent import DEFAULT_ACCENT
from uppsikt.web.chrome import Chrome, NavGroup, NavItem, Option, Person, Select, Switcher
from uppsikt.web.parts import Text


@dataclass(frozen=True, slots=True)
class Link:
    """One place in the navigation: shown to those who have `permission` for anything at all.

    `whole`: only to those who have it for the whole municipality.
    """

    view: str
    label: Text
    icon: str
    permission: Permission = Permission.READ
    shortcut: str = ""
    matches: tuple[str, ...] = ()
    whole: bool = False

    def item(self, count: int = 0) -> NavItem:
        return NavItem(
            key=self.view,
            count=str(count) if count else "",
            count_spoken=_("saker kvar") if count else "",
            label=self.label,
            href=reverse(self.view),
            icon=self.icon,
            shortcut=self.shortcut,
            matches=self.matches or (self.view,),
        )


HOME = "desk:home"
MOST_BODIES = 250
"""How many bodies the switcher lists at most."""
_OWNER = "_uppsikt_owner"

# Headings with their links, in the order of the page. A package's first page gets its line here.
LINKS: tuple[tuple[Text, tuple[Link, ...]], ...] = (
    (
        "",
        (
            Link(HOME, _("Min sida"), "house", shortcut="m"),
            Link(
                "planning:goals",
                _("Styrning"),
                "target",
                shortcut="s",
                matches=("planning:goal", "planning:indicator"),
            ),
            Link(
                "planning:assignments",
                _("Uppdrag"),
                "list-checks",
                shortcut="u",
                matches=("planning:assignment",),
            ),
            Link(
                "planning:reporting",
                _("Rapportering"),
                "pencil-line",
                shortcut="t",
                matches=("planning:report",),
            ),
            Link("economy:tables", _("Ekonomi"), "chart-no-axes-column", shortcut="e", matches=("economy:",)),
            Link(
                "investments:projects",
                _("Investeringar"),
                "construction",
                shortcut="i",
                matches=("investments:",),
            ),
            Link(
                "procurement:overview", _("Inköp"), "shopping-cart", shortcut="n", matches=("procurement:",)
            ),
            Link(
                "control:home",
                _("Intern kontroll"),
                "shield-check",
                shortcut="k",
                matches=(
                    "control:home",
                    "control:summary",
                    "control:risk",
                    "control:mitigation",
                    "control:workshop",
                    "control:librar",
                    "control:dependency",
                    "control:control",
                    "control:group",
                    "control:occasion",
                    "control:sample",
                    "control:deficienc",
                ),
            ),
            Link(
                "control:reviews",
                _("Revision"),
                "clipboard-check",
                shortcut="v",
                matches=("control:review", "control:recommendation", "control:question"),
            ),
            Link("oversight:board", _("Uppsikt"), "binoculars", shortcut="o", matches=("oversight:",)),
            Link("planning:plans", _("Planer"), "clipboard-list", shortcut="p", matches=("planning:plan",)),
            Link("reports:reports", _("Rapporter"), "file-text", shortcut="r", matches=("reports:",)),
            Link("cycle:year_list", _("År och tillfällen"), "calendar", matches=("cycle:year",)),
            Link("desk:room", _("Revisorns rum"), "scan-search", Permission.AUDIT, matches=("desk:room",)),
            Link("desk:history", _("Historik"), "history", Permission.READ_HISTORY, shortcut="h"),
        ),
    ),
    (
        _("Data"),
        (
            Link(
                "exchange:import",
                _("Läs in data"),
                "upload",
                Permission.IMPORT,
                matches=("exchange:import", "exchange:preview"),
                whole=True,
            ),
            Link("exchange:export", _("Exportera data"), "download", Permission.EXPORT, whole=True),
        ),
    ),
)


def groups(held: Grants, left: int = 0) -> tuple[NavGroup, ...]:
    """The links that a person with these grants may follow; a heading without links is left out.

    Args: left: how many things are left for them, shown beside their own page.
    """
    found = []
    for heading, links in LINKS:
        items = tuple(link.item(left if link.view == HOME else 0) for link in links if _open(link, held))
        if items:
            found.append(NavGroup(items=items, heading=heading))
    return tuple(found)


def _open(link: Link, held: Grants) -> bool:
    return held.allows(link.permission) if link.whole else held.anywhere(link.permission)


def chrome(request: HttpRequest) -> Chrome:
    """Around this page. Asked once per page by `uppsikt.web.chrome`."""
    owner = _owner(request)
    held = access.grants(request.user)
    last = history.last_event()
    return Chrome(
        owner=owner.name if owner else _("Uppsikt"),
        groups=groups(held, _left(request, held, last[0] if last else 0)),
        search_href=reverse("desk:search"),
        freshness=_freshness(last[1] if last else None),
        switcher=_switcher(request, held),
        person=_person(request, held),
    )


def _switcher(request: HttpRequest, held: Grants) -> Switcher | None:
    """Whose affairs and which round: the page's own address again, with another choice."""
    if not held.anywhere(Permission.READ):
        return None
    chosen = context(request)
    # Of thousands of bodies only the chosen one is listed: the way to another is the page of them all, which can be searched.
    listed = chosen.bodies if len(chosen.bodies) <= MOST_BODIES else filter(None, (chosen.body,))
    bodies = [
        Option(row.key, row.name, chosen.body is not None and row.key == chosen.body.key) for row in listed
    ]
    if len(chosen.bodies) > 1:
        bodies.insert(0, Option(ALL, _("Alla nämnder"), chosen.body is None))
    rounds = [Option(row.key, short_name(row.kind, row.cutoff), row == chosen.round) for row in chosen.rounds]
    selects = [Select("body", _("Nämnd"), tuple(bodies)), Select("round", _("Uppföljning"), tuple(rounds))]
    return Switcher(
        action=reverse("cycle:switch"),
        selects=tuple(select for select in selects if select.options),
        hidden=(("next", request.path),),
        state=_state(chosen.round),
    )


def _state(round_: Round | None) -> str:
    if round_ is None:
        return ""
    state = RoundState(round_.state)
    if state is RoundState.OPEN and round_.deadline:
        return _("Öppet till %(day)s") % {"day": format_date(round_.deadline)}
    return state.label.capitalize()


def _left(request: HttpRequest, held: Grants, sequence: int) -> int:
    """How many things are left for the one who looks, from the rounds the switcher has read."""
    if not isinstance(request.user, User) or not held.anywhere(Permission.READ):
        return 0
    return desk.left_count(request.user, context(request).rounds, sequence)


def _freshness(moment: dt.datetime | None) -> str:
    """When anything last changed, for the foot of the page."""
    return _("Uppgifterna ändrades senast %(when)s.") % {"when": moment_text(moment)} if moment else ""


def _person(request: HttpRequest, held: Grants) -> Person | None:
    if not request.user.is_authenticated:
        return None
    return Person(
        name=request.user.name,
        role=held.roles[0].label if held.roles else "",
        href=reverse("desk:account"),
        logout_href=reverse("accounts:sign_out"),
    )


def _owner(request: HttpRequest) -> Municipality | None:
    """Whose installation it is, read once per request."""
    if not hasattr(request, _OWNER):
        setattr(request, _OWNER, organisation.municipality())
    found: Municipality | None = getattr(request, _OWNER)
    return found


def accent(request: HttpRequest) -> str:
    """The municipality's colour. Asked by `uppsikt.web.chrome`."""
    owner = _owner(request)
    return owner.accent if owner else DEFAULT_ACCENT
