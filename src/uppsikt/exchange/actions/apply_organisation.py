"""Writing who: one function for each table."""

from __future__ import annotations

from uppsikt.accounts import actions as accounts
from uppsikt.exchange.actions.lookups import Here
from uppsikt.exchange.rules.rows import Row
from uppsikt.files.rules import digest
from uppsikt.organisation import actions as organisation
from uppsikt.organisation import selectors
from uppsikt.organisation.rules import Role


def municipality(row: Row, here: Here) -> None:
    values = row.values
    content = here.dataset.files.get(values["logo"])
    standing = selectors.municipality()
    kept = standing.logo if standing and values["logo"] else ""
    organisation.save_municipality(
        key=values["key"],
        name=values["name"],
        accent=values["accent"],
        logo=digest(content) if content else kept,
        by=here.by,
    )


def body(row: Row, here: Here) -> None:
    values = row.values
    standing = here.bodies.get(values["key"])
    position = (
        standing.position if standing else max((b.position for b in here.bodies.values()), default=0) + 1
    )
    saved, _changed = organisation.save_body(
        key=values["key"], kind=values["kind"], position=position, by=here.by
    )
    here.bodies[saved.key] = saved
    organisation.name_body(
        body=saved,
        name=values["name"],
        short=values["short"],
        valid_from=values["valid_from"],
        valid_to=values["valid_to"],
        by=here.by,
    )


def succession(row: Row, here: Here) -> None:
    values = row.values
    organisation.succeed_body(
        predecessor=here.bodies[values["predecessor"]],
        successor=here.bodies[values["successor"]],
        date=values["date"],
        kind=values["kind"],
        by=here.by,
    )


def unit(row: Row, here: Here) -> None:
    values = row.values
    placed, _changed = organisation.place_unit(
        key=values["key"],
        name=values["name"],
        body=here.bodies[values["body"]],
        parent=here.units[values["parent"]] if values["parent"] else None,
        valid_from=values["valid_from"],
        valid_to=values["valid_to"],
        by=here.by,
    )
    here.units[values["key"]] = placed.unit


def person(row: Row, here: Here) -> None:
    values = row.values
    standing = here.people.get(values["key"])
    here.people[values["key"]], _changed = accounts.save_user(
        key=values["key"],
        name=values["name"],
        email=values["email"],
        title=values["title"],
        is_active=standing.is_active if standing else True,
        by=here.by,
    )


def role(row: Row, here: Here) -> None:
    values = row.values
    organisation.give_role(
        user=here.people[values["person"]],
        role=Role(values["role"]),
        body=here.bodies[values["body"]] if values["body"] else None,
        unit=here.units[values["unit"]] if values["unit"] else None,
        valid_from=values["valid_from"],
        valid_to=values["valid_to"],
        by=here.by,
    )
