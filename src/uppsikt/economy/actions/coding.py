"""Writing economy models and codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from uppsikt.economy.models import CodingValue, EconomyModelVersion
from uppsikt.economy.rules.coding import COUNTERPARTY, Value
from uppsikt.economy.rules.document import parse
from uppsikt.economy.rules.model import COLUMNS
from uppsikt.history.actions import atomic, record
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor, digest
from uppsikt.history.superseding import supersede
from uppsikt.kernel.identity import masked, shown
from uppsikt.kernel.problems import InputError, refuse
from uppsikt.kernel.tree import circular
from uppsikt.organisation.selectors import Body, Unit


@atomic
def save_model(*, year: int, document: dict[str, Any], by: Actor) -> tuple[EconomyModelVersion, bool]:
    """Set the economy model a year goes by, as a new version when it differs.

    Raises: InputError with every fault of the document.
    """
    _model, problems = parse(document)
    if problems:
        raise InputError(*problems)
    standing = EconomyModelVersion.objects.all().current().filter(year=year).first()
    if standing is not None and standing.document == document:
        return standing, False
    version = supersede(standing, EconomyModelVersion(year=year, document=document), by=by)
    record(
        EventKind.ECONOMY_MODEL_SAVED,
        by=by,
        subject=f"economy-model:{year}",
        label=str(year),
        data={"name": document["name"], "digest": digest(document)},
    )
    return version, True


@atomic
def save_codes(
    *,
    year: int,
    values: Iterable[Value],
    units: Mapping[str, Unit],
    bodies: Mapping[str, Body],
    by: Actor,
    only_new: bool = False,
) -> int:
    """Set the codes of a year; those not named are left as they are. Returns how many were new or changed.

    Args: units, bodies: by key, for the values that name one. only_new: codes that are there are left as they are
        (a ledger's file knows names, but not where a code stands).
    Raises: InputError when a dimension is none of the ledger's, or a code would be its own parent.
    """
    standing = {(row.dimension, row.key): row for row in CodingValue.objects.filter(year=year)}
    new, changed, told = [], [], []
    for value in values:
        if value.dimension not in ("account", *COLUMNS):
            raise refuse(
                "dimension",
                f"”{value.dimension}” är ingen koddel.",
                field="dimension",
                remedy=f"Välj något av: account, {', '.join(COLUMNS)}.",
            )
        row = standing.get((value.dimension, value.key))
        wanted = {
            "name": value.name,
            "parent": value.parent,
            "unit_id": units[value.unit].pk if value.unit else None,
            "body_id": bodies[value.body].pk if value.body else None,
        }
        if row is None:
            row = CodingValue(year=year, dimension=value.dimension, key=value.key, **wanted)
            standing[value.dimension, value.key] = row
            new.append(row)
        elif only_new or all(getattr(row, name) == given for name, given in wanted.items()):
            continue
        else:
            for name, given in wanted.items():
                setattr(row, name, given)
            changed.append(row)
        code = shown(value.key) if value.dimension == COUNTERPARTY else value.key
        told.append([value.dimension, code, masked(value.name), value.parent, value.unit, value.body])
    if not told:
        return 0
    _refuse_circles(standing.values())
    CodingValue.objects.bulk_create(new, batch_size=500)
    CodingValue.objects.bulk_update(changed, ["name", "parent", "unit", "body"], batch_size=200)
    record(
        EventKind.CODING_SAVED,
        by=by,
        subject=f"coding:{year}",
        label=f"{year}, {len(told)} st",
        data={"new": len(new), "changed": len(changed), "codes": told},
    )
    return len(told)


def _refuse_circles(rows: Iterable[CodingValue]) -> None:
    by_dimension: dict[str, list[CodingValue]] = {}
    for row in rows:
        by_dimension.setdefault(row.dimension, []).append(row)
    for listed in by_dimension.values():
        for row in circular(listed, lambda one: one.key, lambda one: one.parent or None):
            raise refuse(
                "circle",
                f"Koden {row.key} är sin egen överordnade.",
                field="parent",
                remedy="Rätta kodens överordnade kod.",
            )
