"""A chart block as a Vega-Lite spec: where every mark and every word stands.

Series differ by dash, point shape and filling before colour. Where every value can stand at its point there is no
scale to read; otherwise a light scale, and the chart's table is printed below it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from uppsikt.typeset import fonts, labels, palette, plot_spec
from uppsikt.typeset.plot import blocks

WIDTH = 640
HEIGHT = 165
_FONT = fonts.FAMILY
_SIZE = 12
_LEAST_SPAN = 0.35
_GAP = 15.0
"""Least distance between two words at the right edge, in pixels."""

_DASHES: tuple[list[int], ...] = ([1, 0], [6, 3], [2, 3], [10, 3, 2, 3], [4, 2], [1, 2])
_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")


def series_colours(accent: str) -> tuple[str, ...]:
    """One colour per series, each at least 3:1 against the paper."""
    light = [
        palette.readable(palette.mix(accent, palette.PAPER, share), palette.PAPER, 3.0)
        for share in (0.55, 0.7)
    ]
    return (accent, palette.INK, light[0], palette.MUTED, light[1], palette.mix(accent, palette.INK, 0.5))


def spec(chart: Mapping[str, Any], accent: str) -> dict[str, Any]:
    """The whole spec. All words are formatted here; the engine writes only the scale's figures."""
    if chart["type"] in blocks.KINDS:
        return plot_spec.spec(blocks.plot_of(chart), accent)
    names = _distinct([series["name"] or f"Serie {i}" for i, series in enumerate(chart["series"], 1)])
    low, high = domain(chart)
    labelled = labels.all_labelled(chart)
    y = {"field": "y", "type": "quantitative", "title": None,
         "scale": {"domain": [low, high], "nice": False, "zero": False},
         "axis": None if labelled else {"tickCount": 4, "domain": False, "ticks": False, "labelPadding": 6}}  # fmt: skip
    edge = _edge_words(chart, names, low, high)
    taken = max((fonts.width(word, size=_SIZE, semibold=True) for _, word, _ in edge), default=0.0)
    x = _x(chart)
    draw = _bars if chart["type"] == "bar" else _lines
    layers = draw(names, accent, x, y, len(chart["x"]))
    if chart.get("target"):
        layers.insert(0, _target_line(float(chart["target"]["value"]), y))
    if low < 0 < high:
        layers.append(_zero_line(y))
    layers += _values(chart, names, labelled)
    layers += [_edge_word(at, word, colour) for at, word, colour in edge]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": int(WIDTH - 12 - min(taken, 170) - (10 if edge else 0) - (0 if labelled else 36)),
        "height": HEIGHT,
        "padding": 4,
        "background": None,
        "data": {"values": _points(chart, names)},
        "layer": layers,
        "config": _config(),
    }


def domain(chart: Mapping[str, Any]) -> tuple[float, float]:
    """Lowest and highest value of the scale, with room for the figures; bars always stand on zero."""
    values = [float(v) for series in chart["series"] for v in series["values"] if v is not None]
    if chart.get("target"):
        values.append(float(chart["target"]["value"]))
    if chart["type"] == "bar":
        values.append(0.0)
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    span = (high - low) or abs(high) * 0.2 or 1.0
    if chart["type"] == "bar":
        return (low - span * 0.14 if low < 0 else 0.0), (high + span * 0.14 if high > 0 else 0.0)
    # A small change looks small: the scale spans at least a part of the values' own size.
    missing = max(0.0, _LEAST_SPAN * max(abs(low), abs(high)) - span)
    floor = low - span * 0.2 - missing * 0.6
    return (0.0 if low >= 0 > floor else floor), high + span * 0.2 + missing * 0.4


