"""Charts of money as blocks of a payload, with long names and costs below zero. All figures are invented."""

from __future__ import annotations

from typing import Any

from tests.typeset.sample import cell, number
from uppsikt.typeset.labels import decimal

MONTHS = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
LONG = "Arbetsmarknadsåtgärder samt lokalförsörjning och bostadsanpassningsverksamhet"


def chart(kind: str, x: list[str], series: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A block of this kind with a table of the same figures."""
    rows = [
        {
            "kind": "row",
            "cells": [
                cell(label),
                *[
                    number(decimal(v)) if (v := one["values"][at]) is not None else cell("–")
                    for one in series
                ],
            ],
        }
        for at, label in enumerate(x)
    ]
    return {
        "kind": "chart",
        "key": f"m-{kind}",
        "caption": f"Diagram {kind}",
        "alt": f"Diagram av slaget {kind}: utfallet är −520 mnkr.",
        "type": kind,
        "unit": "mnkr",
        "decimals": 1,
        "x": x,
        "series": series,
        "table": {
            "kind": "table",
            "key": f"m-{kind}-data",
            "caption": f"Diagram {kind}",
            "columns": [
                {"key": "label", "title": "Post"},
                *[{"key": f"s{at}", "title": s["name"], "align": "end"} for at, s in enumerate(series)],
            ],
            "rows": rows,
        },
        **more,
    }


def year() -> dict[str, Any]:
    """Outcome to August, the forecast for December alone."""
    return chart(
        "year",
        MONTHS,
        [
            {"name": "Utfall 2024", "role": "outcome", "values": ["-65", "-130", "-195", "-260", "-325", "-390", "-455", "-520", *[None] * 4]},
            {"name": "Budget", "role": "budget", "values": [str(-70 * at) for at in range(1, 13)]},
            {"name": "Prognos", "role": "forecast", "values": [*[None] * 11, "-804.55"]},
            {"name": "Utfall 2023", "role": "last_year", "values": [str(-60 * at) for at in range(1, 13)]},
        ],
    )  # fmt: skip


def waterfall() -> dict[str, Any]:
    """−818,332 + 23,840 − 29,715 + 19,702 = −804,505."""
    return chart(
        "waterfall",
        ["Budget", "Intäkter", LONG, "Varor och tjänster", "Utfall"],
        [{"name": "Avvikelse", "values": ["-818.332", "23.840", "-29.715", "19.702", "-804.505"]}],
    )


def bullet() -> dict[str, Any]:
    return chart(
        "bullet",
        ["Gator", LONG, "Park"],
        [
            {"name": "Budget", "role": "budget", "values": ["-100", "-40", "-20"]},
            {"name": "Utfall", "role": "outcome", "values": ["-50", None, "-25"]},
            {"name": "Prognos", "role": "forecast", "values": ["-90", "-40", "-25"]},
        ],
    )


def grouped() -> dict[str, Any]:
    return chart(
        "grouped",
        ["Politik", LONG, "Vård", "Kultur", "Fritid", "Gemensamt"],
        [
            {"name": str(2022 + at), "values": [str(-value * (10 + at)) for value in (1, 2, 3, 4, 5, 40)]}
            for at in range(3)
        ],
    )


def all_kinds() -> list[dict[str, Any]]:
    return [year(), waterfall(), bullet(), grouped()]
