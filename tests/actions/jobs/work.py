"""Jobs for the tests. Each says how far it has come, and waits for a file where a test must look meanwhile."""

from __future__ import annotations

import time
from pathlib import Path

from uppsikt.history.actions import atomic
from uppsikt.history.rules import Actor
from uppsikt.jobs import actions
from uppsikt.jobs.task import job
from uppsikt.kernel.problems import InputError, Problem, Where
from uppsikt.organisation.actions import save_body


def _wait_for(path: str) -> None:
    for _ in range(1200):
        if Path(path).exists():
            return
        time.sleep(0.05)
    raise TimeoutError(path)


@job
def count(key: str, *, until: int) -> str:
    """Counts."""
    for number in range(1, until + 1):
        actions.report(key, done=number, total=until, words=f"Räknar till {number}.")
    return f"Räknade till {until}."


@job
def refuse(key: str) -> str:
    """Finds two faults in a file."""
    raise InputError(
        Problem("a", Where("bok.si", 3), "Beloppet är inte ett tal."),
        Problem("b", Where("bok.si"), "Filen är tom."),
    )


@job
def break_down(key: str) -> str:
    """Has a fault of its own."""
    raise ZeroDivisionError("secret")


@job
def hold(key: str, *, begun: str, go_on: str) -> str:
    """Comes half-way, and then waits to be told."""
    actions.report(key, done=1, total=2, words="Halvvägs.")
    Path(begun).touch()
    _wait_for(go_on)
    return "Hela vägen."


@job
def hold_in_transaction(key: str, *, begun: str, go_on: str) -> str:
    """The same, while it writes."""
    _write(key, begun, go_on, by=Actor("eva", "Eva Ek"))
    return "Skrivet."


@atomic
def _write(key: str, begun: str, go_on: str, *, by: Actor) -> None:
    save_body(key="ks", kind="executive_board", by=by)
    actions.report(key, done=1, total=2, words="Halvvägs.")
    Path(begun).touch()
    _wait_for(go_on)
