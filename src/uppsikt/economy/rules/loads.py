"""What a load of the ledger may be and become."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum


class LoadMode(StrEnum):
    """Whether a file replaces what the ledger has for its months, or is added beside it."""

    REPLACE = "replace"
    ADD = "add"

    @property
    def label(self) -> str:
        """The mode in words."""
        return {"replace": "ersätter filens månader", "add": "läggs till"}[self.value]


class LoadState(StrEnum):
    """How far a load has come. Accepted and refused are the end."""

    WAITING = "waiting"
    RUNNING = "running"
    ACCEPTED = "accepted"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The state in words."""
        return {"waiting": "väntar", "running": "läses", "accepted": "inläst", "refused": "nekad"}[self.value]


TRANSITIONS: Mapping[LoadState, frozenset[LoadState]] = {
    LoadState.WAITING: frozenset({LoadState.RUNNING, LoadState.REFUSED}),
    LoadState.RUNNING: frozenset({LoadState.RUNNING, LoadState.ACCEPTED, LoadState.REFUSED}),
    LoadState.ACCEPTED: frozenset(),
    LoadState.REFUSED: frozenset(),
}
"""A load whose reader died stands as running and may be run again."""


def accepted_at(now: dt.datetime, last: dt.datetime | None) -> dt.datetime:
    """When a load is accepted: always after the one before, whatever the clock says, for that is their order."""
    return now if last is None or now > last else last + dt.timedelta(microseconds=1)
