"""What was planned against what has come out, a row each: the budget an outline, the outcome filled, the forecast a tick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from uppsikt.kernel.numbers import format_decimal
from uppsikt.typeset.plot import lying
from uppsikt.typeset.plot.parts import (
    LEADING,
    ROOMY,
    Box,
    Line,
    Mark,
    Plot,
    Scale,
    Word,
    flow,
    lines_of_words,
    widest,
    width_of,
)

Values = Sequence[Decimal | None]

BUDGET, OUTCOME, FORECAST = "budget", "outcome", "forecast"
ROLES = (BUDGET, OUTCOME, FORECAST)
_OUTER, _INNER, _TICK = Decimal(16), Decimal(8), Decimal(20)
_SWATCH = 18
LEAST_FOR_BARS = Decimal("0.25")
"""The share of the width that the bars must have beside columns of figures."""


def plot(
    labels: Sequence[str],
    measures: Mapping[str, tuple[str, Values]],
    *,
    decimals: int | None = None,
    width: int,
) -> Plot:
    """The drawing. `measures` by role: its name and one value per label."""
    drawn = {role: measures[role] for role in ROLES if role in measures}
    figures = {role: [format_decimal(v, decimals) for v in values] for role, (_, values) in drawn.items()}
    full = Decimal(width)
    columns = {
        role: max(widest(figures[role], strong=role == OUTCOME), _SWATCH + 6 + width_of(name))
        for role, (name, _) in drawn.items()
    }
    room = min(widest(labels), full * 3 / 10)
    taken = sum((across + 14 for across in columns.values()), Decimal(0))
    # Long names of the columns would leave the bars no room: then the figures stand together, as on a phone.
    roomy = width >= ROOMY and full - taken - room >= full * LEAST_FOR_BARS
    taken = taken if roomy else Decimal(2)
    if not roomy:
        room = full - widest(_together(figures, at) for at in range(len(labels))) - 12
    left = room + 14 if roomy else Decimal(2)
    known = [value for _, values in drawn.values() for value in values if value is not None]
    scale = lying.scale_of(known, left, full - taken - (8 if roomy else 0))
    texts = [lying.label_lines(label, room, roomy=roomy) for label in labels]
    places = _places(columns, full) if roomy else {}
    legend, first = _legend(drawn, places, full)
    tops = [first]
    for lines in texts:
        tops.append(tops[-1] + lying.height_of(lines, _TICK, roomy=roomy))
    marks = lying.grid(scale, first, tops[-1], zero=roomy) + legend
    for at, lines in enumerate(texts):
        top, below = tops[at], tops[at + 1]
        named = (top + below) / 2 if roomy else top + 2 + LEADING * len(lines) / 2
        middle = named if roomy else top + 4 + LEADING * len(lines) + _TICK / 2
        marks += lines_of_words(lines, Decimal(0), named)
        marks += _row({role: values[at] for role, (_, values) in drawn.items()}, middle, scale)
        if roomy:
            marks += [
                Word(places[role], middle, shown[at], "end", "ink" if role == OUTCOME else "muted", strong=role == OUTCOME)
                for role, shown in figures.items()
            ]  # fmt: skip
        else:
            marks.append(lying.foot(scale, middle - _TICK / 2, middle + _TICK / 2))
            marks.append(Word(full, named, _together(figures, at), "end", strong=True))
    return Plot.of(full, tops[-1] + 22, marks)


def _together(figures: Mapping[str, Sequence[str]], at: int) -> str:
    """Outcome and budget in one figure where columns have no room: "65,5 av 83,2"."""
    return " av ".join(figures[role][at] for role in (OUTCOME, BUDGET) if role in figures)


def _places(columns: Mapping[str, Decimal], full: Decimal) -> dict[str, Decimal]:
    """The right edge of each column of figures."""
    places: dict[str, Decimal] = {}
    edge = full
    for role, across in reversed(list(columns.items())):
        places[role] = edge
        edge -= across + 14
    return {role: places[role] for role in columns}


def _legend(
    drawn: Mapping[str, tuple[str, Values]], columns: Mapping[str, Decimal], full: Decimal
) -> tuple[list[Mark], Decimal]:
    """What the three shapes are, over the columns of figures or in a line where there are none; and its height."""
    names = [name for name, _ in drawn.values()]
    places, height = flow(names, _SWATCH + 6, full)
    if columns:
        above = zip(columns.values(), names, strict=True)
        places, height = (
            [(right - width_of(name) - 6 - _SWATCH, Decimal(9)) for right, name in above],
            Decimal(26),
        )
    marks: list[Mark] = []
    for (role, (name, _)), (x, y) in zip(drawn.items(), places, strict=True):
        marks += [*_swatch(role, x, y), Word(x + _SWATCH + 6, y, name, "start", "muted")]
    return marks, height


def _swatch(role: str, x: Decimal, y: Decimal) -> list[Mark]:
    if role == BUDGET:
        return [Box(x, y - 6, Decimal(_SWATCH), Decimal(12), "none", "muted")]
    if role == OUTCOME:
        return [Box(x, y - 3, Decimal(_SWATCH), Decimal(6), "accent")]
    middle = x + Decimal(_SWATCH) / 2 + 4
    return [Line(((middle, y - 8), (middle, y + 8)), "ink", Decimal("2.5"))]


def _row(values: Mapping[str, Decimal | None], middle: Decimal, scale: Scale) -> list[Mark]:
    marks: list[Mark] = []
    zero = scale(Decimal(0))
    budget, outcome, forecast = (values.get(role) for role in ROLES)
    if budget is not None:
        x = scale(budget)
        marks.append(Box(min(x, zero), middle - _OUTER / 2, abs(x - zero), _OUTER, "none", "muted", BUDGET))
    if outcome is not None:
        x = scale(outcome)
        marks.append(Box(min(x, zero), middle - _INNER / 2, abs(x - zero), _INNER, "accent", "none", OUTCOME))
    if forecast is not None:
        x = scale(forecast)
        ends = ((x, middle - _TICK / 2), (x, middle + _TICK / 2))
        marks += [
            Line(ends, "paper", Decimal(5)),
            Line(ends, "ink", Decimal("2.5"), name=FORECAST),
        ]
    return marks
