"""Planned against spent: what was decided, what has been spent and what it is thought to cost, by phase and area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from uppsikt.cycle.context import Context
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.economy.selectors.models import model_for
from uppsikt.investments.pages import links
from uppsikt.investments.pages.money import UNIT, amount, in_unit, percent, tkr
from uppsikt.investments.pages.projects import tabs
from uppsikt.investments.rules.amounts import total, use_percent
from uppsikt.investments.selectors.facts import ProjectFacts, project_facts
from uppsikt.investments.selectors.tables import labels
from uppsikt.web.chart import Chart, Series
from uppsikt.web.parts import Crumb, Empty, Link, Text
from uppsikt.web.plots import bullet_chart
from uppsikt.web.tables import Cell, Column, Row, Table

MNKR = "mnkr"


@dataclass(frozen=True, slots=True)
class Share:
    """The projects of one phase or area together, in öre as outlays."""

    key: str
    label: str
    count: int
    decided: int | None
    spent: int | None
    estimated: int | None


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its table; without a chart where there is nothing to draw."""

    key: str
    title: Text
    chart: Chart | None
    table: Table


@dataclass(frozen=True, slots=True)
class PortfolioPage:
    """The portfolio, by phase and by area."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    pictures: tuple[Picture, ...]
    empty: Empty | None


def portfolio_page(context: Context, bodies: frozenset[str] | None) -> PortfolioPage:
    """The projects with a decided total, as the chosen round sees them. A constant number of queries."""
    try:
        model = model_for(context.year)
    except LookupError:
        model = EconomyModel("")
    every = project_facts(bodies, context.round, model=model, year=context.year)
    rows = [row for row in every if row.project.decided_total_ore is not None]
    title = f"{_('Planerat och upparbetat')} {context.year}"
    left_out = len(every) - len(rows)
    return PortfolioPage(
        title=title,
        lead=_lead(rows, left_out),
        crumbs=(
            Crumb(context.body.name if context.body else _("Alla nämnder")),
            Crumb(str(context.year)),
            Crumb(_("Investeringar"), links.projects(round_=context.round)),
            Crumb(_("Planerat och upparbetat")),
        ),
        tabs=tabs(model, context, "portfolio"),
        pictures=(
            _picture("phase", _("Per skede"), rows, model, context),
            _picture("area", _("Per område"), rows, model, context),
        )
        if rows
        else (),
        empty=None
        if rows
        else Empty(
            _("Inga projekt med beslutad totalutgift än"),
            _("Här jämförs det som är beslutat med det som är upparbetat."),
            icon="construction",
        ),
    )


def _lead(rows: Sequence[ProjectFacts], left_out: int) -> str:
    if not rows:
        return ""
    decided = total(row.project.decided_total_ore for row in rows)
    spent = total(row.spent() for row in rows)
    words = _("%(count)s projekt med beslutad totalutgift: %(spent)s av %(decided)s tkr är upparbetade (%(share)s).") % {
        "count": len(rows),
        "spent": tkr(spent),
        "decided": tkr(decided),
        "share": percent(use_percent(spent, decided)),
    }  # fmt: skip
    if left_out:
        words += " " + _("%(count)s projekt saknar beslutad totalutgift och är inte med.") % {
            "count": left_out
        }
    return words


def _picture(
    axis: str, title: str, rows: Sequence[ProjectFacts], model: EconomyModel, context: Context
) -> Picture:
    shares = _shares(axis, rows, model)
    return Picture(
        key=axis,
        title=title,
        chart=_chart(title, shares) if any(share.key for share in shares) else None,
        table=_table(axis, title, shares, context),
    )


def _shares(axis: str, rows: Sequence[ProjectFacts], model: EconomyModel) -> list[Share]:
    names: Mapping[str, str] = labels(axis, rows, model)
    by_key: dict[str, list[ProjectFacts]] = {}
    for row in rows:
        by_key.setdefault(getattr(row.traits, axis), []).append(row)
    order = {key: place for place, key in enumerate(names)}
    return [
        Share(
            key=key,
            label=names.get(key, key) or _("Inte angivet"),
            count=len(held),
            decided=total(row.project.decided_total_ore for row in held),
            spent=total(row.spent() for row in held),
            estimated=total(
                row.estimated_total if row.estimated_total is not None else row.project.decided_total_ore
                for row in held
            ),
        )
        for key, held in sorted(by_key.items(), key=lambda pair: order.get(pair[0], len(order)))
    ]


def _chart(title: str, shares: Sequence[Share]) -> Chart:
    most = max(shares, key=lambda share: share.decided or 0)
    return bullet_chart(
        caption=title,
        unit=MNKR,
        alt=_("%(title)s: upparbetat mot beslutat. Störst är %(label)s, där %(spent)s av %(decided)s tkr är upparbetade.")
        % {"title": title, "label": most.label, "spent": tkr(most.spent), "decided": tkr(most.decided)},
        labels=[share.label for share in shares],
        decimals=0,
        budget=Series(_("Beslutat"), tuple(_mnkr(share.decided) for share in shares)),
        outcome=Series(_("Upparbetat"), tuple(_mnkr(share.spent) for share in shares)),
        forecast=Series(_("Bedömt"), tuple(_mnkr(share.estimated) for share in shares)),
    )  # fmt: skip


def _mnkr(ore: int | None) -> Decimal | None:
    return None if ore is None else in_unit(ore, MNKR)


def _table(axis: str, title: str, shares: Sequence[Share], context: Context) -> Table:
    rows = [
        _row(
            share,
            links.projects({axis: share.key}, context.round) if share.key else "",
        )
        for share in shares
    ]
    whole = Share(
        "",
        _("Summa"),
        sum(share.count for share in shares),
        total(share.decided for share in shares),
        total(share.spent for share in shares),
        total(share.estimated for share in shares),
    )
    return Table(
        key=f"andelar-{axis}",
        caption=title,
        unit=UNIT,
        dense=True,
        columns=(
            Column("label", _("Skede") if axis == "phase" else _("Område")),
            Column("count", _("Projekt"), "num"),
            Column("decided", _("Beslutat"), "num"),
            Column("spent", _("Upparbetat"), "num"),
            Column("used", _("Använt"), "num"),
            Column("estimated", _("Bedömt"), "num"),
        ),
        rows=(*rows, _row(whole, "", kind="total")),
        notes=(_("Bedömt är det beslutade där ingen annan bedömning är gjord."),),
    )


def _row(share: Share, href: str, *, kind: str = "row") -> Row:
    return Row(
        (
            Cell(share.label),
            Cell(str(share.count)),
            amount(share.decided),
            amount(share.spent),
            Cell(percent(use_percent(share.spent, share.decided))),
            amount(share.estimated),
        ),
        href=href,
        kind="total" if kind == "total" else "row",
    )
