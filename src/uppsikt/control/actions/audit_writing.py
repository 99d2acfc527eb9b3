"""Writing audit from forms: as the other actions, but never over somebody else's change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from uppsikt.control.actions import audit
from uppsikt.control.actions.writing import Changed
from uppsikt.control.models import AuditQuestion, AuditReview, Recommendation
from uppsikt.control.selectors.audit import version_of
from uppsikt.history.actions import atomic
from uppsikt.history.rules import Actor
from uppsikt.organisation.selectors import Body

Written = TypeVar("Written")


@atomic
def guarded(
    *,
    row: AuditReview | Recommendation | AuditQuestion,
    version: str,
    write: Callable[[Actor], Written],
    by: Actor,
) -> Written:
    """Write, when nothing of the row has changed since the version. Raises: Changed, and what `write` raises."""
    if version_of(row) != version:
        raise Changed
    return write(by)


@atomic
def add_review(*, values: Mapping[str, Any], by: Actor) -> AuditReview:
    """Register a new review. Raises: InputError as `save_review`."""
    key = audit.unused_review_key(values["year"], values["title"])
    return audit.save_review(key=key, by=by, **values)[0]


@atomic
def add_recommendation(
    *, review: AuditReview, body: Body, values: Mapping[str, Any], by: Actor
) -> Recommendation:
    """Add a recommendation last in a review. Raises: InputError as `save_recommendation`."""
    row, _ = audit.save_recommendation(
        key=audit.unused_recommendation_key(review, body, values["number"]),
        review=review,
        body=body,
        position=audit.last_position(review),
        by=by,
        **values,
    )
    return row
