"""The list of suppliers: what each was paid, how much of it outside agreements, and how the checks of them stand."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.cycle.context import Context
from uppsikt.kernel.identity import SOLE_TRADER
from uppsikt.procurement.pages import links
from uppsikt.procurement.pages.frame import ListPage, address, crumbs, kept, month_selects, tabs
from uppsikt.procurement.pages.money import amount
from uppsikt.procurement.pages.spending import Seen, party_link, period, seen, source
from uppsikt.procurement.rules.purchases import PRIVATE, Spend, by_party, uncovered
from uppsikt.procurement.rules.standing import SupplierState
from uppsikt.procurement.selectors.standing import BAD, supplier_states
from uppsikt.web.parts import Action, Badge, Crumb, Empty, Link, Symbol
from uppsikt.web.tables import Cell, Column, Row, Table, sort_state, with_sorting

PER_PAGE = 100
SORTABLE = ("supplier", "operating", "investment", "total", "outside")
SHOWN = ("outside", "unchecked", "unknown", "bought")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody bought from, or in the register without having been."""

    key: str
    name: str
    spend: Spend
    outside: Spend
    state: SupplierState | None
    remark: str


def parties(held: Seen, params: QueryDict) -> tuple[list[Party], list[Party]]:
    """Everybody, and those that the address asks for in its order."""
    buying = held.buying
    states = supplier_states(buying.round.cutoff)
    outside = by_party(uncovered(buying.counted, buying.covers))
    known = [*buying.parties, *(key for key in buying.suppliers if key not in buying.parties)]
    every = [
        Party(
            key,
            buying.name(key),
            buying.parties.get(key, Spend()),
            outside.get(key, Spend()),
            states.get(key, SupplierState.UNCHECKED) if key in buying.suppliers else None,
            _remark(held, key),
        )
        for key in known
    ]
    asked, shown = params.get("q", "").strip().casefold(), params.get("show", "")
    found = [row for row in every if _is_shown(row, shown, held) and asked in row.name.casefold()]
    key, descending = sort_state(params)
    if key in SORTABLE:
        found.sort(key=lambda row: _sort_key(row, key), reverse=descending)
    return every, found


def _sort_key(row: Party, key: str) -> tuple[int, str]:
    values = {
        "operating": row.spend.operating_ore,
        "investment": row.spend.investment_ore,
        "total": row.spend.total_ore,
        "outside": row.outside.total_ore,
    }
    return values.get(key, 0), row.name.casefold()


def _is_shown(row: Party, shown: str, held: Seen) -> bool:
    match shown:
        case "outside":
            return row.outside.total_ore > 0
        case "unchecked":
            bought = row.key in held.buying.parties and row.key not in held.buying.exempt
            return bought and row.state in BAD
        case "unknown":
            return row.state is None and row.key != PRIVATE
        case "bought":
            return row.key in held.buying.parties
    return True


def _remark(held: Seen, key: str) -> str:
    row = held.buying.suppliers.get(key)
    return ", ".join(filter(None, (SOLE_TRADER if row.sole_trader else "", row.exempt))) if row else ""


def suppliers_page(
    context: Context,
    params: QueryDict,
    bodies: frozenset[str] | None,
    readable: frozenset[str] | None,
    *,
    may_add: bool,
) -> ListPage:
    """The list, filtered and sorted by the address. A constant number of queries."""
    held = seen(context, params, bodies, readable)
    every, found = parties(held, params) if held else ([], [])
    page_obj = Paginator(found, PER_PAGE).get_page(params.get("page"))
    actions = [
        Action(_("Lägg till leverantör"), reverse("procurement:supplier_new"), primary=True, icon="plus")
    ]
    if found:
        workbook = reverse("procurement:suppliers_workbook") + address(params)
        actions.insert(0, Action(_("Hämta till Excel"), workbook, icon="download"))
    return ListPage(
        title=_("Leverantörer"),
        lead="",
        crumbs=crumbs(context, Crumb(_("Leverantörer"))),
        actions=tuple(actions if may_add else actions[:-1]),
        tabs=tabs(context, "suppliers"),
        chips=_chips(held, every, params) if held else (),
        selects=month_selects(params, held.whole.round.cutoff.month) if held else (),
        kept=kept(params, ("show", "sort")),
        q=params.get("q", ""),
        tables=(suppliers_table(held, list(page_obj.object_list), params, may_add=may_add),),
        page_obj=page_obj,
    )


def _chips(held: Seen, every: list[Party], params: QueryDict) -> tuple[Link, ...]:
    words = {
        "": _("Alla"),
        "bought": _("Köpt av"),
        "outside": _("Utanför avtal"),
        "unchecked": _("Utan godkänd kontroll"),
        "unknown": _("Saknas i registret"),
    }
    shown = params.get("show", "")
    return tuple(
        Link(
            label,
            address(params, show=key),
            shown == key,
            str(sum(_is_shown(row, key, held) for row in every)),
        )
        for key, label in words.items()
    )


def suppliers_table(held: Seen | None, rows: list[Party], params: QueryDict, *, may_add: bool) -> Table:
    """One row for each."""
    columns = (
        Column("supplier", _("Leverantör")),
        Column("state", _("Kontroll")),
        Column("operating", _("Drift"), "num"),
        Column("investment", _("Investering"), "num"),
        Column("total", _("Totalt"), "num"),
        Column("outside", _("Utanför avtal"), "num"),
    )
    return Table(
        key="leverantorer",
        caption=_("Köpt %(period)s") % {"period": period(held.buying)} if held else _("Leverantörer"),
        unit="tkr",
        dense=True,
        columns=with_sorting(columns, params, sortable=SORTABLE),
        rows=tuple(_row(held, row, may_add=may_add) for row in rows) if held else (),
        source=source(held.buying) if held else "",
        empty=_empty(params),
    )


def _empty(params: QueryDict) -> Empty:
    if params.get("show") in SHOWN or params.get("q"):
        return Empty(_("Inget motsvarar filtret"), icon="shopping-cart")
    return Empty(
        _("Inga leverantörer än"),
        _("Lägg till dem här, eller läs in dem med en datamängd."),
        icon="shopping-cart",
    )


def _row(held: Seen, row: Party, *, may_add: bool) -> Row:
    unknown = row.state is None and row.key != PRIVATE
    badges = (Badge(_("Saknas i registret"), "warn", "circle-alert"),) if unknown else ()
    return Row(
        (
            Cell(row.name, sub=row.remark, badges=badges),
            Cell(symbol=symbol(row.state), text="" if row.state else "–", muted=row.state is None),
            amount(row.spend.operating_ore),
            amount(row.spend.investment_ore),
            amount(row.spend.total_ore, strong=True),
            amount(row.outside.total_ore),
        ),
        href=party_link(held.buying, row.key) or (_add_link(held, row.key) if unknown and may_add else ""),
        key=row.key,
    )


def _add_link(held: Seen, party: str) -> str:
    """The form of a new supplier, with the ledger's code and name filled in."""
    codes = held.buying.codes_of(party)
    return links.page("supplier_new", codes=codes[0] if codes else "", name=held.buying.name(party))


def symbol(state: SupplierState | None) -> Symbol | None:
    """How the checks stand, as shape and word; None for those in no register."""
    return Symbol(state.shape, state.label, state.colour) if state else None
