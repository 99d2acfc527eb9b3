"""Contract compliance: how much of what each committee bought lies within agreements, computed from the ledger.

Options: whole (true: every committee with the total, false: the body alone; default true), earlier (false leaves out the
year before).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from uppsikt.kernel.numbers import MISSING, NBSP, format_decimal
from uppsikt.procurement.rules.purchases import Compliance, together
from uppsikt.procurement.rules.words import LimitKey
from uppsikt.reports.composition import Composition
from uppsikt.typeset.payload import Block, Cell, Column, Row

MNKR = 100_000_000


def compose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """One table; nothing without a ledger that tells of suppliers."""
    whole = bool(options.get("whole", True))
    bought = c.purchases.whole if whole else c.purchases.own
    if bought is None or not bought.purchases:
        return []
    now = bought.compliance()
    before = bought.compliance(bought.year - 1) if bought.has(bought.year - 1) else {}
    if not options.get("earlier", True):
        before = {}
    columns: list[Column] = [{"key": "body", "title": "Nämnd", "weight": 3}]
    columns += (
        [{"key": "before", "title": str(bought.year - 1), "align": "end", "weight": 1}] if before else []
    )
    columns += [
        {"key": "now", "title": str(bought.year), "align": "end", "weight": 1},
        {"key": "total", "title": "Inköp, mnkr", "align": "end", "weight": 1},
        {"key": "outside", "title": "Utanför avtal, mnkr", "align": "end", "weight": 1},
    ]
    order = [key for key in c.purchases.names if key in now]
    order += [key for key in now if key not in order]
    rows: list[Row] = []
    for key in order:
        name = c.purchases.names.get(key, key) if key else "Utan nämnd"
        cells = _cells(c, name, now[key], before.get(key), compare=bool(before))
        rows.append({"kind": "row", "cells": cells})
    if whole:
        total = together(now.values())
        cells = _cells(c, "Totalt", total, together(before.values()), compare=bool(before))
        rows.append({"kind": "total", "cells": cells})
    limit = bought.limits.percent(LimitKey.GOOD)
    notes = [
        "Andelen av inköpen som har gjorts av leverantörer med ett avtal som gällde för nämnden den dagen."
    ]
    notes += (
        [f"Avtalstroheten är god från {format_decimal(limit)}{NBSP}procent."] if limit is not None else []
    )
    return [
        {
            "kind": "table",
            "key": c.key("compliance"),
            "caption": "Avtalstrohet",
            "columns": columns,
            "rows": rows,
            "notes": notes,
        }
    ]


def _cells(
    c: Composition, name: str, now: Compliance, before: Compliance | None, *, compare: bool
) -> list[Cell | None]:
    line: list[Cell | None] = [{"text": name, "value": None}]
    if compare:
        line.append({"text": _percent(before), "value": None})
    text = _percent(now)
    formula = f"{_mnkr(now.within_ore)} / {_mnkr(now.total_ore)} mnkr"
    origin = c.origins.add(
        f"Avtalstrohet, {name}",
        text,
        source="Huvudboken och avtalsregistret",
        formula=formula,
        href="/purchases/",
    )
    line.append({"text": text, "value": None, "origin": origin})
    line += [
        {"text": _mnkr(now.total_ore), "value": None},
        {"text": _mnkr(now.outside_ore), "value": None},
    ]
    return line


def _percent(found: Compliance | None) -> str:
    share = found.share if found else None
    if share is None:
        return MISSING
    return f"{format_decimal(Decimal(share.numerator) * 100 / share.denominator, 0)}{NBSP}%"


def _mnkr(ore: int) -> str:
    return format_decimal(Decimal(ore) / MNKR, 1)
