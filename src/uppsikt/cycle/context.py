"""Whose affairs and which round a person is looking at: from the address, else remembered, else the obvious."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from uppsikt.cycle import selectors
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.cycle.selectors import Round
from uppsikt.kernel import clock
from uppsikt.organisation import access
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.rules import BodyKind, Permission
from uppsikt.organisation.selectors import BodyRow

ALL = "all"
_CACHE = "_uppsikt_context"


@dataclass(frozen=True, slots=True)
class Context:
    """What one looks at. `body` None: all bodies one may read. `round` None: nothing is followed up yet."""

    body: BodyRow | None
    round: Round | None
    year: int
    bodies: tuple[BodyRow, ...]
    rounds: tuple[Round, ...]


def context(request: HttpRequest) -> Context:
    """Read body (a key, or "all") and round from the address; remember them for the next page. Cached per request."""
    held: Context | None = getattr(request, _CACHE, None)
    if held is not None:
        return held
    rounds = tuple(selectors.rounds().exclude(state=RoundState.PLANNED.value).order_by("-cutoff", "key"))
    round_ = _chosen_round(request, rounds)
    day = round_.cutoff if round_ else clock.today()
    readable = access.readable_bodies(request.user)
    bodies = tuple(row for row in organisation.bodies_on(day) if readable is None or row.key in readable)
    found = Context(
        body=_chosen_body(request, bodies),
        round=round_,
        year=round_.year_id if round_ else clock.today().year,
        bodies=bodies,
        rounds=rounds,
    )
    setattr(request, _CACHE, found)
    return found


def _chosen_round(request: HttpRequest, rounds: tuple[Round, ...]) -> Round | None:
    by_key = {row.key: row for row in rounds}
    asked = _asked(request, "round", "edition")
    if asked in by_key:
        _remember(request, "round", asked)
        return by_key[asked]
    remembered = by_key.get(request.session.get("round", ""))
    return remembered or selectors.current_round(rounds)


def _chosen_body(request: HttpRequest, bodies: tuple[BodyRow, ...]) -> BodyRow | None:
    by_key = {row.key: row for row in bodies}
    asked = _asked(request, "body")
    if asked == ALL or asked in by_key:
        _remember(request, "body", asked)
    remembered = asked if asked == ALL or asked in by_key else request.session.get("body", "")
    if remembered == ALL and len(bodies) > 1:
        return None
    if remembered in by_key:
        return by_key[remembered]
    return _obvious(request, bodies)


def _asked(request: HttpRequest, *names: str) -> str:
    """What the address asks for, in its query or in its path: "/rounds/2024-bokslut/ks/"."""
    path = request.resolver_match.kwargs if request.resolver_match else {}
    return request.GET.get(names[0], "") or next((str(path[name]) for name in names if name in path), "")


def _remember(request: HttpRequest, name: str, key: str) -> None:
    """Keep the choice for the next page; an unchanged one needs no writing."""
    if request.session.get(name) != key:
        request.session[name] = key


def _obvious(request: HttpRequest, bodies: tuple[BodyRow, ...]) -> BodyRow | None:
    """The body one works for; else the executive board, which answers for the whole (KL 6:1)."""
    own = access.grants(request.user).bodies(Permission.REPORT)
    if own:
        mine = next((row for row in bodies if row.key in own), None)
        if mine is not None:
            return mine
    board = next((row for row in bodies if row.kind == BodyKind.EXECUTIVE_BOARD.value), None)
    return board or (bodies[0] if bodies else None)
