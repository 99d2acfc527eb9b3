"""A body's frame: each decision, and whether the detailed budget makes it up."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.economy.pages.amounts import change, money, with_unit
from uppsikt.economy.rules.frames import FrameStep, by_column
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.economy.selectors import FrameDecision
from uppsikt.kernel.numbers import MISSING
from uppsikt.kernel.period import format_date
from uppsikt.organisation.selectors import Body
from uppsikt.web.parts import Action, Empty, KeyFigure, Symbol
from uppsikt.web.tables import Cell, Column, Row, Table


def figures(frame: int | None, steps: Sequence[FrameStep], detail: int | None) -> tuple[KeyFigure, ...]:
    """The frame and the detailed budget."""
    first = next((step.moved for step in steps if step.original), None)
    moved = sum(step.moved for step in steps if not step.original)

    def told(ore: int | None) -> str:
        return MISSING if ore is None else with_unit(ore)

    return (
        KeyFigure(_("Ram"), told(frame), note=_("ursprungligen %(amount)s") % {"amount": told(first)} if moved else ""),
        KeyFigure(_("Detaljbudget"), told(detail)),
    )  # fmt: skip


def balance(frame: int | None, detail: int) -> Symbol:
    """Whether the detailed budget makes up the frame."""
    if frame is None:
        return Symbol("dash", _("Ingen ram är registrerad"), "neutral")
    if frame == detail:
        return Symbol("check", _("Detaljbudgeten är lika med ramen"), "good")
    words = _("Detaljbudgeten skiljer %(amount)s tkr från ramen") % {"amount": change(detail - frame)}
    return Symbol("cross", words, "bad")


def frame_table(
    decisions: Sequence[FrameDecision],
    steps: Sequence[FrameStep],
    model: EconomyModel,
    body: Body,
    year: int,
    *,
    may_budget: bool,
) -> Table:
    """Every decision with what it moves, and the frame after it."""
    columns = model.frame_columns
    total = by_column(steps)
    rows = [
        Row(
            (
                Cell(row.text, sub=_rests_on(row)),
                *(Cell(money(step.amounts.get(column.key))) for column in columns),
                Cell(money(step.moved), strong=True),
                Cell(money(step.after)),
            ),
            href=reverse("economy:frame", args=[body.key, year, row.key]) if may_budget else "",
        )
        for row, step in zip(decisions, steps, strict=True)
    ]
    if rows:
        cells = [Cell(money(total.get(column.key))) for column in columns]
        after = Cell(money(steps[-1].after))
        rows.append(Row((Cell(_("Ram efter justeringar")), *cells, after, after), kind="total"))
    new = Action(_("Lägg till ram"), reverse("economy:frame_new", args=[body.key, year]), icon="plus")
    return Table(
        key="ram",
        caption=_("Ram"),
        unit="tkr",
        columns=(
            Column("decision", _("Beslut"), width="wide"),
            *(Column(column.key, column.label, "num") for column in columns),
            Column("moved", _("Summa"), "num"),
            Column("after", _("Ram därefter"), "num"),
        ),
        rows=tuple(rows),
        empty=Empty(
            _("Ingen ram för %(year)s") % {"year": year},
            _("Lägg in den ram som är beslutad, och sedan varje justering med sitt beslut."),
            new if may_budget else None,
            icon="wallet",
        ),
    )  # fmt: skip


def _rests_on(row: FrameDecision) -> str:
    kind = _("Ursprunglig ram") if row.original else _("Justering")
    return f"{kind} {format_date(row.date)} · {row.decision}"
