"""Short words for the tests of the dataset."""

from __future__ import annotations

from pathlib import Path

from django.core.management import call_command
from django.db import connection

from uppsikt.cycle import selectors as cycle
from uppsikt.history.rules import Actor
from uppsikt.organisation import selectors as organisation
from uppsikt.planning import selectors as planning
from uppsikt.planning.selectors import Snapshot

TESTS = Path(__file__).resolve().parents[1]
GOLDEN = TESTS / "golden"
PRESET_C = TESTS / "datasets" / "preset_c"
CONTROL = TESTS / "datasets" / "control"
BY = Actor("tester", "Tester")


def emptied() -> None:
    """Empty the database inside a test, whose own transaction still holds unchecked rows."""
    connection.check_constraints()
    call_command("flush", interactive=False, verbosity=0)


def reading(round_key: str, body_key: str = "ks") -> Snapshot:
    """The body's year as it stands in the round."""
    round_ = cycle.round_by_key(round_key)
    assert round_ is not None
    return planning.snapshot(year=round_.year_id, round_=round_, body=organisation.body(body_key))
