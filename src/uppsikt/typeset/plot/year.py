"""A year month by month: what has come out, against the budget, the forecast and the year before. All accumulated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

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
    if roomy:
        marks += _outcome_word(drawn, decimals, across, up, right)
    return Plot(full, height + 26, tuple(marks))


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


def _outcome_word(
    lines: Mapping[str, tuple[str, Values]], decimals: int | None, across: Scale, up: Scale, right: Decimal
) -> list[Mark]:
    """The outcome's name and figure at the cut-off month, on the side the lines do not go: they keep together."""
    name, values = lines.get(OUTCOME, ("", ()))
    at = last_known(values)
    if at is None or at == len(values) - 1:
        return []
    value = values[at]
    if value is None:
        return []
    text = f"{name} {format_decimal(value, decimals)}"
    x, y = across(Decimal(at)), up(value)
    others = [line[at] for role, (_, line) in lines.items() if role not in {OUTCOME, FORECAST}]
    rising = value >= (values[at - 1] or 0) if at else value >= 0
    around = [up(one) for one in others if one is not None]
    # Right of the point the lines rise or fall together, so the free corner is below them or above them.
    edge = max([y, *around]) + 16 if rising else min([y, *around]) - 16
    low, high = min(up.start, up.end) + 8, max(up.start, up.end) - 8
    half = width_of(text, strong=True) / 2
    x = min(x + 12 + half, right - half) if across(Decimal(at)) + 12 + 2 * half <= right else x - 12 - half
    return [Word(x, max(low, min(edge, high)), text, "middle", "accent", strong=True)]


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
