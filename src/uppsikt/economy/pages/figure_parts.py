"""What a followed outcome is made of, along one axis at a time, and month by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from uppsikt.economy.pages.amounts import money, share
from uppsikt.economy.pages.following import Following
from uppsikt.economy.rules.coding import LINE, PLACE
from uppsikt.economy.rules.model import UNITS, EconomyModel
from uppsikt.economy.selectors import follow
from uppsikt.economy.selectors.answers import Reading
from uppsikt.economy.selectors.follow import Piece, Trail
from uppsikt.kernel.numbers import MISSING
from uppsikt.kernel.period import MONTHS
from uppsikt.web import tables as grid
from uppsikt.web.chart import Chart, Series, chart
from uppsikt.web.parts import Link
from uppsikt.web.tables import Cell, Column, Row

LARGE = 10_000 * UNITS["tkr"]
"""From what a month comes to (öre) its drawing is in mnkr."""

SHOWN = 8
"""How many parts are listed before the rest are asked for."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What every part of a panel is made with: the unit and decimals of its amounts, and the names of places."""

    reading: Reading
    following: Following
    unit: str
    decimals: int
    places: Mapping[str, str]

    def money(self, ore: int | None) -> str:
        """An amount without its unit."""
        return money(ore, self.unit, self.decimals)

    def number(self, ore: int) -> Decimal:
        """An amount as a figure for a chart, unrounded."""
        return Decimal(ore) / UNITS[self.unit]

    def name(self, trail: Trail, axis: str, node: str) -> str:
        """What a node is called. An account and a cost centre go by number and name."""
        if axis == "month":
            return MONTHS[int(node) - 1]
        if node in self.places:
            return self.places[node]
        name = trail.coding.name(axis, node)
        return f"{node} {name}" if name != node and node.isdecimal() and axis in (LINE, PLACE) else name


def parts(trail: Trail, frame: Frame, base: str) -> tuple[tuple[Link, ...], grid.Table | None]:
    """Along which axes the outcome may be taken apart, and its parts along the one chosen."""
    following, reading = frame.following, frame.reading
    axes = _axes(trail, reading.model)
    if not axes:
        return (), None
    by = following.by if following.by in axes else next(iter(axes))
    listed = follow.pieces(trail, by, reading, _lines(reading.model), base)
    splits = tuple(Link(label, following.href(by=axis), current=axis == by) for axis, label in axes.items())
    return splits, _table(listed, trail, frame, by=by, label=axes[by])


def _axes(trail: Trail, model: EconomyModel) -> dict[str, str]:
    """The axes with something below the node one stands on, with the municipality's words for them."""
    lines, found = _lines(model), {}
    for axis, label in (
        (LINE, ""), (PLACE, model.label_of("cost_centre")), ("activity", model.label_of("activity")),
        ("counterparty", model.label_of("counterparty")), ("project", model.label_of("project")),
    ):  # fmt: skip
        listed = follow.below(trail, axis, lines)
        if listed:
            found[axis] = label or (_("Rad") if listed[0] in lines else _("Konto"))
    if found.get(LINE) == _("Konto"):
        found[LINE] = found.pop(LINE)  # accounts come after units and activities
    return found


def _lines(model: EconomyModel) -> dict[str, str]:
    return {line.key: line.label for line in model.lines}


def _table(listed: list[Piece], trail: Trail, frame: Frame, *, by: str, label: str) -> grid.Table:
    held = any(piece.planned is not None for piece in listed)
    if held:
        listed = sorted(listed, key=lambda piece: (-abs(piece.amount - (piece.planned or 0)), piece.node))
    shown = listed if frame.following.everything or len(listed) <= SHOWN + 1 else listed[:SHOWN]
    rest = listed[len(shown) :]
    whole = sum(piece.amount for piece in listed)
    rows = [_row(piece, trail, frame, by, whole, held=held) for piece in shown]
    if rest:
        rows.append(_rest(rest, frame, by, whole, held=held))
    last = (
        (Column("budget", _("Mot budget"), "num"),)
        if held
        else (Column("share", _("Andel"), "num"), Column("before", str(trail.year - 1), "num"))
    )
    return grid.Table(
        key="delar",
        caption=_("Fördelat på %(axis)s") % {"axis": label.lower()},
        unit=frame.unit,
        caption_hidden=True,
        dense=True,
        sticky=False,
        columns=(Column("name", label), Column("amount", _("Utfall"), "num"), *last),
        rows=tuple(rows),
    )


