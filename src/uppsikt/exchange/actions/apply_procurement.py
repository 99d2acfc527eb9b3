"""Writing what is bought: suppliers, agreements, procurements, what is settled and what was found out."""

from __future__ import annotations

from uppsikt.exchange.actions.apply_planning import figure
from uppsikt.exchange.actions.apply_years import decision
from uppsikt.exchange.actions.lookups import Here
from uppsikt.exchange.rules.rows import Row
from uppsikt.procurement.actions import agreements, procurements, settling, suppliers

SUPPLIER = ("key", "name", "org_number", "sole_trader", "codes", "exempt", "note")
AGREEMENT = (
    "key", "number", "title", "kind", "valid_from", "value_ore", "case_number", "category", "follow_up_due",
)  # fmt: skip
PROCUREMENT = (
    "key", "title", "kind", "date", "value_ore", "period_from", "period_to", "case_number", "category", "purchaser",
    "certified", "documented",
)  # fmt: skip


def limit(row: Row, here: Here) -> None:
    settling.settle(**row.values | {"percent": figure(row.values["percent"])}, by=here.by)


def supplier(row: Row, here: Here) -> None:
    values = {name: row.values[name] for name in SUPPLIER}
    here.suppliers[row.values["key"]], _changed = suppliers.save_supplier(**values, by=here.by)


def agreement(row: Row, here: Here) -> None:
    values = row.values
    here.agreements[values["key"]], _changed = agreements.save_agreement(
        **{name: values[name] for name in AGREEMENT},
        supplier=here.suppliers[values["supplier"]],
        bodies=[here.bodies[key] for key in values["bodies"].split(";") if key],
        valid_to=values["last_day"],
        responsible=here.people[values["responsible"]] if values["responsible"] else None,
        by=here.by,
    )


def procurement(row: Row, here: Here) -> None:
    values = row.values
    procurements.save_procurement(
        **{name: values[name] for name in PROCUREMENT},
        body=here.bodies[values["body"]],
        unit=here.units[values["unit"]] if values["unit"] else None,
        supplier=here.suppliers[values["supplier"]] if values["supplier"] else None,
        agreement=here.agreements[values["agreement"]] if values["agreement"] else None,
        decision=decision(values),
        by=here.by,
    )


def handling(row: Row, here: Here) -> None:
    values = row.values
    settling.handle_purchases(
        year=values["year"],
        supplier=here.suppliers[values["supplier"]],
        category=values["category"],
        handling=values["handling"],
        by=here.by,
    )


def supplier_check(row: Row, here: Here) -> None:
    values = row.values
    suppliers.check_supplier(
        supplier=here.suppliers[values["supplier"]],
        date=values["date"],
        kind=values["kind"],
        outcome=values["outcome"],
        note=values["note"],
        by=here.by,
    )


def follow_up(row: Row, here: Here) -> None:
    values = row.values
    agreements.follow_up_agreement(
        agreement=here.agreements[values["agreement"]],
        date=values["date"],
        finding=values["finding"],
        recovered_ore=values["recovered_ore"],
        note=values["note"],
        by=here.by,
    )
