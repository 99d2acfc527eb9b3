"""The registers' and projects' rows, and the parts of the outcome that carry a register's project code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from uppsikt.demo.economy.amounts import THOUSAND, drawn, exact, whole
from uppsikt.demo.economy.projects import LAST, OPEN, ROUNDS, Project
from uppsikt.demo.economy.writing import write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from random import Random

    from uppsikt.demo.economy.others import BodyCell

REGISTER_COLUMNS = ("register", "key", "body", "year", "group", "name", "position", "goal", "project")
AMOUNT_COLUMNS = ("register", "item", "round", "measure", "amount_ore", "count", "source")
PROJECT_COLUMNS = ("key", "body", "kind", "name", "area", "code", "decided_total_ore", "spent_before_ore",
                   "spent_before_source", "guarantee_until", "position", "group")  # fmt: skip
PROJECT_AMOUNT_COLUMNS = ("project", "year", "kind", "flow", "round", "key", "amount_ore", "decision_case",
                          "decision_body", "decision_date", "decision_section")  # fmt: skip
PHASE_COLUMNS = ("project", "round", "phase", "schedule", "estimated_total_ore", "comment")
MEASURES = ("budget", "reserved", "allotted", "applied", "granted", "budgeted", "amount")
TENTH = 10_000_000
INTERIM = "2024-augusti"


def _items(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], str, Mapping[str, Any]]]:
    for register, one in document.items():
        if register == "sources":
            continue
        for group in one.get("groups", [{"name": "", "items": one.get("items", [])}]):
            for item in group["items"]:
                yield register, one, group["name"], item


def codes(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Project codes of the registers' items, with their names."""
    return [(item["code"], item["name"]) for _, _, _, item in _items(document) if "code" in item]


def tagged(
    document: Mapping[str, Any], year: int, cells: Mapping[BodyCell, int]
) -> dict[tuple[BodyCell, str], int]:
    """How much of each cell of the year carries the project code of an item, in öre.

    Raises: ArithmeticError when the codes would take more than the cell has.
    """
    found: dict[tuple[BodyCell, str], int] = {}
    for _, one, _, item in _items(document):
        if one["year"] != year or "code" not in item:
            continue
        for line, unit, activity, part in item["cells"]:
            cell = (one["body"], line, unit, activity)
            found[cell, item["code"]] = -item["outcome"] * THOUSAND * part // 100
    for cell in {where for where, _ in found}:
        if sum(value for (where, _), value in found.items() if where == cell) < cells[cell]:
            message = f"the coded parts of {cell} are larger than the cell"
            raise ArithmeticError(message)
    return found


def write_registers(folder: Path, document: Mapping[str, Any]) -> None:
    """Items and what is written down of them."""
    items, amounts = [], []
    for position, (register, one, group, item) in enumerate(_items(document), 1):
        values = (register, item["key"], one["body"], one["year"], group, item["name"], position,
                  one.get("goal", ""), item.get("code", ""))  # fmt: skip
        items.append(dict(zip(REGISTER_COLUMNS, values, strict=True)))
        unit = TENTH if register == "equity" else THOUSAND
        told = {name: item[name] * unit for name in MEASURES if name in item} | item.get("counts", {})
        if "code" not in item and "outcome" in item:
            told["outcome"] = item["outcome"] * unit
        source = document["sources"]["invented" if register == "balance_requirement" else one["year"]]
        for measure, amount in told.items():
            money, count = ("", amount) if measure in item.get("counts", {}) else (amount, "")
            row = (register, item["key"], one["round"], measure, money, count, source)
            amounts.append(dict(zip(AMOUNT_COLUMNS, row, strict=True)))
    write(folder / "registers.csv", REGISTER_COLUMNS, items)
    write(folder / "register_amounts.csv", AMOUNT_COLUMNS, amounts)


