"""A year month by month: what has come out, against the budget, the forecast and the year before. All accumulated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from uppsikt.kernel.numbers import format_decimal
from uppsikt.typeset.plot.parts import (
    ROOMY,
    Dot,
    Line,
    Mark,
    Plot,
    Scale,
    Tone,
    Word,
    apart,
    even_marks,
    flow,
    widest,
    width_of,
)

Values = Sequence[Decimal | None]

OUTCOME, BUDGET, FORECAST, LAST_YEAR = "outcome", "budget", "forecast", "last_year"
ROLES = (LAST_YEAR, BUDGET, FORECAST, OUTCOME)
"""What a line is, in the order they are painted: last year behind, the outcome in front."""


@dataclass(frozen=True, slots=True)
class _Pen:
    tone: Tone
    weight: Decimal
    dash: tuple[int, ...] = ()


_PENS = {
    LAST_YEAR: _Pen("muted", Decimal("1.1")),
    BUDGET: _Pen("ink", Decimal("1.6"), (7, 4)),
    FORECAST: _Pen("accent", Decimal("2.2"), (2, 4)),
    OUTCOME: _Pen("accent", Decimal("2.8")),
}


def plot(
    months: Sequence[str],
    lines: Mapping[str, tuple[str, Values]],
    *,
    decimals: int | None = None,
    width: int,
) -> Plot:
    """The drawing. `lines` by role: name and one accumulated value per month, None where there is none.

    The forecast is drawn on from the last outcome, also where it has a value for December only.
    """
    drawn = {role: lines[role] for role in ROLES if role in lines}
    drawn = _joined(drawn)
    known = [value for _, values in drawn.values() for value in values if value is not None]
    bounds = [Decimal(0), *known]
    low, high = _room(min(bounds), max(bounds))
    roomy = width >= ROOMY
    full = Decimal(width)
    ends = _ends(drawn, decimals, named=roomy)
    ticks = even_marks(low, high, 5)
    left = widest(text for _, text in ticks) + 10
    right = full - widest((text for _, text, _ in ends), strong=True) - 12
    marks, below = ([], Decimal(0)) if roomy else _legend(drawn, full)
    top = below + 10
    height = top + (250 if roomy else 210)
    across = Scale(Decimal(0), Decimal(max(len(months) - 1, 1)), left + 8, right - 6)
    up = Scale(low, high, height, top)
    marks += _axes(ticks, months, across, up, (left, right), height)
    for role, (_, values) in drawn.items():
        marks += _line(role, values, across, up)
    marks += _end_words(ends, up, right + 8, top, height)
    reached = _reached(drawn, decimals, named=roomy)
    dot = next((mark for mark in marks if isinstance(mark, Dot) and mark.name == OUTCOME), None)
    if reached and dot:
        marks.append(_outcome_word(reached, dot, marks, (left, top, right, height)))
    return Plot.of(full, height + 26, marks)


def last_known(values: Values) -> int | None:
    """The place of the last value, the cut-off month of an outcome."""
    return max((at for at, value in enumerate(values) if value is not None), default=None)


def _joined(lines: Mapping[str, tuple[str, Values]]) -> dict[str, tuple[str, Values]]:
    joined = dict(lines)
    if OUTCOME in lines and FORECAST in lines:
        outcome, (name, forecast) = lines[OUTCOME][1], lines[FORECAST]
        at = last_known(outcome)
        ahead = [None if at is not None and place <= at else value for place, value in enumerate(forecast)]
        if at is not None and any(value is not None for value in ahead):
            ahead[at] = outcome[at]
        joined[FORECAST] = (name, ahead)
    return joined


def _room(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """The ends of the scale, with a little air past the values; zero stays where it is."""
    air = (high - low) / 20 or Decimal(1)
    return (low - air if low < 0 or low == high else low), (high + air if high > 0 else high)


def _ends(
    lines: Mapping[str, tuple[str, Values]], decimals: int | None, *, named: bool
) -> list[tuple[Decimal, str, Tone]]:
    """What stands at the right edge: the last value of every line that reaches the year's end."""
    found: list[tuple[Decimal, str, Tone]] = []
    for role, (name, values) in lines.items():
        if not values or values[-1] is None:
            continue
        figure = format_decimal(values[-1], decimals)
        tone: Tone = "muted" if role == LAST_YEAR else _PENS[role].tone
        found.append((values[-1], f"{name} {figure}" if named else figure, tone))
    return found


def _reached(lines: Mapping[str, tuple[str, Values]], decimals: int | None, *, named: bool) -> str:
    """What stands at the cut-off month: the outcome so far. Empty where the year is over, or has not begun."""
    name, values = lines.get(OUTCOME, ("", ()))
    at = last_known(values)
    if at is None or at == len(values) - 1:
        return ""
    figure = format_decimal(values[at], decimals)
    return f"{name} {figure}" if named else figure


