"""Procurements, call-offs and direct procurements: the list with its flags, and one of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.cycle.context import Context
from uppsikt.kernel.period import format_date
from uppsikt.organisation import selectors as organisation
from uppsikt.procurement import selectors
from uppsikt.procurement.pages import links
from uppsikt.procurement.pages.frame import (
    ListPage,
    OnePage,
    address,
    crumbs,
    facts,
    kept,
    select,
    tabs,
    told,
)
from uppsikt.procurement.pages.money import amount, kronor
from uppsikt.procurement.rules.limits import Limits, over
from uppsikt.procurement.rules.words import LimitKey, ProcurementKind
from uppsikt.procurement.selectors import Procurement
from uppsikt.web.chrome import Select
from uppsikt.web.parts import Action, Badge, Crumb, Empty, Fact, Link, Symbol
from uppsikt.web.tables import Cell, Column, Row, Table, sort_state, with_sorting

PER_PAGE = 100
SORTABLE = ("title", "date", "value", "supplier", "kind")
FLAGS = ("uncertified", "undocumented", "untold", "listed")
ALL_YEARS = "all"


def listed(
    context: Context, params: QueryDict, bodies: frozenset[str] | None
) -> tuple[list[Procurement], list[Procurement], Limits]:
    """Those of the year (or all), those that the address asks for in its order, and what is settled."""
    day = context.round.cutoff if context.round else dt.date(context.year, 12, 31)
    limits = selectors.limits(day)
    every = [
        row
        for row in selectors.procurements(bodies)
        if params.get("year") == ALL_YEARS or (row.date.year == context.year and row.date <= day)
    ]
    kind, category = params.get("kind", ""), params.get("category", "")
    asked = params.get("q", "").strip().casefold()
    found = [
        row
        for row in every
        if (not kind or row.kind == kind)
        and (not category or row.category == category)
        and flagged(row, params.get("flag", ""), limits)
        and (not asked or asked in _words(row).casefold())
    ]
    key, descending = sort_state(params)
    if key in SORTABLE:
        found.sort(key=lambda row: _sort_key(row, key), reverse=descending)
    return every, found, limits


def flagged(row: Procurement, flag: str, limits: Limits) -> bool:
    """Whether a procurement has what a flag asks for; any when none is asked for."""
    direct = row.kind == ProcurementKind.DIRECT.value
    match flag:
        case "uncertified":
            return direct and row.certified is False
        case "undocumented":
            return direct and row.documented is False
        case "untold":
            return direct and (row.certified is None or row.documented is None)
        case "listed":
            return not direct and over(row.value_ore, limits.amount(LimitKey.LISTED))
    return True


def _words(row: Procurement) -> str:
    return f"{row.title} {row.case_number} {row.supplier.name if row.supplier else ''} {row.purchaser}"


def _sort_key(row: Procurement, key: str) -> tuple[int, str]:
    words = {
        "title": row.title.casefold(),
        "date": row.date.isoformat(),
        "supplier": row.supplier.name.casefold() if row.supplier else "",
        "kind": row.kind,
    }
    return (row.value_ore or 0) if key == "value" else 0, words.get(key, "")


def procurements_page(
    context: Context, params: QueryDict, bodies: frozenset[str] | None, *, may_add: bool
) -> ListPage:
    """The list, filtered and sorted by the address. A constant number of queries."""
    every, found, limits = listed(context, params, bodies)
    page_obj = Paginator(found, PER_PAGE).get_page(params.get("page"))
    actions = [
        Action(_("Lägg till upphandling"), reverse("procurement:procurement_new"), primary=True, icon="plus")
    ]
    if found:
        workbook = reverse("procurement:procurements_workbook") + address(params)
        actions.insert(0, Action(_("Hämta till Excel"), workbook, icon="download"))
    categories = {name: name for name in sorted({row.category for row in every} - {""})}
    return ListPage(
        title=_("Upphandlingar och avrop"),
        lead="",
        crumbs=crumbs(context, Crumb(_("Upphandlingar"))),
        actions=tuple(actions if may_add else actions[:-1]),
        tabs=tabs(context, "procurements"),
        chips=_chips(every, params),
        selects=_selects(params, categories, limits, context),
        kept=kept(params, ("kind", "sort")),
        q=params.get("q", ""),
        tables=(
            procurements_table(
                context, list(page_obj.object_list), caption=_("Upphandlingar och avrop"), params=params
            ),
        ),
        page_obj=page_obj,
    )


def _chips(every: Sequence[Procurement], params: QueryDict) -> tuple[Link, ...]:
    counts, chosen = Counter(row.kind for row in every), params.get("kind", "")
    words = [("", _("Alla"), len(every))]
    words += [
        (kind.value, kind.label.capitalize(), counts[kind.value])
        for kind in ProcurementKind
        if counts[kind.value] or chosen == kind.value
    ]
    return tuple(
        Link(label, address(params, kind=key), chosen == key, str(count)) for key, label, count in words
    )


def _selects(
    params: QueryDict, categories: Mapping[str, str], limits: Limits, context: Context
) -> tuple[Select, ...]:
    limit = limits.amount(LimitKey.LISTED)
    flags = {
        "uncertified": _("Ej certifierad beställare"),
        "undocumented": _("Ej dokumenterad"),
        "untold": _("Inte besvarad"),
    } | ({"listed": _("Upphandlingar och avrop över %(limit)s") % {"limit": kronor(limit)}} if limit else {})
    return (
        select("year", _("År"), str(context.year), {ALL_YEARS: _("Alla år")}, params.get("year", "")),
        select("category", _("Kategori"), _("Alla kategorier"), categories, params.get("category", "")),
        select("flag", _("Brist"), _("Alla"), flags, params.get("flag", "")),
    )


def procurements_table(
    context: Context, rows: Sequence[Procurement], *, caption: str, params: QueryDict | None = None
) -> Table:
    """One row for each, with what is missing of direct ones."""
    columns = (
        Column("title", _("Upphandling")),
        Column("kind", _("Slag")),
        Column("date", _("Datum")),
        Column("supplier", _("Leverantör")),
        Column("value", _("Värde, tkr"), "num"),
        Column("flags", _("Direktupphandling")),
    )
    names = {row.key: row.short or row.name for row in context.bodies}
    filtered = params is not None and any(params.get(name) for name in ("kind", "category", "flag", "q"))
    return Table(
        key="upphandlingar",
        caption=caption,
        dense=True,
        columns=columns if params is None else with_sorting(columns, params, sortable=SORTABLE),
        rows=tuple(_row(context, row, names) for row in rows),
        empty=Empty(
            _("Inget motsvarar filtret") if filtered else _("Inga upphandlingar än"),
            "" if filtered else _("Här läggs upphandlingar, avrop och direktupphandlingar upp."),
            icon="file-text",
        ),
    )


def _row(context: Context, row: Procurement, names: Mapping[str, str]) -> Row:
    under = (names.get(row.body.key, row.body.key), row.category, row.case_number)
    return Row(
        (
            Cell(row.title, sub=" · ".join(filter(None, under))),
            Cell(ProcurementKind(row.kind).label.capitalize(), muted=True),
            Cell(format_date(row.date)),
            Cell(row.supplier.name if row.supplier else "–", muted=row.supplier is None),
            amount(row.value_ore),
            Cell(badges=flags(row)) if flags(row) else Cell(symbol=fine(row)),
        ),
        href=links.one("procurement", row.key, context.round),
        key=row.key,
    )


def flags(row: Procurement) -> tuple[Badge, ...]:
    """What is missing of a direct procurement, or not told."""
    if row.kind != ProcurementKind.DIRECT.value:
        return ()
    found = []
    if row.certified is False:
        found.append(Badge(_("Ej certifierad beställare"), "bad", "circle-alert"))
    if row.documented is False:
        found.append(Badge(_("Ej dokumenterad"), "bad", "circle-alert"))
    if row.certified is None or row.documented is None:
        found.append(Badge(_("Inte besvarad"), "warn", "circle-alert"))
    return tuple(found)


def fine(row: Procurement) -> Symbol | None:
    """That nothing is missing of a direct procurement; nothing of the others, where nothing is asked."""
    return Symbol("check", _("Utan brist"), "good") if row.kind == ProcurementKind.DIRECT.value else None


def procurement_page(
    procurement: Procurement, context: Context, *, may_change: bool, may_read_history: bool
) -> OnePage:
    """One procurement."""
    change = reverse("procurement:procurement_change", args=[procurement.key])
    return OnePage(
        title=procurement.title,
        eyebrow=" · ".join(
            filter(None, (ProcurementKind(procurement.kind).label.capitalize(), procurement.category))
        ),
        crumbs=crumbs(
            context,
            Crumb(_("Upphandlingar"), links.page("procurements", context.round)),
            Crumb(procurement.title),
        ),
        state=None if flags(procurement) else fine(procurement),
        badges=flags(procurement),
        actions=(Action(_("Ändra uppgifter"), change, icon="pencil", primary=True),) if may_change else (),
        figures=(),
        facts_title=_("Fakta"),
        facts=_facts(procurement, context),
        note="",
        tables=(),
        chart=None,
        history=told(procurement) if may_read_history else (),
    )


def _facts(row: Procurement, context: Context) -> tuple[Fact, ...]:
    bodies, units = organisation.body_names(row.date), organisation.unit_names(row.date)
    supplier, agreement = row.supplier, row.agreement
    answers = {True: _("ja"), False: _("nej"), None: _("inte besvarat")}
    direct = row.kind == ProcurementKind.DIRECT.value
    times = [format_date(day) if day else "" for day in (row.period_from, row.period_to)]
    return facts(
        (_("Nämnd"), bodies.get(row.body.key, row.body.key)),
        (_("Förvaltning eller enhet"), units.get(row.unit.key, row.unit.key) if row.unit else ""),
        (_("Datum"), format_date(row.date)),
        (_("Värde, utan moms"), kronor(row.value_ore)),
        (_("Avtalstid"), " \u2013 ".join(times) if any(times) else ""),
        Fact(
            _("Leverantör"),
            supplier.name if supplier else "",
            href=links.one("supplier", supplier.key, context.round)
            if supplier and not supplier.removed_at
            else "",
        ),
        Fact(
            _("Avtal"),
            agreement.title if agreement else "",
            href=links.one("agreement", agreement.key, context.round)
            if agreement and not agreement.removed_at
            else "",
        ),
        (_("Upphandlingens nummer"), row.case_number),
        (_("Beställare"), row.purchaser),
        (_("Certifierad beställare"), answers[row.certified] if direct else ""),
        (_("Dokumenterad enligt riktlinjerna"), answers[row.documented] if direct else ""),
        (_("Beslut"), str(row.decision)),
    )