def _row(piece: Piece, trail: Trail, frame: Frame, by: str, whole: int, *, held: bool) -> Row:
    name = _called(piece, trail, by, frame)
    leads = piece.leads_on and bool(piece.node)
    first = Cell(name, follow=frame.following.into(by, piece.node)) if leads else Cell(name, muted=True)
    if held:
        variance = piece.amount - (piece.planned or 0)
        last: tuple[Cell, ...] = (
            Cell(frame.money(variance), tone="bad" if variance < 0 else "", falls=variance < 0),
        )
    else:
        last = (Cell(share(piece.amount, whole), muted=True), Cell(frame.money(piece.before), muted=True))
    return Row((first, Cell(frame.money(piece.amount)), *last))


def _rest(rest: list[Piece], frame: Frame, by: str, whole: int, *, held: bool) -> Row:
    amount = sum(piece.amount for piece in rest)
    label = _("Övriga %(count)s") % {"count": len(rest)}
    first = Cell(label, follow=frame.following.href(by=by, all="1"), muted=True)
    if held:
        variance = amount - sum(piece.planned or 0 for piece in rest)
        last: tuple[Cell, ...] = (Cell(frame.money(variance), muted=True),)
    else:
        before = [piece.before for piece in rest if piece.before is not None]
        last = (
            Cell(share(amount, whole), muted=True),
            Cell(frame.money(sum(before)) if before else MISSING, muted=True),
        )
    return Row((first, Cell(frame.money(amount), muted=True), *last))


def _called(piece: Piece, trail: Trail, by: str, frame: Frame) -> str:
    """The name of a part, and of what stands on no node below."""
    if piece.node:
        return frame.name(trail, by, piece.node)
    return (
        _("Direkt på %(name)s") % {"name": frame.places.get(piece.name, piece.name)}
        if piece.name
        else _("Utan kod")
    )


def months(trail: Trail, frame: Frame) -> tuple[Chart | None, grid.Table | None]:
    """The outcome month by month beside the budget. A cost is drawn upwards, for what it is: an amount."""
    outcome, budget = follow.months(trail), follow.planned_months(trail, frame.reading)
    if not any(outcome) and not any(budget):
        return None, None
    sign = -1 if sum(outcome or budget) < 0 else 1
    if frame.unit == "tkr" and max(map(abs, (*outcome, *budget))) >= LARGE:
        frame = replace(frame, unit="mnkr", decimals=1)
    planned = budget[: trail.last]
    series = [Series(_("Utfall"), tuple(frame.number(sign * month) for month in outcome))]
    if budget:
        series.append(Series(_("Budget"), tuple(frame.number(sign * month) for month in planned)))
    caption = (_("Kostnad per månad") if sign < 0 else _("Intäkt per månad")) + f" {trail.year}"
    most = max(range(len(outcome)), key=lambda month: sign * outcome[month])
    alt = _("Stapeldiagram över utfallet månad för månad. Mest i %(month)s: %(amount)s %(unit)s.") % {
        "month": MONTHS[most], "amount": frame.money(outcome[most]), "unit": frame.unit,
    }  # fmt: skip
    drawn = chart(
        caption=caption, alt=alt, unit=frame.unit, kind="bar", series=series,
        x=[name[:3] for name in MONTHS[: len(outcome)]],
    )  # fmt: skip
    return drawn, _months_table(caption, outcome, planned, frame)


def _months_table(
    caption: str, outcome: tuple[int, ...], planned: tuple[int, ...], frame: Frame
) -> grid.Table:
    rows = []
    for number, amount in enumerate(outcome, 1):
        name = MONTHS[number - 1].capitalize()
        first = Cell(name, follow=frame.following.into("month", str(number))) if amount else Cell(name)
        cells = [first, Cell(frame.money(amount))]
        if planned:
            cells.append(Cell(frame.money(planned[number - 1]), muted=True))
        rows.append(Row(tuple(cells)))
    last = (Column("budget", _("Budget"), "num"),) if planned else ()
    return grid.Table(
        key="manader", caption=caption, unit=frame.unit, caption_hidden=True, dense=True, sticky=False,
        columns=(Column("month", _("Månad")), Column("amount", _("Utfall"), "num"), *last), rows=tuple(rows),
    )  # fmt: skip
