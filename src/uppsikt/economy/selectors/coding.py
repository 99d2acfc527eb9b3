"""Reading codes, and the hierarchies they make together with the economy model and the organisation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

from django.db.models import Q, QuerySet

from uppsikt.economy.models import CodingValue
from uppsikt.economy.rules.coding import Coding, UnitPlace, Value, coding
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.economy.selectors import models as economy_models
from uppsikt.history import selectors as history
from uppsikt.history.events import EventKind
from uppsikt.organisation.selectors import Placement

MOVES = (
    EventKind.CODING_SAVED,
    EventKind.ECONOMY_MODEL_SAVED,
    EventKind.UNIT_SAVED,
    EventKind.BODY_SAVED,
    EventKind.LEDGER_LOADED,
)
"""What happens when a hierarchy changes."""


def values(year: int, dimension: str = "") -> QuerySet[CodingValue]:
    """The codes of a year, of one dimension or of all."""
    rows = CodingValue.objects.filter(year=year).select_related("unit", "body")
    return rows.filter(dimension=dimension) if dimension else rows


def years() -> list[int]:
    """The years that have codes."""
    return list(CodingValue.objects.order_by("year").values_list("year", flat=True).distinct())


def stamp() -> str:
    """The same as long as no hierarchy has changed. One query."""
    return history.last_hash(MOVES)


def coding_for(year: int, *, model_year: int, stamped: str) -> Coding:
    """The year's hierarchies, by the economy model of `model_year`; remembered for as long as the stamp holds.

    A comparison year is read through the lines of the year it is compared with.
    """
    return _coding(year, model_year, stamped)


@lru_cache(maxsize=48)
def _coding(year: int, model_year: int, _stamped: str) -> Coding:
    model: EconomyModel = economy_models.model_for(model_year)
    return coding(year, model, _values(year), _units(year))


def _values(year: int) -> Iterable[Value]:
    for row in values(year):
        yield Value(
            row.dimension,
            row.key,
            row.name,
            row.parent,
            row.unit.key if row.unit else "",
            row.body.key if row.body else "",
        )


def _units(year: int) -> Iterable[UnitPlace]:
    """Where every unit of the year stood: the last place it had in it, for a unit that ended during the year has money."""
    rows = Placement.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=dt.date(year, 1, 1)), valid_from__lte=dt.date(year, 12, 31)
    ).select_related("unit", "parent", "body")
    last = {row.unit.key: row for row in rows.order_by("valid_from")}
    for row in last.values():
        yield UnitPlace(row.unit.key, row.parent.key if row.parent else "", row.body.key)
