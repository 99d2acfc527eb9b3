"""How events are chained, and how a thing was before them, without a database."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it: a stable key that outlives the account, and the name at the time."""

    key: str
    name: str


SYSTEM = Actor("system", "Uppsikt")


def canonical_json(data: Any) -> str:
    """One and only one text for the same data: sorted keys, no spaces, UTF-8."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(data: Any) -> str:
    """SHA-256 of the canonical text, as 64 hex digits."""
    return hashlib.sha256(canonical_json(data).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Link:
    """The part of an event that its hash covers.

    The actor's name and the data themselves are outside the hash (the data's digest is inside),
    so that a name or a text can be erased under GDPR art. 17 without breaking the chain.
    """

    sequence: int
    at: dt.datetime
    actor_key: str
    kind: str
    subject: str
    body_key: str
    data_digest: str
    previous_hash: str

    def hash(self) -> str:
        """The link's own hash, which the next link repeats as `previous_hash`."""
        at = self.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
        return digest(
            [
                self.sequence,
                at,
                self.actor_key,
                self.kind,
                self.subject,
                self.body_key,
                self.data_digest,
                self.previous_hash,
            ]
        )


def first_break(links: Iterable[tuple[Link, str]]) -> int | None:
    """The sequence number of the first event that does not fit the chain, None when all fit.

    Args: links: each event's link with the hash stored for it, in order from the first event.
    """
    previous, expected = GENESIS, 1
    for link, stored in links:
        if link.sequence != expected or link.previous_hash != previous or link.hash() != stored:
            return link.sequence
        previous, expected = stored, expected + 1
    return None


REMOVED = "removed"
"""The field that tells whether a thing was taken out; events of removal set it without saying so."""

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Was:
    """A thing as it was at a moment: its fields as the history writes them (keys, ISO days).

    For rows that are written over: those that supersede each other are read with `as_of`. `existed`: had begun by then.
    """

    fields: Fields
    existed: bool = True

    @property
    def removed(self) -> bool:
        """Whether it had been taken out by then."""
        return bool(self.fields.get(REMOVED))

    @property
    def stood(self) -> bool:
        """Whether it was there to be seen."""
        return self.existed and not self.removed


def undone(now: Fields, differences: Sequence[Fields]) -> dict[str, Any]:
    """The fields before the differences, which are given in the order they happened.

    Fields that `now` does not have are no business of this thing (a status, an assessment) and are left out.
    """
    fields = dict(now)
    for difference in reversed(differences):
        fields.update({name: pair[0] for name, pair in _pairs(difference) if name in fields})
    return fields


def difference(subject: str, kind: str, data: Fields) -> Fields | None:
    """What an event changed of the thing itself; None when it is about something else that is told of with it.

    Only "risk.saved" and "risk.removed" write the fields of "risk:…": an answer, an assessment or an occasion uses the
    same words for other rows, and so does a saved part, which is named by a value that is no pair.
    """
    own = subject.partition(":")[0]
    if kind == f"{own}.removed":
        return {REMOVED: [False, True]}
    if kind != f"{own}.saved" or len(dict(_pairs(data))) != len(data):
        return None
    if "removed_at" in data:
        before, after = data["removed_at"]
        return dict(data) | {REMOVED: [before is not None, after is not None]}
    return data


def _pairs(changed: Fields) -> Iterable[tuple[str, list[Any]]]:
    return ((name, pair) for name, pair in changed.items() if isinstance(pair, list) and len(pair) == 2)
