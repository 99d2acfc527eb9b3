"""Measures with outcome and trend, target, women and men, and whether the difference is unjustified.

Options: goal (key), section (key); everything under the body's goals when neither is given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from uppsikt.kernel.numbers import NBSP
from uppsikt.kernel.period import MONTHS, Period
from uppsikt.planning.rules.judgement import latest
from uppsikt.planning.selectors import IndicatorView
from uppsikt.reports import cells
from uppsikt.reports.composition import Composition, Notes, listed
from uppsikt.texts.rules import from_plain
from uppsikt.typeset.payload import Block, Cell, Column, Node, Row, TableBlock


def compose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """The table and the comments on it."""
    if options.get("goal"):
        goal = c.snapshot.goal(str(options["goal"]))
        views: Sequence[IndicatorView] = goal.indicators if goal else ()
    elif options.get("section"):
        views = c.snapshot.sections.get(str(options["section"]), ())
    else:
        views = c.snapshot.indicators
    return measures(c, views, key=c.key("measures"), caption=c.word("indicators"))


def measures(c: Composition, views: Sequence[IndicatorView], *, key: str, caption: str) -> list[Block]:
    """A measure over several rows, one for each year, and its comment below the table."""
    if not views:
        return []
    policy = c.model.indicators
    groups = [
        (f"{dimension.key}={value}", label)
        for dimension in c.model.dimensions
        if dimension.key == policy.breakdown
        for value, label in dimension.values
    ]
    notes = Notes()
    rows = [row for view in views for row in _rows(c, view, [group for group, _label in groups], notes)]
    _whole(notes, views, c)
    table: TableBlock = {
        "kind": "table",
        "key": key,
        "caption": caption,
        "columns": _columns(c, groups),
        "rows": rows,
        "notes": notes.all(),
    }
    return [table, *_comments(c, views, key)]


def _columns(c: Composition, groups: Sequence[tuple[str, str]]) -> list[Column]:
    words, policy = c.model.words, c.model.indicators
    columns: list[Column] = [
        {"key": "name", "title": words.get("indicators_heading") or c.word("indicators"), "weight": 3},
        {"key": "period", "title": "Tidpunkt", "weight": 1},
        {"key": "total", "title": c.word("outcome"), "align": "end", "weight": 1},
    ]
    columns += [{"key": group, "title": label, "align": "end", "weight": 1} for group, label in groups]
    if policy.show_trend:
        columns.append({"key": "trend", "title": c.word("trend"), "weight": 1})
    columns.append({"key": "target", "title": words.get("targets_heading") or c.word("target"), "weight": 2})
    if policy.unjustified_difference:
        title = words.get("unjustified_heading", "Omotiverade skillnader?")
        columns.append({"key": "unjustified", "title": title, "weight": 1})
    return columns


def _rows(c: Composition, view: IndicatorView, groups: Sequence[str], notes: Notes) -> list[Row]:
    policy = c.model.indicators
    periods = shown_periods(view, c.years)
    count = len(periods) or 1
    fact = view.target
    remark = cells.departure(view) if c.reporting else ""
    unjustified = c.model.words.get(f"unjustified_{view.report.unjustified}", "") if view.report else ""
    rows: list[Row] = []
    for index, period in enumerate(periods or [None]):
        first = index == 0

        def over(cell: Cell, *, first: bool = first) -> Cell | None:
            return {**cell, "rowspan": count} if first else None

        line: list[Cell | None] = [
            over({"text": view.name, "value": None, "note": notes.mark(view.use.note)}),
            {"text": short(period) if period else "", "value": None},
        ]
        line += [
            cells.figure_cell(c, view, view.figure(period.code, group) if period else None, notes)
            for group in ("", *groups)
        ]
        if policy.show_trend:
            line.append(over({"text": cells.trend_word(c, view), "value": None}))
        line.append(
            over(cells.target(c, view, fact, c.word("target"), notes, remark=remark if first else ""))
        )
        if policy.unjustified_difference:
            line.append(over({"text": unjustified, "value": None}))
        rows.append({"kind": "row", "cells": line})
    return rows


def shown_periods(view: IndicatorView, years: Sequence[int]) -> list[Period]:
    """The year's latest period with its counterparts in the years before, latest first."""
    found = view.judgement.observed or latest(view.series, years[-1])
    if found is None:
        known = [figure.period for figure in view.figures.values() if figure.period.year == years[-1]]
        if not known:
            return []
        period = max(known, key=lambda each: each.end)
    else:
        period = found.period
    back = period.year - years[0]
    earlier = [period.same_a_year_earlier(step) for step in range(1, back + 1)]
    held = {each.code for each in (figure.period for figure in view.figures.values())}
    return [period, *(each for each in earlier if each.code in held)]


def short(period: Period) -> str:
    """A period for a narrow column: "feb 2020"; for twelve months the last of them, which a note explains."""
    if period.kind in ("month", "rolling12"):
        return f"{MONTHS[int(period.code[5:7]) - 1][:3]}{NBSP}{period.year}"
    return period.label


def _whole(notes: Notes, views: Sequence[IndicatorView], c: Composition) -> None:
    rolling = [
        view.name
        for view in views
        if any(period.kind == "rolling12" for period in shown_periods(view, c.years)[:1])
    ]
    if rolling:
        notes.add(f"{listed(rolling)}: genomsnitt av de tolv månaderna till och med den månad som anges.")
    percent = [view.name for view in views if view.indicator.measure == "procent" and "%" not in view.name]
    if percent:
        notes.add(f"{listed(percent)}: procent.")


def _comments(c: Composition, views: Sequence[IndicatorView], key: str) -> list[Block]:
    nodes: list[Node] = []
    for view in views:
        if view.report and view.report.analysis.strip():
            nodes += named(view.name, from_plain(view.report.analysis))
    return list(c.text(f"{key}-comments", nodes))


def named(name: str, nodes: list[Node]) -> list[Node]:
    """A text that begins with the name of what it is about."""
    first = nodes[0] if nodes else None
    if first is None:
        return []
    if first["type"] != "paragraph":
        return [
            {"type": "paragraph", "children": [{"type": "text", "text": name, "marks": ["bold"]}]},
            *nodes,
        ]
    opening: Node = {
        "type": "paragraph",
        "children": [
            {"type": "text", "text": name, "marks": ["bold"]},
            {"type": "text", "text": ": "},
            *first["children"],
        ],
    }
    return [opening, *nodes[1:]]
