"""Cells inside exact margins: the seeds raked by least squares, then whole öre by the smallest integer programme."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any

from uppsikt.demo.economy.amounts import MILLION, whole
from uppsikt.demo.economy.margins import Programme

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

    from uppsikt.demo.economy.margins import Margin

Cell = tuple[str, str, str]  # line, unit, activity


@dataclass(frozen=True)
class Seeds:
    """One body's columns: which printed margin each cell belongs to along both axes, and where it starts."""

    document: Mapping[str, Any]

    def start(self, measure: str, year: int) -> dict[Cell, float]:
        """Seeds in öre for the measure, its own figures in place of the common ones; columns the year has."""
        cells = {}
        for column in self.document["columns"]:
            if year < column.get("from", 0):
                continue
            lines = column["lines"] | column.get("measures", {}).get(measure, {})
            for line, value in lines.items():
                cells[line, column["unit"], column["activity"]] = value * MILLION
        return cells

    def members(self, cells: Mapping[Cell, float]) -> dict[tuple[str, str], list[Cell]]:
        """(axis, key) -> the cells that make up that margin."""
        line_of = {leaf: line for line, leaves in self.document["lines_of"].items() for leaf in leaves}
        margin_of = {(c["unit"], c["activity"]): c["margin"] for c in self.document["columns"]}
        found: dict[tuple[str, str], list[Cell]] = defaultdict(list)
        for cell in cells:
            line, unit, activity = cell
            found["line", line_of.get(line, line)].append(cell)
            found[self.document["axis"], margin_of[unit, activity]].append(cell)
        return found


def fill(
    seeds: Mapping[Cell, float],
    members: Mapping[tuple[str, str], list[Cell]],
    margins: Mapping[Margin, int],
    measure: str,
    step: int = 1,
) -> dict[Cell, int]:
    """Cells near the seeds, in whole steps of öre, that sum to every margin of the measure.

    Raises: ArithmeticError when a margin cannot be met or a cell would change its sign.
    """
    wanted = {key: margins[measure, *key] for key in members}
    raked = _rake(seeds, members, wanted)
    programme = Programme()
    for cell, value in raked.items():
        programme.variable(cell, whole(Decimal(value), step), step=step)
    for key, cells in members.items():
        programme.bound(dict.fromkeys(cells, 1), wanted[key], wanted[key])
    solved = programme.solve(10**7)
    filled = {cell: solved[cell] for cell in seeds}
    for cell, value in filled.items():
        if value * seeds[cell] < 0:
            message = f"{measure}: {cell} turned from {seeds[cell]:.0f} to {value}"
            raise ArithmeticError(message)
    return filled


def move(
    before: Mapping[Cell, int],
    members: Mapping[tuple[str, str], list[Cell]],
    margins: Mapping[Margin, int],
    measure: str,
    step: int,
) -> dict[Cell, int]:
    """The cells of `before` with as few and small changes as the margins of the measure need."""
    programme = Programme()
    for cell, value in before.items():
        programme.variable(cell, value, weight=1.0, step=step, reach=max(abs(value) * 2 // 5, 50 * step))
    for key, cells in members.items():
        wanted = margins[measure, *key]
        programme.bound(dict.fromkeys(cells, 1), wanted, wanted)
    solved = programme.solve(10**10)
    return {cell: solved[cell] for cell in before}


def noisy(cells: Mapping[Cell, float], rng: Random, spread: float) -> dict[Cell, float]:
    """The cells, each some percent up or down."""
    return {cell: value * (1 + rng.uniform(-spread, spread)) for cell, value in cells.items()}


def _rake(
    seeds: Mapping[Cell, float],
    members: Mapping[tuple[str, str], list[Cell]],
    wanted: Mapping[tuple[str, str], int],
) -> dict[Cell, float]:
    numpy = import_module("numpy")
    order = list(seeds)
    place = {cell: index for index, cell in enumerate(order)}
    start = numpy.array([seeds[cell] for cell in order])
    sums = numpy.zeros((len(members), len(order)))
    for row, cells in enumerate(members.values()):
        sums[row, [place[cell] for cell in cells]] = 1
    target = numpy.array([wanted[key] for key in members], dtype=float)
    weight = numpy.abs(start)
    factors = numpy.linalg.lstsq((sums * weight) @ sums.T, target - sums @ start, rcond=None)[0]
    raked = start + weight * (sums.T @ factors)
    return {cell: raked[place[cell]] for cell in order}
