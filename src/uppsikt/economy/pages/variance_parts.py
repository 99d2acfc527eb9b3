"""A variance as a page shows it: the figures, its causes, what has been written, and what may be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from uppsikt.economy.pages import links
from uppsikt.economy.pages.causes import CauseList, every, few, of_forecast, of_outcome
from uppsikt.economy.pages.figure_parts import Frame
from uppsikt.economy.pages.following import Following
from uppsikt.economy.rules.coding import ALL
from uppsikt.economy.rules.follow import FORECASTS, base_of, explain, outcome_of, row_outcome, stored
from uppsikt.economy.rules.tables import Table
from uppsikt.economy.selectors import follow
from uppsikt.economy.selectors.answers import Reading
from uppsikt.organisation.selectors import Body
from uppsikt.texts.rules import Node, to_html
from uppsikt.web.parts import Symbol, Text


@dataclass(frozen=True, slots=True)
class VarianceView:
    """One variance. `html` is safe to print; empty until explained. `figure`: the way to what lies behind it."""

    key: str
    label: Text
    table: Text
    value: str
    worse: bool
    formula: str
    state: Symbol
    causes: tuple[CauseList, ...]
    html: SafeString
    figure: str
    href: str


def variance_view(
    table: Table, row_key: str, reading: Reading, content: tuple[Node, ...], body: Body | None, places: Mapping[str, str],
    *, brief: bool = False,
) -> VarianceView:  # fmt: skip
    """The variance of a row in its table's commented column.

    Args: body: the chosen one, for addresses. brief: only the causes that a list of variances has room for.

    Raises: KeyError when the table has no such row.
    """
    column = table.spec.commented
    row, told = table.row(row_key), explain(table, row_key, column)
    cell = row.cell(column)
    place = links.place(reading.round, body)
    fixed = {**place, "table": table.spec.key, "row": row_key, "column": column}
    following = Following(
        table.spec.key, row_key, column, reverse("economy:figure"), fixed, "", alone=True, place=place
    )
    frame = Frame(reading, following, cell.unit or table.spec.unit, cell.decimals, places)
    return VarianceView(
        key=f"{table.spec.key}-{row_key}",
        label=row.label,
        table=table.spec.title,
        value=told.value,
        worse=cell.exact is not None and cell.exact < 0,
        formula=told.formula,
        state=Symbol("square-full", _("Förklarad"), "good") if content else Symbol("square-empty", _("Förklaring saknas"), "warn"),
        causes=_causes(table, row_key, frame, brief=brief),
        html=mark_safe(to_html(list(content))) if content else SafeString(""),  # noqa: S308  to_html escapes
        figure=following.href(),
        href=links.variance(table.spec.key, row_key, reading.round, body),
    )  # fmt: skip


def _causes(table: Table, row_key: str, frame: Frame, *, brief: bool) -> tuple[CauseList, ...]:
    column = table.spec.commented
    place = ALL if table.spec.whole else frame.reading.place
    outcome, base = outcome_of(table, row_key, column), base_of(table, row_key, column)
    if base is None:
        return ()
    booked = outcome or row_outcome(table, row_key)
    trail = follow.trail(booked, frame.reading, place, {}) if booked else None
    shown = few if brief else every
    if outcome is not None:
        return shown(of_outcome(trail, frame, base.measure), trail, frame) if trail else ()
    asked = [ask for _part, ask in stored(table, row_key, column)]
    forecast = next((ask for ask in asked if ask.measure in FORECASTS), None)
    told = of_forecast(forecast, base, frame, place) if forecast else ()
    return shown(told, trail, frame)
