"""The largest causes of a variance as the ledger and the budget propose them, each a way to what lies behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.economy.pages.amounts import money
from uppsikt.economy.pages.figure_parts import Frame
from uppsikt.economy.rules.causes import Causes, Moved, causes
from uppsikt.economy.rules.coding import LINE, PLACE
from uppsikt.economy.rules.grain import Grain, matching
from uppsikt.economy.rules.tables import Ask
from uppsikt.economy.selectors import follow
from uppsikt.economy.selectors.answers import nodes_of
from uppsikt.economy.selectors.follow import Piece, Trail
from uppsikt.web.parts import Text

SHOWN = 3
"""How many ways of looking a list of variances shows of each: two against the budget, one against last year."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What moved: its name, how much, and the way there. `worse`: whether it is for the worse."""

    name: Text
    amount: str
    worse: bool
    href: str = ""


@dataclass(frozen=True, slots=True)
class CauseList:
    """The largest causes one way of looking. `rest`: how many others and what they come to."""

    title: Text
    causes: tuple[Cause, ...]
    rest: Cause | None


def every(first: Sequence[CauseList], trail: Trail | None, frame: Frame) -> tuple[CauseList, ...]:
    """What is known against the budget, and all against last year."""
    return (*first, *(_against_last_year(trail, frame) if trail else ()))


def few(first: Sequence[CauseList], trail: Trail | None, frame: Frame) -> tuple[CauseList, ...]:
    """What a list of variances has room for: the first two against the budget and the last against last year.

    When two are known already, only that last one is looked for.
    """
    if len(first) < SHOWN - 1:
        lists = every(first, trail, frame)
        return (*lists[: SHOWN - 1], lists[-1]) if len(lists) > SHOWN else lists
    last = next(_against_last_year(trail, frame, backwards=True), None) if trail else None
    return (*first[: SHOWN - 1], last) if last else tuple(first)


def of_outcome(trail: Trail, frame: Frame, base: str) -> tuple[CauseList, ...]:
    """Against the budget where one is held at that grain, along the axes that say something."""
    model = frame.reading.model
    lines = {line.key: line.label for line in model.lines}
    unit, activity = model.label_of("cost_centre").lower(), model.label_of("activity").lower()
    found = []
    for axis, word in ((PLACE, unit), (LINE, _("rad")), ("activity", activity)):
        pieces = follow.pieces(trail, axis, frame.reading, lines, base, deep=True, compared=False)
        if any(piece.planned is not None for piece in pieces) and len(pieces) > 1:
            title = _("Utfall mot budget per %(axis)s") % {"axis": word}
            found.append(_listed(title, _moved(pieces, lambda piece: piece.planned), axis, trail, frame))
    return tuple(one for one in found if one.causes)


def _against_last_year(trail: Trail, frame: Frame, *, backwards: bool = False) -> Iterator[CauseList]:
    """Against last year along the axes that say something, asked for one by one."""
    model = frame.reading.model
    lines = {line.key: line.label for line in model.lines}
    finest = follow.below(trail, LINE, lines, deep=True)
    last = _("rad") if finest and finest[0] in lines else _("konto")
    axes = (
        (LINE, last),
        (PLACE, model.label_of("cost_centre").lower()),
        ("counterparty", model.label_of("counterparty").lower()),
    )
    for axis, word in axes[::-1] if backwards else axes:
        pieces = follow.pieces(trail, axis, frame.reading, lines, deep=True)
        if _says_something(pieces):
            title = _("Utfall mot %(year)s per %(axis)s") % {"year": trail.year - 1, "axis": word}
            found = _listed(title, _moved(pieces, lambda piece: piece.before), axis, trail, frame)
            if found.causes:
                yield found


def _says_something(pieces: list[Piece]) -> bool:
    """Whether last year is known, and most of the money is coded on the axis."""
    uncoded = sum(abs(piece.amount) for piece in pieces if not piece.node)
    return any(piece.before is not None for piece in pieces) and uncoded * 2 < sum(
        abs(piece.amount) for piece in pieces
    )


def _moved(pieces: Iterable[Piece], held: Callable[[Piece], int | None]) -> Causes:
    listed = list(pieces)
    return causes(
        {piece.node: piece.amount for piece in listed},
        {piece.node: known for piece in listed if (known := held(piece)) is not None},
    )


def _listed(title: str, found: Causes, axis: str, trail: Trail, frame: Frame) -> CauseList:
    def name(node: str) -> str:
        return frame.name(trail, axis, node) if node else _("Utan kod")

    def href(node: str) -> str:
        return frame.following.into(axis, node) if follow.leads_on(axis, node) else ""

    return _made(title, found, name, href, frame)


def of_forecast(this: Ask, base: Ask, frame: Frame, default_place: str) -> tuple[CauseList, ...]:
    """A forecast against the budget, by unit and by line, as they are kept."""
    reading = frame.reading
    told = reading.forecast if this.measure == "forecast" else reading.earlier_forecast
    coding = reading.coding(reading.year)
    forecast = matching(told, nodes_of(this, default_place), coding)
    budget = matching(reading.budget(reading.year), nodes_of(base, default_place), coding)
    lines = {line.key: line.label for line in reading.model.lines}
    found = []
    for title, key, names in (
        (_("Prognos mot budget per enhet"), _place, frame.places),
        (_("Prognos mot budget per rad"), _line, lines),
    ):
        moved = causes(_by(forecast, key), _by(budget, key))
        found.append(_made(title, moved, _called(names), lambda _node: "", frame))
    return tuple(one for one in found if len(one.causes) > 1 or one.rest)


def _place(grain: Grain) -> str:
    return grain.place


def _line(grain: Grain) -> str:
    return grain.line


def _called(names: Mapping[str, str]) -> Callable[[str], str]:
    return lambda node: names.get(node, node)


def _by(grains: Iterable[Grain], key: Callable[[Grain], str]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for grain in grains:
        found[key(grain)] += grain.amount_ore
    return dict(found)


def _made(
    title: str, found: Causes, name: Callable[[str], str], href: Callable[[str], str], frame: Frame
) -> CauseList:
    def cause(moved: Moved) -> Cause:
        difference = moved.difference
        return Cause(name(moved.key), frame.money(difference), difference < 0, href(moved.key))

    rest = None
    if found.rest_count:
        words = ngettext("%(count)s till", "Övriga %(count)s", found.rest_count) % {"count": found.rest_count}
        rest = Cause(words, money(found.rest_ore, frame.unit, frame.decimals), found.rest_ore < 0)
    return CauseList(title, tuple(map(cause, (*found.worse, *found.better))), rest)
