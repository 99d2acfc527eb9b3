"""Writing from a form: as the other actions, but never over somebody else's change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from uppsikt.cycle.selectors import Round
from uppsikt.history.actions import atomic
from uppsikt.history.rules import Actor
from uppsikt.investments import selectors
from uppsikt.investments.actions.amounts import set_amount
from uppsikt.investments.actions.register import last_position, save_project, unused_key
from uppsikt.investments.actions.reporting import report_project
from uppsikt.investments.models import Project
from uppsikt.investments.rules.words import AmountKind
from uppsikt.organisation.selectors import Body


class Changed(Exception):
    """Somebody else has saved since the form was opened. Nothing was written."""


@dataclass(frozen=True, slots=True)
class YearAmount:
    """One amount of a form: of a year's budget or plan, or of the round's forecast. None takes it away."""

    year: int
    kind: AmountKind
    flow: str
    amount_ore: int | None


@atomic
def add_project(*, body: Body, values: Mapping[str, Any], by: Actor) -> Project:
    """Add a project last in the register. Raises: InputError as `save_project`."""
    project, _ = save_project(
        key=unused_key(body, values["name"]), body=body, position=last_position(), by=by, **values
    )
    return project


@atomic
def change_project(
    *, project: Project, version: str, body: Body, values: Mapping[str, Any], by: Actor
) -> bool:
    """Change a project in the register. Raises: Changed; InputError as `save_project`."""
    _unchanged(project, version)
    return save_project(key=project.key, body=body, position=project.position, by=by, **values)[1]


@atomic
def set_amounts(
    *,
    project: Project,
    version: str,
    amounts: list[YearAmount],
    round_: Round | None,
    by: Actor,
) -> int:
    """Set several amounts at once. Returns how many changed. Raises: Changed; InputError as `set_amount`."""
    _unchanged(project, version)
    return sum(
        set_amount(
            project=project,
            year=one.year,
            kind=one.kind.value,
            flow=one.flow,
            amount_ore=one.amount_ore,
            round_=round_ if one.kind is AmountKind.FORECAST else None,
            by=by,
        )[1]
        for one in amounts
    )


@atomic
def report(
    *,
    project: Project,
    version: str,
    round_: Round,
    values: Mapping[str, Any],
    amounts: list[YearAmount],
    by: Actor,
) -> bool:
    """Report a project in a round with its forecast. Raises: Changed; InputError as the actions it is made of."""
    _unchanged(project, version)
    _, told = report_project(project=project, round_=round_, by=by, **values)
    moved = [
        set_amount(
            project=project,
            year=one.year,
            kind=one.kind.value,
            flow=one.flow,
            amount_ore=one.amount_ore,
            round_=round_,
            by=by,
        )[1]
        for one in amounts
    ]
    return told or any(moved)


def _unchanged(project: Project, version: str) -> None:
    if selectors.version_of(project) != version:
        raise Changed
