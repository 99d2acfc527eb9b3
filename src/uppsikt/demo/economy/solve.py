"""Solves the demo's amounts once and writes them as data: `python -m uppsikt.demo.economy.solve`.

Needs SciPy, which nothing else here does. The same inputs give the same files. Amounts are öre, income positive.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import yaml

from uppsikt.demo.economy import coding, others, projects, registered
from uppsikt.demo.economy.amounts import MILLION, THOUSAND, drawn, exact, whole
from uppsikt.demo.economy.interior import Seeds, fill, move, noisy
from uppsikt.demo.economy.margins import solve_margins
from uppsikt.demo.economy.writing import write

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from uppsikt.demo.economy.others import BodyCell

HERE = Path(__file__).parent
DATA = HERE.parent / "data"
BUDGET_COLUMNS = ("body", "year", "line", "unit", "activity", "amount_ore", "profile", "months")
FORECAST_COLUMNS = ("body", "round", "line", "unit", "activity", "amount_ore", "explanation")
OUTCOME_COLUMNS = ("body", "line", "unit", "activity", "project", "amount_ore")
OPEN, LAST = 2020, 2024
MEASURE_YEARS = {2022: "before_last", 2023: "last_year", 2024: "outcome"}
PART_MONTHS = 8


@dataclass
class Work:
    """What is solved so far: outcome and budget by year, forecasts by round."""

    outcomes: dict[int, dict[BodyCell, int]]
    budgets: dict[int, dict[BodyCell, int]]
    forecasts: dict[str, dict[BodyCell, int]]
    accumulated: dict[BodyCell, int]


def read(name: str) -> Any:
    """A document of this package."""
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def solve() -> None:
    """Solve everything and write every file."""
    rng = Random(2024)  # noqa: S311 -- a demo that is the same every time
    plan, invented, register = read("plan"), read("others"), read("registers")
    found = projects.build(read("projects"), rng)
    work = Work({}, {}, {}, {})
    _last(work, read("seeds")[0], invented, rng)
    _open(work, read("seeds")[1], invented, rng)
    for year, cells in work.outcomes.items():
        tagged = registered.tagged(register, year, cells)
        _outcome_file(year, cells, tagged, found)
    _budget_files(work)
    _forecast_files(work, read("explanations"))
    registered.write_registers(DATA, register)
    registered.write_projects(DATA, found, read("projects"), rng)
    codes = [(p.code, p.name) for p in found] + registered.codes(register)
    for year in (2020, 2022, 2023, 2024, 2025):
        rows = coding.coding_rows(year, plan, sorted(codes))
        write(DATA / f"coding-{year}.csv", coding.CODING_COLUMNS, rows)


def _last(work: Work, document: Mapping[str, Any], invented: Mapping[str, Any], rng: Random) -> None:
    body = document["body"]
    margins = solve_margins(HERE / "printed-2024.yaml", rng)
    seeds = Seeds(document)
    for year, measure in MEASURE_YEARS.items():
        starts = seeds.start(measure, year)
        cells = fill(noisy(starts, rng, 0.06), seeds.members(starts), margins, measure)
        work.outcomes[year] = {(body, *cell): value for cell, value in cells.items()}
        work.outcomes[year] |= others.outcome_of(year, invented, rng)
    for year in (2023, 2024):
        work.budgets[year] = others.budget_near(work.outcomes[year], rng, 20)
    starts = seeds.start("budget", LAST)
    cells = fill(starts, seeds.members(starts), margins, "budget", 10_000)
    work.budgets[LAST] |= {(body, *cell): value for cell, value in cells.items()}
    work.budgets[2025] = others.rolled(work.budgets[LAST], exact(invented["roll"]))
    work.outcomes[2025] = others.part_of_year(work.budgets[2025], PART_MONTHS, invented, rng)
    work.forecasts["2024-augusti"] = _interim(work.budgets[LAST], document, rng)


def _interim(budget: Mapping[BodyCell, int], document: Mapping[str, Any], rng: Random) -> dict[BodyCell, int]:
    """Budget and the invented variance by line, dealt on the body's cells of the line; others keep their budget."""
    forecast = dict(budget)
    for line, million in document["forecast"]["2024-augusti"].items():
        cells = [cell for cell in budget if cell[0] == document["body"] and cell[1] == line]
        left = whole(exact(million) * MILLION)
        total = sum(budget[cell] for cell in cells)
        for cell in cells[1:]:
            part = whole(exact(million) * MILLION * budget[cell] / total, THOUSAND)
            forecast[cell] += part
            left -= part
        forecast[cells[0]] += left
    for cell, value in budget.items():
        if cell[0] != document["body"]:
            forecast[cell] = whole(value * drawn(rng, 990, 1010), THOUSAND)
    return forecast


