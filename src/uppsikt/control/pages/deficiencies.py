"""The list of deficiencies: what is open, the worst first, and what has been closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.control.pages.control_words import controls_href
from uppsikt.control.pages.deficiency_rows import deficiency_columns, deficiency_row
from uppsikt.control.pages.matrix import address
from uppsikt.control.pages.tabs import tabs
from uppsikt.control.rules.deficiencies import CLOSED_BY, DeficiencyState
from uppsikt.control.selectors.control_rows import name_of
from uppsikt.control.selectors.deficiencies import DeficiencyFacts, deficiency_facts
from uppsikt.cycle.context import Context
from uppsikt.web.parts import Action, Crumb, Empty, Link, Text
from uppsikt.web.tables import Row, Table, sort_state, with_sorting

PER_PAGE = 50
ALL = "all"
SORTABLE = ("title", "state", "found")

_STATES = {
    "no-action": DeficiencyState.NO_ACTION,
    "retest-failed": DeficiencyState.RETEST_FAILED,
    "acting": DeficiencyState.ACTING,
    "waiting": DeficiencyState.WAITING,
    "closed": DeficiencyState.CLOSED,
}


@dataclass(frozen=True, slots=True)
class DeficienciesPage:
    """The list with its filters. `kept` are the parts of the address that a search keeps."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    chips: tuple[Link, ...]
    kept: tuple[tuple[str, str], ...]
    q: str
    table: Table
    page_obj: Page[Any]


def deficiencies_page(context: Context, params: QueryDict, bodies: frozenset[str] | None) -> DeficienciesPage:
    """Deficiencies of the year, and earlier ones still open when it began. A constant number of queries."""
    try:
        facts = deficiency_facts(context.year, bodies)
    except LookupError:
        facts = []
    only, q = params.get("only", ""), params.get("q", "").strip()
    found = [one for one in facts if _keeps(one, only) and _matches(one, q)]
    key, descending = sort_state(params)
    if key in SORTABLE:
        found.sort(key=_sort_key(key), reverse=descending)
    page_obj = Paginator(found, PER_PAGE).get_page(params.get("page"))
    return DeficienciesPage(
        title=_("Brister %(year)s") % {"year": context.year},
        lead=_lead(facts),
        crumbs=(
            Crumb(context.body.name if context.body else _("Alla nämnder")),
            Crumb(str(context.year)),
            Crumb(_("Kontroller"), controls_href(context.round)),
            Crumb(_("Brister")),
        ),
        tabs=tabs("deficiencies", context.round),
        chips=tuple(_chips(facts, params)),
        kept=tuple((name, str(params[name])) for name in ("only", "sort") if params.get(name)),
        q=q,
        table=_table(list(page_obj.object_list), context, params, filtered=bool(only or q)),
        page_obj=page_obj,
    )


def _lead(facts: Sequence[DeficiencyFacts]) -> str:
    is_open = [one for one in facts if one.open]
    if not is_open:
        return _("Inga öppna brister.") if facts else ""
    late = sum(one.overdue for one in is_open)
    bare = sum(one.state is DeficiencyState.NO_ACTION for one in is_open)
    parts = [
        ngettext("%(n)s brist är öppen", "%(n)s brister är öppna", len(is_open)) % {"n": len(is_open)},
        ngettext("%(n)s är försenad", "%(n)s är försenade", late) % {"n": late} if late else "",
        _("%(n)s saknar åtgärd") % {"n": bare} if bare else "",
    ]
    return f"{', '.join(filter(None, parts))}."


def _keeps(one: DeficiencyFacts, only: str) -> bool:
    if only in _STATES:
        return one.state is _STATES[only]
    match only:
        case "overdue":
            return one.overdue
        case "recurring":
            return one.recurring
        case "all":
            return True
        case _:
            return one.open


def _matches(one: DeficiencyFacts, q: str) -> bool:
    return q.casefold() in f"{one.deficiency.title} {name_of(one.control)}".casefold()


def _sort_key(key: str) -> Callable[[DeficiencyFacts], Any]:
    keys: Mapping[str, Callable[[DeficiencyFacts], Any]] = {
        "title": lambda one: one.deficiency.title.casefold(),
        "state": lambda one: list(DeficiencyState).index(one.state),
        "found": lambda one: one.deficiency.found_on,
    }
    return keys[key]


def _chips(facts: Sequence[DeficiencyFacts], params: QueryDict) -> list[Link]:
    only = params.get("only", "")
    named = (
        ("", _("Öppna")),
        ("overdue", _("Försenade")),
        ("no-action", DeficiencyState.NO_ACTION.label),
        ("retest-failed", DeficiencyState.RETEST_FAILED.label),
        ("acting", DeficiencyState.ACTING.label),
        ("waiting", DeficiencyState.WAITING.label),
        ("recurring", _("Återkommande")),
        ("closed", _("Stängda")),
        (ALL, _("Alla")),
    )
    counted = {key: sum(_keeps(one, key) for one in facts) for key, _name in named}
    return [
        Link(name, address(params, only=key), only == key, str(counted[key]))
        for key, name in named
        if counted[key] or only == key or key in {"", ALL}
    ]


def _table(shown: Sequence[DeficiencyFacts], context: Context, params: QueryDict, *, filtered: bool) -> Table:
    names = {} if context.body else {row.key: row.short or row.name for row in context.bodies}
    return Table(
        key="brister",
        caption=_("Brister"),
        caption_hidden=True,
        columns=with_sorting(deficiency_columns(), params, sortable=SORTABLE),
        rows=tuple(_row(one, names) for one in shown),
        notes=(CLOSED_BY,) if shown else (),
        empty=_empty(context, filtered=filtered),
    )


def _row(one: DeficiencyFacts, names: Mapping[str, str]) -> Row:
    under = " · ".join(filter(None, (names.get(one.body.key, ""), name_of(one.control))))
    return deficiency_row(one, under=under)


def _empty(context: Context, *, filtered: bool) -> Empty:
    if filtered:
        return Empty(_("Inget motsvarar filtret"), icon="search")
    return Empty(
        _("Inga öppna brister"),
        _("En brist läggs till på det kontrolltillfälle som fann den."),
        Action(_("Till kontrollerna"), controls_href(context.round)),
        icon="shield-check",
    )
