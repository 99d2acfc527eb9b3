"""What a process reads before anybody asks, so that nobody has to wait for its first reading."""

from __future__ import annotations

import logging
import threading

from django.db import connections

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.rounds import seen_on
from uppsikt.kernel import clock
from uppsikt.oversight.selectors.board import standings

log = logging.getLogger(__name__)


def start() -> None:
    """Read beside the requests that are served meanwhile."""
    threading.Thread(target=_run, name="warming", daemon=True).start()


def _run() -> None:
    try:
        warm()
    except Exception as error:  # noqa: BLE001 - whatever is wrong is told to whoever asks for the page
        log.info("Nothing was read beforehand: %s", error)
    finally:
        connections.close_all()


def warm() -> None:
    """How every body stands in the round that one lands on."""
    round_ = cycle.current_round()
    if round_ is not None:
        standings(round_, seen_on(round_.state, round_.cutoff, clock.today()))