def _end_words(
    ends: Sequence[tuple[Decimal, str, Tone]], up: Scale, x: Decimal, top: Decimal, bottom: Decimal
) -> list[Mark]:
    ordered = sorted(ends, key=lambda end: up(end[0]))
    heights = apart([up(value) for value, _, _ in ordered], top, bottom)
    return [
        Word(x, height, text, "start", tone, strong=True)
        for height, (_, text, tone) in zip(heights, ordered, strict=True)
    ]


def _axes(
    ticks: Sequence[tuple[Decimal, str]],
    months: Sequence[str],
    across: Scale,
    up: Scale,
    edges: tuple[Decimal, Decimal],
    bottom: Decimal,
) -> list[Mark]:
    left, right = edges
    marks: list[Mark] = []
    for value, text in ticks:
        y = up(value)
        marks.append(Line(((left, y), (right, y)), "rule" if value == 0 else "hair"))
        marks.append(Word(left - 6, y, text, "end", "muted"))
    free = Decimal(-20)
    for at, month in enumerate(months):
        x, half = across(Decimal(at)), width_of(month) / 2
        if x - half > free + 5:
            marks.append(Word(x, bottom + 16, month, "middle", "muted"))
            free = x + half
    return marks


def _line(role: str, values: Values, across: Scale, up: Scale) -> list[Mark]:
    pen = _PENS[role]
    runs: list[list[tuple[Decimal, Decimal]]] = [[]]
    for at, value in enumerate(values):
        if value is not None:
            runs[-1].append((across(Decimal(at)), up(value)))
        elif role != FORECAST:
            runs.append([])
    runs = [run for run in runs if run]
    marks: list[Mark] = [
        Line(tuple(run), pen.tone, pen.weight, pen.dash, role) for run in runs if len(run) > 1
    ]
    if role == OUTCOME and runs:
        marks.append(Dot(*runs[-1][-1], pen.tone, name=role))
    if role == FORECAST and runs:
        marks.append(Dot(*runs[-1][-1], pen.tone, hollow=True, name=role))
    return marks


def _outcome_word(text: str, dot: Dot, painted: Sequence[Mark], corners: tuple[Decimal, ...]) -> Word:
    """The outcome's name and figure near its last point, where no line runs and if possible no line of the scale."""
    left, top, right, bottom = corners
    half = width_of(text, strong=True) / 2
    lines = [mark for mark in painted if isinstance(mark, Line)]
    found: list[tuple[int, Decimal, Decimal, Decimal]] = []
    for away in range(16, 84, 4):
        for y in (dot.y - away, dot.y + away):
            for shift in (12 + half, -12 - half, Decimal(0)):
                x = dot.x + shift
                if not (left <= x - half and x + half <= right and top - 2 <= y <= bottom - 7):
                    continue
                room = (x - half - 4, y - 9, x + half + 4, y + 9)
                crossed = sum((10 if line.name else 1) for line in lines if _runs_through(line, room))
                found.append((crossed // 10, away + Decimal(14) * (crossed % 10) + (0 if shift else 6), x, y))
    _, _, x, y = min(found, default=(0, 0, max(left + half, min(dot.x, right - half)), max(top, dot.y - 16)))
    return Word(x, y, text, "middle", "accent", strong=True)


def _runs_through(line: Line, room: tuple[Decimal, Decimal, Decimal, Decimal]) -> bool:
    """Whether a line, drawn from left to right, passes through a rectangle."""
    left, top, right, bottom = room
    for (x1, y1), (x2, y2) in pairwise(line.points):
        if x2 < left or x1 > right or x1 >= x2:
            continue
        heights = [y1 + (y2 - y1) * (max(x1, min(edge, x2)) - x1) / (x2 - x1) for edge in (left, right)]
        if min(heights) <= bottom and max(heights) >= top:
            return True
    return False


def _legend(lines: Mapping[str, tuple[str, Values]], width: Decimal) -> tuple[list[Mark], Decimal]:
    """Each line's look and name, the outcome first, and how high that is."""
    ordered = [(role, lines[role][0]) for role in reversed(ROLES) if role in lines]
    places, height = flow([name for _, name in ordered], 30, width)
    marks: list[Mark] = []
    for (role, name), (x, y) in zip(ordered, places, strict=True):
        pen = _PENS[role]
        marks.append(Line(((x, y), (x + 24, y)), pen.tone, pen.weight, pen.dash))
        marks.append(Word(x + 30, y, name))
    return marks, height