def _open(work: Work, document: Mapping[str, Any], invented: Mapping[str, Any], rng: Random) -> None:
    body = document["body"]
    margins = solve_margins(HERE / "printed-2020.yaml", rng)
    seeds = Seeds(document)
    starts = seeds.start("budget", OPEN)
    members = seeds.members(starts)
    step = THOUSAND
    budget = fill(starts, members, margins, "budget", step)
    forecast = move(budget, members, margins, "forecast", step)
    quarter = {cell: value / 4 if value else starts[cell] / 100 for cell, value in budget.items()}
    accumulated = fill(quarter, members, margins, "accumulated", step)
    outcome = fill(
        noisy({c: v or quarter[c] for c, v in accumulated.items()}, rng, 0.05), members, margins, "outcome"
    )
    work.budgets[OPEN] = {(body, *cell): value for cell, value in budget.items()}
    work.accumulated = {(body, *cell): value for cell, value in accumulated.items()}
    work.forecasts["2020-mars"] = {(body, *cell): value for cell, value in forecast.items()}
    whole = others.outcome_of(OPEN, invented, rng)
    work.outcomes[OPEN] = {cell: value // 4 for cell, value in whole.items()}
    work.outcomes[OPEN] |= {(body, *cell): value for cell, value in outcome.items()}


def _outcome_file(
    year: int,
    cells: Mapping[BodyCell, int],
    tagged: Mapping[tuple[BodyCell, str], int],
    found: Iterable[projects.Project],
) -> None:
    rows: list[tuple[object, ...]] = []
    for cell, value in cells.items():
        parts = {code: amount for (where, code), amount in tagged.items() if where == cell}
        rows.append((*cell, "", value - sum(parts.values())))
        rows += [(*cell, code, amount) for code, amount in parts.items()]
    lines = {"expense": "investment_expense", "income": "investment_income"}
    document = read("projects")
    for project in found:
        for (of, kind, flow), amount in project.amounts.items():
            if of == year and kind == "outcome":
                activity = document["activities"][project.kind]
                line = lines.get(flow, flow)
                rows.append((document["body"], line, project.unit, activity, project.code, amount))
    records = [dict(zip(OUTCOME_COLUMNS, row, strict=True)) for row in rows if row[-1]]
    write(HERE / f"outcome-{year}.csv", OUTCOME_COLUMNS, records)


def _budget_files(work: Work) -> None:
    for year, cells in work.budgets.items():
        rows = []
        for cell, value in cells.items():
            body, line, unit, activity = cell
            months, profile = "", "even"
            if cell in work.accumulated and year == OPEN:
                profile, months = "manual", " ".join(map(str, _months(value, work.accumulated[cell])))
            elif line == "goods_services":
                profile = "last_year" if year > 2023 else "even"
            if value or months.strip(" 0"):
                values = (body, year, line, unit, activity, value, profile, months)
                rows.append(dict(zip(BUDGET_COLUMNS, values, strict=True)))
        write(DATA / f"budget-{year}.csv", BUDGET_COLUMNS, rows)


def _months(year: int, quarter: int) -> list[int]:
    """Twelve amounts: the first three sum to the quarter, all to the year, in whole thousands but for the last."""
    parts: list[int] = []
    for total, count in ((quarter, 3), (year - quarter, 9)):
        even = whole(Decimal(total) / count, THOUSAND)
        parts += [even] * (count - 1) + [total - even * (count - 1)]
    return parts


def _forecast_files(work: Work, explanations: Mapping[str, Any]) -> None:
    for round_, cells in work.forecasts.items():
        budget = work.budgets[int(round_[:4])]
        rows = []
        for cell, value in cells.items():
            body, line, unit, activity = cell
            why = (
                explanations["rounds"][round_].get(line, "")
                if value != budget[cell] and body == explanations["body"]
                else ""
            )
            if value or budget[cell]:
                values = (body, round_, line, unit, activity, value, why)
                rows.append(dict(zip(FORECAST_COLUMNS, values, strict=True)))
        write(DATA / f"forecasts-{round_[:4]}.csv", FORECAST_COLUMNS, rows)


if __name__ == "__main__":
    solve()