def write_projects(folder: Path, found: list[Project], document: Mapping[str, Any], rng: Random) -> None:
    """The register of projects, its amounts and what each round says."""
    premises = {one["key"]: one for one in document["premises"]}
    rows: list[Mapping[str, object]] = []
    amounts: list[Mapping[str, object]] = []
    phases: list[Mapping[str, object]] = []
    for position, project in enumerate(found, 1):
        decided, spent, source = _totals(project, premises.get(project.key), document, rng)
        until = f"{rng.choice((2025, 2026, 2027))}-06-30" if project.phases.get(LAST) == "guarantee" else ""
        values = (project.key, document["body"], project.kind, project.name, project.area, project.code, decided,
                  spent, source, until, position, project.group)  # fmt: skip
        rows.append(dict(zip(PROJECT_COLUMNS, values, strict=True)))
        amounts += list(_amounts(project, document, rng))
        phases += list(_phases(project, decided, document, rng))
    write(folder / "projects.csv", PROJECT_COLUMNS, rows)
    write(folder / "project_amounts.csv", PROJECT_AMOUNT_COLUMNS, amounts)
    write(folder / "project_phases.csv", PHASE_COLUMNS, phases)


def _totals(
    project: Project, premises: Mapping[str, Any] | None, document: Mapping[str, Any], rng: Random
) -> tuple[int | str, int, str]:
    if premises:
        return premises["total"] * THOUSAND, premises["spent"] * THOUSAND, premises["source"]
    outlays = max(
        -sum(a for (_, of, flow), a in project.amounts.items() if of == kind and flow == "expense")
        for kind in ("budget", "outcome")
    )
    spent = 0
    if OPEN in project.phases and project.kind != "committee":
        spent = rng.randint(200, 9000) * THOUSAND
    if project.phases.get(LAST, project.phases.get(OPEN)) == "planning":
        return "", spent, document["spent_source"] if spent else ""
    hundred = 100 * THOUSAND
    decided = whole((outlays + spent) * drawn(rng, 1100, 2200) + hundred, hundred)
    return decided, spent, document["spent_source"] if spent else ""


def _amounts(project: Project, document: Mapping[str, Any], rng: Random) -> Iterator[Mapping[str, object]]:
    def row(*values: object, decision: tuple[str, ...] = ("", "", "", "")) -> Mapping[str, object]:
        return dict(zip(PROJECT_AMOUNT_COLUMNS, (project.key, *values, *decision), strict=True))

    for (year, kind, flow), amount in sorted(project.amounts.items()):
        if kind != "outcome":
            yield row(year, kind, flow, ROUNDS[year] if kind == "forecast" else "", "", amount)
    if OPEN in project.phases and not any(key[:2] == (OPEN, "forecast") for key in project.amounts):
        yield row(OPEN, "forecast", "expense", ROUNDS[OPEN], "", 0)  # nothing is expected, and that is said
    if project.kind != "premises" and LAST in project.phases:
        for flow in ("expense", "income"):
            outcome = project.amounts.get((LAST, "outcome", flow), 0)
            budget = project.amounts.get((LAST, "budget", flow), 0)
            mean = whole(outcome * drawn(rng, 600, 900) + budget * exact("0.25"), THOUSAND)
            if mean:
                yield row(LAST, "forecast", flow, INTERIM, "", mean)
    decision = tuple(document["carry_decision"])
    for number, one in enumerate(document["carry_overs"], 1):
        if one["project"] == project.key:
            amount = one["amount"] * THOUSAND
            yield row(LAST + 1, "carry_over", "expense", "", f"saldo-{number}", amount, decision=decision)


def _phases(
    project: Project, decided: int | str, document: Mapping[str, Any], rng: Random
) -> Iterator[Mapping[str, object]]:
    for year, rounds in ((OPEN, [ROUNDS[OPEN]]), (LAST, [INTERIM, ROUNDS[LAST]])):
        if year not in project.phases:
            continue
        schedule = rng.choices(("on_time", "late", "ahead", "stopped"), (60, 32, 5, 3))[0]
        schedule = "late" if project.comment and project.kind != "premises" else schedule
        comment = project.comment if year == LAST else ""
        comment = comment or rng.choice(document["comments"][schedule])
        estimate: int | str = ""
        if isinstance(decided, int):
            keeps = schedule == "on_time" or project.comment
            estimate = decided if keeps else whole(decided * drawn(rng, 980, 1080), THOUSAND)
        for round_ in rounds:
            values = (project.key, round_, project.phases[year], schedule, estimate, comment)
            yield dict(zip(PHASE_COLUMNS, values, strict=True))
