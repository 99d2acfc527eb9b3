"""A figure followed: what it is, how it comes about, what it is made of, down to the vouchers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from uppsikt.economy.pages import figure_parts, figure_planned, figure_vouchers
from uppsikt.economy.pages.amounts import with_unit
from uppsikt.economy.pages.causes import CauseList, of_forecast
from uppsikt.economy.pages.figure_parts import Frame
from uppsikt.economy.pages.figure_vouchers import Vouchers
from uppsikt.economy.pages.following import Following
from uppsikt.economy.rules.coding import ALL
from uppsikt.economy.rules.follow import BUDGETS, FORECASTS, base_of, explain, outcome_of, stored
from uppsikt.economy.rules.tables import MONEY, Ask, Cell, Table
from uppsikt.economy.selectors import follow
from uppsikt.economy.selectors.answers import Reading
from uppsikt.economy.selectors.follow import Trail
from uppsikt.economy.selectors.origins import Origins, Source
from uppsikt.kernel.period import MONTHS
from uppsikt.web import tables as grid
from uppsikt.web.chart import Chart
from uppsikt.web.parts import Action, Crumb, Fact, Link, Text

NOTHING = SafeString("")


@dataclass(frozen=True, slots=True)
class FigurePanel:
    """A figure beside its table, or on a page of its own.

    `steps`: the way in, when one has gone further in than the square itself. `pieces`: the figures of the same
    table that it is worked out from. `close`: back to the table alone. `explanation`: what has been written of it,
    safe to print; `explain`: where that is done.
    """

    label: Text
    column: Text
    value: str
    tone: str
    formula: str
    steps: tuple[Crumb, ...]
    close: str
    share: str
    alone: bool
    pieces: tuple[Fact, ...]
    splits: tuple[Link, ...]
    parts: grid.Table | None
    chart: Chart | None
    months: grid.Table | None
    vouchers: Vouchers | None
    planned: grid.Table | None
    causes: tuple[CauseList, ...]
    source: tuple[Text, ...]
    explanation: SafeString
    explain: Action | None


def figure_panel(
    table: Table,
    reading: Reading,
    following: Following,
    *,
    explanation: SafeString = NOTHING,
    explain_href: str = "",
) -> FigurePanel | None:
    """The panel for what the address follows; None where there is no such square, or it is empty.

    Raises: LookupError for steps that lead outside the figure.
    """
    try:
        cell = table.row(following.row).cell(following.column)
    except KeyError:
        return None
    if cell.exact is None:
        return None
    trail, base = _trail(table, reading, following)
    whole = _whole(table, reading, following, cell)
    whole = replace(whole, explanation=explanation, explain=_explain(cell, explanation, explain_href))
    if trail is None:
        return whole
    frame = _frame(table, reading, following, cell, trail)
    splits, parts = figure_parts.parts(trail, frame, base)
    chart, months = figure_parts.months(trail, frame)
    if following.steps:
        whole = _inside(whole, table, trail, frame, base)
    return replace(
        whole,
        splits=splits,
        parts=parts,
        chart=chart,
        months=months,
        vouchers=figure_vouchers.vouchers(trail, frame),
    )


def _whole(table: Table, reading: Reading, following: Following, cell: Cell) -> FigurePanel:
    """The figure as it stands in the table, before anything of the ledger is shown."""
    told = explain(table, following.row, following.column)
    asked = [ask for _part, ask in stored(table, following.row, following.column)]
    return FigurePanel(
        label=table.row(following.row).label,
        column=_column_label(table, following.column),
        value=told.value,
        tone=_tone(cell),
        formula=told.formula,
        steps=(),
        close=following.bare,
        share="" if following.alone else following.shared,
        alone=following.alone,
        pieces=tuple(
            Fact(part.label, part.value or "–", href=following.cell(part.row, part.column))
            if part.value
            else Fact(part.label, "–")
            for part in told.parts
        ),
        splits=(),
        parts=None,
        chart=None,
        months=None,
        vouchers=None,
        planned=figure_planned.behind(asked, table, reading),
        causes=_forecast_causes(asked, table, reading, following, cell),
        source=_sources(asked, reading),
        explanation=NOTHING,
        explain=None,
    )  # fmt: skip


def _trail(table: Table, reading: Reading, following: Following) -> tuple[Trail | None, str]:
    """The outcome behind the figure, and the budget measure that it is held against (empty: none)."""
    ask = outcome_of(table, following.row, following.column)
    if ask is None:
        return None, ""
    cell = table.row(following.row).cell(following.column)
    base = (
        base_of(table, following.row, following.column)
        if cell.operation in ("difference", "percent")
        else None
    )
    place = ALL if table.spec.whole else reading.place
    return follow.trail(ask, reading, place, following.narrow), base.measure if base else ""


def _inside(panel: FigurePanel, table: Table, trail: Trail, frame: Frame, base: str) -> FigurePanel:
    """The panel with what its head says once one has gone further in."""
    amount = follow.amount(trail)
    planned = follow.planned(trail, frame.reading, base) if base else 0
    value = amount - planned if planned else amount
    if planned:
        words = _("Utfall %(outcome)s minus budget %(budget)s.") % {
            "outcome": frame.money(amount), "budget": frame.money(planned)
        }  # fmt: skip
    else:
        words = _("Bokfört %(span)s %(year)s.") % {"span": _span(trail), "year": trail.year}
        if base:
            words += " " + _("Ingen budget är lagd så fint.")
    return replace(
        panel,
        value=with_unit(value, frame.unit, frame.decimals),
        column=panel.column if planned or not base else _("Utfall"),
        tone="bad" if planned and value < 0 else "",
        formula=words,
        steps=_steps(table, frame, trail),
        pieces=(),
        planned=None,
        causes=(),
        explanation=NOTHING,
        explain=None,
    )


def _span(trail: Trail) -> str:
    if trail.month:
        return MONTHS[trail.month - 1]
    return MONTHS[0] if trail.last == 1 else f"{MONTHS[0]}–{MONTHS[trail.last - 1]}"


def _steps(table: Table, frame: Frame, trail: Trail) -> tuple[Crumb, ...]:
    """Where one is inside the figure: the square itself, then every step with its way back."""
    following = frame.following
    crumbs = [Crumb(table.row(following.row).label, following.back_to(0))]
    for number, (axis, node) in enumerate(following.steps, 1):
        crumbs.append(Crumb(frame.name(trail, axis, node), following.back_to(number)))
    return tuple(crumbs)


def _frame(table: Table, reading: Reading, following: Following, cell: Cell, trail: Trail) -> Frame:
    """Amounts in the cell's own unit, or the table's for a percent."""
    unit = cell.unit if cell.kind == MONEY else table.spec.unit
    decimals = cell.decimals if cell.kind == MONEY else table.spec.decimals
    return Frame(reading, following, unit, decimals, follow.place_names(trail.year))


def _tone(cell: Cell) -> str:
    worse = cell.operation in ("difference", "percent") and cell.exact is not None and cell.exact < 0
    return "bad" if worse else ""


def _column_label(table: Table, key: str) -> str:
    return next(column.label for column in table.columns if column.key == key)


def _explain(cell: Cell, explanation: SafeString, href: str) -> Action | None:
    """Where it is written why; the main thing to do for what must be explained and is not."""
    if not href:
        return None
    if explanation:
        return Action(_("Ändra förklaringen"), href, icon="pencil")
    return Action(_("Skriv varför"), href, primary=cell.over, icon="pencil")


def _forecast_causes(
    asked: list[Ask], table: Table, reading: Reading, following: Following, cell: Cell
) -> tuple[CauseList, ...]:
    """What a forecast's difference from the budget is made of; an outcome's parts say that by themselves."""
    measures = [ask.measure for ask in asked]
    if cell.operation not in ("difference", "percent") or not set(measures) <= {*FORECASTS, *BUDGETS}:
        return ()
    forecast = next((ask for ask in asked if ask.measure in FORECASTS), None)
    base = next((ask for ask in asked if ask.measure in BUDGETS), None)
    if forecast is None or base is None:
        return ()
    unit, decimals = (
        (cell.unit, cell.decimals) if cell.kind == MONEY else (table.spec.unit, table.spec.decimals)
    )
    frame = Frame(reading, following, unit, decimals, follow.place_names(reading.year))
    return of_forecast(forecast, base, frame, ALL if table.spec.whole else reading.place)


def _sources(asked: list[Ask], reading: Reading) -> tuple[Text, ...]:
    """Where the amounts come from, a line each; the ledger is told of beside the vouchers."""
    origins = Origins(reading)
    found: dict[Source, None] = {}
    for ask in asked:
        if ask.node("register") or ask.measure in (*BUDGETS, *FORECASTS):
            found |= dict.fromkeys(origins.sources(ask))
    return tuple(
        _("%(name)s, senast ändrad %(day)s av %(who)s") % {"name": one.name, "day": one.at, "who": one.by}
        for one in found
    )
