"""From one total to another, step by step: every step begins where the one above it ended.

Lying: a label, its bar and its figure share a row, so that long names and fifteen steps can be read on paper and on a
phone. To the right is better, to the left worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.kernel.numbers import decimals_of, format_decimal, format_signed
from uppsikt.typeset.plot import lying
from uppsikt.typeset.plot.parts import (
    LEADING,
    ROOMY,
    Box,
    Line,
    Mark,
    Plot,
    Scale,
    Tone,
    Word,
    even_steps,
    lines_of_words,
    widest,
    wrapped,
)

BETTER, WORSE = "▲", "▼"
_BAR = Decimal(14)
_ROW = Decimal(24)
_SCALE = Decimal(22)
_ZOOM_BELOW = Decimal("0.35")
"""Where all that happens takes less of the scale from zero than this, the scale leaves zero out."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a bar begins and ends, in the values' own unit. A total begins at zero. `change` is as it was given."""

    label: str
    start: Decimal
    end: Decimal
    change: Decimal
    total: bool


def spans(labels: Sequence[str], values: Sequence[Decimal]) -> list[Span]:
    """The first value is a total, the last the total it leads to, those between are steps from where one stands.

    Sign: income positive, cost negative; a positive step is better.
    """
    found: list[Span] = []
    level = Decimal(0)
    last = len(values) - 1
    for at, (label, value) in enumerate(zip(labels, values, strict=True)):
        total = at in {0, last}
        found.append(
            Span(label, Decimal(0) if total else level, value if total else level + value, value, total)
        )
        level = found[-1].end
    return found


def difference(values: Sequence[Decimal]) -> Decimal:
    """How far the steps are from leading to the last total; zero when everything adds up."""
    return values[-1] - sum(values[:-1], Decimal(0)) if values else Decimal(0)


def plot(
    labels: Sequence[str], values: Sequence[Decimal], *, decimals: int | None = None, width: int
) -> Plot:
    """The drawing. `decimals` of the figures; None shows each as it is written."""
    rows = spans(labels, values)
    low, high, cut = _bounds(rows)
    roomy = width >= ROOMY
    figures = [_figure(row, decimals) for row in rows]
    figure_room = widest((text for text in figures), strong=True)
    full = Decimal(width)
    right = full - figure_room - 16
    label_room = min(widest(labels, strong=True), full * 2 / 5) if roomy else full - figure_room - 12
    left = label_room + 14 if roomy else Decimal(2)
    scale = Scale(low, high, left, right if roomy else full - 2)
    tops, texts, bottom = _rows(rows, label_room, roomy=roomy)
    marks = lying.grid(scale, Decimal(0), bottom)
    for at, row in enumerate(rows):
        head = LEADING * len(texts[at]) if not roomy else Decimal(0)
        space = (tops[at + 1] if at + 1 < len(rows) else bottom) - tops[at] - head
        middle = tops[at] + head + space / 2
        named = middle if roomy else tops[at] + head / 2 + 3
        marks += lines_of_words(texts[at], Decimal(0), named, strong=row.total)
        tone: Tone = "ink" if row.total or not row.change else "good" if row.change > 0 else "bad"
        marks.append(Word(full, named, figures[at], "end", tone, strong=True))
        marks += _bar(row, middle, scale, cut=cut is not None, last=at == len(rows) - 1)
        if at + 1 < len(rows):
            below = tops[at + 1] + (LEADING * len(texts[at + 1]) if not roomy else 0)
            following = (tops[at + 2] if at + 2 < len(rows) else bottom) - below
            x = scale(row.end)
            marks.append(
                Line(
                    ((x, middle + _BAR / 2), (x, below + following / 2 - _BAR / 2)), "muted", Decimal("0.75")
                )
            )
    return Plot.of(full, bottom + _SCALE, marks, cut)


def _bounds(rows: Sequence[Span]) -> tuple[Decimal, Decimal, tuple[Decimal, Decimal] | None]:
    """The ends of the scale, and the ends again where zero is left out."""
    reached = [row.end for row in rows] + [row.start for row in rows if not row.total]
    low, high = min(reached), max(reached)
    span = high - low
    if (low > 0 or high < 0) and span < _ZOOM_BELOW * max(abs(low), abs(high)):
        margin = span / 4 or max(abs(low), abs(high)) / 10
        bottom, top, _ = even_steps(low - margin, high + margin, 8)
        if bottom > 0 or top < 0:
            return bottom, top, (bottom, top)
    low, high = min(low, Decimal(0)), max(high, Decimal(0))
    return low, high if high > low else low + 1, None


def _figure(row: Span, decimals: int | None) -> str:
    if row.total:
        return format_decimal(row.end, decimals)
    shown = decimals_of(row.change) if decimals is None else decimals
    sign = "" if not row.change else f"{BETTER} " if row.change > 0 else f"{WORSE} "
    return sign + format_signed(row.change, shown)


def _rows(
    rows: Sequence[Span], room: Decimal, *, roomy: bool
) -> tuple[list[Decimal], list[list[str]], Decimal]:
    """Where each row begins, its label in lines, and where the last row ends."""
    tops: list[Decimal] = []
    texts: list[list[str]] = []
    y = Decimal(0)
    for row in rows:
        tops.append(y)
        texts.append(wrapped(row.label, room, lines=3 if roomy else 2, strong=row.total) or [""])
        high = LEADING * len(texts[-1])
        y += max(_ROW, high + 8) if roomy else high + _ROW
    return tops, texts, y


def _bar(row: Span, middle: Decimal, scale: Scale, *, cut: bool, last: bool) -> list[Mark]:
    zero = max(scale.low, min(Decimal(0), scale.high))
    one, other = scale(zero if row.total else row.start), scale(row.end)
    x, across = min(one, other), abs(other - one)
    top = middle - _BAR / 2
    name = "total" if row.total else "step"
    if row.total:
        marks: list[Mark] = [
            Box(x, top, max(across, Decimal(2)), _BAR, "accent" if last else "tint", "accent", name)
        ]
        return [*marks, *_break(one, other, top)] if cut else marks
    if not across:
        return [Line(((x, top), (x, top + _BAR)), "muted", Decimal(2), name=name)]
    better = row.change > 0
    # A bar too thin to see would be no step at all.
    thin = max(across, Decimal("1.5"))
    at = x if better else x + across - thin
    return [Box(at, top, thin, _BAR, "paper" if better else "bad", "good" if better else "bad", name)]


def _break(zero: Decimal, end: Decimal, top: Decimal) -> list[Mark]:
    """Two slanting gaps near the end of the bar that lacks its zero."""
    towards = Decimal(1) if end > zero else Decimal(-1)
    marks: list[Mark] = []
    for step in (9, 15):
        x = zero + towards * step
        marks.append(Line(((x - 3, top + _BAR + 2), (x + 3, top - 2)), "paper", Decimal("2.5")))
    return marks
