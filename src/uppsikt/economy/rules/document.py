"""Reading an economy model document: every fault at once, in words that say what to change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from uppsikt.economy.rules.model import (
    COLUMNS,
    MEASURES,
    PROJECT_FLOWS,
    SOURCES,
    UNITS,
    Column,
    Dimension,
    EconomyModel,
    FinancialGoal,
    Line,
    Named,
    ProjectKind,
    Register,
    RegisterMeasure,
    RowSpec,
    TableSpec,
    Threshold,
)
from uppsikt.kernel.documents import Reader
from uppsikt.kernel.problems import Problem
from uppsikt.kernel.tree import circular

ROLES = ("detail", "subtotal", "total", "of_which", "group", "empty", "memo", "percent")
CHARTS = ("", "year", "waterfall", "columns", "bullet")
_PARTS = tuple(f.name for f in fields(EconomyModel))


def parse(
    document: Mapping[str, Any], file: str = "ekonomimodell"
) -> tuple[EconomyModel | None, list[Problem]]:
    """The model that `document` describes, and every problem found in it.

    Returns: (model, problems); the model is None when there is any problem.
    """
    reader = Reader(file)
    for name in document:
        if name not in _PARTS:
            reader.fault(name, f"Okänd del ”{name}”.", f"Kända delar: {', '.join(_PARTS)}.")
    if not document.get("name"):
        reader.fault("name", "Ekonomimodellen har inget namn.", "Skriv ett namn.")

    def nested(cls: type[Any], place: str) -> Callable[[Any], tuple[Any, ...]]:
        return lambda rows: reader.each(cls, rows, place)

    model = EconomyModel(
        name=str(document.get("name", "")),
        dimensions=reader.each(
            Dimension, document.get("dimensions"), "dimensions", sie=lambda rows: tuple(int(n) for n in rows)
        ),
        lines=reader.each(Line, document.get("lines"), "lines"),
        frame_columns=reader.each(Named, document.get("frame_columns"), "frame_columns"),
        threshold=reader.build(Threshold, reader.mapping(document.get("threshold"), "threshold"), "threshold")
        or Threshold(),
        registers=reader.each(
            Register,
            document.get("registers"),
            "registers",
            measures=nested(RegisterMeasure, "registers.measures"),
        ),
        project_kinds=reader.each(
            ProjectKind,
            document.get("project_kinds"),
            "project_kinds",
            phases=nested(Named, "project_kinds.phases"),
        ),
        areas=reader.each(Named, document.get("areas"), "areas"),
        flows={str(key): str(line) for key, line in reader.mapping(document.get("flows"), "flows").items()},
        financial_goals=reader.each(FinancialGoal, document.get("financial_goals"), "financial_goals"),
        tables=reader.each(
            TableSpec,
            document.get("tables"),
            "tables",
            columns=lambda rows: reader.each(
                Column, rows, "tables.columns", scope=_nodes, decimals=_whole_or_none
            ),
            rows=lambda rows: reader.each(RowSpec, rows, "tables.rows", scope=_nodes, decimals=_decimals),
            scope=_nodes,
        ),
    )
    _check(model, reader)
    return (None if reader.problems else model), reader.problems


def _nodes(data: Any) -> dict[str, str]:
    if not isinstance(data, Mapping):
        raise TypeError("ska vara namngivna fält")
    return {str(key): str(value) for key, value in data.items()}


def _decimals(data: Any) -> dict[str, int]:
    return {str(key): _whole(value) for key, value in dict(data).items()}


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 6:
        raise TypeError("ska vara ett antal decimaler, 0–6")
    return value


def _whole_or_none(value: Any) -> int | None:
    return None if value is None else _whole(value)


def _check(model: EconomyModel, reader: Reader) -> None:
    """What the parts demand of each other."""
    reader.unique("dimensions", (one.key for one in model.dimensions))
    for dimension in model.dimensions:
        reader.among(f"dimensions.{dimension.key}", dimension.key, COLUMNS)
    reader.unique("dimensions.sie", (str(n) for one in model.dimensions for n in one.sie))
    _check_lines(model, reader)
    for name in ("registers", "project_kinds", "areas", "financial_goals", "frame_columns", "tables"):
        reader.unique(name, (one.key for one in getattr(model, name)))
    for register in model.registers:
        reader.unique(f"registers.{register.key}.measures", (one.key for one in register.measures))
    lines = {line.key for line in model.lines}
    for flow, line in model.flows.items():
        reader.among("flows", flow, PROJECT_FLOWS)
        reader.among(f"flows.{flow}", line, lines)
    for goal in model.financial_goals:
        reader.among(f"financial_goals.{goal.key}.line", goal.line, lines)
        reader.among(f"financial_goals.{goal.key}.comparator", goal.comparator, ("ge", "le"))
        reader.among(f"financial_goals.{goal.key}.per", goal.per, lines)
    if model.threshold.amount < 0 or model.threshold.percent < Decimal(0):
        reader.fault(
            "threshold", "Gränsen kan inte vara negativ.", "Skriv ett belopp i kronor och en procent."
        )
    for table in model.tables:
        _check_table(model, table, reader)


def _check_lines(model: EconomyModel, reader: Reader) -> None:
    keys = [line.key for line in model.lines]
    reader.unique("lines", keys)
    for line in model.lines:
        if line.parent:
            reader.among(f"lines.{line.key}.parent", line.parent, keys)
        for prefix in line.accounts:
            if not prefix.strip():
                reader.fault(
                    f"lines.{line.key}.accounts", "En kontonyckel är tom.", "Skriv kontots första siffror."
                )
    parents = {line.parent for line in model.lines}
    for line in model.lines:
        if line.key in parents and (line.accounts or line.lines):
            reader.fault(
                f"lines.{line.key}",
                "En rad som summerar andra kan inte ha egna konton.",
                "Lägg kontona på en rad under den.",
            )
        for other in line.lines:
            reader.among(f"lines.{line.key}.lines", other, keys)
    for line in circular(model.lines, lambda one: one.key, lambda one: one.parent or None):
        reader.fault(f"lines.{line.key}.parent", "Raden är sin egen överordnade.", "Rätta överordnad rad.")


def _check_table(model: EconomyModel, table: TableSpec, reader: Reader) -> None:
    place = f"tables.{table.key}"
    reader.among(f"{place}.source", table.source, SOURCES)
    reader.among(f"{place}.unit", table.unit, UNITS)
    reader.among(f"{place}.chart", table.chart, CHARTS)
    columns = [column.key for column in table.columns]
    reader.unique(f"{place}.columns", columns)
    if table.commented:
        reader.among(f"{place}.commented", table.commented, columns)
    written = {one.key for register in model.registers for one in register.measures}
    measures = {*MEASURES, *(written if table.source == "register" else ())}
    for index, column in enumerate(table.columns):
        where = f"{place}.columns.{column.key}"
        if column.measure:
            reader.among(f"{where}.measure", column.measure, measures)
        reader.among(f"{where}.through", column.through, ("cutoff", "year"))
        derived = column.derived
        if sum((bool(column.measure), derived is not None, bool(column.text))) != 1:
            reader.fault(
                where, "Kolumnen ska ha precis ett innehåll.", "Ange measure, en beräkning eller text."
            )
        if derived:
            if derived[0] != "total" and len(derived[1]) != 2:
                reader.fault(where, "Beräkningen ska ha två kolumner.", "Skriv [den ena, den andra].")
            for needed in derived[1]:
                reader.among(where, needed, columns[:index])
    keys = [row.key for row in table.rows if row.key]
    reader.unique(f"{place}.rows", keys)
    lines = {line.key for line in model.lines} | {"*"}
    for number, row in enumerate(table.rows, 1):
        where = f"{place}.rows[{number}]"
        reader.among(f"{where}.role", row.role, ROLES)
        if "line" in row.scope:
            reader.among(f"{where}.scope.line", row.scope["line"], lines)
        for needed in (*row.sum, *((row.growth_of,) if row.growth_of else ())):
            reader.among(where, needed, keys)
        for name in (*row.columns, *row.decimals):
            reader.among(where, name, columns)
