"""Drawings small enough to stand in a line of text: symbols and sparklines. No Django, no style attributes.

Coordinates are returned as text, ready to print: a template must not localise them ("1 024,5").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# Every symbol is drawn in a square of 16; `currentColor` lets the tone come from the surroundings.
# The filling circle reads clockwise from twelve, as a pie does.
_RING = '<circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" stroke-width="1.5"/>'
_SQUARE = 'x="2.75" y="2.75" width="10.5" height="10.5" rx="1.25"'
_TRIANGLE = "M3.5 2.5 L13.25 8 L3.5 13.5 Z"
_OUTLINE = 'fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round"'
_STROKE = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'

SYMBOLS: dict[str, str] = {
    "circle-0": _RING,
    "circle-1": f'{_RING}<path d="M8 8 V1.75 A6.25 6.25 0 0 1 14.25 8 Z" fill="currentColor"/>',
    "circle-2": f'{_RING}<path d="M8 1.75 A6.25 6.25 0 0 1 8 14.25 Z" fill="currentColor"/>',
    "circle-3": f'{_RING}<path d="M8 8 V1.75 A6.25 6.25 0 1 1 1.75 8 Z" fill="currentColor"/>',
    "circle-4": '<circle cx="8" cy="8" r="7" fill="currentColor"/>',
    "square-full": f'<rect {_SQUARE} fill="currentColor" stroke="currentColor" stroke-width="1.5"/>',
    "square-empty": f"<rect {_SQUARE} {_OUTLINE}/>",
    "triangle-right": (
        f'<path d="{_TRIANGLE}" fill="currentColor" stroke="currentColor" stroke-width="1.5" '
        'stroke-linejoin="round"/>'
    ),
    "triangle-half": f'<path d="{_TRIANGLE}" {_OUTLINE}/><path d="M3.5 2.5 L8 5.04 V10.96 L3.5 13.5 Z" fill="currentColor"/>',
    "dash": f'<path d="M3 8 H13" {_STROKE}/>',
    "cross": f'<path d="M3.5 3.5 L12.5 12.5 M12.5 3.5 L3.5 12.5" {_STROKE}/>',
    "check": f'<path d="M2.75 8.75 L6.25 12.25 L13.25 4" {_STROKE}/>',
    "diamond": f'<path d="M8 1.75 L12.75 8 L8 14.25 L3.25 8 Z" {_OUTLINE}/>',
    "dot": '<circle cx="8" cy="8" r="3" fill="currentColor"/>',
}


def coordinate(value: Decimal) -> str:
    """A coordinate with at most one decimal, as SVG writes it."""
    rounded = value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    text = f"{rounded:f}"
    return text.removesuffix(".0")


@dataclass(frozen=True, slots=True)
class Dot:
    """One measured value in a drawing."""

    x: str
    y: str
    last: bool


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A series in miniature, with the target as a dashed line. `description` says the same in words."""

    width: str
    height: str
    lines: tuple[str, ...]
    dots: tuple[Dot, ...]
    target_y: str
    description: str


def sparkline(
    values: Sequence[Decimal | None],
    target: Decimal | None = None,
    *,
    description: str = "",
    width: int = 76,
    height: int = 24,
) -> Sparkline | None:
    """The series' shape for a table row; gaps stay gaps and the target keeps its true height.

    Returns: None when nothing has been measured. `lines` are the unbroken runs as SVG points; a value with
    a gap on both sides is a dot only, and the latest measured value always has one.
    """
    known = [value for value in values if value is not None]
    if not known:
        return None
    pad = Decimal(3)
    bounds = [*known, target] if target is not None else known
    low, high = min(bounds), max(bounds)
    span = high - low
    usable_x, usable_y = width - 2 * pad, height - 2 * pad

    def x_of(index: int) -> Decimal:
        return pad + usable_x * index / (len(values) - 1) if len(values) > 1 else pad + usable_x / 2

    def y_of(value: Decimal) -> Decimal:
        return pad + usable_y * (high - value) / span if span else Decimal(height) / 2

    runs: list[list[tuple[Decimal, Decimal]]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((x_of(index), y_of(value)))
    runs = [run for run in runs if run]
    last = runs[-1][-1]
    lone = [run[0] for run in runs if len(run) == 1 and run[0] != last]
    return Sparkline(
        width=str(width),
        height=str(height),
        lines=tuple(
            " ".join(f"{coordinate(x)},{coordinate(y)}" for x, y in run) for run in runs if len(run) > 1
        ),
        dots=(
            *(Dot(coordinate(x), coordinate(y), last=False) for x, y in lone),
            Dot(coordinate(last[0]), coordinate(last[1]), last=True),
        ),
        target_y="" if target is None else coordinate(y_of(target)),
        description=description,
    )
