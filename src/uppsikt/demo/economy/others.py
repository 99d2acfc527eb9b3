"""Invented cells of the other committees, the financing and the open year: seeded, in öre, budgets in thousands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from uppsikt.demo.economy.amounts import MILLION, THOUSAND, drawn, exact, whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from random import Random

BodyCell = tuple[str, str, str, str]  # body, line, unit, activity


def outcome_of(year: int, document: Mapping[str, Any], rng: Random) -> dict[BodyCell, int]:
    """A whole year's outcome of every body but the one whose tables are printed, and the financing."""
    growth = exact(document["growth"][year])
    cells: dict[BodyCell, int] = {}
    for body, found in document["bodies"].items():
        if not found.get("from", 0) <= year <= found.get("to", 9999):
            continue
        for activity, (net, mix) in found["activities"].items():
            size = exact(net) * growth * drawn(rng, 990, 1010) * MILLION
            for line, part in document["mixes"][mix].items():
                cells[body, line, "", activity] = whole(size * exact(part) * drawn(rng, 980, 1020))
    place = document["financing_place"]
    for item in document["financing"]:
        cells[place["body"], item["line"], place["unit"], item["activity"]] = whole(
            item["amount"] * growth * MILLION * drawn(rng, 999, 1001) + rng.randint(-9999, 9999)
        )
    return cells


def budget_near(outcome: Mapping[BodyCell, int], rng: Random, spread: int) -> dict[BodyCell, int]:
    """A budget at most `spread` per mille from the outcome, in whole thousands of kronor."""
    return {
        cell: whole(value * drawn(rng, 1000 - spread, 1000 + spread), THOUSAND)
        for cell, value in outcome.items()
    }


def rolled(budget: Mapping[BodyCell, int], factor: Decimal) -> dict[BodyCell, int]:
    """Next year's budget: the same cells times the factor, in whole thousands of kronor."""
    return {cell: whole(value * factor, THOUSAND) for cell, value in budget.items()}


def part_of_year(
    budget: Mapping[BodyCell, int], months: int, document: Mapping[str, Any], rng: Random
) -> dict[BodyCell, int]:
    """The outcome of the first months: the even budget, some percent up or down, and the overruns."""
    overruns = {(body, line, unit): exact(factor) for body, line, unit, factor in document["overruns"]}
    cells = {}
    for cell, value in budget.items():
        factor = overruns.get(cell[:3], drawn(rng, 960, 1040))
        if cell[2] == document["financing_place"]["unit"]:
            factor = drawn(rng, 999, 1001)
        cells[cell] = whole(value * months * factor / 12) + rng.randint(-5000, 5000)
    return cells
