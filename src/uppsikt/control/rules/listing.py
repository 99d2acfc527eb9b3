"""Which risks a filter keeps, and in what order they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from uppsikt.control.rules.risks import Place


@dataclass(frozen=True, slots=True)
class Listed:
    """What of a risk the list filters and sorts by. `band` and `decision` are keys, empty when there is none."""

    title: str
    process: str
    value: int | None
    place: Place | None
    band: str
    decision: str
    must_report: bool
    nothing_done: bool
    unanswered: bool


ONLY = ("report", "unanswered", "undone", "undecided", "unassessed")


def keeps(row: Listed, asked: Mapping[str, str]) -> bool:
    """Whether the address keeps a risk.

    Args: asked: `process`, `band`, `decision`, `only` (one of `ONLY`), `l` and `c` (a square of the matrix), `q`.
    """
    place = row.place
    likelihood, consequence = (str(place.likelihood), str(place.consequence)) if place else ("", "")
    alike = {
        "process": row.process,
        "band": row.band,
        "decision": row.decision,
        "l": likelihood,
        "c": consequence,
    }
    return (
        all(value == asked[name] for name, value in alike.items() if asked.get(name))
        and asked.get("q", "").casefold() in f"{row.process} {row.title}".casefold()
        and _only(row, asked.get("only", ""))
    )


def _only(row: Listed, wanted: str) -> bool:
    return {
        "report": row.must_report,
        "unanswered": row.unanswered,
        "undone": row.nothing_done,
        "undecided": not row.decision,
        "unassessed": row.value is None,
    }.get(wanted, True)
