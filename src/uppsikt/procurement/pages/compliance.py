"""Contract compliance by committee, this year and the year before, as table and chart."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from uppsikt.procurement.pages import links
from uppsikt.procurement.pages.money import amount, as_percent, level, mnkr, percent, points
from uppsikt.procurement.pages.spending import Seen, period, source
from uppsikt.procurement.rules.purchases import Compliance, together
from uppsikt.procurement.rules.words import LimitKey
from uppsikt.web.chart import Chart, Series
from uppsikt.web.parts import Origin
from uppsikt.web.plots import grouped_chart
from uppsikt.web.tables import Cell, Column, Row, Table


def compliance_of(held: Seen) -> tuple[dict[str, Compliance], Mapping[str, Compliance]]:
    """Each body's compliance this year and in the same months of the year before, in the municipality's order."""
    now, before = held.buying.compliance(), held.buying.compliance(held.buying.year - 1)
    order = [row.key for row in held.context.bodies]
    return {
        key: now[key]
        for key in sorted(
            now, key=lambda key: (key not in order, order.index(key) if key in order else 0, key)
        )
        if now[key].total_ore
    }, before


def compliance_table(held: Seen, found: Mapping[str, Compliance], before: Mapping[str, Compliance]) -> Table:
    """Contract compliance by committee, the whole weighted by what was bought."""
    year, limits = held.buying.year, held.buying.limits
    has_before = held.buying.has(year - 1)
    rows = [
        _compliance_row(held, held.names.get(key, key) or _("Utan nämnd"), one, before.get(key), key)
        for key, one in found.items()
    ]
    if len(rows) > 1:
        last = together(before.values()) if has_before else None
        rows.append(_compliance_row(held, _("Totalt"), together(found.values()), last, ""))
    notes = [
        _("Andelen är köp som ett avtal gällde för den dag de bokfördes, genom alla köp som kan ha avtal. Totalen är vägd efter köpen."),
    ]  # fmt: skip
    exempt = sum(one.amount_ore for one in held.buying.purchases if one.supplier in held.buying.exempt)
    if exempt:
        notes.append(
            _("Utanför måttet är köp av egna bolag, andra myndigheter och andra undantagna: %(amount)s.")
            % {"amount": mnkr(exempt)}
        )
    if held.buying.unassigned_ore:
        notes.append(
            _("Huvudboken säger inte vem %(amount)s är köpt av; de är inte heller med.")
            % {"amount": mnkr(held.buying.unassigned_ore)}
        )
    good = limits.percent(LimitKey.GOOD)
    if good is not None:
        notes.append(_("God avtalstrohet är från %(good)s procent.") % {"good": str(good).replace(".", ",")})
    return Table(
        key="avtalstrohet",
        caption=_("Avtalstrohet per nämnd, %(period)s") % {"period": period(held.buying)},
        columns=(
            Column("body", _("Nämnd")),
            Column("before", str(year - 1), "num"),
            Column("now", str(year), "num"),
            Column("change", _("Ändring, procentenheter"), "num"),
            Column("level", _("Bedömning")),
            Column("total", _("Köpt, tkr"), "num"),
            Column("outside", _("Utanför avtal, tkr"), "num"),
        ),
        rows=tuple(rows),
        notes=tuple(notes),
        source=source(held.buying),
    )


def _compliance_row(held: Seen, name: str, one: Compliance, last: Compliance | None, key: str) -> Row:
    round_ = held.buying.round
    origin = Origin(
        label=_("Avtalstrohet, %(name)s") % {"name": name},
        value=percent(one.share),
        source=source(held.buying),
        formula=_("%(within)s tkr inom avtal ÷ %(total)s tkr")
        % {"within": amount(one.within_ore).text, "total": amount(one.total_ore).text},
    )
    outside = links.page("suppliers", round_, body=key or "all", show="outside")
    return Row(
        (
            Cell(name, href=links.page("overview", round_, body=key) if key else ""),
            Cell(percent(last.share) if last else "–", muted=True),
            Cell(percent(one.share), origin=origin, strong=not key),
            Cell(points(one.share, last.share if last else None)),
            Cell(symbol=level(one.share, held.buying.limits)),
            amount(one.total_ore),
            amount(one.outside_ore, href=outside),
        ),
        kind="row" if key else "total",
    )


def compliance_chart(
    held: Seen, found: Mapping[str, Compliance], before: Mapping[str, Compliance]
) -> Chart | None:
    """The shares by committee, this year beside the year before."""
    rows = [(key, one) for key, one in found.items() if one.share is not None]
    if not rows:
        return None
    year = held.buying.year
    lowest = min(rows, key=lambda pair: pair[1].share or 0)
    short = {row.key: row.short or row.name for row in held.context.bodies}
    last = tuple(as_percent(before[key].share) if key in before else None for key, _one in rows)
    series = [Series(str(year), tuple(as_percent(one.share) for _key, one in rows))]
    return grouped_chart(
        caption=_("Andel köpt inom avtal"),
        alt=_("Andel köpt inom avtal per nämnd. Lägst är %(name)s med %(share)s.")
        % {"name": held.names.get(lowest[0], lowest[0]), "share": percent(lowest[1].share)},
        unit="%",
        labels=[short.get(key, key) or _("Utan nämnd") for key, _one in rows],
        series=[Series(str(year - 1), last), *series] if any(value is not None for value in last) else series,
        decimals=0,
    )
