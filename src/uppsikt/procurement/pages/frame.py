"""What the pages of procurement have around them: crumbs, tabs, filters, history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from uppsikt.cycle.context import Context
from uppsikt.history import selectors as history
from uppsikt.history.presenters import sentence
from uppsikt.kernel.clock import STOCKHOLM
from uppsikt.kernel.period import MONTHS, format_date
from uppsikt.procurement import selectors
from uppsikt.procurement.pages import links
from uppsikt.procurement.selectors import Agreement, Procurement, Supplier
from uppsikt.web.chrome import Option, Select
from uppsikt.web.parts import Action, Badge, Crumb, Empty, Fact, KeyFigure, Link, Symbol, Text
from uppsikt.web.tables import Table

TABS = (
    ("overview", lazy("Överblick")),
    ("suppliers", lazy("Leverantörer")),
    ("agreements", lazy("Avtal")),
    ("procurements", lazy("Upphandlingar")),
    ("follow_ups", lazy("Uppföljningar")),
    ("limits", lazy("Gränser")),
)
EVENTS = 30


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Something that happened to a row."""

    text: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list with its filters. `selects` and `q` are sent with GET, with `kept` beside them; `q` None: no search."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    actions: tuple[Action, ...]
    tabs: tuple[Link, ...]
    chips: tuple[Link, ...]
    selects: tuple[Select, ...]
    kept: tuple[tuple[str, str], ...]
    q: str | None
    tables: tuple[Table, ...]
    page_obj: Page[Any] | None = None
    figures: tuple[KeyFigure, ...] = ()
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class OnePage:
    """A supplier, an agreement or a procurement. A table without rows is left out."""

    title: Text
    eyebrow: Text
    crumbs: tuple[Crumb, ...]
    state: Symbol | None
    badges: tuple[Badge, ...]
    actions: tuple[Action, ...]
    figures: tuple[KeyFigure, ...]
    facts_title: Text
    facts: tuple[Fact, ...]
    note: str
    tables: tuple[Table, ...]
    chart: Any
    history: tuple[HistoryLine, ...]


def crumbs(context: Context, *rest: Crumb) -> tuple[Crumb, ...]:
    """Where one is: body, year, purchases, and what the page is."""
    return (
        Crumb(context.body.name if context.body else _("Alla nämnder")),
        Crumb(str(context.year)),
        Crumb(_("Inköp"), links.page("overview", context.round)),
        *rest,
    )


def tabs(context: Context, current: str) -> tuple[Link, ...]:
    """The lists."""
    return tuple(Link(label, links.page(name, context.round), name == current) for name, label in TABS)


def address(params: QueryDict, **changes: str) -> str:
    """The page's own address with other filters; body and round follow along in the session."""
    query = params.copy()
    for name in ("page", "body", "round"):
        query.pop(name, None)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"


def select(name: str, label: Text, every: Text, options: Mapping[str, Text], chosen: str) -> Select:
    """A choice among some values, or all."""
    return Select(
        name,
        label,
        (
            Option("", every, not chosen),
            *(Option(key, text, key == chosen) for key, text in options.items()),
        ),
    )


def month_selects(params: QueryDict, last: int) -> tuple[Select, ...]:
    """From which month to which, within the year to the cut-off."""
    months = {str(number): MONTHS[number - 1] for number in range(1, last + 1)}
    return (
        select("from", _("Från och med"), _("Från årets början"), months, params.get("from", "")),
        select("to", _("Till och med"), _("Till bokslutsdagen") if last == 12 else _("Till avläsningen"), months, params.get("to", "")),
    )  # fmt: skip


def month_of(params: QueryDict, name: str) -> int:
    """A month of the address; 0 when it says none."""
    text = params.get(name, "")
    return int(text) if text.isdecimal() and 1 <= int(text) <= 12 else 0


def kept(params: QueryDict, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """What the filter form sends along."""
    return tuple((name, str(params[name])) for name in names if params.get(name))


def told(row: Supplier | Agreement | Procurement) -> tuple[HistoryLine, ...]:
    """The latest that happened to a row. One query."""
    return tuple(
        HistoryLine(
            sentence(event.kind, event.label),
            event.actor_name,
            format_date(event.at.astimezone(STOCKHOLM).date()),
        )
        for event in history.about(selectors.subject(row))[:EVENTS]
    )


def facts(*pairs: tuple[Text, Text] | Fact) -> tuple[Fact, ...]:
    """Those that say something."""
    listed = [pair if isinstance(pair, Fact) else Fact(*pair) for pair in pairs]
    return tuple(fact for fact in listed if fact.text or fact.symbol)
