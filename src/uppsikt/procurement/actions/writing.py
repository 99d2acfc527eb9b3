"""Writing from a form: as the other actions, but never over somebody else's change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from uppsikt.history.actions import atomic
from uppsikt.history.rules import Actor
from uppsikt.planning.rules.keys import new_key
from uppsikt.procurement import selectors
from uppsikt.procurement.actions.agreements import save_agreement
from uppsikt.procurement.actions.procurements import save_procurement
from uppsikt.procurement.actions.suppliers import save_supplier
from uppsikt.procurement.selectors import Agreement, Procurement, Supplier


class Changed(Exception):
    """Somebody else has saved since the form was opened. Nothing was written."""


@atomic
def add_supplier(*, values: Mapping[str, Any], by: Actor) -> Supplier:
    """Add a supplier. Raises: InputError as `save_supplier`."""
    key = new_key([values["name"]], Supplier.objects.values_list("key", flat=True))
    return save_supplier(key=key, by=by, **values)[0]


@atomic
def change_supplier(*, supplier: Supplier, version: str, values: Mapping[str, Any], by: Actor) -> bool:
    """Change a supplier. Raises: Changed; InputError as `save_supplier`."""
    _unchanged(supplier, version)
    return save_supplier(key=supplier.key, by=by, **values)[1]


@atomic
def add_agreement(*, values: Mapping[str, Any], by: Actor) -> Agreement:
    """Add an agreement. Raises: InputError as `save_agreement`."""
    taken = Agreement.objects.values_list("key", flat=True)
    key = new_key(["avtal", str(values["valid_from"].year), values["title"]], taken)
    return save_agreement(key=key, by=by, **values)[0]


@atomic
def change_agreement(*, agreement: Agreement, version: str, values: Mapping[str, Any], by: Actor) -> bool:
    """Change an agreement. Raises: Changed; InputError as `save_agreement`."""
    _unchanged(agreement, version)
    return save_agreement(key=agreement.key, by=by, **values)[1]


@atomic
def add_procurement(*, values: Mapping[str, Any], by: Actor) -> Procurement:
    """Add a procurement. Raises: InputError as `save_procurement`."""
    taken = Procurement.objects.values_list("key", flat=True)
    key = new_key([values["body"].key, str(values["date"].year), values["title"]], taken)
    return save_procurement(key=key, by=by, **values)[0]


@atomic
def change_procurement(
    *, procurement: Procurement, version: str, values: Mapping[str, Any], by: Actor
) -> bool:
    """Change a procurement. Raises: Changed; InputError as `save_procurement`."""
    _unchanged(procurement, version)
    return save_procurement(key=procurement.key, by=by, **values)[1]


def _unchanged(row: Supplier | Agreement | Procurement, version: str) -> None:
    if selectors.version_of(row) != version:
        raise Changed
