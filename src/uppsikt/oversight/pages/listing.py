"""Which bodies the address asks for, in which order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from uppsikt.cycle.context import Context
from uppsikt.cycle.rules.rounds import seen_on
from uppsikt.cycle.selectors import Round
from uppsikt.organisation.selectors import BodyRow
from uppsikt.oversight.rules.board import NOTHING, Judged, Standing, Subject, standing, worst_first
from uppsikt.oversight.selectors.board import SUBJECTS, standings

NAME = "name"
ONLY = ("bad", "warn", "empty")
EMPTY = standing((NOTHING,) * len(SUBJECTS))


@dataclass(frozen=True, slots=True)
class Line:
    """A body and how it stands. `place`: in the municipality's order."""

    body: BodyRow
    standing: Standing
    place: int


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed. `lines`: every body one may read; `kept`: those of the chosen kind; `found`: what the filters leave."""

    round: Round | None
    lines: tuple[Line, ...]
    kept: tuple[Line, ...]
    found: tuple[Line, ...]
    kind: str
    only: str
    q: str
    sort: str


def listing(context: Context, params: QueryDict, today: dt.date) -> Listing:
    """The bodies one may read with how they stand, filtered and sorted. A constant number of queries."""
    round_ = context.round
    judged: Mapping[int, Standing] = {}
    if round_:
        judged = standings(round_, seen_on(round_.state, round_.cutoff, today))
    lines = tuple(Line(body, judged.get(body.pk, EMPTY), place) for place, body in enumerate(context.bodies))
    kind, q = params.get("kind", ""), params.get("q", "").strip()
    only = params.get("only", "")
    only = only if only in ONLY else ""
    kept = tuple(line for line in lines if not kind or line.body.kind == kind)
    words = q.casefold().split()
    found = [line for line in kept if _keeps(line, only) and _named(line.body, words)]
    sort = params.get("sort", "")
    found.sort(key=lambda line: worst_first(line.standing, line.place))
    if sort == NAME:
        found.sort(key=lambda line: line.body.name.casefold())
    elif sort in set(Subject):
        at = SUBJECTS.index(Subject(sort))
        found.sort(key=lambda line: _rank(line.standing.cells[at]))
    else:
        sort = ""
    return Listing(round_, lines, kept, tuple(found), kind, only, q, sort)


def _keeps(line: Line, only: str) -> bool:
    """Bodies with nothing to judge are shown only to those who ask for them."""
    match only:
        case "empty":
            return not line.standing.judged
        case "bad":
            return line.standing.bad > 0
        case "warn":
            return line.standing.bad + line.standing.warn > 0
        case _:
            return line.standing.judged


def _named(body: BodyRow, words: list[str]) -> bool:
    name = f"{body.name} {body.short}".casefold()
    return all(word in name for word in words)


def _rank(cell: Judged) -> tuple[int, int]:
    return -cell.level, -cell.weight
