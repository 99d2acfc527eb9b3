"""Reading a dataset into the database."""

from __future__ import annotations

from uppsikt.exchange.actions.importing import import_dataset
from uppsikt.exchange.rules.result import ImportResult

__all__ = ["ImportResult", "import_dataset"]
