"""The amounts behind printed, rounded margins: a small integer programme, solved with HiGHS (SciPy, imported inside).

Every margin is one integer variable of öre; every printed figure gives an interval for a sum of them. A figure p
printed in units of u öre stands for every x with round-half-away(x / u) = p.
"""

from __future__ import annotations

from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any

import yaml

from uppsikt.demo.economy.amounts import whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from random import Random

Margin = tuple[str, str, str]  # measure, axis, key


def interval(printed: int, unit: int) -> tuple[int, int]:
    """The lowest and highest öre that print as `printed` units, half away from zero.

    Args: unit: how many öre one printed unit is; even.
    """
    half = unit // 2
    if printed == 0:
        return 1 - half, half - 1
    size = abs(printed) * unit
    low, high = size - half, size + half - 1
    return (low, high) if printed > 0 else (-high, -low)


class Programme:
    """Integer variables near their starts, bounds on weighted sums of them, solved by least total distance."""

    def __init__(self) -> None:
        self.names: dict[object, int] = {}
        self.starts: list[int] = []
        self.steps: list[int] = []
        self.weights: list[float] = []
        self.reach: list[int | None] = []
        self.rows: list[tuple[dict[int, int], float, float]] = []

    def variable(
        self, name: object, start: int, *, weight: float = 1.0, step: int = 1, reach: int | None = None
    ) -> None:
        """A new variable, a whole number of steps and at most `reach` öre from `start`.

        Args: weight: what each öre away from the start costs.
        """
        self.names[name] = len(self.starts)
        self.starts.append(start)
        self.steps.append(step)
        self.weights.append(weight * step)
        self.reach.append(reach)

    def bound(self, terms: Mapping[Any, int], low: float, high: float) -> None:
        """The weighted sum of the named variables lies within low and high."""
        row = {self.names[name]: factor for name, factor in terms.items()}
        base = sum(factor * self.starts[index] for index, factor in row.items())
        self.rows.append((row, low - base, high - base))

    def solve(self, reach: int) -> dict[object, int]:
        """The values, each at most `reach` öre from its start. Raises: ArithmeticError when nothing fits."""
        numpy, optimize, sparse = (import_module(m) for m in ("numpy", "scipy.optimize", "scipy.sparse"))
        count = len(self.starts)
        matrix = sparse.lil_matrix((len(self.rows), 2 * count))
        for number, (row, _, _) in enumerate(self.rows):
            for index, factor in row.items():
                matrix[number, index] = factor * self.steps[index]
                matrix[number, count + index] = -factor * self.steps[index]
        reaches = [
            (reach if own is None else own) // step for own, step in zip(self.reach, self.steps, strict=True)
        ]
        found = optimize.milp(
            c=numpy.array(self.weights * 2),
            constraints=optimize.LinearConstraint(
                matrix.tocsr(), [low for _, low, _ in self.rows], [high for _, _, high in self.rows]
            ),
            integrality=numpy.ones(2 * count),
            bounds=optimize.Bounds(0, reaches * 2),
            options={"time_limit": 60.0, "mip_rel_gap": 0.01},
        )
        if found.x is None:
            message = f"no amounts fit the printed figures: {found.message}"
            raise ArithmeticError(message)
        moves = [
            whole(Decimal(up)) - whole(Decimal(down))
            for up, down in zip(found.x[:count], found.x[count:], strict=True)
        ]
        values = [s + move * step for s, move, step in zip(self.starts, moves, self.steps, strict=True)]
        self._check(values)
        return {name: values[index] for name, index in self.names.items()}

    def _check(self, values: Sequence[int]) -> None:
        for row, low, high in self.rows:
            base = sum(factor * self.starts[index] for index, factor in row.items())
            total = sum(factor * values[index] for index, factor in row.items()) - base
            if not low <= total <= high:
                message = f"the solution misses a bound: {total} is outside {low}..{high}"
                raise ArithmeticError(message)


def solve_margins(path: Path, rng: Random) -> dict[Margin, int]:
    """Every margin of the printed tables in the file, in öre, summing alike along every axis.

    Raises: ArithmeticError when the printed figures contradict each other.
    """
    printed = yaml.safe_load(path.read_text(encoding="utf-8"))
    unit, measures, differences = printed["unit_ore"], printed["measures"], printed["differences"]
    plain = [m for m in measures if m not in differences]
    programme = Programme()
    for axis, keys in printed["axes"].items():
        for key, values in keys.items():
            for measure in plain:
                guess = printed["guesses"].get(axis, {}).get(measure, {}).get(key)
                value = values[measures.index(measure)]
                start = unit * (guess if value is None else value)
                if step := printed["steps"].get(measure):
                    programme.variable((measure, axis, key), start, weight=3.0, step=step)
                elif value is None:
                    programme.variable((measure, axis, key), start, weight=0.01)
                else:
                    noise = rng.randint(-unit * 2 // 5, unit * 2 // 5) if value else 0
                    programme.variable((measure, axis, key), start + noise)
    for axis, keys in printed["axes"].items():
        named = {key: ([key], values) for key, values in keys.items()}
        for key, group in printed["groups"].get(axis, {}).items():
            members = list(keys) if group["of"] == "*" else group["of"]
            named[key] = (members, group["values"])
        for members, values in named.values():
            for measure, value in zip(measures, values, strict=True):
                if value is not None:
                    low, high = interval(value, unit)
                    programme.bound(_terms(measure, axis, members, differences), low, high)
    first, second = printed["axes"]
    for measure in plain:
        terms = {(measure, first, key): 1 for key in printed["axes"][first]}
        terms.update({(measure, second, key): -1 for key in printed["axes"][second]})
        programme.bound(terms, 0, 0)
    solved = programme.solve(10**10)
    return {name: value for name, value in solved.items() if isinstance(name, tuple)}


def _terms(
    measure: str, axis: str, members: Sequence[str], differences: Mapping[str, Sequence[str]]
) -> dict[Margin, int]:
    if measure not in differences:
        return {(measure, axis, key): 1 for key in members}
    plus, minus = differences[measure]
    return {(m, axis, key): sign for m, sign in ((plus, 1), (minus, -1)) for key in members}
