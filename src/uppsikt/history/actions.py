"""Writing history. Called by every other action, inside its transaction."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.db import transaction

from uppsikt.history.events import EventKind
from uppsikt.history.models import ChainHead, Event
from uppsikt.history.presenters import personal_keys
from uppsikt.history.rules import GENESIS, Actor, Link, digest
from uppsikt.history.superseding import SupersedingRow
from uppsikt.kernel import clock

Given = ParamSpec("Given")
Result = TypeVar("Result")

ERASED = "(borttagen)"

_turn = threading.local()  # as connections are: a turn is taken for what one thread does


def atomic(action: Callable[Given, Result]) -> Callable[Given, Result]:
    """Make a function an action: all of it happens or nothing, and writers take turns.

    The turn is taken before anything is read, so that what an action compares with still stands when it
    writes: two who save the same thing come one after the other. Everyone takes this lock first, so nobody
    can wait for one who waits for them. An action within another has the turn already.
    """

    @functools.wraps(action)
    def whole(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        with transaction.atomic():
            if getattr(_turn, "taken", False):
                return action(*args, **kwargs)
            _head()
            _turn.taken = True
            try:
                return action(*args, **kwargs)
            finally:
                _turn.taken = False

    return whole


def _head() -> ChainHead:
    """The end of the chain, held until the transaction ends."""
    rows = ChainHead.objects.select_for_update()
    found = rows.filter(pk=1).first()
    if found is None:
        ChainHead.objects.get_or_create(pk=1, defaults={"hash": GENESIS})
        found = rows.get(pk=1)
    return found


@transaction.atomic
def record(
    kind: EventKind,
    *,
    by: Actor,
    subject: str,
    label: str,
    body_key: str = "",
    data: dict[str, Any] | None = None,
) -> Event:
    """Add one event to the chain.

    Args: subject: stable key with its kind, as "goal:2024-trygghet". label: its name for readers.
        data: JSON values only; for a change, {field: [before, after]}.
    """
    head = _head()
    content = data or {}
    link = Link(
        sequence=head.sequence + 1,
        at=clock.now(),
        actor_key=by.key,
        kind=kind.value,
        subject=subject,
        body_key=body_key,
        data_digest=digest(content),
        previous_hash=head.hash,
    )
    event = Event(
        sequence=link.sequence,
        at=link.at,
        actor_key=by.key,
        actor_name=by.name,
        kind=link.kind,
        subject=subject,
        label=label[:300],
        body_key=body_key,
        data=content,
        data_digest=link.data_digest,
        previous_hash=link.previous_hash,
        hash=link.hash(),
    )
    event.save(force_insert=True)
    head.sequence, head.hash = event.sequence, event.hash
    head.save()
    return event


@atomic
def erase_person(*, actor_key: str, by: Actor) -> int:
    """Remove a person's name and personal data from the history and from what they recorded (GDPR art. 17).

    The chain still holds. Returns: how many events were touched.
    """
    touched = Event.objects.filter(actor_key=actor_key).update(actor_name=ERASED)
    for rows in apps.get_models():
        if issubclass(rows, SupersedingRow):
            rows.rows.filter(recorded_by_key=actor_key).update(recorded_by_name=ERASED)
    for event in Event.objects.filter(subject=f"user:{actor_key}"):
        personal = personal_keys(event.kind, event.data)
        event.data = {key: value for key, value in event.data.items() if key not in personal} | {
            "erased": personal
        }
        event.label = ERASED
        event.save(update_fields=["data", "label"])
        touched += 1
    record(
        EventKind.USER_ERASED, by=by, subject=f"person:{actor_key}", label=actor_key, data={"events": touched}
    )
    return touched
