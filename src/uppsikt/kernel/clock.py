"""The one place that asks what time it is, so that tests and imports can decide it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")

_frozen: ContextVar[dt.datetime | None] = ContextVar("uppsikt_frozen_clock", default=None)


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    frozen = _frozen.get()
    return frozen if frozen is not None else dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The present date in Sweden."""
    return now().astimezone(STOCKHOLM).date()


@contextmanager
def frozen(moment: dt.datetime) -> Iterator[None]:
    """Make `now()` answer `moment` (aware) inside the block.

    Raises: ValueError when `moment` has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a frozen clock needs an aware datetime")
    token = _frozen.set(moment.astimezone(dt.UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
