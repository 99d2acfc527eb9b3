"""Invented cells of the other committees, the financing and the open year: seeded, in öre, budgets in thousands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from uppsikt.demo.economy.interior import MILLION

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

BodyCell = tuple[str, str, str, str]  # body, line, unit, activity
THOUSAND = 100_000


def outcome_of(year: int, document: Mapping[str, Any], rng: Random) -> dict[BodyCell, int]:
    """A whole year's outcome of every body but the one whose tables are printed, and the financing."""
    growth = document["growth"][year]
    cells: dict[BodyCell, int] = {}
    for body, found in document["bodies"].items():
        if not found.get("from", 0) <= year <= found.get("to", 9999):
            continue
        for activity, (net, mix) in found["activities"].items():
            size = net * growth * rng.uniform(0.99, 1.01) * MILLION
            for line, part in document["mixes"][mix].items():
                cells[body, line, "", activity] = round(size * part * rng.uniform(0.98, 1.02))
    place = document["financing_place"]
    for item in document["financing"]:
        cells[place["body"], item["line"], place["unit"], item["activity"]] = round(
            item["amount"] * growth * MILLION * rng.uniform(0.999, 1.001)
        )
    return cells


def budget_near(outcome: Mapping[BodyCell, int], rng: Random, spread: float) -> dict[BodyCell, int]:
    """A budget some percent from the outcome, in whole thousands of kronor."""
    return {
        cell: round(value * (1 + rng.uniform(-spread, spread)) / THOUSAND) * THOUSAND
        for cell, value in outcome.items()
    }


def rolled(budget: Mapping[BodyCell, int], factor: float) -> dict[BodyCell, int]:
    """Next year's budget: the same cells times the factor, in whole thousands of kronor."""
    return {cell: round(value * factor / THOUSAND) * THOUSAND for cell, value in budget.items()}


def part_of_year(
    budget: Mapping[BodyCell, int], months: int, document: Mapping[str, Any], rng: Random
) -> dict[BodyCell, int]:
    """The outcome of the first months: the even budget, some percent up or down, and the overruns."""
    overruns = {(body, line, unit): factor for body, line, unit, factor in document["overruns"]}
    cells = {}
    for cell, value in budget.items():
        factor = overruns.get(cell[:3], rng.uniform(0.96, 1.04))
        if cell[2] == document["financing_place"]["unit"]:
            factor = rng.uniform(0.999, 1.001)
        cells[cell] = round(value * months / 12 * factor) + rng.randint(-5000, 5000)
    return cells
