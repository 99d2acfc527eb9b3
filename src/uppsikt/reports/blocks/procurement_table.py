"""The procurements of the year up to the round.

Options: kinds (of open, simplified, negotiated, call_off, direct, exempt: a key or a list; all when not given), over
(only those of at least this many kronor), whole (true: the whole municipality; default: the body alone), by (unit:
counts of direct procurements per administration instead of a row each).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from uppsikt.kernel.numbers import MISSING, format_decimal
from uppsikt.kernel.period import format_date
from uppsikt.procurement.rules import direct
from uppsikt.procurement.rules.words import LimitKey, ProcurementKind
from uppsikt.procurement.selectors import Procurement
from uppsikt.reports import cells
from uppsikt.reports.composition import Composition
from uppsikt.typeset.payload import Block, Cell, Column, Row, TableBlock

TKR = 100_000


def compose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """One table."""
    kinds = options.get("kinds") or [kind.value for kind in ProcurementKind]
    wanted = kinds if isinstance(kinds, list) else [kinds]
    least = int(options.get("over", 0)) * 100
    rows = [
        row
        for row in c.purchases.procurements
        if row.kind in wanted
        and (options.get("whole") or row.body.key == c.body_key)
        and (not least or (row.value_ore or 0) >= least)
    ]
    return [_counts(c, rows) if options.get("by") == "unit" else _register(c, rows)]


def _register(c: Composition, rows: Sequence[Procurement]) -> TableBlock:
    columns: list[Column] = [
        {"key": "title", "title": "Upphandling", "weight": 4},
        {"key": "kind", "title": "Slag", "weight": 2},
        {"key": "supplier", "title": "Leverantör", "weight": 3},
        {"key": "period", "title": "Avtalstid", "weight": 2},
        {"key": "value", "title": "Värde, tkr", "align": "end", "weight": 1},
    ]
    lines: list[Row] = [
        {
            "kind": "row",
            "cells": [
                cells.words("\n".join(filter(None, (row.title, row.case_number))), quiet=(row.case_number,)),
                cells.words(ProcurementKind(row.kind).label),
                cells.words(row.supplier.name if row.supplier else ""),
                cells.words(_period(row)),
                _value(row.value_ore),
            ],
        }
        for row in rows
    ]
    return {
        "kind": "table",
        "key": c.key("procurements"),
        "caption": "Upphandlingar och avrop",
        "columns": columns,
        "rows": lines,
        "empty": "Inga upphandlingar.",
    }


def _counts(c: Composition, rows: Sequence[Procurement]) -> TableBlock:
    bought = c.purchases.whole
    limit = bought.limits.amount(LimitKey.DOCUMENTATION) if bought else None
    apart = bought.limits.named(LimitKey.APART) if bought else ()
    made = [_direct(row, c) for row in rows if row.kind == ProcurementKind.DIRECT.value]
    found = direct.counted(direct.notified(made, limit), apart)
    total = direct.whole(found)
    columns: list[Column] = [
        {"key": "unit", "title": "Förvaltning", "weight": 3},
        {"key": "count", "title": "Antal", "weight": 2},
        {"key": "uncertified", "title": "Utan certifierad beställare", "align": "end", "weight": 1},
        {"key": "undocumented", "title": "Inte dokumenterade", "align": "end", "weight": 1},
    ]
    lines: list[Row] = [{"kind": "row", "cells": _count_cells(one, one.group)} for one in found]
    whole = _count_cells(total, "Totalt")
    if total.apart:
        whole[1] = {"text": f"{total.count} ({total.total})", "value": None}
    lines.append({"kind": "total", "cells": whole})
    notes = [f"Direktupphandlingar över {format_decimal(Decimal(limit) / 100, 0)} kronor."] if limit else []
    return {
        "kind": "table",
        "key": c.key("procurements", "counts"),
        "caption": "Direktupphandlingar",
        "columns": columns,
        "rows": lines,
        "notes": notes,
    }


def _direct(row: Procurement, c: Composition) -> direct.Direct:
    unit = c.unit_names.get(row.unit.key, row.unit.key) if row.unit else ""
    group = unit or c.purchases.names.get(row.body.key, row.body.key)
    return direct.Direct(row.key, group, row.value_ore, row.category, row.certified, row.documented)


def _count_cells(one: direct.DirectCount, name: str) -> list[Cell | None]:
    apart = "".join(f" + {number} {category.lower()}" for category, number in one.apart.items())
    return [
        {"text": name, "value": None},
        {"text": f"{one.count}{apart}", "value": None},
        {"text": str(one.uncertified), "value": str(one.uncertified)},
        {"text": str(one.undocumented), "value": str(one.undocumented)},
    ]


def _period(row: Procurement) -> str:
    days = [format_date(day) for day in (row.period_from, row.period_to) if day]
    return " – ".join(days)


def _value(ore: int | None) -> Cell:
    return {"text": MISSING if ore is None else format_decimal(Decimal(ore) / TKR, 0), "value": None}
