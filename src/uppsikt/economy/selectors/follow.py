"""Following an outcome into the ledger: what it is made of along each axis, month by month, voucher by voucher.

All amounts are öre with income positive and cost negative.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from uppsikt.economy.rules.coding import ALL, COUNTERPARTY, LINE, PLACE, Coding
from uppsikt.economy.rules.grain import Grain, Nodes, by_month, matching
from uppsikt.economy.rules.tables import Ask
from uppsikt.economy.selectors.answers import Reading, nodes_of
from uppsikt.economy.selectors.ledger import LedgerView, rolled
from uppsikt.kernel.identity import is_personal
from uppsikt.ledger.rows import Axis, EntryRow, Scope
from uppsikt.organisation import selectors as organisation

AXES: Mapping[str, Axis] = {
    LINE: "account", PLACE: "cost_centre", "activity": "activity", "project": "project", "counterparty": "counterparty",
}  # fmt: skip
"""The axes one may narrow along, and the ledger's column for each."""


@dataclass(frozen=True, slots=True)
class Trail:
    """An outcome with all that it has been narrowed by. `asked`: the nodes before any narrowing."""

    view: LedgerView
    year: int
    last: int
    mapping: int
    asked: Nodes
    nodes: Nodes
    month: int = 0

    @property
    def months(self) -> tuple[int, int]:
        """The first and last month, inclusive."""
        return (self.month, self.month) if self.month else (1, self.last)

    @property
    def coding(self) -> Coding:
        """The hierarchies that the outcome is read through."""
        return self.view.coding(self.mapping or self.year)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an outcome: a node of an axis. `node` empty: what stands on no node below.

    `before`: last year; None where the node was not there. `planned`: its budget; None where none is held so finely.
    `leads_on`: whether one may narrow to it.
    """

    node: str
    name: str
    amount: int
    before: int | None = None
    planned: int | None = None
    leads_on: bool = True


def trail(ask: Ask, reading: Reading, default_place: str, wanted: Mapping[str, str]) -> Trail | None:
    """The outcome that `ask` means, narrowed by `wanted` (node by axis, and "month").

    Returns: None without a ledger. Raises: LookupError for a node that does not stand under what was asked for,
        which would show what the table does not.
    """
    view = reading.ledger
    if view is None:
        return None
    year = reading.year + ask.years
    last = 12 if ask.through == "year" else reading.round.cutoff.month
    asked = nodes_of(ask, default_place)
    mapping = reading.year if ask.measure == "restated" else 0
    found = Trail(view, year, last, mapping, asked, asked)
    nodes = asked
    for axis in AXES:
        node = wanted.get(axis, "")
        if not node:
            continue
        if node not in found.coding.under(axis, getattr(asked, axis)):
            raise LookupError(f"{axis} {node!r} is no part of the figure")
        nodes = replace(nodes, **{axis: node})
    month = wanted.get("month", "")
    if month and not (month.isdecimal() and 1 <= int(month) <= last):
        raise LookupError(f"month {month!r} is no part of the figure")
    return replace(found, nodes=nodes, month=int(month or 0))


def leads_on(axis: str, node: str) -> bool:
    """Whether one may narrow to a node: not where the address would hold a person's number."""
    return bool(node) and not (axis == COUNTERPARTY and is_personal(node))


def has_year(view: LedgerView, year: int) -> bool:
    """Whether this version of the ledger holds anything of a year. Asks no database."""
    return bool(view.ledger.months(view.version, year))


def amount(found: Trail) -> int:
    """The outcome as far as it has been narrowed."""
    return sum(_sums(found, "month").values())


def below(found: Trail, axis: str, model_lines: Mapping[str, str], *, deep: bool = False) -> list[str]:
    """The nodes next below on an axis: lines under a line, accounts under the last line, units, activities …

    Args: model_lines: the lines by key, to tell lines from accounts. deep: the last lines at once, not the next.
        What also stands under another of the nodes is left out, so that the parts add up.
    """
    coding, node = found.coding, getattr(found.nodes, axis)
    if axis == LINE:
        lines = _lines_below(coding, node, model_lines, deep=deep)
        if lines:
            return lines
        return sorted(
            leaf for leaf in coding.under(LINE, node) if leaf and leaf not in model_lines and leaf != node
        )
    children = coding.children.get(axis, {})
    listed = _apart(coding, axis, children.get(node, ()) if node != ALL else _tops(coding, axis))
    while len(listed) == 1 and children.get(listed[0]):
        listed = _apart(coding, axis, children[listed[0]])  # one part is the whole under another name
    return listed


def _lines_below(coding: Coding, node: str, model_lines: Mapping[str, str], *, deep: bool) -> list[str]:
    found: list[str] = []
    for key in coding.children[LINE].get(node, ()):
        if key in model_lines:
            finer = _lines_below(coding, key, model_lines, deep=True) if deep else []
            found.extend(finer or [key])
    return found


def _apart(coding: Coding, axis: str, listed: Sequence[str]) -> list[str]:
    return [
        key for key in listed if not any(key in coding.under(axis, other) for other in listed if other != key)
    ]


def _tops(coding: Coding, axis: str) -> Sequence[str]:
    held = {child for listed in coding.children.get(axis, {}).values() for child in listed}
    return [node for node in coding.below[axis] if node != ALL and node not in held]


