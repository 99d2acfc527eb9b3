"""The coding plan as rows: which accounts, cost centres, activities, projects and counterparties a year has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

CODING_COLUMNS = ("year", "dimension", "key", "name", "parent", "unit", "body")
Row = dict[str, str]
_GROUP = 2  # an account's group is its first two figures


def coding_rows(year: int, plan: Mapping[str, Any], projects: Iterable[tuple[str, str]]) -> Iterator[Row]:
    """Every value of every dimension in the year, groups before their members.

    Args: projects: code and name of each project that the year has.
    """

    def row(dimension: str, key: str, name: str, parent: str = "", unit: str = "", body: str = "") -> Row:
        values = (str(year), dimension, key, name, parent, unit, body)
        return dict(zip(CODING_COLUMNS, values, strict=True))

    accounts = plan["accounts"]
    for key, name in accounts["groups"].items():
        yield row("account", key, name, key[:-1])
    names = {key: values[2] for key, values in accounts["lines"].items()} | accounts["names"]
    for key in sorted(names):
        yield row("account", key, names[key], key[:_GROUP])
    for key, group in plan["cost_centres"].items():
        if holds(group, year):
            yield row("cost_centre", key, group["name"], "", group.get("unit", ""), group.get("body", ""))
            for member, values in group["members"].items():
                unit = values[2] if len(values) > 2 else ""
                yield row("cost_centre", member, values[0], key, unit)
    for key, (name, members) in plan["activities"].items():
        yield row("activity", key, name)
        for member, label in members.items():
            yield row("activity", member, label, key)
    for code, name in projects:
        yield row("project", code, name)
    for key, values in plan["counterparties"].items():
        yield row("counterparty", key, values[0])


def holds(group: Mapping[str, Any], year: int) -> bool:
    """Whether the group of cost centres exists in the year."""
    first, last = group.get("from", 0), group.get("to", year)
    return bool(first <= year <= last)
