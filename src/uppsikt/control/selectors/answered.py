"""Whose risks and recommendations mitigations and controls answer: a body's own, or another's."""

from __future__ import annotations

from collections.abc import Collection

from uppsikt.control.models import Control, Mitigation


def answered_by(keys: Collection[str]) -> set[int]:
    """The ids of the bodies whose risks and recommendations the mitigations and controls with these keys answer.

    One that has been carried over stands in the earlier one's place, whose recommendation counts too. Two queries.
    """
    asked = Mitigation.objects.filter(item__key__in=keys)
    rows = asked.values_list(
        "risk__body_id",
        "recommendation__body_id",
        "item__carried_over_from__mitigation__recommendation__body_id",
    )
    found = {body for row in rows for body in row}
    found.update(Control.objects.filter(item__key__in=keys).values_list("risk__body_id", flat=True))
    return set(filter(None, found))
