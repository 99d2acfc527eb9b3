"""The database as the dataset's rows: for comparing before an import, and for export."""

from __future__ import annotations

from typing import Any

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.economy.selectors import models as economy_models
from uppsikt.exchange.rules.cells import settled
from uppsikt.exchange.rules.rows import Documents, Identity, Values, identity
from uppsikt.exchange.rules.tables import ECONOMY, STEERING, TABLES
from uppsikt.exchange.rules.whole import whole
from uppsikt.exchange.selectors import (
    audit,
    control,
    control_results,
    economy,
    investments,
    organisation,
    planning,
    procurement,
    reporting,
    years,
)
from uppsikt.history import selectors as history
from uppsikt.history.events import EventKind
from uppsikt.history.selectors import Event

__all__ = [
    "by_identity",
    "documents",
    "economy_years",
    "every_row",
    "logo",
    "models",
    "recent_imports",
    "years_models",
]


def every_row() -> dict[str, list[Values]]:
    """Every table as it stands now, in a fixed order. Superseded rows are history and stay here."""
    found: dict[str, list[Values]] = {
        **organisation.tables(),
        **years.tables(),
        **planning.tables(),
        **control.tables(),
        **audit.tables(),
        **reporting.tables(),
        **control_results.tables(),
        **economy.tables(),
        **investments.tables(),
        **procurement.tables(),
    }
    found = whole(found)
    return {
        table.key: [{one.key: settled(one, row[one.key]) for one in table.fields} for row in found[table.key]]
        for table in TABLES
    }


def by_identity(rows: dict[str, list[Values]]) -> dict[str, dict[Identity, Values]]:
    """The rows by what finds them again."""
    return {table.key: {identity(table, row): row for row in rows[table.key]} for table in TABLES}


def documents() -> Documents:
    """The models that are no presets, by folder and by the name that the table of years gives them."""
    return {STEERING: years.documents(), ECONOMY: dict(economy.named().values())}


def years_models(folder: str) -> dict[int, tuple[str, dict[str, Any]]]:
    """Each year's model of the folder: what the table of years calls it, and the document in its fixed order."""
    return years.named() if folder == STEERING else economy.named()


def logo() -> tuple[str, bytes] | None:
    """The municipality's logotype: its name in a dataset, and its content."""
    return organisation.logo()


def models() -> dict[int, SteeringModel]:
    """The steering model of every year."""
    return {year.year: cycle.model_for(year.year) for year in cycle.years() if cycle.document(year.year)}


def economy_years() -> dict[int, EconomyModel]:
    """The economy model of every year that has its own."""
    return economy_models.every()


def recent_imports(count: int) -> list[Event]:
    """The latest imports, newest first."""
    return list(history.recent(kind=EventKind.DATASET_IMPORTED)[:count])
