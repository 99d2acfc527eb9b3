"""Whom the most was paid, operating and investment apart. Sole traders are never named.

Options: over (only those paid at least this many kronor; default: as the municipality has settled, else all), limit
(most rows, default 20), whole (true: the whole municipality, false: the body alone; default true).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from uppsikt.kernel.identity import SOLE_TRADER
from uppsikt.kernel.numbers import canonical, format_decimal
from uppsikt.procurement.rules.purchases import Spend, suppliers_paid
from uppsikt.procurement.rules.words import LimitKey
from uppsikt.procurement.selectors.spend import Buying
from uppsikt.reports.composition import Composition
from uppsikt.typeset.payload import Block, Cell, Column, Row

TKR = 100_000
LIMIT = 20


def compose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """One table; nothing without a ledger that tells of suppliers."""
    whole = bool(options.get("whole", True))
    bought = c.purchases.whole if whole else c.purchases.own
    if bought is None or not bought.purchases:
        return []
    settled = bought.limits.amount(LimitKey.TOP)
    least = int(options["over"]) * 100 if "over" in options else settled or 0
    held = suppliers_paid(bought.parties, least)
    shown = held[: int(options.get("limit", LIMIT))]
    columns: list[Column] = [
        {"key": "supplier", "title": "Leverantör", "weight": 4},
        {"key": "operating", "title": "Drift", "align": "end", "weight": 1},
        {"key": "investment", "title": "Investering", "align": "end", "weight": 1},
        {"key": "total", "title": "Totalt", "align": "end", "weight": 1},
    ]
    rows = [_row(c, _name(bought, party), spend) for party, spend in shown]
    every = Spend()
    for spend in bought.parties.values():
        every = Spend(every.operating_ore + spend.operating_ore, every.investment_ore + spend.investment_ore)
    rows.append(_row(c, "Samtliga leverantörer", every, kind="total"))
    notes = [f"Inköp {bought.year}, månad {bought.first}–{bought.last}, ur huvudboken."]
    if least:
        notes.append(f"Leverantörer som har fått minst {_tkr(least)} tkr.")
    if len(held) > len(shown):
        notes.append(f"Ytterligare {len(held) - len(shown)} ligger över gränsen.")
    if bought.unassigned_ore:
        notes.append(f"{_tkr(bought.unassigned_ore)} tkr är bokfört utan motpart och är inte med.")
    return [
        {
            "kind": "table",
            "key": c.key("suppliers"),
            "caption": "Största leverantörerna, tkr",
            "columns": columns,
            "rows": rows,
            "notes": notes,
        }
    ]


def _name(bought: Buying, party: str) -> str:
    supplier = bought.suppliers.get(party)
    return SOLE_TRADER if supplier and supplier.sole_trader else bought.name(party)


def _row(c: Composition, name: str, spend: Spend, kind: Any = "row") -> Row:
    amounts = (
        ("drift", spend.operating_ore), ("investering", spend.investment_ore), ("totalt", spend.total_ore),
    )  # fmt: skip
    line: list[Cell | None] = [{"text": name, "value": None}]
    for what, ore in amounts:
        text = _tkr(ore)
        origin = c.origins.add(
            f"{name}, {what}",
            f"{text} tkr",
            source="Huvudboken",
            formula="summan av inköpen",
            href="/purchases/",
        )
        line.append({"text": text, "value": canonical(Decimal(ore) / TKR), "origin": origin})
    return {"kind": kind, "cells": line}


def _tkr(ore: int) -> str:
    return format_decimal(Decimal(ore) / TKR, 0)
