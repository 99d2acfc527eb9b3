"""Hierarchies of the coding: which accounts, cost centres and activities stand under which node.

Every hierarchy is by parent key, except that an account finds its statement line by its first digits
(longest prefix wins): a chart of accounts has groups by digits, and a municipality adds accounts all the time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from uppsikt.economy.rules.model import EconomyModel, Line
from uppsikt.kernel.identity import masked, shown
from uppsikt.kernel.tree import walk

ALL = "*"
LINE, PLACE = "line", "place"
COUNTERPARTY = "counterparty"
VALUE_AXES = ("activity", "project", COUNTERPARTY)


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a coding dimension in a year. `unit` and `body` are organisation keys (cost centres only)."""

    dimension: str
    key: str
    name: str = ""
    parent: str = ""
    unit: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """Where a unit stood on the year's last day."""

    key: str
    parent: str
    body: str


@dataclass(frozen=True, slots=True)
class Coding:
    """One year's hierarchies. `below[axis][node]` holds the node and everything under it, nodes and leaves alike.

    `names[axis][key]` is what a node or leaf is called. Axes: line, place, activity, project, counterparty.
    """

    year: int
    below: Mapping[str, Mapping[str, frozenset[str]]]
    names: Mapping[str, Mapping[str, str]]
    leaves: Mapping[str, frozenset[str]]
    children: Mapping[str, Mapping[str, tuple[str, ...]]]
    unmapped: tuple[str, ...] = ()

    def under(self, axis: str, node: str) -> frozenset[str]:
        """The node with all below it; nothing for a node there is none of; everything for "*"."""
        return self.below.get(axis, {}).get(node, frozenset())

    def name(self, axis: str, key: str) -> str:
        """What a node is called; its key when it has no name. A person's number is no name (kernel.identity)."""
        name = self.names.get(axis, {}).get(key) or key
        return masked(shown(name)) if axis == COUNTERPARTY else name

    def members(self) -> Iterable[tuple[str, str, str]]:
        """(axis, node, leaf) for every leaf under every node: what the ledger's queries join with."""
        for axis, nodes in self.below.items():
            leaves = self.leaves[axis]
            for node, held in nodes.items():
                for leaf in held & leaves:
                    yield axis, node, leaf


def coding(year: int, model: EconomyModel, values: Iterable[Value], units: Iterable[UnitPlace]) -> Coding:
    """The year's hierarchies from the economy model, the coding values and the organisation."""
    by_dimension: dict[str, list[Value]] = defaultdict(list)
    for value in values:
        by_dimension[value.dimension].append(value)
    accounts = by_dimension["account"]
    below: dict[str, dict[str, frozenset[str]]] = {}
    children: dict[str, dict[str, tuple[str, ...]]] = {}
    parents, unmapped = _line_parents(model.lines, [value.key for value in accounts])
    below[LINE], children[LINE] = _closure(parents)
    below[PLACE], children[PLACE] = _closure(_place_parents(by_dimension["cost_centre"], list(units)))
    for axis in VALUE_AXES:
        below[axis], children[axis] = _closure({value.key: (value.parent,) for value in by_dimension[axis]})
    leaves = {
        LINE: frozenset(value.key for value in accounts) | {""},
        PLACE: frozenset(value.key for value in by_dimension["cost_centre"]) | {""},
    } | {axis: frozenset(value.key for value in by_dimension[axis]) | {""} for axis in VALUE_AXES}
    names = {
        LINE: {value.key: value.name for value in accounts} | {line.key: line.label for line in model.lines},
        PLACE: {value.key: value.name for value in by_dimension["cost_centre"]},
    } | {axis: {value.key: value.name for value in by_dimension[axis]} for axis in VALUE_AXES}
    for axis in (LINE, PLACE, *VALUE_AXES):
        below[axis][ALL] = frozenset(below[axis]) | leaves[axis]
    return Coding(year, below, names, leaves, children, tuple(unmapped))


def line_of(account: str, lines: Sequence[Line]) -> str:
    """The key of the line that holds an account, by the longest matching prefix; empty when none does.

    Args: lines: the lines of one tree.
    """
    found = max(
        ((len(prefix), line.key) for line in lines for prefix in line.accounts if account.startswith(prefix)),
        default=(0, ""),
    )
    return found[1]


def trees(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """The lines by the top line they stand under."""
    found: dict[str, list[Line]] = {}
    top = ""
    for node in walk(lines, lambda line: line.key, lambda line: line.parent or None):
        if node.depth == 0:
            top = node.value.key
        found.setdefault(top, []).append(node.value)
    return found


def _line_parents(
    lines: Sequence[Line], accounts: Iterable[str]
) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    borrowed: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        for other in line.lines:
            borrowed[other].append(line.key)
    parents: dict[str, tuple[str, ...]] = {line.key: (line.parent, *borrowed[line.key]) for line in lines}
    grown = trees(lines)
    unmapped = []
    for account in accounts:
        found = tuple(key for tree in grown.values() if (key := line_of(account, tree)))
        parents[account] = found
        if not found:
            unmapped.append(account)
    return parents, unmapped


def _place_parents(values: Sequence[Value], units: Sequence[UnitPlace]) -> dict[str, tuple[str, ...]]:
    """A cost centre stands under its parent cost centre, its unit and its body; the nearest that says so counts."""
    parents: dict[str, tuple[str, ...]] = {}
    for unit in units:
        parents[f"unit:{unit.key}"] = (f"unit:{unit.parent}" if unit.parent else f"body:{unit.body}",)
        parents.setdefault(f"body:{unit.body}", ())
    known = set(parents)
    for value in values:
        above = [value.parent] if value.parent else []
        if value.unit and f"unit:{value.unit}" in known:
            above.append(f"unit:{value.unit}")
        elif value.body:
            above.append(f"body:{value.body}")
            parents.setdefault(f"body:{value.body}", ())
        parents[value.key] = tuple(above)
    return parents


def _closure(
    parents: Mapping[str, tuple[str, ...]],
) -> tuple[dict[str, frozenset[str]], dict[str, tuple[str, ...]]]:
    """Every node with all below it, and its children in the order given. A circle holds its own members."""
    children: dict[str, list[str]] = defaultdict(list)
    for key, above in parents.items():
        for parent in above:
            if parent and parent != key:
                children[parent].append(key)
    found: dict[str, frozenset[str]] = {}
    for key in parents:
        held: set[str] = set()
        waiting = [key]
        while waiting:
            node = waiting.pop()
            if node not in held:
                held.add(node)
                waiting.extend(children.get(node, ()))
        found[key] = frozenset(held)
    return found, {key: tuple(below) for key, below in children.items()}
