"""The bundled typeface: where its files are, what it covers and how wide its characters are."""

from __future__ import annotations

import base64
import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
FAMILY = "Inter"


@cache
def _metrics() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / "metrics.json").read_text(encoding="ascii"))
    return loaded


@cache
def covered() -> frozenset[str]:
    """Every character all bundled cuts can print."""
    return frozenset(chr(code) for low, high in _metrics()["covered"] for code in range(low, high + 1))


class _Advances(dict[str, int]):
    """Advance widths; a character that is not among them is taken to be of middling width."""

    def __missing__(self, character: str) -> int:
        return 620


@cache
def _advances(cut: str) -> _Advances:
    return _Advances(_metrics()[cut])


def width(text: str, *, size: float, semibold: bool = False) -> float:
    """How wide a text is on one line, in the unit of `size`, with tabular figures and without kerning."""
    advances = _advances("semibold" if semibold else "regular")
    return sum(map(advances.__getitem__, text)) * size / 1000


@cache
def woff2(cut: str) -> str:
    """A Latin subset of one cut as a data address, for pages that must carry their own face."""
    data = base64.b64encode((FOLDER / f"{cut}.woff2").read_bytes()).decode("ascii")
    return f"data:font/woff2;base64,{data}"
