"""Status symbols as vector shapes on a 16 by 16 field; the one drawing all outputs use.

A shape never stands alone: the word beside it carries the meaning, so symbols are hidden from readers by ear.
"""

from __future__ import annotations

from typing import get_args

from uppsikt.typeset.payload import Shape

_RING = '<circle cx="8" cy="8" r="6.2" fill="none" stroke="{c}" stroke-width="1.6"/>'
_LINE = '<path d="{d}" fill="none" stroke="{{c}}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>'

_DRAWINGS: dict[str, str] = {
    "circle-0": _RING,
    "circle-1": _RING + '<path d="M8 8V3.6A4.4 4.4 0 0 1 12.4 8Z" fill="{c}"/>',
    "circle-2": _RING + '<path d="M8 3.6A4.4 4.4 0 0 1 8 12.4Z" fill="{c}"/>',
    "circle-3": _RING + '<path d="M8 8V3.6A4.4 4.4 0 1 1 3.6 8Z" fill="{c}"/>',
    "circle-4": '<circle cx="8" cy="8" r="7" fill="{c}"/>',
    "square-full": '<rect x="2" y="2" width="12" height="12" rx="1" fill="{c}"/>',
    "square-empty": '<rect x="2.8" y="2.8" width="10.4" height="10.4" rx="0.6" fill="none" stroke="{c}" '
    'stroke-width="1.6"/>',
    "triangle-right": '<path d="M3.4 1.8 14 8 3.4 14.2Z" fill="{c}"/>',
    "triangle-half": '<path d="M3.8 2.6 13 8 3.8 13.4Z" fill="none" stroke="{c}" stroke-width="1.6" '
    'stroke-linejoin="round"/><path d="M3.8 8H13L3.8 13.4Z" fill="{c}"/>',
    "dash": _LINE.format(d="M3 8h10"),
    "cross": _LINE.format(d="M3.6 3.6l8.8 8.8M12.4 3.6l-8.8 8.8"),
    "check": _LINE.format(d="M2.6 8.6l3.6 3.8L13.4 4"),
    "diamond": '<path d="M8 1.4 14.6 8 8 14.6 1.4 8Z" fill="{c}"/>',
    "dot": '<circle cx="8" cy="8" r="3.2" fill="{c}"/>',
}

# Word and Excel carry the symbol as a character, so that a secretary can edit the line.
CHARACTERS: dict[str, str] = {
    "circle-0": "○",
    "circle-1": "◔",
    "circle-2": "◑",
    "circle-3": "◕",
    "circle-4": "●",
    "square-full": "■",
    "square-empty": "□",
    "triangle-right": "▶",
    "triangle-half": "▷",
    "dash": "–",
    "cross": "✕",
    "check": "✓",
    "diamond": "◆",
    "dot": "•",
}

assert set(_DRAWINGS) == set(CHARACTERS) == set(get_args(Shape))


def drawing(shape: str, colour: str) -> str:
    """The inside of the symbol's SVG."""
    return _DRAWINGS[shape].replace("{c}", colour)


def svg(shape: str, colour: str) -> str:
    """A whole SVG file of the symbol in a fixed colour."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{drawing(shape, colour)}</svg>'
