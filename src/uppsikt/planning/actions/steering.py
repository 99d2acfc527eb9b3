"""Changing the steering model of a year that is already in use."""

from __future__ import annotations

from typing import Any

from uppsikt.cycle import actions as cycle
from uppsikt.cycle.selectors import SteeringModelVersion
from uppsikt.history.actions import atomic
from uppsikt.history.rules import Actor
from uppsikt.kernel.problems import InputError
from uppsikt.planning.selectors import outside_model


@atomic
def change_model(*, year: int, document: dict[str, Any], by: Actor) -> tuple[SteeringModelVersion, bool]:
    """Set the steering model a year goes by, unless something in the year uses what it drops.

    Raises: InputError with every fault of the document, or with every key that is used and by what.
    """
    version, changed = cycle.save_model(year=year, document=document, by=by)
    if changed and (problems := outside_model(year)):
        raise InputError(*problems)
    return version, changed
