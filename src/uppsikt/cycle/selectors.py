"""Reading years, steering models and rounds."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from uppsikt.cycle.models import FiscalYear, Round, SteeringModelVersion
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.cycle.rules.steering_document import parse
from uppsikt.history.rules import canonical_json

__all__ = [
    "FiscalYear",
    "Round",
    "SteeringModelVersion",
    "current_round",
    "document",
    "earlier_rounds",
    "model_for",
    "model_names",
    "open_rounds",
    "round_by_key",
    "rounds",
    "year",
    "years",
]


def years() -> QuerySet[FiscalYear]:
    """All years, latest first."""
    return FiscalYear.objects.all()


def year(number: int) -> FiscalYear | None:
    """The year, None when it has not been set up."""
    return FiscalYear.objects.filter(year=number).first()


def document(number: int, moment: dt.datetime | None = None) -> dict[str, Any] | None:
    """The year's steering model document as it stood at `moment` (None: now)."""
    rows = SteeringModelVersion.objects.all().as_of(moment).filter(year_id=number)
    found: dict[str, Any] | None = rows.values_list("document", flat=True).first()
    return found


def model_for(number: int, moment: dt.datetime | None = None) -> SteeringModel:
    """The year's steering model as it stood at `moment` (None: now); before there was any, the first.

    Raises: LookupError when the year has none. (A stored document has passed `parse`.)
    """
    found = document(number, moment)
    if found is None and moment is not None:
        versions = SteeringModelVersion.objects.filter(year_id=number).order_by("recorded_at")
        found = versions.values_list("document", flat=True).first()
    if found is None:
        raise LookupError(f"no steering model for {number}")
    return _parsed(canonical_json(found))


def model_names() -> dict[int, str]:
    """The name of each year's steering model, by year. One query."""
    rows = SteeringModelVersion.objects.all().current()
    return dict(rows.values_list("year_id", "document__name"))


@lru_cache(maxsize=64)
def _parsed(text: str) -> SteeringModel:
    model, problems = parse(json.loads(text))
    if model is None:
        raise LookupError("; ".join(map(str, problems)))
    return model


def rounds(number: int | None = None) -> QuerySet[Round]:
    """The rounds, of one year or of all, in time order."""
    found = Round.objects.select_related("year")
    return found if number is None else found.filter(year_id=number)


def round_by_key(key: str) -> Round | None:
    """The round with this key."""
    return Round.objects.select_related("year").filter(key=key).first()


def open_rounds() -> QuerySet[Round]:
    """The rounds that are being reported, the most urgent first."""
    return Round.objects.filter(state=RoundState.OPEN.value).order_by("deadline", "cutoff")


def current_round(among: Iterable[Round] | None = None) -> Round | None:
    """The round to land on: the most urgent open one, else the latest closed.

    Args: among: the rounds when they are read already; at most one query otherwise.
    """
    begun = [row for row in (rounds() if among is None else among) if row.state != RoundState.PLANNED.value]
    still_open = [row for row in begun if row.state == RoundState.OPEN.value]
    if still_open:
        return min(still_open, key=lambda row: (row.deadline or dt.date.max, row.cutoff))
    return max(begun, key=lambda row: row.cutoff, default=None)


def earlier_rounds(round_: Round) -> QuerySet[Round]:
    """The rounds before this one, latest first."""
    return Round.objects.filter(cutoff__lt=round_.cutoff).order_by("-cutoff")
