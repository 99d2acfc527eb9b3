"""How wide each column of a table should be, the same in every output.

Figures and short words never break; long Swedish compounds may, but only when the page leaves no choice. What
is left when every column has its least width goes to the columns that need it, by their weight.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from uppsikt.typeset import fonts
from uppsikt.typeset.labels import MONTHS, NBSP
from uppsikt.typeset.payload import Cell, Inline, Row, TableBlock

SIZE = 8.6
"""Type size in tables, in points."""
HEAD_SIZE = 8.2
PADDING = 10.0
"""Left and right together, in points."""
SYMBOL = 14.0
LEAST_HEIGHT = 16.7
"""A row with one line, in points, with its padding."""
_LINE = 10.5
_LONGEST_WORD = 92.0
_LONGEST_FIGURE = 120.0
_WIDEST = 420.0
_SHORT = 120.0
_SHORT_SHARE = 0.85
_DATE = re.compile(rf"\b\d{{1,2}} ({'|'.join(MONTHS)})( \d{{4}})?\b")


def inline_text(children: Sequence[Inline]) -> str:
    """What a reader sees of a run of inlines, footnotes left out."""
    parts = []
    for child in children:
        if child["type"] == "break":
            parts.append("\n")
        elif child["type"] != "footnote":
            parts.append(child["text"])
    return "".join(parts)


def fit(
    least: Sequence[float], natural: Sequence[float], weights: Sequence[float], total: float
) -> list[float]:
    """Share `total` between columns by weight: never under `least`, over `natural` only when all have it."""
    if sum(least) >= total:
        return [width * total / sum(least) for width in least]
    least = _short_whole(least, natural, total)
    most = [max(low, high) for low, high in zip(least, natural, strict=True)]
    if sum(most) <= total:
        spare, share = total - sum(most), sum(weights)
        return [width + spare * weight / share for width, weight in zip(most, weights, strict=True)]

    def at(unit: float) -> list[float]:
        return [
            min(max(unit * weight, low), high) for low, high, weight in zip(least, most, weights, strict=True)
        ]

    below, above = 0.0, total / min(weights) if min(weights) > 0 else total * 1000
    for _ in range(40):
        middle = (below + above) / 2
        below, above = (middle, above) if sum(at(middle)) < total else (below, middle)
    widths = at(above)
    over = sum(widths) - total
    widest = max(range(len(widths)), key=lambda i: widths[i] - least[i])
    widths[widest] -= over
    return widths


def _short_whole(least: Sequence[float], natural: Sequence[float], total: float) -> list[float]:
    """Short columns first get all they need, so that "Ej uppnått" stays on one line beside a long name."""
    widths = list(least)
    for index in sorted(range(len(widths)), key=lambda i: natural[i]):
        grown = sum(widths) - widths[index] + natural[index]
        if natural[index] <= _SHORT and grown <= total * _SHORT_SHARE:
            widths[index] = natural[index]
    return widths


def _wide(text: str, size: float, *, semibold: bool) -> float:
    """Width with a little to spare, since kerning is not counted."""
    return fonts.width(text, size=size, semibold=semibold) * 1.025 + 0.4


def _need(
    texts: Sequence[str], *, size: float, semibold: bool, whole: bool, cap: bool = True
) -> tuple[float, float]:
    """Least and natural width of some texts. `whole` texts are figures that stay on one line."""
    least = natural = 0.0
    for text in texts:
        for line in text.split("\n"):
            wide = _wide(line, size, semibold=semibold)
            natural = max(natural, wide)
            if whole:
                least = max(least, min(wide, _LONGEST_FIGURE))
                continue
            for word in line.replace("/", "/ ").replace("-", "- ").split():
                wide = _wide(word, size, semibold=semibold)
                least = max(least, min(wide, _LONGEST_WORD) if cap else wide)
    return least, natural


def must_hyphenate(texts: Sequence[str], width: float, *, head: bool = False) -> bool:
    """Whether some word is wider than its column. Other cells break between words only."""
    least, _ = _need(texts, size=HEAD_SIZE if head else SIZE, semibold=head, whole=False, cap=False)
    return least > width - PADDING


def line_count(text: str, width: float, *, size: float = SIZE) -> int:
    """On how many lines a text is set in a column, about."""
    lines, used = 1, 0.0
    space = fonts.width(" ", size=size)
    for word in text.split():
        wide = fonts.width(word, size=size)
        if used and used + space + wide > width:
            lines, used = lines + 1, 0.0
        used += wide + (space if used else 0.0)
        lines += int(used // width) if used > width else 0
    return lines


def cell_height(cell: Cell, width: float) -> float:
    """How high a cell is with its padding, about."""
    room = max(width - PADDING - (SYMBOL if cell.get("symbol") else 0.0), 12.0)
    lines = sum(line_count(text, room) for text in _cell_texts(cell))
    return LEAST_HEIGHT + (lines - 1) * _LINE


def balanced(text: str, width: float, *, size: float) -> list[str]:
    """A title on as few lines as it needs, broken so that they are as equal as can be. Dates are not broken."""
    words = _DATE.sub(lambda date: date.group().replace(" ", NBSP), text).split(" ")
    if len(words) > 24:
        return [text]
    for count in range(1, len(words) + 1):
        breaks = itertools.combinations(range(1, len(words)), count - 1)
        tries = [[" ".join(words[a:b]) for a, b in itertools.pairwise((0, *at, len(words)))] for at in breaks]
        fitting = [
            (max(wide), lines)
            for lines in tries
            if max(wide := [_wide(line, size, semibold=True) for line in lines]) <= width
        ]
        if fitting:
            return min(fitting)[1]
        if count > 4:
            break
    return [text]


def _cell_texts(cell: Cell) -> list[str]:
    return list(cell.get("lines") or []) or [cell["text"]]


def _column_cells(rows: Sequence[Row], index: int) -> list[tuple[Cell, bool]]:
    found = []
    for row in rows:
        kind = row.get("kind", "row")
        if kind == "section":
            continue
        cell = row["cells"][index]
        if cell is not None:
            found.append((cell, kind in ("subtotal", "total") or cell.get("strong", False)))
    return found


def table_widths(table: TableBlock, total: float) -> list[float]:
    """Column widths in points, summing to `total`."""
    least: list[float] = []
    natural: list[float] = []
    weights: list[float] = []
    for index, column in enumerate(table["columns"]):
        figures = column.get("align", "start") != "start"
        head_least, head_natural = _need([column["title"]], size=HEAD_SIZE, semibold=True, whole=False)
        low, high = head_least, min(head_natural, 120.0)
        for cell, semibold in _column_cells(table["rows"], index):
            short = figures or cell.get("value") is not None
            extra = (SYMBOL if cell.get("symbol") else 0.0) + (4.0 if cell.get("note") else 0.0)
            a, b = _need(_cell_texts(cell), size=SIZE, semibold=semibold, whole=short)
            low, high = max(low, a + extra), max(high, b + extra)
        least.append(low + PADDING)
        natural.append(min(max(high, low), _WIDEST) + PADDING)
        weights.append(_weight(column.get("weight", "auto"), figures=figures))
    return fit(least, natural, weights, total)


def _weight(weight: object, *, figures: bool) -> float:
    if isinstance(weight, int | float):
        return float(weight)
    return 1.0 if figures else 2.0


def node_widths(
    header: Sequence[Sequence[Inline]], rows: Sequence[Sequence[Sequence[Inline]]], total: float
) -> list[float]:
    """The same for a table written by hand in a text."""
    least: list[float] = []
    natural: list[float] = []
    for index, head in enumerate(header):
        a, b = _need([inline_text(head)], size=HEAD_SIZE, semibold=True, whole=False)
        c, d = _need([inline_text(row[index]) for row in rows], size=SIZE, semibold=False, whole=False)
        least.append(max(a, c) + PADDING)
        natural.append(min(max(b, d), _WIDEST) + PADDING)
    return fit(least, natural, [1.0] * len(least), total)
