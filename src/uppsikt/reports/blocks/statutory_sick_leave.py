"""Sick leave as the law on municipal accounts asks for it, from one indicator with its breakdowns.

Source: lag (2018:597) om kommunal bokföring och redovisning 11 kap. 6 §. Sick leave is told in percent of ordinary
working hours, in all and for women, men and three ages; of all sick leave, the share that lasts 60 days or more.
A group of at most ten, or a figure that would point out an individual, is not told. The law asks for a whole fiscal
year: the table stands in yearly reports and in plans.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from uppsikt.cycle.rules.rounds import RoundKind
from uppsikt.kernel.numbers import (
    MISSING,
    canonical,
    decimals_of,
    format_decimal,
    format_signed,
    round_half_away,
)
from uppsikt.planning.selectors import Figure, IndicatorView
from uppsikt.reports import cells
from uppsikt.reports.composition import Composition, Notes
from uppsikt.typeset.payload import Block, Cell, Column, Row, TableBlock

TITLE = "Sjukfrånvaro enligt lagen om kommunal bokföring och redovisning 11 kap. 6 §"
SMALLEST_GROUP = 11
"""Groups of at most ten are not told."""
GENDER, AGE, LONG = "gender", "age", "long"
"""Dimensions of the steering model. `long` has one value: what lasts 60 days or more, in percent of working hours."""
DECIMALS, KEPT_DECIMALS = 1, 6
"""In print, and in what spreadsheets are given."""
LAW = (
    "Uppgift lämnas inte för en grupp med högst tio anställda, eller om den kan hänföras till en enskild individ "
    "(11 kap. 6 §)."
)


def statutory(c: Composition, views: Sequence[IndicatorView]) -> list[Block]:
    """The table, of the section's indicator that is broken down by age; nothing when none is, or within the year."""
    round_ = c.snapshot.round
    if round_ is not None and round_.kind != RoundKind.YEAR_END:
        return []
    view = next((each for each in views if any(g.startswith(f"{AGE}=") for g, _code in each.figures)), None)
    if view is None:
        return []
    limit = view.indicator.small_group_limit
    if limit is None or limit < SMALLEST_GROUP:
        text = (
            f"{TITLE} visas inte: sätt minsta grupp som visas till {SMALLEST_GROUP} för indikatorn "
            f"”{view.indicator.name}”."
        )
        return [{"kind": "note", "tone": "warn", "text": text}]
    years = [year for year in c.years[-2:] if view.figure(str(year)) is not None]
    return [_table(c, view, years)] if years else []


def _table(c: Composition, view: IndicatorView, years: Sequence[int]) -> TableBlock:
    notes = Notes()
    columns: list[Column] = [{"key": "name", "title": "Procent av ordinarie arbetstid", "weight": 4}]
    columns += [{"key": str(year), "title": str(year), "align": "end", "weight": 1} for year in years]
    if len(years) > 1:
        columns.append({"key": "change", "title": "Förändring", "align": "end", "weight": 1})
    rows = [_row(c, view, "Total sjukfrånvaro", "", years, notes), _long_row(c, view, years, notes)]
    for dimension in c.model.dimensions:
        if dimension.key in (GENDER, AGE):
            rows += [
                _row(c, view, label, f"{dimension.key}={key}", years, notes)
                for key, label in dimension.values
            ]
    if any(figure.hidden for figure in view.figures.values() if figure.period.code in map(str, years)):
        notes.add(LAW)
    return {
        "kind": "table",
        "key": c.key("statutory"),
        "caption": TITLE,
        "columns": columns,
        "rows": rows,
        "notes": notes.all(),
    }


def _row(
    c: Composition, view: IndicatorView, name: str, group: str, years: Sequence[int], notes: Notes
) -> Row:
    figures = [view.figure(str(year), group) for year in years]
    line: list[Cell | None] = [{"text": name, "value": None}]
    line += [cells.figure_cell(c, view, figure, notes) for figure in figures]
    values = [figure.value if figure else None for figure in figures]
    if len(years) > 1:
        line.append(_change(c, name, values, years))
    return {"kind": "row", "cells": line}


def _long_row(c: Composition, view: IndicatorView, years: Sequence[int], notes: Notes) -> Row:
    """The long absence as a share of all absence: worked out here, since both are kept in percent of hours."""
    name = "varav 60 dagar eller mer, procent av sjukfrånvaron"
    line: list[Cell | None] = [{"text": name, "value": None}]
    shares: list[Decimal | None] = []
    for year in years:
        whole, part = view.figure(str(year)), _long(c, view, year)
        share = _share(whole, part)
        shares.append(share)
        if share is None:
            line.append(
                cells.figure_cell(c, view, part, notes)
                if part is None or part.value is None
                else {"text": MISSING, "value": None}
            )
            continue
        text = format_decimal(share, DECIMALS)
        origin = c.origins.add(
            f"{name[:1].upper()}{name[1:]}, {year}",
            text,
            formula="Sjukfrånvaro 60 dagar eller mer genom all sjukfrånvaro, gånger hundra",
            source=view.indicator.source,
        )
        line.append({"text": text, "value": _canonical(share), "origin": origin})
    if len(years) > 1:
        line.append(_change(c, name, shares, years))
    return {"kind": "row", "cells": line}


def _long(c: Composition, view: IndicatorView, year: int) -> Figure | None:
    values = next((each.values for each in c.model.dimensions if each.key == LONG), ())
    return next((view.figure(str(year), f"{LONG}={key}") for key, _label in values), None)


def _share(whole: Figure | None, part: Figure | None) -> Decimal | None:
    if whole is None or part is None or not whole.value or part.value is None:
        return None
    return 100 * part.value / whole.value


def _change(c: Composition, name: str, values: Sequence[Decimal | None], years: Sequence[int]) -> Cell:
    new, old = values[-1], values[-2]
    if new is None or old is None:
        return {"text": "", "value": None}
    text = format_signed(new - old, DECIMALS)
    origin = c.origins.add(f"{name}: förändring", text, formula=f"{years[-1]} minus {years[-2]}")
    return {"text": text, "value": _canonical(new - old), "origin": origin}


def _canonical(value: Decimal) -> str:
    """The value with as many decimals as it has, or as a share without end can be told with."""
    return canonical(round_half_away(value, min(decimals_of(value), KEPT_DECIMALS)))
