"""Writing from a form: as the other actions, but never over somebody else's change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from uppsikt.cycle.selectors import Round
from uppsikt.economy.actions import budget, coding, registers
from uppsikt.economy.models import BudgetAmount, FrameDecision, RegisterItem, Restatement
from uppsikt.economy.rules.coding import Value
from uppsikt.economy.rules.grain import Profile
from uppsikt.economy.selectors import codes, editing
from uppsikt.economy.selectors import registers as register_rows
from uppsikt.history.actions import atomic
from uppsikt.history.rules import Actor
from uppsikt.kernel.decision import Decision
from uppsikt.kernel.problems import refuse
from uppsikt.organisation.selectors import Body, Unit


class Changed(Exception):
    """Somebody else has saved since the form was opened. Nothing was written."""


def _unchanged(version: str, standing: str) -> None:
    if version != standing:
        raise Changed


@atomic
def change_code(
    *,
    value: Value,
    year: int,
    units: Mapping[str, Unit],
    bodies: Mapping[str, Body],
    version: str,
    by: Actor,
) -> int:
    """Say where a code stands. Raises: Changed; InputError as `coding.save_codes`, or for an unknown parent."""
    held = codes.code(year, value.dimension, value.key)
    _unchanged(version, codes.version_of(held))
    if value.parent and codes.code(year, value.dimension, value.parent) is None:
        raise refuse(
            "parent",
            f"Det finns ingen kod {value.parent} {year}.",
            field="parent",
            remedy="Skriv en kod som finns, eller lämna tomt.",
        )
    return coding.save_codes(year=year, values=[value], units=units, bodies=bodies, by=by)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a budget amount stands."""

    line: str
    unit: Unit | None
    activity: str
    decision: FrameDecision | None


@atomic
def write_budget(
    *,
    body: Body,
    year: int,
    place: Place,
    amount_ore: int | None,
    profile: Profile,
    months: Sequence[int],
    version: str,
    by: Actor,
) -> BudgetAmount | None:
    """Set an amount of the detailed budget. Raises: Changed; InputError as `budget.set_budget`."""
    _unchanged(version, editing.version_of(editing.budget_at(body, year, place)))
    row, _changed = budget.set_budget(
        body=body, year=year, line=place.line, unit=place.unit, activity=place.activity, decision=place.decision,
        amount_ore=amount_ore, profile=profile, months=months, by=by,
    )  # fmt: skip
    return row


@atomic
def write_frame(
    *,
    row: FrameDecision | None,
    body: Body,
    year: int,
    original: bool,
    date: dt.date,
    text: str,
    decision: Decision,
    amounts: Mapping[str, int],
    version: str,
    by: Actor,
) -> FrameDecision:
    """Register a frame decision, or change one. Raises: Changed; InputError as `budget.save_frame`."""
    _unchanged(version, editing.frame_version(row))
    saved, _changed = budget.save_frame(
        key=row.key if row else editing.unused_frame_key(body, year, date), body=body, year=year, original=original,
        date=date, text=text, decision=decision, amounts=amounts, by=by,
    )  # fmt: skip
    return saved


@atomic
def write_restatement(
    *,
    row: Restatement | None,
    body: Body,
    year: int,
    place: Place,
    amount_ore: int | None,
    reason: str,
    version: str,
    by: Actor,
) -> Restatement | None:
    """Move a comparison year. Raises: Changed; InputError as `budget.set_restatement`."""
    standing = editing.restatement(body, row.key) if row else None
    _unchanged(version, editing.version_of(standing))
    saved, _changed = budget.set_restatement(
        key=row.key if row else editing.unused_restatement_key(body, year), body=body, year=year, line=place.line,
        unit=place.unit, activity=place.activity, amount_ore=amount_ore, reason=reason, by=by,
    )  # fmt: skip
    return saved


@dataclass(frozen=True, slots=True)
class Told:
    """A measure of a register's item as a form has it: öre or a count (None: nothing), with its source."""

    measure: str
    amount: int | None
    source: str


@atomic
def write_item(
    *,
    register: str,
    item: RegisterItem | None,
    body: Body,
    round_: Round,
    values: Mapping[str, Any],
    told: Sequence[Told],
    version: str,
    by: Actor,
) -> RegisterItem:
    """Write an item of a register and what is told of it in a round.

    Raises: Changed; InputError as `registers.save_item` and `registers.set_amount`.
    """
    _unchanged(version, editing.item_version(item))
    position = item.position if item else editing.last_position(register, body, round_.year_id)
    saved, _changed = registers.save_item(
        register=register, key=item.key if item else editing.unused_item_key(register, body, round_.year_id),
        body=body, year=round_.year_id, position=position, by=by, **values,
    )  # fmt: skip
    standing = register_rows.amounts(round_, body)
    for one in told:
        held = standing.get((register, saved.key, one.measure))
        if one.amount is not None:
            registers.set_amount(
                item=saved, round_=round_, measure=one.measure, amount=one.amount, source=one.source, by=by
            )
        elif held is not None:
            registers.clear_amount(item=saved, round_=round_, measure=one.measure, by=by)
    return saved


@atomic
def move_item(*, item: RegisterItem, up: bool, by: Actor) -> None:
    """Move an item one step among its siblings of the same group."""
    rows = editing.siblings(item)
    group = [place for place, row in enumerate(rows) if row.group == item.group]
    step = next(number for number, place in enumerate(group) if rows[place].pk == item.pk)
    other = step - 1 if up else step + 1
    if not 0 <= other < len(group):
        return
    one, two = group[step], group[other]
    rows[one], rows[two] = rows[two], rows[one]
    for position, row in enumerate(rows):
        if row.position != position:
            registers.save_item(
                register=row.register, key=row.key, body=row.body, year=row.year, name=row.name, group=row.group,
                position=position, goal=row.goal, project=row.project, by=by,
            )  # fmt: skip
