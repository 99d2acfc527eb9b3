"""The marks a drawing is made of, in the order they are painted. Lengths are units of the drawing, y downwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import ceil
from typing import Literal

from uppsikt.kernel.numbers import format_decimal
from uppsikt.typeset import fonts

Tone = Literal["ink", "muted", "rule", "hair", "accent", "tint", "good", "bad", "paper", "none"]
Anchor = Literal["start", "middle", "end"]

SIZE = 12
"""The size of all words, in units of the drawing."""
LEADING = Decimal(15)
"""From one line of words to the next; also the least distance between two words above each other."""
WIDE, NARROW = 640, 340
"""The widths drawings are made for: a page of paper or a desktop, and a phone."""
ROOMY = 480
"""From this width labels stand beside what they name, below it above."""


@dataclass(frozen=True, slots=True)
class Box:
    """A filled or outlined rectangle. `name` says what it shows, for tests and nothing else."""

    x: Decimal
    y: Decimal
    width: Decimal
    height: Decimal
    fill: Tone
    stroke: Tone = "none"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Straight strokes from point to point; `dash` as SVG writes it."""

    points: tuple[tuple[Decimal, Decimal], ...]
    tone: Tone
    weight: Decimal = Decimal(1)
    dash: tuple[int, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A round point, filled or hollow."""

    x: Decimal
    y: Decimal
    tone: Tone
    hollow: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A line of words whose middle stands at `y`."""

    x: Decimal
    y: Decimal
    text: str
    anchor: Anchor = "start"
    tone: Tone = "ink"
    strong: bool = False

    @property
    def left(self) -> Decimal:
        across = width_of(self.text, strong=self.strong)
        return self.x - {"start": Decimal(0), "middle": across / 2, "end": across}[self.anchor]

    @property
    def right(self) -> Decimal:
        return self.left + width_of(self.text, strong=self.strong)


Mark = Box | Line | Dot | Word


@dataclass(frozen=True, slots=True)
class Plot:
    """A finished drawing. `cut` are the ends of the scale where it does not reach zero, which words must say."""

    width: Decimal
    height: Decimal
    marks: tuple[Mark, ...]
    cut: tuple[Decimal, Decimal] | None = None

    @classmethod
    def of(
        cls,
        width: Decimal,
        height: Decimal,
        marks: Iterable[Mark],
        cut: tuple[Decimal, Decimal] | None = None,
    ) -> Plot:
        """A drawing of these marks: the scale behind, then bars, lines, points, and the words in front."""
        return cls(width, height, tuple(sorted(marks, key=_plane)), cut)

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(mark for mark in self.marks if isinstance(mark, Word))

    @property
    def boxes(self) -> tuple[Box, ...]:
        return tuple(mark for mark in self.marks if isinstance(mark, Box))


def _plane(mark: Mark) -> int:
    if isinstance(mark, Line):
        return 0 if not mark.name and mark.tone in {"hair", "rule", "muted"} else 2
    return {Box: 1, Dot: 3, Word: 4}[type(mark)]


@dataclass(frozen=True, slots=True)
class Scale:
    """Values along a stretch of the drawing, `start` at `low` and `end` at `high`."""

    low: Decimal
    high: Decimal
    start: Decimal
    end: Decimal

    def __call__(self, value: Decimal) -> Decimal:
        return self.start + (self.end - self.start) * (value - self.low) / (self.high - self.low)


def even_steps(low: Decimal, high: Decimal, wanted: int = 5) -> tuple[Decimal, Decimal, Decimal]:
    """Even steps a reader can count in (1, 2, 5, 10 …), some `wanted` of them, that hold every value.

    Returns: the lowest, the highest and the step.
    """
    span = high - low or abs(high) or Decimal(1)
    power = Decimal(10) ** ((span / wanted).adjusted())
    step = next(power * multiple for multiple in (1, 2, 5, 10) if power * multiple * wanted >= span)
    bottom = (low / step).to_integral_value(ROUND_FLOOR) * step
    top = (high / step).to_integral_value(ROUND_CEILING) * step
    return (bottom, top, step) if top > bottom else (bottom, bottom + step, step)


def even_marks(low: Decimal, high: Decimal, wanted: int = 5) -> list[tuple[Decimal, str]]:
    """The even values between two ends, each with its figure: what a scale that ends where the values end shows."""
    step = even_steps(low, high, wanted)[2]
    first = (low / step).to_integral_value(ROUND_CEILING) * step
    decimals = decimals_for(step)
    count = int((high - first) / step) if high >= first else -1
    return [(first + step * at, format_decimal(first + step * at, decimals)) for at in range(count + 1)]


def decimals_for(step: Decimal) -> int:
    """How many decimals the figures of a scale need."""
    return max(0, -int(step.normalize().as_tuple().exponent))


def width_of(text: str, *, strong: bool = False) -> Decimal:
    """How wide a line of words is; a little more than measured, since browsers fit letters differently."""
    return Decimal(ceil(fonts.width(text, size=SIZE * 1.02, semibold=strong)))


def widest(texts: Iterable[str], *, strong: bool = False) -> Decimal:
    return max((width_of(text, strong=strong) for text in texts), default=Decimal(0))


def wrapped(text: str, width: Decimal, *, lines: int = 3, strong: bool = False) -> list[str]:
    """A label on as many lines as it needs. What still does not fit ends in "…": the table has it whole."""
    found: list[str] = []
    for word in text.split():
        if found and width_of(f"{found[-1]} {word}", strong=strong) <= width:
            found[-1] = f"{found[-1]} {word}"
        else:
            found.append(word)
    if len(found) > lines:
        found = [*found[: lines - 1], " ".join(found[lines - 1 :])]
    return [_cut(line, width, strong=strong) for line in found]


def _cut(line: str, width: Decimal, *, strong: bool) -> str:
    if width_of(line, strong=strong) <= width:
        return line
    kept = line
    while kept and width_of(kept + "…", strong=strong) > width:
        kept = kept[:-1]
    return kept.rstrip(" ,-") + "…"


def lines_of_words(
    texts: Sequence[str], x: Decimal, middle: Decimal, *, anchor: Anchor = "start", strong: bool = False
) -> list[Mark]:
    """A label of several lines, standing around `middle`."""
    top = middle - LEADING * (len(texts) - 1) / 2
    return [Word(x, top + LEADING * at, text, anchor, strong=strong) for at, text in enumerate(texts)]


def apart(heights: Sequence[Decimal], low: Decimal, high: Decimal, gap: Decimal = LEADING) -> list[Decimal]:
    """Heights in rising order, moved so that none is nearer the next than `gap` and all stand within low and high."""
    moved: list[Decimal] = []
    for height in heights:
        moved.append(max(height, moved[-1] + gap if moved else low))
    ceiling = high
    for at in range(len(moved) - 1, -1, -1):
        moved[at] = min(moved[at], ceiling)
        ceiling = moved[at] - gap
    return moved


def flow(names: Sequence[str], swatch: int, full: Decimal) -> tuple[list[tuple[Decimal, Decimal]], Decimal]:
    """Where the entries of a legend begin, on as many lines as they need, and how high it is.

    Args: swatch: room before each name.
    """
    places: list[tuple[Decimal, Decimal]] = []
    x, y = Decimal(0), Decimal(9)
    for name in names:
        need = swatch + width_of(name)
        if x and x + need > full:
            x, y = Decimal(0), y + LEADING + 3
        places.append((x, y))
        x += need + 18
    return places, y + 17
