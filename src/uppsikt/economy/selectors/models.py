"""Reading economy models."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from uppsikt.economy.models import EconomyModelVersion
from uppsikt.economy.rules.document import parse
from uppsikt.economy.rules.model import EconomyModel

AS_TEXT = Cast("document", TextField())
"""The document as stored: parsed once for as long as it is the same."""


def document(year: int) -> dict[str, Any] | None:
    """The year's own economy model document."""
    rows = EconomyModelVersion.objects.all().current().filter(year=year)
    found: dict[str, Any] | None = rows.values_list("document", flat=True).first()
    return found


def documents() -> dict[int, dict[str, Any]]:
    """Every year's own document, by year. One query."""
    return dict(EconomyModelVersion.objects.all().current().order_by("year").values_list("year", "document"))


def model_for(year: int) -> EconomyModel:
    """The economy model a year goes by: its own, else the nearest earlier year's, else the first there is.

    Raises: LookupError when there is none at all.
    """
    rows = EconomyModelVersion.objects.all().current().order_by("year")
    text = rows.filter(year__lte=year).reverse().values_list(AS_TEXT, flat=True).first()
    if text is None:
        text = rows.values_list(AS_TEXT, flat=True).first()
    if text is None:
        raise LookupError(f"no economy model for {year}")
    return _parsed(text)


def models_for(years: Iterable[int]) -> dict[int, EconomyModel]:
    """As `model_for` for several years; empty when there is no model at all. One query."""
    own = every()
    return {year: own[max((one for one in own if one <= year), default=min(own))] for year in years if own}


def every() -> dict[int, EconomyModel]:
    """The economy model of every year that has its own. One query."""
    rows = EconomyModelVersion.objects.all().current().order_by("year")
    return {year: _parsed(text) for year, text in rows.values_list("year", AS_TEXT)}


@lru_cache(maxsize=32)
def _parsed(text: str) -> EconomyModel:
    model, problems = parse(json.loads(text))
    if model is None:
        raise LookupError("; ".join(map(str, problems)))
    return model