def _points(chart: Mapping[str, Any], names: Sequence[str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for position in range(len(chart["x"])):
        column = [series["values"][position] for series in chart["series"]]
        present = [(float(value), index) for index, value in enumerate(column) if value is not None]
        lowest = min(present)[1] if len(present) > 1 else -1
        for index, canonical in enumerate(column):
            value = None if canonical is None else float(canonical)
            printed = "" if canonical is None else labels.decimal(canonical)
            rows.append({"p": position, "s": names[index], "y": value, "t": printed, "low": index == lowest})
    return rows


def _distinct(names: Sequence[str]) -> list[str]:
    """Series names made different, since the engine tells series apart by name."""
    seen: dict[str, int] = {}
    out = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return out


def _x(chart: Mapping[str, Any]) -> dict[str, Any]:
    words = json.dumps(chart["x"])
    axis = {"labelExpr": f"{words}[datum.value]", "labelAngle": 0, "ticks": False, "labelPadding": 8,
            "labelOverlap": "greedy", "labelSeparation": 14, "zindex": 1}  # fmt: skip
    point: dict[str, Any] = {"type": "point", "padding": 0.3}
    band = {"paddingInner": 0.35, "paddingOuter": 0.2}
    return {"field": "p", "type": "ordinal", "title": None, "axis": axis,
            "scale": band if chart["type"] == "bar" else point}  # fmt: skip


def _scale(names: Sequence[str], values: Iterable[Any]) -> dict[str, Any]:
    pool = list(values)
    return {"domain": list(names), "range": [pool[i % len(pool)] for i in range(len(names))]}


def _lines(
    names: Sequence[str], accent: str, x: dict[str, Any], y: dict[str, Any], positions: int
) -> list[dict[str, Any]]:
    by = {"field": "s", "type": "nominal", "sort": None, "legend": None}
    colour = {**by, "scale": _scale(names, series_colours(accent))}
    dash = {**by, "scale": _scale(names, _DASHES)}
    shape = {**by, "scale": _scale(names, _SHAPES)}
    size = 62 if positions <= 24 else 24
    return [
        {"mark": {"type": "line", "strokeWidth": 2.2, "invalid": "break-paths-show-domains"},
         "encoding": {"x": x, "y": y, "color": colour, "strokeDash": dash}},
        {"mark": {"type": "point", "filled": True, "size": size, "opacity": 1, "invalid": "filter"},
         "encoding": {"x": x, "y": y, "color": colour, "shape": shape}},
    ]  # fmt: skip


def _bars(
    names: Sequence[str], accent: str, x: dict[str, Any], y: dict[str, Any], positions: int
) -> list[dict[str, Any]]:
    colours = series_colours(accent)
    fills = (colours[0], palette.PAPER, colours[2], palette.MUTED, colours[5])
    legend = {"orient": "top", "direction": "horizontal", "title": None, "symbolType": "square", "symbolSize": 90,
              "symbolStrokeWidth": 1.2, "symbolStrokeColor": colours[0], "labelLimit": 200, "columns": 4, "offset": 8}  # fmt: skip
    encoding: dict[str, Any] = {
        "x": x,
        "y": y,
        "fill": {"field": "s", "type": "nominal", "sort": None, "scale": _scale(names, fills),
                 "legend": legend if len(names) > 1 else None},
        "stroke": {"value": colours[0]},
    }  # fmt: skip
    if len(names) > 1:
        encoding["xOffset"] = {
            "field": "s",
            "sort": None,
            "scale": {"domain": list(names), "paddingInner": 0.15},
        }
    mark: dict[str, Any] = {"type": "bar", "strokeWidth": 1.2}
    if len(names) == 1 and positions <= 6:
        mark["width"] = 56
    return [{"mark": mark, "encoding": encoding}]


def _values(chart: Mapping[str, Any], names: Sequence[str], labelled: bool) -> list[dict[str, Any]]:
    """The values at their points: above, or below for the lowest of several lines and for bars under zero."""
    bars = chart["type"] == "bar"
    if not labelled:
        return []
    encoding: dict[str, Any] = {
        "x": {"field": "p", "type": "ordinal"},
        "y": {"field": "y", "type": "quantitative"},
        "text": {"field": "t"},
    }
    if bars and len(names) > 1:
        encoding["xOffset"] = {"field": "s", "sort": None}
    layers = []
    for under in (False, True):
        test = f"(datum.y < 0) === {json.dumps(under)}" if bars else f"datum.low === {json.dumps(under)}"
        mark = {
            "type": "text",
            "dy": 14 if under else -12,
            "fontSize": _SIZE,
            "fontWeight": 600,
            "color": palette.INK,
        }
        layers.append(
            {"transform": [{"filter": f"isValid(datum.y) && {test}"}], "mark": mark, "encoding": encoding}
        )
    return layers


def _target_line(value: float, y: dict[str, Any]) -> dict[str, Any]:
    mark = {"type": "rule", "strokeDash": [5, 4], "strokeWidth": 1.4, "color": palette.MUTED}
    return {"data": {"values": [{"y": value}]}, "mark": mark, "encoding": {"y": y}}


def _zero_line(y: dict[str, Any]) -> dict[str, Any]:
    mark = {"type": "rule", "strokeWidth": 1, "color": palette.RULE}
    return {"data": {"values": [{"y": 0}]}, "mark": mark, "encoding": {"y": y}}


def _edge_words(
    chart: Mapping[str, Any], names: Sequence[str], low: float, high: float
) -> list[tuple[float, str, str]]:
    """Words at the right edge, as height in pixels, word and colour: the series' names and the target."""

    def height(value: str) -> float:
        return HEIGHT * (high - float(value)) / (high - low)

    words: list[tuple[float, str, str]] = []
    labelled = labels.all_labelled(chart)
    if chart["type"] == "line" and (len(names) > 1 or not labelled):
        for name, series in zip(names, chart["series"], strict=True):
            present = [value for value in series["values"] if value is not None]
            if present:
                shown = [name] if len(names) > 1 else []
                shown += [] if labelled else [labels.decimal(present[-1])]
                words.append((height(present[-1]), " ".join(shown), palette.INK))
    if chart.get("target"):
        words.append((height(chart["target"]["value"]), chart["target"]["label"], palette.MUTED))
    return spread(sorted(words))


def spread(words: Sequence[tuple[float, str, str]]) -> list[tuple[float, str, str]]:
    """The same words moved apart so that none covers another; order by height is kept."""
    heights: list[float] = []
    for at, _, _ in words:
        heights.append(max(at, heights[-1] + _GAP) if heights else at)
    ceiling = HEIGHT
    for index in range(len(heights) - 1, -1, -1):
        heights[index] = min(heights[index], ceiling)
        ceiling = int(heights[index] - _GAP)
    return [(at, word, colour) for at, (_, word, colour) in zip(heights, words, strict=True)]


def _edge_word(at: float, word: str, colour: str) -> dict[str, Any]:
    mark = {"type": "text", "align": "left", "baseline": "middle", "dx": 8, "fontSize": _SIZE, "fontWeight": 600,
            "color": colour, "text": word, "limit": 170}  # fmt: skip
    return {"data": {"values": [{}]}, "mark": mark, "encoding": {"y": {"value": at}, "x": {"value": "width"}}}


def _config() -> dict[str, Any]:
    axis = {"labelFont": _FONT, "labelFontSize": _SIZE, "labelColor": palette.MUTED, "gridColor": palette.HAIR,
            "domainColor": palette.RULE, "labelLimit": 160, "grid": False}  # fmt: skip
    return {
        "font": _FONT,
        "view": {"stroke": None},
        "axis": axis,
        "axisY": {"grid": True},
        "legend": {"labelFont": _FONT, "labelFontSize": _SIZE, "labelColor": palette.INK},
        "text": {"font": _FONT},
    }
