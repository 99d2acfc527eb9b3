"""How many risks stand where on the scale of likelihood and consequence.

Options: stage (before or after mitigations; default: after where it is assessed, else before).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from uppsikt.control.rules.risks import Place, outside
from uppsikt.reports.composition import Composition
from uppsikt.typeset.payload import Block, Cell, Column, Row


def compose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """A grid, the gravest consequence to the right and the greatest likelihood at the top."""
    policy = c.model.control
    if not policy.likelihood or not c.control.risks:
        return []
    stage = str(options.get("stage", ""))
    placed = [(risk.before if stage == "before" else risk.after or risk.before) for risk in c.control.risks]
    counts = Counter((one.likelihood, one.consequence) for one in placed if one is not None)
    columns: list[Column] = [{"key": "likelihood", "title": "Sannolikhet", "weight": 2}]
    columns += [
        {"key": f"c{step.value}", "title": f"{step.value} {step.label}", "weight": 1}
        for step in policy.consequence
    ]
    rows: list[Row] = []
    for likely in reversed(policy.likelihood):
        cells: list[Cell | None] = [{"text": f"{likely.value} {likely.label}", "value": None}]
        for grave in policy.consequence:
            count = counts[likely.value, grave.value]
            band = policy.band(likely.value * grave.value)
            cell: Cell = {"text": str(count) if count else "", "value": str(count)}
            if band is not None and count:
                cell["symbol"] = {"shape": band.symbol, "colour": band.colour}  # type: ignore[typeddict-item]
            cells.append(cell)
        rows.append({"kind": "row", "cells": cells})
    notes = ["Siffran är antalet risker. Kolumnerna är konsekvensen om risken inträffar."]
    bands = ", ".join(f"{band.label.lower()} från {band.from_value}" for band in policy.bands)
    notes += [f"Riskvärdet är sannolikhet gånger konsekvens: {bands}."] if bands else []
    left = len(placed) - sum(counts.values())
    notes += [f"Inte bedömda: {left}."] if left else []
    other = outside(policy, (Place(*step) for step in counts.elements()))
    notes += [f"Bedömda på en annan skala: {other}."] if other else []
    return [
        {
            "kind": "table",
            "key": c.key("risk-matrix"),
            "caption": "Risker efter sannolikhet och konsekvens",
            "columns": columns,
            "rows": rows,
            "notes": notes,
        }
    ]
