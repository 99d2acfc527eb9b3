"""How events are chained, without a database."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
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
