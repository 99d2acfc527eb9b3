"""Several values side by side for each row, such as net costs of activities over three years. Bars lie, from zero."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from uppsikt.kernel.numbers import format_decimal
from uppsikt.typeset.plot import lying
from uppsikt.typeset.plot.parts import (
    LEADING,
    ROOMY,
    Box,
    Mark,
    Plot,
    Tone,
    Word,
    flow,
    lines_of_words,
    widest,
)

Values = Sequence[Decimal | None]

_FILLS: tuple[tuple[Tone, Tone], ...] = (
    ("accent", "accent"),
    ("tint", "accent"),
    ("paper", "accent"),
    ("muted", "muted"),
)
_THICK, _STEP = Decimal(12), Decimal(16)


def plot(
    labels: Sequence[str],
    series: Sequence[tuple[str, Values]],
    *,
    decimals: int | None = None,
    width: int,
) -> Plot:
    """The drawing. The last series is the strongest (the latest year), those before it paler."""
    fills = [_FILLS[(len(series) - 1 - number) % len(_FILLS)] for number in range(len(series))]
    roomy = width >= ROOMY
    full = Decimal(width)
    figures = [[format_decimal(value, decimals) for value in values] for _, values in series]
    figure_room = widest((text for shown in figures for text in shown), strong=True)
    room = min(widest(labels), full * 7 / 20) if roomy else full
    known = [value for _, values in series for value in values if value is not None]
    scale = lying.scale_of(known, room + 14 if roomy else Decimal(2), full - figure_room - 12)
    texts = [lying.label_lines(label, room, roomy=roomy) for label in labels]
    bars = _STEP * len(series)
    legend, first = _legend([name for name, _ in series], fills, full)
    tops = [first]
    for lines in texts:
        tops.append(tops[-1] + lying.height_of(lines, bars, roomy=roomy))
    marks = lying.grid(scale, tops[0], tops[-1], zero=roomy) + legend
    zero = scale(Decimal(0))
    for at, lines in enumerate(texts):
        top, below = tops[at], tops[at + 1]
        named = (top + below) / 2 if roomy else top + 2 + LEADING * len(lines) / 2
        begin = named - bars / 2 if roomy else top + 4 + LEADING * len(lines)
        marks += lines_of_words(lines, Decimal(0), named)
        if not roomy:
            marks.append(lying.foot(scale, begin, begin + bars))
        for number, (name, values) in enumerate(series):
            middle = begin + _STEP * number + _STEP / 2
            value, latest = values[at], number == len(series) - 1
            marks.append(
                Word(full, middle, figures[number][at], "end", "ink" if latest else "muted", strong=latest)
            )
            if value is not None:
                x = scale(value)
                fill, stroke = fills[number]
                marks.append(
                    Box(min(x, zero), middle - _THICK / 2, abs(x - zero), _THICK, fill, stroke, name)
                )
    return Plot.of(full, tops[-1] + 22, marks)


def _legend(
    names: Sequence[str], fills: Sequence[tuple[Tone, Tone]], full: Decimal
) -> tuple[list[Mark], Decimal]:
    """What each filling is, and where the rows begin; one series needs no legend."""
    if len(names) < 2:
        return [], Decimal(4)
    places, height = flow(names, 20, full)
    marks: list[Mark] = []
    for name, (fill, stroke), (x, y) in zip(names, fills, places, strict=True):
        marks.append(Box(x, y - 6, Decimal(14), _THICK, fill, stroke))
        marks.append(Word(x + 20, y, name, "start", "muted"))
    return marks, height
