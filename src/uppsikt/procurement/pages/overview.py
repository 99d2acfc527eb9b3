"""Purchases at a glance: what was bought and of whom, how much within agreements, and what must be dealt with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.cycle.context import Context
from uppsikt.kernel.numbers import MISSING, NBSP
from uppsikt.organisation import selectors as organisation
from uppsikt.procurement import selectors
from uppsikt.procurement.pages import links
from uppsikt.procurement.pages.compliance import compliance_chart, compliance_of, compliance_table
from uppsikt.procurement.pages.frame import crumbs, month_selects, tabs
from uppsikt.procurement.pages.money import kronor, level, mnkr, percent, points
from uppsikt.procurement.pages.over_limit import OverRow, over_lead, over_rows, over_table
from uppsikt.procurement.pages.spending import Seen, period, seen, top_chart, top_table
from uppsikt.procurement.rules.direct import DirectCount, whole
from uppsikt.procurement.rules.purchases import Compliance, together
from uppsikt.procurement.rules.words import LimitKey
from uppsikt.procurement.selectors.standing import (
    agreement_facts,
    direct_counts,
    direct_procurements,
    expiring,
    supplier_states,
    to_check,
)
from uppsikt.web.chart import Chart
from uppsikt.web.chrome import Select
from uppsikt.web.parts import Action, Crumb, Empty, KeyFigure, Link, Text
from uppsikt.web.tables import Cell, Column, Row, Table

DECEMBER = 12


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """The overview. `empty` says what to do when nothing can be told; then there are no tables."""

    title: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    empty: Empty | None = None
    lead: Text = ""
    actions: tuple[Action, ...] = ()
    selects: tuple[Select, ...] = ()
    figures: tuple[KeyFigure, ...] = ()
    todo: tuple[Link, ...] = ()
    compliance: Table | None = None
    compliance_chart: Chart | None = None
    top: Table | None = None
    top_chart: Chart | None = None
    over: Table | None = None
    over_lead: Text = ""
    over_waits: bool = False
    direct: Table | None = None


def overview_page(
    context: Context,
    params: QueryDict,
    bodies: frozenset[str] | None,
    readable: frozenset[str] | None,
    *,
    may_settle: bool,
) -> OverviewPage:
    """The chosen body's purchases, or everybody's. A constant number of queries."""
    held = seen(context, params, bodies, readable)
    title = f"{_('Inköp')} {context.year}"
    empty = _empty(held, may_settle=may_settle)
    if held is None or empty is not None:
        return OverviewPage(title, crumbs(context), tabs(context, "overview"), empty)
    found, before = compliance_of(held)
    counts = direct_counts(_direct(held, bodies), held.buying.limits)
    over = over_rows(held)
    return OverviewPage(
        title=title,
        lead=_lead(held, found),
        crumbs=crumbs(context),
        actions=tuple(_actions(held, params)),
        tabs=tabs(context, "overview"),
        selects=month_selects(params, held.whole.round.cutoff.month),
        figures=tuple(_figures(held, found, before, over, whole(counts))),
        todo=tuple(_todo(held, bodies)),
        compliance=compliance_table(held, found, before),
        compliance_chart=compliance_chart(held, found, before),
        top=top_table(held),
        top_chart=top_chart(held),
        over=over_table(held, over),
        over_lead=over_lead(over),
        over_waits=any(not row.category for row in over),
        direct=_direct_table(held, counts),
    )


def overview_tables(held: Seen | None) -> list[Table]:
    """The tables of the page, for a workbook. None before any round, when nothing can be told."""
    if held is None or _empty(held, may_settle=False) is not None:
        return []
    found, before = compliance_of(held)
    counts = direct_counts(_direct(held, held.buying.bodies), held.buying.limits)
    return [
        compliance_table(held, found, before),
        top_table(held),
        over_table(held, over_rows(held)),
        _direct_table(held, counts),
    ]


def _empty(held: Seen | None, *, may_settle: bool) -> Empty | None:
    if held is None or held.buying.view is None:
        return Empty(
            _("Ingen huvudbok är vald för tillfället"),
            _("Inköpen läses ur huvudboken. Läs in en och välj den för tillfället."),
            Action(_("Till huvudboken"), reverse("economy:ledger"), icon="upload"),
            icon="shopping-cart",
        )
    if held.buying.lines:
        return None
    settle = Action(
        _("Ange vad som är inköp"), reverse("procurement:limit_new") + "?key=operating_lines", primary=True
    )
    return Empty(
        _("Det är inte bestämt vilka rader som är inköp"),
        _("Ange vilka av ekonomimodellens rader som räknas som inköp i driften och i investeringar."),
        settle if may_settle else None,
        icon="shopping-cart",
    )


def _lead(held: Seen, found: Mapping[str, Compliance]) -> str:
    total = sum(spend.total_ore for spend in held.buying.parties.values()) + held.buying.unassigned_ore
    share = together(found.values()).share
    words = _("Inköp för %(total)s, %(period)s.") % {"total": mnkr(total), "period": period(held.buying)}
    if share is not None:
        words += " " + _("%(share)s av det som kan ha avtal är köpt inom avtal.") % {"share": percent(share)}
    return words


def _actions(held: Seen, params: QueryDict) -> list[Action]:
    query = params.copy()
    for name in ("body", "round"):
        query.pop(name, None)
    round_ = held.buying.round
    return [
        Action(
            _("Hämta till Excel"), f"{reverse('procurement:workbook')}?{query.urlencode()}", icon="download"
        ),
        Action(_("Öppna data"), reverse("procurement:open_data", args=[round_.key]), icon="file-down"),
    ]


def _direct(held: Seen, bodies: frozenset[str] | None) -> list[selectors.Procurement]:
    first = dt.date(held.buying.year, held.buying.first, 1)
    after = dt.date(held.buying.year + held.buying.last // DECEMBER, held.buying.last % DECEMBER + 1, 1)
    last = min(after - dt.timedelta(days=1), max(held.buying.round.cutoff, first))
    return direct_procurements(bodies, first, last)


def count_words(count: DirectCount) -> str:
    """The count with those apart: "8 + 127 placeringar"."""
    apart = [f"{number} {name.lower()}" for name, number in count.apart.items()]
    return " + ".join([str(count.count), *apart])


def _direct_table(held: Seen, counts: Sequence[DirectCount]) -> Table:
    units, limit = (
        organisation.unit_names(held.buying.round.cutoff),
        held.buying.limits.amount(LimitKey.DOCUMENTATION),
    )
    rows = [_direct_row(held, _group_name(held, units, count.group), count) for count in counts]
    if len(rows) > 1:
        rows.append(_direct_row(held, _("Totalt"), whole(counts), total=True))
    return Table(
        key="direktupphandlingar",
        caption=_("Direktupphandlingar över %(limit)s, %(period)s")
        % {"limit": kronor(limit), "period": period(held.buying)}
        if limit is not None
        else _("Direktupphandlingar, %(period)s") % {"period": period(held.buying)},
        columns=(
            Column("unit", _("Förvaltning")),
            Column("count", _("Antal"), "num"),
            Column("uncertified", _("Ej certifierad beställare"), "num"),
            Column("undocumented", _("Ej dokumenterade"), "num"),
            Column("untold", _("Inte besvarade"), "num"),
        ),
        rows=tuple(rows),
        empty=Empty(
            _("Inga direktupphandlingar anmälda"),
            _("De läggs upp under Upphandlingar."),
            icon="shopping-cart",
        ),
    )


def _group_name(held: Seen, units: Mapping[str, str], group: str) -> str:
    kind, _colon, key = group.partition(":")
    return (units if kind == "unit" else held.names).get(key, key)


def _direct_row(held: Seen, name: str, count: DirectCount, *, total: bool = False) -> Row:
    def cell(number: int, flag: str) -> Cell:
        href = (
            links.page("procurements", held.buying.round, kind="direct", flag=flag)
            if number and not total
            else ""
        )
        return Cell(str(number), href=href, tone="warn" if number else "", muted=not number)

    shown = f"{count.count} ({count.total})" if total and count.apart else count_words(count)
    return Row(
        (
            Cell(name),
            Cell(shown),
            cell(count.uncertified, "uncertified"),
            cell(count.undocumented, "undocumented"),
            cell(count.untold, "untold"),
        ),
        kind="total" if total else "row",
    )


def _figures(
    held: Seen,
    found: Mapping[str, Compliance],
    before: Mapping[str, Compliance],
    over: Sequence[OverRow],
    direct: DirectCount,
) -> list[KeyFigure]:
    spends = list(held.buying.parties.values())
    total = sum(one.total_ore for one in spends) + held.buying.unassigned_ore
    investment = sum(one.investment_ore for one in spends)
    now, last = together(found.values()), together(before.values())
    change = points(now.share, last.share if held.buying.has(held.buying.year - 1) else None)
    moved = (
        _("%(change)s procentenheter mot %(year)s") % {"change": change, "year": held.buying.year - 1}
        if change != MISSING
        else ""
    )
    judged = level(now.share, held.buying.limits)
    waiting = sum(not row.category for row in over)
    return [
        KeyFigure(
            _("Inköp"), mnkr(total), _("varav investeringar %(amount)s") % {"amount": mnkr(investment)}
        ),
        KeyFigure(
            _("Avtalstrohet"),
            percent(now.share),
            ", ".join(filter(None, (str(judged.words).lower() if judged else "", moved))),
        ),
        KeyFigure(
            _("Leverantörer över gränsen"),
            str(len(over)),
            _("%(count)s är inte hanterade") % {"count": waiting}
            if waiting
            else _("alla hanterade")
            if over
            else "",
        ),
        KeyFigure(
            _("Direktupphandlingar"),
            count_words(direct).replace(" + ", f"{NBSP}+{NBSP}", 1),
            _("%(count)s av ej certifierad beställare") % {"count": direct.uncertified}
            if direct.uncertified
            else "",
        ),
    ]


def _todo(held: Seen, bodies: frozenset[str] | None) -> list[Link]:
    """What waits to be dealt with, each with its count and its list."""
    round_ = held.buying.round
    agreements = agreement_facts(round_.cutoff, bodies)
    unchecked = to_check(held.buying, supplier_states(round_.cutoff))
    unknown = [party for party in held.buying.parties if party.startswith("code:")]
    pairs = (
        (_("Avtal som löper ut inom ett halvår"), len(expiring(agreements)), links.page("agreements", round_, state="expiring")),
        (_("Avtal vars uppföljning är försenad"), sum(row.overdue for row in agreements), links.page("agreements", round_, state="overdue")),
        (_("Leverantörer utan godkänd kontroll"), len(unchecked), links.page("suppliers", round_, show="unchecked")),
        (_("Motparter som saknas i registret"), len(unknown), links.page("suppliers", round_, show="unknown")),
    )  # fmt: skip
    return [Link(label, href, count=str(count)) for label, count, href in pairs if count]
