"""The register of projects: printed sums solved in öre, then dealt out on named and invented projects."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from uppsikt.demo.economy.amounts import THOUSAND, drawn, exact, whole
from uppsikt.demo.economy.margins import Programme, interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from random import Random

FLOWS = {"development": ("expense", "income"), "development_sales": ("sales_expense", "sales_income"),
         "investment": ("expense", "income")}  # fmt: skip
OPEN, LAST = 2020, 2024  # the two years with printed tables
ROUNDS = {OPEN: "2020-mars", LAST: "2024-bokslut"}
SHAPES = {2022: "0.9", 2023: "1.1", 2025: "0.7"}  # outcomes of years without a table, as parts of 2024's


@dataclass
class Project:
    """One project: who and where, its phases by year, and amounts by (year, kind, flow), income positive."""

    key: str
    name: str
    kind: str
    area: str
    code: str
    unit: str
    group: str = ""
    comment: str = ""
    phases: dict[int, str] = field(default_factory=dict)
    amounts: dict[tuple[int, str, str], int] = field(default_factory=dict)

    def add(self, year: int, kind: str, flow: str, amount: int) -> None:
        """Put an amount beside what is there; zero leaves no trace."""
        if amount:
            self.amounts[year, kind, flow] = self.amounts.get((year, kind, flow), 0) + amount


def solved_table(table: Mapping[str, Any], rng: Random) -> dict[tuple[str, str], int]:
    """(row, column) -> öre inside the rounding of every printed cell, derived column and total of the table.

    Raises: ArithmeticError when the printed figures contradict each other.
    """
    unit, columns, steps = table["unit_ore"], table["columns"], table["steps"]
    factors = {column: {column: 1} for column in columns} | table["derived"]
    programme = Programme()
    for row, values in table["rows"].items():
        for column, value in zip(columns, values, strict=False):
            noise = rng.randint(-unit * 2 // 5, unit * 2 // 5) if value and column not in steps else 0
            programme.variable((row, column), value * unit + noise, step=steps.get(column, 1))
    for begin, values in [*table["rows"].items(), *table["totals"].items()]:
        rows = [row for row in table["rows"] if _within(row, begin)]
        for terms, value in zip(factors.values(), values, strict=True):
            low, high = interval(value, unit)
            wanted = {(row, column): factor for row in rows for column, factor in terms.items()}
            programme.bound(wanted, low, high)
    solved = programme.solve(10**9)
    return {(str(name[0]), str(name[1])): value for name, value in solved.items() if isinstance(name, tuple)}


def _within(row: str, begin: str) -> bool:
    return begin in ("*", row) or any(b.endswith("/") and row.startswith(b) for b in begin.split("|"))


def dealt(total: int, count: int, rng: Random, step: int = 1) -> list[int]:
    """The total in uneven parts of one sign, whole steps but for the first."""
    if not count:
        return []
    weights = [150 + rng.randint(0, 32) ** 2 for _ in range(count)]
    parts = [whole(Decimal(total * weight) / sum(weights), step) for weight in weights]
    parts[0] += total - sum(parts)
    return parts


def build(document: Mapping[str, Any], rng: Random) -> list[Project]:
    """Every project with all its amounts."""
    projects = [*_committee(document, rng), *_premises(document)]
    for kind in document["kinds"]:
        projects += _list_of(kind, document, rng)
    _fill_open(projects, document, rng)
    for name, flows in FLOWS.items():
        _fill_last(name, flows, projects, document, rng)
    for project in projects:
        _other_years(project, rng)
    return projects


def _committee(document: Mapping[str, Any], rng: Random) -> list[Project]:
    solved = solved_table(document["tables"]["committee"], rng)
    code = document["committee_first_code"]
    found = []
    for number, (key, (name, group, unit)) in enumerate(document["committee"].items()):
        project = Project(key, name, "committee", "overall", str(code + number), unit, group)
        if (key, "budget") in solved:
            project.phases[LAST] = "implementation"
            project.add(LAST, "budget", "expense", solved[key, "budget"])
            project.add(LAST, "outcome", "expense", solved[key, "outcome"])
        else:
            project.phases[OPEN] = "implementation"
        found.append(project)
    return found


def _premises(document: Mapping[str, Any]) -> list[Project]:
    found = []
    for one in document["premises"]:
        project = Project(
            one["key"], one["name"], "premises", one["area"], one["code"], "", comment=one["comment"]
        )
        project.phases[LAST] = "implementation"
        for year, amount in one["plan"].items():
            project.add(year, "plan", "expense", -amount * THOUSAND)
        found.append(project)
    return found


def _list_of(kind: str, document: Mapping[str, Any], rng: Random) -> list[Project]:
    made = document["kinds"][kind]
    found = [
        Project(one["key"], one["name"], kind, one["area"], "", document["unit"], comment=one["comment"],
                phases=dict(one["phases"]))
        for one in document["named"] if one["kind"] == kind
    ]  # fmt: skip
    names = _names(kind, document)
    for phase, counts in made["counts"].items():
        for area, count in zip(document["places"], counts, strict=True):
            have = sum(1 for p in found if p.area == area and p.phases.get(OPEN) == phase)
            for number in range(count - have):
                key, name = next(names[area])
                phases = {OPEN: phase}
                later = _later(kind, phase, number)
                if later:
                    phases[LAST] = later
                found.append(Project(key, name, kind, area, "", document["unit"], phases=phases))
    areas = list(document["places"])
    for phase, count in made["new_2024"].items():
        for number in range(count):
            area = areas[number % len(areas)]
            key, name = next(names[area])
            found.append(Project(key, name, kind, area, "", document["unit"], phases={LAST: phase}))
    rng.shuffle(found)
    found.sort(key=lambda p: (areas.index(p.area), p.phases.get(LAST, "z")))
    for number, project in enumerate(found):
        project.code = str(made["first_code"] + number)
    return found


def _later(kind: str, phase: str, number: int) -> str:
    if phase == "planning":
        return ("planning", "implementation", "planning", "implementation", "")[number % 5]
    if kind == "investment":
        return ("guarantee", "implementation", "", "recurring")[number % 4]
    return ("implementation", "implementation", "", "planning")[number % 4]


def _names(kind: str, document: Mapping[str, Any]) -> dict[str, Any]:
    def run(places: Sequence[str]) -> Iterable[tuple[str, str]]:
        for name in document["kinds"][kind]["names"]:
            for place in places:
                full = f"{name}, {place}"
                yield slug(full), full
        message = f"too few names for {kind}"
        raise LookupError(message)

    return {area: iter(run(places)) for area, places in document["places"].items()}


def slug(name: str) -> str:
    """A key of the name: small letters without dots and rings, hyphens between words."""
    plain = name.lower().translate(str.maketrans("åäöé", "aaoe"))
    return "-".join("".join(sign if sign.isalnum() else " " for sign in plain).split())


def _fill_open(projects: list[Project], document: Mapping[str, Any], rng: Random) -> None:
    table = document["tables"][OPEN]
    fixed = {one["key"]: one["fixed_2020"] for one in document["named"] if "fixed_2020" in one}
    for (row, column), total in solved_table(table, rng).items():
        kind, second, third = row.split("/")
        step = table["steps"].get(column, 1)
        if kind == "committee":
            members = [p for p in projects if p.key == third]
        else:
            members = [p for p in projects if (p.kind, p.phases.get(OPEN), p.area) == (kind, second, third)]
        left = total
        for project in members:
            if project.key in fixed:
                amount = fixed[project.key][table["columns"].index(column)] * THOUSAND
                project.add(OPEN, column, "income" if amount > 0 else "expense", amount)
                left -= amount
        rest = [p for p in members if p.key not in fixed]
        income = _open_income(kind, left, step)
        for flow, part in (("expense", left - income), ("income", income)):
            for project, amount in zip(rest, dealt(part, len(rest), rng, step), strict=True):
                project.add(OPEN, column, flow, amount)


def _open_income(kind: str, net: int, step: int) -> int:
    part = max(net, 0)
    if kind == "development":
        part += abs(net) // 4
    return part // step * step if step > 1 else part


def _fill_last(
    name: str, flows: tuple[str, str], projects: list[Project], document: Mapping[str, Any], rng: Random
) -> None:
    table = document["tables"][name]
    solved = solved_table(table, rng)
    kind = name.split("_", maxsplit=1)[0]
    for phase in table["rows"]:
        members = [p for p in projects if p.kind == kind and p.phases.get(LAST) == phase]
        gross = document["gross_2024"][name][phase]
        for column in ("budget", "plan", "outcome"):
            if column == "outcome" and (phase, "expense") in solved:
                totals = (solved[phase, "expense"], solved[phase, "income"])
            elif (phase, column) in solved:
                income = gross.get(column, 0) * THOUSAND
                totals = (solved[phase, column] - income, income)
            else:
                continue
            step = 1 if column == "outcome" else THOUSAND // 10
            for flow, total in zip(flows, totals, strict=True):
                _deal_last(members, column, flow, total, step, document, rng)


def _deal_last(
    members: list[Project],
    column: str,
    flow: str,
    total: int,
    step: int,
    document: Mapping[str, Any],
    rng: Random,
) -> None:
    fixed = {one["key"]: one.get("fixed", {}).get(f"{column} {flow}") for one in document["named"]}
    kind = "budget" if column == "plan" else column
    rest = []
    for project in members:
        amount = fixed.get(project.key)
        if amount is None:
            rest.append(project)
        else:
            project.add(LAST, kind, flow, amount * THOUSAND)
            total -= amount * THOUSAND
    if flow in {"income", "sales_income"} and len(rest) > 3:
        rest = rng.sample(rest, max(1, len(rest) // 3))
    for project, amount in zip(rest, dealt(total, len(rest), rng, step), strict=True):
        project.add(LAST, kind, flow, amount)


def _other_years(project: Project, rng: Random) -> None:
    for year, part in SHAPES.items():
        if project.kind in {"committee", "premises"} or LAST not in project.phases:
            continue
        if year < LAST and OPEN not in project.phases:
            continue
        for flow in ("expense", "income", "sales_expense", "sales_income"):
            amount = project.amounts.get((LAST, "outcome", flow), 0)
            project.add(year, "outcome", flow, whole(amount * exact(part) * drawn(rng, 300, 1500)))
        if year == LAST + 1:
            for flow in ("expense", "income"):
                budget = abs(project.amounts.get((LAST, "budget", flow), 0)) * (1 if flow == "income" else -1)
                project.add(year, "budget", flow, whole(budget * exact("0.9"), THOUSAND))
