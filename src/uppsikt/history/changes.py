"""What a write changes, as the history keeps it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import models


def changed(row: models.Model, wanted: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set `wanted` on `row` and tell what differed: {field: [before, after]}, empty when nothing did.

    A row that is not stored yet differs in every field. Related rows are shown by their `key` where
    they have one.
    """
    difference: dict[str, list[Any]] = {}
    adding = row._state.adding  # noqa: SLF001 - Django documents _state for this
    for field, value in wanted.items():
        before = None if adding else getattr(row, field)
        if adding or before != value:
            difference[field] = [plain(before), plain(value)]
        setattr(row, field, value)
    return difference


def plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, models.Model):
        return getattr(value, "key", None) or str(value.pk)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return value
