"""Reading economy models."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from uppsikt.economy.models import EconomyModelVersion
from uppsikt.economy.rules.document import parse
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.history.rules import canonical_json


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
    held = documents()
    if not held:
        raise LookupError(f"no economy model for {year}")
    earlier = [number for number in held if number <= year]
    return _parsed(canonical_json(held[max(earlier) if earlier else min(held)]))


@lru_cache(maxsize=32)
def _parsed(text: str) -> EconomyModel:
    model, problems = parse(json.loads(text))
    if model is None:
        raise LookupError("; ".join(map(str, problems)))
    return model