def pieces(
    found: Trail,
    axis: str,
    reading: Reading,
    model_lines: Mapping[str, str],
    base: str = "",
    *,
    deep: bool = False,
    compared: bool = True,
) -> list[Piece]:
    """The parts of the outcome along an axis, the largest first; those without any amount are left out.

    Args: base: the budget measure it is held against; then `planned` is filled, when the parts' budgets add up to
        the whole's. compared: whether `before` is wanted.
    """
    listed = below(found, axis, model_lines, deep=deep)
    coding = found.coding
    sums = _sums(found, AXES[axis])
    earlier = replace(found, year=found.year - 1)
    knows_before = compared and has_year(found.view, earlier.year)
    before = _sums(earlier, AXES[axis]) if knows_before else {}
    planned = _planned_pieces(found, axis, listed, reading, base) if base else {}
    rows = []
    for node in listed:
        under, then = coding.under(axis, node), earlier.coding.under(axis, node)
        piece = Piece(
            node=node,
            name=coding.name(axis, node),
            amount=rolled(sums, under),
            before=rolled(before, then) if knows_before and then else None,
            planned=planned.get(node, 0) if planned else None,
            leads_on=leads_on(axis, node),
        )
        if piece.amount or piece.before or piece.planned:
            rows.append(piece)
    rows.sort(key=lambda piece: (-abs(piece.amount), piece.node))
    rest = sum(sums.values()) - sum(piece.amount for piece in rows)
    if rest and rows:
        own = getattr(found.nodes, axis)
        last = sum(before.values()) - sum(piece.before or 0 for piece in rows) if knows_before else None
        rows.append(Piece("", coding.name(axis, own) if own != ALL else "", rest, last, leads_on=False))
    return rows


def _planned_pieces(
    found: Trail, axis: str, listed: Sequence[str], reading: Reading, base: str
) -> dict[str, int]:
    """The budgets of the parts, when they are held at that grain: together they are the whole's budget."""
    whole = planned(found, reading, base)
    told = {node: planned(_at(found, axis, node), reading, base) for node in listed}
    return told if whole and sum(told.values()) == whole else {}


def _at(found: Trail, axis: str, node: str) -> Trail:
    return replace(found, nodes=replace(found.nodes, **{axis: node}))


def planned(found: Trail, reading: Reading, base: str) -> int:
    """The budget of what the trail is narrowed to, for its months. `base`: the budget measure."""
    grains = _grains(found, reading, base)
    if base != "budget_accumulated" and not found.month:
        return sum(grain.amount_ore for grain in grains)
    first, last = found.months
    return sum(_by_month(grains, found, reading)[first - 1 : last])


def planned_months(found: Trail, reading: Reading) -> tuple[int, ...]:
    """The budget of each of the twelve months; empty when there is none."""
    grains = _grains(found, reading, "budget")
    return _by_month(grains, found, reading) if grains else ()


def _grains(found: Trail, reading: Reading, base: str) -> list[Grain]:
    rows = matching(reading.budget(found.year), found.nodes, reading.coding(found.year))
    return [grain for grain in rows if grain.original] if base == "budget_original" else rows


def _by_month(grains: Sequence[Grain], found: Trail, reading: Reading) -> tuple[int, ...]:
    follows = any(grain.profile.value == "last_year" for grain in grains)
    shapes = reading.shapes(found.year) if follows else {}
    spread = [by_month(grain, shapes.get(grain.line, ())) for grain in grains]
    return tuple(sum(month) for month in zip(*spread, strict=True)) or (0,) * 12


def months(found: Trail) -> tuple[int, ...]:
    """The outcome of each month up to the cut-off, whatever month it has been narrowed to."""
    sums = _sums(replace(found, month=0), "month")
    return tuple(sums.get(str(month), 0) for month in range(1, found.last + 1))


def year_months(found: Trail, year: int) -> tuple[int, ...]:
    """The twelve months of another year, as far as they are booked; empty when the ledger has not got the year."""
    if not has_year(found.view, year):
        return ()
    sums = _sums(replace(found, year=year, month=0, last=12), "month")
    return tuple(sums.get(str(month), 0) for month in range(1, 13))


def count(found: Trail) -> tuple[int, int]:
    """How many rows of how many vouchers."""
    return found.view.ledger.count(_scope(found))


def entries(found: Trail, *, limit: int, offset: int) -> list[EntryRow]:
    """The rows behind, the largest first, in the ledger's own sign."""
    return found.view.entries(_scope(found), limit=limit, offset=offset, largest=True)


def _scope(found: Trail) -> Scope:
    first, last = found.months
    return found.view.scope(found.nodes, year=found.year, first=first, last=last, mapping=found.mapping)


def _sums(found: Trail, axis: Axis) -> Mapping[str, int]:
    return found.view.sums(axis, _scope(found))


def place_names(year: int) -> dict[str, str]:
    """What units and bodies were called on the year's last day, by node of the place axis. Two queries."""
    day = dt.date(year, 12, 31)
    units = {f"unit:{key}": name for key, name in organisation.unit_names(day).items()}
    return units | {f"body:{key}": name for key, name in organisation.body_names(day).items()}
