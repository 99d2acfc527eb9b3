"""What it costs, as rows, and the economy models that go with the years."""

from __future__ import annotations

from typing import Any

from uppsikt.economy import selectors as economy
from uppsikt.economy.selectors import models as economy_models
from uppsikt.exchange.rules.models_sheet import ordered
from uppsikt.exchange.rules.rows import Values
from uppsikt.exchange.rules.tables import ECONOMY

DECISION = ("decision_case", "decision_body", "decision_date", "decision_section")


def tables() -> dict[str, list[Values]]:
    """The tables of the economy."""
    return {
        "economy_years": [{"year": year, "model": name} for year, (name, _document) in named().items()],
        "coding": _coding(),
        **_frames(),
        "budget": _budget(),
        "forecasts": _forecasts(),
        "restatements": _restatements(),
        **_registers(),
    }


def named() -> dict[int, tuple[str, dict[str, Any]]]:
    """Each year's own economy model, by the name of the first year that has it."""
    known: list[tuple[str, dict[str, Any]]] = []
    found: dict[int, tuple[str, dict[str, Any]]] = {}
    for year, document in sorted(economy_models.documents().items()):
        name = next((name for name, one in known if one == document), str(year))
        known.append((name, document))
        found[year] = (name, ordered(document, ECONOMY))
    return found


def _coding() -> list[Values]:
    rows = economy.CodingValue.objects.values_list(
        "year", "dimension", "key", "name", "parent", "unit__key", "body__key"
    )
    names = ("year", "dimension", "key", "name", "parent", "unit", "body")
    found = [{name: value or "" for name, value in zip(names, row, strict=True)} for row in rows]
    return in_order(found, "year", "dimension", "key")


def _frames() -> dict[str, list[Values]]:
    rows = economy.FrameDecision.objects.filter(removed_at__isnull=True).select_related("body")
    amounts = economy.FrameAmount.objects.all().current().filter(decision__removed_at__isnull=True)
    frames: list[Values] = [
        {
            "key": row.key,
            "body": row.body.key,
            "year": row.year,
            "original": row.original,
            "date": row.date,
            "text": row.text,
            **{name: getattr(row, name) for name in DECISION},
        }
        for row in rows
    ]
    told: list[Values] = [
        {"frame": row.decision.key, "column": row.column, "amount_ore": row.amount_ore}
        for row in amounts.select_related("decision")
    ]
    return {
        "frames": in_order(frames, "year", "body", "date", "key"),
        "frame_amounts": in_order(told, "frame", "column"),
    }


def _budget() -> list[Values]:
    rows = economy.BudgetAmount.objects.all().current().select_related("body", "unit", "decision")
    found = [
        {
            **_place(row),
            "year": row.year,
            "frame": row.decision.key if row.decision else "",
            "profile": row.profile,
            "months": tuple(row.months),
        }
        for row in rows
    ]
    return in_order(found, "year", "body", "unit", "activity", "line", "frame")


def _forecasts() -> list[Values]:
    rows = economy.ForecastAmount.objects.all().current().select_related("body", "unit", "round")
    found = [{**_place(row), "round": row.round.key, "explanation": row.explanation} for row in rows]
    return in_order(found, "round", "body", "unit", "activity", "line")


def _restatements() -> list[Values]:
    rows = economy.Restatement.objects.all().current().select_related("body", "unit")
    found = [{**_place(row), "key": row.key, "year": row.year, "reason": row.reason} for row in rows]
    return in_order(found, "year", "key")


def in_order(rows: list[Values], *names: str) -> list[Values]:
    """The rows in one order, whatever database they come from."""
    return sorted(rows, key=lambda row: [str(row[name] or "") for name in names])


def _place(row: Any) -> Values:
    return {
        "body": row.body.key,
        "line": row.line,
        "unit": row.unit.key if row.unit else "",
        "activity": row.activity,
        "amount_ore": row.amount_ore,
    }


def _registers() -> dict[str, list[Values]]:
    items = economy.RegisterItem.objects.filter(removed_at__isnull=True).select_related("body")
    amounts = economy.RegisterAmount.objects.all().current().filter(item__removed_at__isnull=True)
    counts = _counts()
    posts: list[Values] = [
        {
            "register": row.register,
            "key": row.key,
            "body": row.body.key,
            "year": row.year,
            "group": row.group,
            "name": row.name,
            "position": row.position,
            "goal": row.goal,
            "project": row.project,
        }
        for row in items
    ]
    told = [_register_amount(row, counts) for row in amounts.select_related("item", "round")]
    return {
        "registers": sorted(
            posts, key=lambda row: (row["year"], row["register"], row["position"], row["key"])
        ),
        "register_amounts": in_order(told, "register", "item", "round", "measure"),
    }


def _register_amount(row: economy.RegisterAmount, counts: dict[int, set[tuple[str, str]]]) -> Values:
    item = row.item
    earlier = [year for year in counts if year <= item.year]
    counted = counts.get(max(earlier) if earlier else min(counts, default=0), set())
    is_count = (item.register, row.measure) in counted
    return {
        "register": item.register,
        "item": item.key,
        "round": row.round.key,
        "measure": row.measure,
        "amount_ore": None if is_count else row.amount,
        "count": row.amount if is_count else None,
        "source": row.source,
    }


def _counts() -> dict[int, set[tuple[str, str]]]:
    """The measures that are counts, as (register, measure), by the year whose model says so."""
    return {
        year: {
            (register.key, measure.key)
            for register in model.registers
            for measure in register.measures
            if measure.count
        }
        for year, model in economy_models.every().items()
    }
