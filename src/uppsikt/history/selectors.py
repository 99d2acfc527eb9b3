"""Reading history."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from django.db.models import Max, QuerySet

from uppsikt.history.events import EventKind
from uppsikt.history.models import ChainHead, Event
from uppsikt.history.rules import Fields, Link, Was, difference, digest, first_break, undone

__all__ = [
    "Event",
    "about",
    "as_it_was",
    "begun",
    "broken_at",
    "last_event",
    "last_hash",
    "last_sequence",
    "recent",
    "those_begun",
]

Thing = TypeVar("Thing")

AT_ONCE = 5_000
"""Subjects asked about in one query."""


def recent(*, body_key: str = "", kind: str = "", actor_key: str = "") -> QuerySet[Event]:
    """Events, newest first, optionally of one body, kind or person."""
    events = Event.objects.all()
    if body_key:
        events = events.filter(body_key=body_key)
    if kind:
        events = events.filter(kind=kind)
    if actor_key:
        events = events.filter(actor_key=actor_key)
    return events


def about(*subjects: str) -> QuerySet[Event]:
    """Everything that happened to one thing (or to a few that belong together), newest first."""
    return Event.objects.filter(subject__in=subjects)


def labels(subjects: Iterable[str], moment: dt.datetime | None = None) -> dict[str, str]:
    """What things were called when something last happened to them, by subject, up to `moment`. One query."""
    events = Event.objects.filter(subject__in=list(subjects))
    if moment is not None:
        events = events.filter(at__lte=moment)
    last = events.order_by().values("subject").annotate(last=Max("sequence")).values("last")
    return dict(Event.objects.filter(sequence__in=last).values_list("subject", "label"))


def last_event() -> tuple[int, dt.datetime] | None:
    """The number of the last event and when it was: as long as it is the same, nothing has changed. One query."""
    found: tuple[int, dt.datetime] | None = (
        Event.objects.order_by("-sequence").values_list("sequence", "at").first()
    )
    return found


def last_sequence() -> int:
    """The number of the last event: as long as it is the same, nothing has changed."""
    found: int | None = ChainHead.objects.filter(pk=1).values_list("sequence", flat=True).first()
    return found or 0


def last_hash(kinds: Iterable[EventKind]) -> str:
    """The hash of the last event of these kinds: as long as it is the same, what they are about is. One query."""
    rows = Event.objects.filter(kind__in=[kind.value for kind in kinds])
    found: str | None = rows.order_by("-sequence").values_list("hash", flat=True).first()
    return found or ""


def broken_at() -> int | None:
    """The sequence number of the first event that was tampered with, None when the chain holds.

    Data may have been emptied only where the chain itself tells that the person was erased.
    """
    told = Event.objects.filter(kind=EventKind.USER_ERASED.value).values_list("subject", flat=True)
    erased = {subject.replace("person:", "user:", 1) for subject in told}
    for event in Event.objects.order_by("sequence").iterator():
        lawful = "erased" in event.data and event.subject in erased
        if not lawful and digest(event.data) != event.data_digest:
            return event.sequence
    return first_break(
        (
            Link(
                sequence=event.sequence,
                at=event.at,
                actor_key=event.actor_key,
                kind=event.kind,
                subject=event.subject,
                body_key=event.body_key,
                data_digest=event.data_digest,
                previous_hash=event.previous_hash,
            ),
            event.hash,
        )
        for event in Event.objects.order_by("sequence").iterator()
    )


def begun(moment: dt.datetime, subjects: Iterable[str]) -> set[str]:
    """Those of the subjects that had begun by the moment. One query for each `AT_ONCE` of them."""
    found: set[str] = set()
    for portion in _portions(subjects):
        events = Event.objects.filter(subject__in=portion, at__lte=moment).order_by()
        found.update(events.values_list("subject", flat=True).distinct())
    return found


def those_begun(
    rows: Iterable[Thing], subject: Callable[[Thing], str], moment: dt.datetime | None
) -> list[Thing]:
    """Those of the rows that had begun by the moment (None: all), in their order. Queries as `begun`."""
    listed = list(rows)
    if moment is None:
        return listed
    there = begun(moment, map(subject, listed))
    return [row for row in listed if subject(row) in there]


def as_it_was(moment: dt.datetime, now: Mapping[str, Fields]) -> dict[str, Was]:
    """Each thing as it was at the moment, by subject ("risk:KEY"). Two queries for each `AT_ONCE` subjects.

    Args: now: each subject's fields as they are, by the names and in the form the history writes, with `REMOVED`.
    """
    since: dict[str, list[Fields]] = defaultdict(list)
    there = begun(moment, now)
    for subjects in _portions(now):
        later = Event.objects.filter(subject__in=subjects, at__gt=moment).order_by("sequence")
        for subject, kind, data in later.values_list("subject", "kind", "data").iterator():
            changed = difference(subject, kind, data)
            if changed is not None:
                since[subject].append(changed)
    return {
        subject: Was(undone(fields, since.get(subject, ())), subject in there)
        for subject, fields in now.items()
    }


def _portions(subjects: Iterable[str]) -> Iterable[list[str]]:
    listed = sorted(subjects)
    return (listed[at : at + AT_ONCE] for at in range(0, len(listed), AT_ONCE))
