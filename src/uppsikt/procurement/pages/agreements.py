"""Agreements: the list with how each stands, and one with what was bought under it and what following it up found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

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
from uppsikt.procurement.pages.money import amount, kronor, mnkr
from uppsikt.procurement.pages.procurements import procurements_table
from uppsikt.procurement.rules.purchases import by_supplier, compliance, together
from uppsikt.procurement.rules.standing import AgreementState
from uppsikt.procurement.rules.words import AgreementKind
from uppsikt.procurement.selectors import Agreement, AgreementFollowUp
from uppsikt.procurement.selectors.spend import buying
from uppsikt.procurement.selectors.standing import AgreementFacts, agreement_facts
from uppsikt.web.parts import Action, Badge, Crumb, Empty, Fact, KeyFigure, Link, Symbol
from uppsikt.web.tables import Cell, Column, Row, Table, sort_state, with_sorting

SORTABLE = ("title", "supplier", "category", "from", "to", "value", "recovered")
OVERDUE = "overdue"


def listed(
    context: Context, params: QueryDict, bodies: frozenset[str] | None
) -> tuple[list[AgreementFacts], list[AgreementFacts]]:
    """Every agreement of the bodies, and those that the address asks for in its order. A constant number of queries."""
    if context.round is None:
        return [], []
    every = agreement_facts(context.round.cutoff, bodies)
    category, asked = params.get("category", ""), params.get("q", "").strip().casefold()
    found = [
        row
        for row in every
        if _in_state(row, params.get("state", ""))
        and (not category or row.agreement.category == category)
        and (not asked or asked in _words(row).casefold())
    ]
    key, descending = sort_state(params)
    if key in SORTABLE:
        found.sort(key=lambda row: _sort_key(row, key), reverse=descending)
    return every, found


def _words(row: AgreementFacts) -> str:
    return f"{row.agreement.title} {row.agreement.number} {row.agreement.supplier.name}"


def _in_state(row: AgreementFacts, wanted: str) -> bool:
    return not wanted or (row.overdue if wanted == OVERDUE else row.state.value == wanted)


def _sort_key(row: AgreementFacts, key: str) -> tuple[str, int]:
    one = row.agreement
    numbers = {"value": one.value_ore or 0, "recovered": row.recovered_ore}
    words = {
        "title": one.title.casefold(),
        "supplier": one.supplier.name.casefold(),
        "category": one.category.casefold(),
        "from": one.valid_from.isoformat(),
        "to": one.valid_to.isoformat() if one.valid_to else "9999",
    }
    return words.get(key, ""), numbers.get(key, 0)


def agreements_page(
    context: Context, params: QueryDict, bodies: frozenset[str] | None, *, may_add: bool
) -> ListPage:
    """The list, filtered and sorted by the address."""
    every, found = listed(context, params, bodies)
    actions = [Action(_("Lägg till avtal"), reverse("procurement:agreement_new"), primary=True, icon="plus")]
    if found:
        workbook = reverse("procurement:agreements_workbook") + address(params)
        actions.insert(0, Action(_("Hämta till Excel"), workbook, icon="download"))
    categories = {name: name for name in sorted({row.agreement.category for row in every} - {""})}
    return ListPage(
        title=_("Avtal"),
        lead="",
        crumbs=crumbs(context, Crumb(_("Avtal"))),
        actions=tuple(actions if may_add else actions[:-1]),
        tabs=tabs(context, "agreements"),
        chips=_chips(every, params),
        selects=(
            select("category", _("Kategori"), _("Alla kategorier"), categories, params.get("category", "")),
        ),
        kept=kept(params, ("state", "sort")),
        q=params.get("q", ""),
        tables=(agreements_table(context, found, caption=_("Avtal"), params=params),),
    )


def _chips(every: Sequence[AgreementFacts], params: QueryDict) -> tuple[Link, ...]:
    counts, chosen = Counter(row.state.value for row in every), params.get("state", "")
    overdue = sum(row.overdue for row in every)
    words = [("", _("Alla"), len(every))]
    words += [(one.value, one.label, counts[one.value]) for one in AgreementState if counts[one.value]]
    words += [(OVERDUE, _("Uppföljning försenad"), overdue)] if overdue or chosen == OVERDUE else []
    return tuple(
        Link(label, address(params, state=key), chosen == key, str(count)) for key, label, count in words
    )


def agreements_table(
    context: Context, rows: Sequence[AgreementFacts], *, caption: str, params: QueryDict | None = None
) -> Table:
    """One row for each."""
    columns = (
        Column("title", _("Avtal")),
        Column("supplier", _("Leverantör")),
        Column("state", _("Läge")),
        Column("from", _("Från")),
        Column("to", _("Till och med")),
        Column("value", _("Värde, tkr"), "num"),
        Column("recovered", _("Återfört, tkr"), "num"),
    )
    filtered = params is not None and any(params.get(name) for name in ("state", "category", "q"))
    return Table(
        key="avtal",
        caption=caption,
        dense=True,
        columns=columns if params is None else with_sorting(columns, params, sortable=SORTABLE),
        rows=tuple(_row(context, row) for row in rows),
        empty=Empty(
            _("Inget motsvarar filtret") if filtered else _("Inga avtal än"),
            "" if filtered else _("Lägg till avtalen, så kan inköpen hållas mot dem."),
            icon="file-text",
        ),
    )


def _row(context: Context, row: AgreementFacts) -> Row:
    one = row.agreement
    badges = (Badge(_("Uppföljning försenad"), "warn", "clock"),) if row.overdue else ()
    return Row(
        (
            Cell(one.title, sub=" · ".join(filter(None, (one.number, one.category))), badges=badges),
            Cell(one.supplier.name),
            Cell(symbol=state_symbol(row.state)),
            Cell(format_date(one.valid_from)),
            Cell(format_date(one.valid_to) if one.valid_to else _("tills vidare")),
            amount(one.value_ore),
            amount(row.recovered_ore or None),
        ),
        href=links.one("agreement", one.key, context.round),
        key=one.key,
    )


def state_symbol(state: AgreementState) -> Symbol:
    """How an agreement stands, as shape and word."""
    return Symbol(state.shape, state.label, state.colour)


def agreement_page(
    agreement: Agreement,
    context: Context,
    bodies: frozenset[str] | None,
    *,
    may_change: bool,
    may_read_history: bool,
) -> OnePage:
    """One agreement in the chosen round. Its queries do not grow with its rows."""
    held = [
        row
        for row in (agreement_facts(context.round.cutoff) if context.round else [])
        if row.agreement.pk == agreement.pk
    ]
    state = held[0] if held else None
    follow_ups = list(selectors.follow_ups(agreement))
    made = list(selectors.procurements(bodies).filter(agreement=agreement))
    return OnePage(
        title=agreement.title,
        eyebrow=" · ".join(filter(None, (AgreementKind(agreement.kind).label.capitalize(), agreement.category))),
        crumbs=crumbs(context, Crumb(_("Avtal"), links.page("agreements", context.round)), Crumb(agreement.title)),
        state=state_symbol(state.state) if state else None,
        badges=(Badge(_("Uppföljning försenad"), "warn", "clock"),) if state and state.overdue else (),
        actions=_actions(agreement) if may_change else (),
        figures=_figures(agreement, context, bodies, state),
        facts_title=_("Fakta"),
        facts=_facts(agreement, context),
        note="",
        tables=tuple(
            table
            for table in (
                follow_ups_table(follow_ups, caption=_("Uppföljningar")),
                procurements_table(context, made, caption=_("Avrop och upphandling")),
            )
            if table.rows
        ),
        chart=None,
        history=told(agreement) if may_read_history else (),
    )  # fmt: skip


def _actions(agreement: Agreement) -> tuple[Action, ...]:
    return (
        Action(
            _("Ändra uppgifter"), reverse("procurement:agreement_change", args=[agreement.key]), icon="pencil"
        ),
        Action(
            _("Registrera uppföljning"),
            reverse("procurement:agreement_follow_up", args=[agreement.key]),
            primary=True,
            icon="clipboard-check",
        ),
    )


def _figures(
    agreement: Agreement, context: Context, bodies: frozenset[str] | None, state: AgreementFacts | None
) -> tuple[KeyFigure, ...]:
    if context.round is None or state is None:
        return ()
    held = buying(context.round, bodies=bodies)
    own = [cover for cover in held.covers.get(agreement.supplier.key, ()) if cover.agreement == agreement.key]
    under = by_supplier(own)
    bought = together(compliance(held.purchases, under).values()).within_ore
    return (
        KeyFigure(_("Köpt under avtalet %(year)s") % {"year": held.year}, mnkr(bought)),
        KeyFigure(_("Värde"), mnkr(agreement.value_ore), _("hela avtalstiden")),
        KeyFigure(
            _("Återfört"),
            kronor(state.recovered_ore),
            _("senast uppföljt %(day)s") % {"day": format_date(state.followed_up)}
            if state.followed_up
            else _("inte uppföljt"),
        ),
    )


def _facts(agreement: Agreement, context: Context) -> tuple[Fact, ...]:
    names = organisation.body_names(context.round.cutoff) if context.round else {}
    listed_bodies = [names.get(body.key, body.key) for body in agreement.bodies.all()]
    last = format_date(agreement.valid_to) if agreement.valid_to else _("tills vidare")
    supplier = Fact(
        _("Leverantör"),
        agreement.supplier.name,
        href=links.one("supplier", agreement.supplier.key, context.round),
    )
    return facts(
        supplier,
        (_("Avtalsnummer"), agreement.number),
        (_("Gäller"), f"{format_date(agreement.valid_from)} \u2013 {last}"),
        (_("Gäller för"), ", ".join(listed_bodies) or _("alla nämnder")),
        (_("Ärendenummer"), agreement.case_number),
        (_("Avtalsansvarig"), agreement.responsible.name if agreement.responsible else ""),
        (_("Följs upp senast"), format_date(agreement.follow_up_due) if agreement.follow_up_due else ""),
    )


def follow_ups_table(
    rows: Sequence[AgreementFollowUp], *, caption: str, context: Context | None = None, total: bool = False
) -> Table:
    """What following up agreements found, newest first. Args: context: when the agreement is to be named too."""
    lines = [_follow_up_row(row, context) for row in rows]
    if total and lines:
        cells = [Cell(_("Summa")), Cell(), Cell(kronor(sum(row.recovered_ore for row in rows)))]
        lines.append(Row(tuple(cells if context is None else [cells[0], Cell(), *cells[1:]]), kind="total"))
    columns = [Column("date", _("Datum"), width="fit"), Column("finding", _("Vad som framkom"), width="wide")]
    if context is not None:
        columns.insert(1, Column("agreement", _("Avtal")))
    return Table(
        key="avtalsuppfoljningar",
        caption=caption,
        dense=True,
        columns=(*columns, Column("recovered", _("Återfört"), "num")),
        rows=tuple(lines),
        empty=Empty(
            _("Inga uppföljningar än"), _("De registreras på avtalets egen sida."), icon="clipboard-check"
        ),
    )


def _follow_up_row(row: AgreementFollowUp, context: Context | None) -> Row:
    cells = [
        Cell(format_date(row.date)),
        Cell(row.finding, sub=" ".join(filter(None, (row.note, f"({row.recorded_by_name})")))),
        Cell(kronor(row.recovered_ore), muted=not row.recovered_ore),
    ]
    if context is not None:
        href = links.one("agreement", row.agreement.key, context.round)
        cells.insert(1, Cell(row.agreement.title, href=href, sub=row.agreement.supplier.name))
    return Row(tuple(cells))


def follow_ups_page(context: Context, params: QueryDict, bodies: frozenset[str] | None) -> ListPage:
    """Every follow-up up to the round's cut-off, of a year or of all, with what was brought back."""
    shown = {row.pk for row in selectors.agreements(bodies)}
    day = context.round.cutoff if context.round else None
    every = [
        row
        for row in selectors.follow_ups()
        if row.agreement_id in shown and (day is None or row.date <= day)
    ]
    years = sorted({row.date.year for row in every}, reverse=True)
    chosen = params.get("year", "")
    found = [row for row in every if not chosen or str(row.date.year) == chosen]
    with_amount = sum(row.recovered_ore > 0 for row in found)
    return ListPage(
        title=_("Avtalsuppföljningar"),
        lead=_("%(count)s uppföljningar, %(found)s gav pengar tillbaka: %(amount)s.")
        % {
            "count": len(found),
            "found": with_amount,
            "amount": kronor(sum(row.recovered_ore for row in found)),
        }
        if found
        else "",
        crumbs=crumbs(context, Crumb(_("Uppföljningar"))),
        actions=(),
        tabs=tabs(context, "follow_ups"),
        chips=(
            Link(_("Alla år"), address(params, year=""), not chosen, str(len(every))),
            *(
                Link(
                    str(year),
                    address(params, year=str(year)),
                    chosen == str(year),
                    str(sum(row.date.year == year for row in every)),
                )
                for year in years
            ),
        ),
        selects=(),
        kept=(),
        q=None,
        tables=(follow_ups_table(found, caption=_("Uppföljningar"), context=context, total=True),),
    )
