"""What lying bars share: rows with a label, a scale from zero, and a legend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from uppsikt.typeset.plot.parts import (
    LEADING,
    Line,
    Mark,
    Scale,
    Word,
    even_marks,
    width_of,
    wrapped,
)


def scale_of(values: Iterable[Decimal], start: Decimal, end: Decimal) -> Scale:
    """A scale from zero to the largest value, whichever side of zero it is.

    Where nothing is positive (a list of costs) it is turned, so that the larger cost has the longer bar from the left.
    """
    known = [Decimal(0), *values]
    low, high = min(known), max(known)
    if low == high:
        return Scale(Decimal(0), Decimal(1), start, end)
    return Scale(high, low, start, end) if high == 0 else Scale(low, high, start, end)


def grid(scale: Scale, top: Decimal, bottom: Decimal, *, zero: bool = True, wanted: int = 4) -> list[Mark]:
    """Upright lines at even steps with their figures below, as many as have room.

    Args: zero: False leaves out the line at zero, where `foot` draws it at the bars only.
    """
    marks: list[Mark] = []
    words: list[Word] = []
    for value, text in even_marks(min(scale.low, scale.high), max(scale.low, scale.high), wanted):
        x, half = scale(value), width_of(text) / 2
        if value or zero:
            marks.append(Line(((x, top), (x, bottom)), "hair" if value else "muted"))
        middle = max(scale.start + half - 2, min(x, scale.end + 2 - half))
        words.append(Word(middle, bottom + 12, text, "middle", "muted"))
    free = scale.start - 100
    for word in sorted(words, key=lambda one: one.x):
        if word.left > free + 6:
            marks.append(word)
            free = word.right
    return marks


def foot(scale: Scale, top: Decimal, bottom: Decimal) -> Mark:
    """The line at zero beside one row's bars, so that it does not run through the label above them."""
    x = scale(Decimal(0))
    return Line(((x, top), (x, bottom)), "muted")


def label_lines(label: str, room: Decimal, *, roomy: bool) -> list[str]:
    return wrapped(label, room, lines=3 if roomy else 2) or [""]


def height_of(texts: Sequence[str], bars: Decimal, *, roomy: bool) -> Decimal:
    """How high a row is: label beside the bars where there is room, else above them."""
    words = LEADING * len(texts)
    return max(words, bars) + 12 if roomy else words + bars + 13
