"""Reading a dataset into the database, and writing one from it."""

from __future__ import annotations

from uppsikt.exchange.actions.importing import ImportResult, import_dataset

__all__ = ["ImportResult", "import_dataset"]
