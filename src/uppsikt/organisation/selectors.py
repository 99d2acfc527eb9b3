"""Reading the organisation."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from uppsikt.accounts.selectors import User
from uppsikt.kernel import clock
from uppsikt.kernel.tree import walk
from uppsikt.organisation import rules
from uppsikt.organisation.models import (
    Body,
    BodyName,
    Municipality,
    Placement,
    RoleAssignment,
    Succession,
    Unit,
)
from uppsikt.organisation.rules import Dated, Grant, Grants, Role

__all__ = [
    "Body",
    "BodyName",
    "BodyRow",
    "Municipality",
    "Placement",
    "RoleAssignment",
    "Succession",
    "Unit",
    "UnitRow",
    "ancestry",
    "bodies",
    "bodies_on",
    "body",
    "body_name",
    "body_names",
    "body_of_unit",
    "grants",
    "lineage",
    "municipality",
    "unit",
    "unit_names",
    "units_on",
]


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body as it was on a day."""

    pk: int
    key: str
    kind: str
    name: str
    short: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as it stood on a day; depth 0 is nearest the body."""

    pk: int
    key: str
    name: str
    body: str
    depth: int


def municipality() -> Municipality | None:
    """The installation's owner, None before anything is loaded."""
    return Municipality.objects.first()


def body(key: str) -> Body | None:
    """The body with this key."""
    return Body.objects.filter(key=key).first()


def unit(key: str) -> Unit | None:
    """The unit with this key."""
    return Unit.objects.filter(key=key).first()


def bodies() -> QuerySet[Body]:
    """All bodies ever, in the municipality's order."""
    return Body.objects.all()


def bodies_on(day: dt.date) -> list[BodyRow]:
    """The bodies that exist on `day`, with their names then, in the municipality's order. One query."""
    rows = BodyName.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day
    ).order_by("body__position", "body__key")
    return [BodyRow(*row) for row in rows.values_list("body_id", "body__key", "body__kind", "name", "short")]


def body_names(day: dt.date) -> dict[str, str]:
    """What every body is (or was last) called on `day`, by key. One query."""
    spans: dict[str, list[Dated]] = defaultdict(list)
    for name in BodyName.objects.select_related("body"):
        spans[name.body.key].append(Dated(name.name, name.valid_from, name.valid_to))
    return {key: rules.on(rows, day) or key for key, rows in spans.items()}


def body_name(body: Body, day: dt.date) -> str:
    """What the body was called on `day`."""
    rows = [Dated(name.name, name.valid_from, name.valid_to) for name in body.names.all()]
    return rules.on(rows, day) or body.key


def lineage(body: Body) -> list[str]:
    """The body's key and those of the bodies whose task it took over."""
    pairs = Succession.objects.values_list("predecessor__key", "successor__key")
    return rules.lineage(body.key, pairs)


def ancestry() -> dict[int, list[int]]:
    """For every body that took over from others: its id and theirs, nearest first. One query.

    A body that took over from nobody is not among the keys.
    """
    pairs = list(Succession.objects.values_list("predecessor_id", "successor_id"))
    return {
        pk: [int(found) for found in rules.lineage(str(pk), [(str(a), str(b)) for a, b in pairs])]
        for pk in {after for _before, after in pairs}
    }


def units_on(day: dt.date, *, body: str = "") -> list[UnitRow]:
    """The units that exist on `day`, as a tree in reading order. One query."""
    placements = (
        Placement.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)
        .select_related("unit", "parent", "body")
        .order_by("name")
    )
    if body:
        placements = placements.filter(body__key=body)
    nodes = walk(placements, lambda row: row.unit.key, lambda row: row.parent.key if row.parent else None)
    return [
        UnitRow(node.value.unit_id, node.value.unit.key, node.value.name, node.value.body.key, node.depth)
        for node in nodes
    ]


def unit_names(day: dt.date) -> dict[str, str]:
    """What every unit is (or was last) called on `day`, by key. One query."""
    spans: dict[str, list[Dated]] = defaultdict(list)
    for row in Placement.objects.select_related("unit"):
        spans[row.unit.key].append(Dated(row.name, row.valid_from, row.valid_to))
    return {key: rules.on(rows, day) or key for key, rows in spans.items()}


def body_of_unit(unit: Unit, day: dt.date) -> str | None:
    """The key of the body the unit belonged to on `day`."""
    rows = unit.placements.select_related("body")
    return rules.on([Dated(row.body.key, row.valid_from, row.valid_to) for row in rows], day)


def grants(user: User, day: dt.date | None = None) -> Grants:
    """Everything the person may do on `day` (today when not given). At most two queries."""
    day = day or clock.today()
    assignments = list(
        RoleAssignment.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day), user=user, valid_from__lte=day
        ).select_related("body", "unit")
    )
    parents: dict[str, str | None] = {}
    homes: dict[str, str] = {}
    if any(row.unit_id for row in assignments):
        placements = Placement.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day
        ).select_related("unit", "parent", "body")
        for placement in placements:
            parents[placement.unit.key] = placement.parent.key if placement.parent else None
            homes[placement.unit.key] = placement.body.key
    rows = []
    for row in assignments:
        if row.unit is not None:
            home = homes.get(row.unit.key)
            if home:  # a unit that no longer exists gives nobody anything
                rows.append(Grant(Role(row.role), home, rules.descendants(row.unit.key, parents)))
        else:
            rows.append(Grant(Role(row.role), row.body.key if row.body else ""))
    return Grants(user.key, tuple(rows))
