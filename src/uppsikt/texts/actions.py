"""Writing texts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from uppsikt.history.actions import atomic, record
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor, digest
from uppsikt.history.superseding import supersede
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError
from uppsikt.texts import selectors
from uppsikt.texts.models import Draft, Text, TextVersion
from uppsikt.texts.rules import Node, normalise, validate, words

ANY_VERSION: Final = -1
"""As base number: whatever stands there is to be replaced. For imports, never for a person's writing."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The text stands. `number` is None when nothing has ever been written there."""

    number: int | None
    content: list[Node]
    changed: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else saved first. Nothing is lost: what was sent in is kept as the writer's draft.

    Save again with `theirs_number` as base number once the writer has chosen.
    """

    slot: str
    label: str
    yours: list[Node]
    theirs: list[Node]
    base: list[Node]
    theirs_number: int
    theirs_by: str
    theirs_at: dt.datetime


@atomic
def save_text(
    *,
    slot: str,
    label: str,
    content: list[Node],
    base_number: int | None,
    body_key: str = "",
    by: Actor,
    kind: EventKind = EventKind.TEXT_SAVED,
    subject: str = "",
) -> Saved | Conflict:
    """Let a text stand in its place; what stood there is kept and can be read back.

    Args: base_number: the version the writer began from, None for an empty place, `ANY_VERSION` in imports.
        subject: what the history says it is about, the slot unless told.

    Raises: InputError when it is not a text that can be kept (a picture without a description, too long).
    """
    nodes = normalise(content)
    if problems := validate(nodes):
        raise InputError(*problems)
    text = _locked(slot, label, make=bool(nodes))
    standing = selectors.current(slot) if text else None
    number, theirs = (standing.number, standing.content) if standing else (None, [])
    base = _content(slot, base_number)
    if nodes in (theirs, base if base_number != ANY_VERSION else theirs):
        # Equal to what stands, or nothing of the writer's own in it: what stands, stands.
        _drop_draft(slot, by)
        return Saved(number, theirs, changed=False)
    if standing and base_number not in (number, ANY_VERSION):
        _keep_draft(slot, label, nodes, base_number, by)
        return Conflict(
            slot=slot,
            label=label,
            yours=nodes,
            theirs=theirs,
            base=base,
            theirs_number=standing.number,
            theirs_by=standing.recorded_by_name,
            theirs_at=standing.recorded_at,
        )
    assert text is not None  # only an empty text makes no place, and that one is equal to nothing written
    if text.label != label[:300]:
        text.label = label[:300]
        text.save(update_fields=["label"])
    row = TextVersion(text=text, number=(number or 0) + 1, content=nodes)
    supersede(standing, row, by=by)
    record(
        kind,
        by=by,
        subject=subject or f"text:{slot}",
        label=label,
        body_key=body_key,
        data={
            "slot": slot,
            "version": [number, row.number],
            "words": [words(theirs), words(nodes)],
            "digest": digest(nodes),
        },
    )
    _drop_draft(slot, by)
    return Saved(row.number, nodes, changed=True)


@transaction.atomic
def autosave_draft(
    *, slot: str, label: str = "", content: list[Node], base_number: int | None, by: Actor
) -> Draft | None:
    """Keep what the writer has so far. None when it is what stands already, so that no draft is needed.

    No event: a draft is nobody else's business until it is saved.
    """
    nodes = normalise(content)
    standing = selectors.current(slot)
    if nodes == (standing.content if standing else []):
        _drop_draft(slot, by)
        return None
    return _keep_draft(slot, label, nodes, base_number, by)


def discard_draft(*, slot: str, by: Actor) -> bool:
    """Throw away what the writer had not saved. Returns whether there was anything."""
    return _drop_draft(slot, by)


def _locked(slot: str, label: str, *, make: bool) -> Text | None:
    """The place, held until the transaction ends, so that two savers come one after the other.

    Two who write there for the first time meet in `get_or_create`: the second gets the first one's place.
    """
    place = Text.objects.select_for_update()
    found = place.filter(slot=slot).first()
    if found is None and make:
        Text(slot=slot, label=label[:300]).full_clean(validate_unique=False)
        Text.objects.get_or_create(slot=slot, defaults={"label": label[:300]})
        found = place.get(slot=slot)
    return found


def _content(slot: str, number: int | None) -> list[Node]:
    if number is None or number == ANY_VERSION:
        return []
    found = selectors.version(slot, number)
    return found.content if found else []


def _keep_draft(slot: str, label: str, nodes: list[Node], base_number: int | None, by: Actor) -> Draft:
    draft, _created = Draft.objects.update_or_create(
        slot=slot,
        user_key=by.key,
        defaults={
            "label": label[:300],
            "content": nodes,
            "base_number": base_number,
            "saved_at": clock.now(),
        },
    )
    return draft


def _drop_draft(slot: str, by: Actor) -> bool:
    deleted, _each = Draft.objects.filter(slot=slot, user_key=by.key).delete()
    return bool(deleted)
