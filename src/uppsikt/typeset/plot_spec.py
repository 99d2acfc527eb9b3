"""A drawing as a Vega-Lite spec: every mark already has its place, so the engine only paints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from uppsikt.typeset import fonts, palette
from uppsikt.typeset.plot.parts import SIZE, Box, Dot, Line, Plot, Tone, Word


def tones(accent: str) -> dict[Tone, str]:
    """The colours of a drawing on paper."""
    return {"ink": palette.INK, "muted": palette.MUTED, "rule": palette.RULE, "hair": palette.HAIR,
            "paper": palette.PAPER, "accent": accent, "tint": tint(accent), "good": palette.STATUS["good"],
            "bad": palette.STATUS["bad"], "none": "none"}  # fmt: skip


def tint(accent: str) -> str:
    """The accent thinned out, for fillings that stand inside a stroke of the accent itself."""
    return palette.mix(accent, palette.PAPER, 0.32)


def spec(plot: Plot, accent: str) -> dict[str, Any]:
    """The whole spec. Marks next to each other of one kind share a layer; the order of painting is kept."""
    colours = tones(accent)
    layers: list[dict[str, Any]] = []
    for kind, marks in groupby(plot.marks, key=type):
        if kind is Line:
            layers += _lines([mark for mark in marks if isinstance(mark, Line)], colours)
        elif kind is Box:
            layers.append(_boxes((mark for mark in marks if isinstance(mark, Box)), colours))
        elif kind is Dot:
            layers.append(_dots((mark for mark in marks if isinstance(mark, Dot)), colours))
        else:
            layers += _words([mark for mark in marks if isinstance(mark, Word)], colours)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": float(plot.width),
        "height": float(plot.height),
        "padding": 2,
        "background": None,
        "layer": layers,
        "config": {"font": fonts.FAMILY, "view": {"stroke": None}, "text": {"font": fonts.FAMILY}},
    }


def _at(field: str) -> dict[str, Any]:
    """A place in the drawing as it is, without a scale."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def _as(field: str) -> dict[str, Any]:
    return {"field": field, "type": "nominal", "scale": None, "legend": None}


def _lines(lines: Sequence[Line], colours: dict[Tone, str]) -> list[dict[str, Any]]:
    """One layer for each stretch of lines that are dashed alike."""
    layers: list[dict[str, Any]] = []
    encoding = {
        "x": _at("x"),
        "y": _at("y"),
        "detail": {"field": "d", "type": "nominal"},
        "order": {"field": "n"},
        "stroke": _as("s"),
        "strokeWidth": {"field": "w", "type": "quantitative", "scale": None, "legend": None},
    }
    for dash, alike in groupby(enumerate(lines), key=lambda one: one[1].dash):
        rows = [
            {
                "x": float(x),
                "y": float(y),
                "n": at,
                "d": number,
                "s": colours[line.tone],
                "w": float(line.weight),
            }
            for number, line in alike
            for at, (x, y) in enumerate(line.points)
        ]
        mark: dict[str, Any] = {"type": "line", "strokeCap": "round", "strokeJoin": "round"}
        if dash:
            mark["strokeDash"] = list(dash)
        layers.append({"data": {"values": rows}, "mark": mark, "encoding": encoding})
    return layers


def _boxes(boxes: Iterable[Box], colours: dict[Tone, str]) -> dict[str, Any]:
    rows = [
        {"x": float(box.x), "x2": float(box.x + box.width), "y": float(box.y), "y2": float(box.y + box.height),
         "f": colours[box.fill], "s": colours[box.stroke]}
        for box in boxes
    ]  # fmt: skip
    encoding = {
        "x": _at("x"),
        "x2": {"field": "x2"},
        "y": _at("y"),
        "y2": {"field": "y2"},
        "fill": _as("f"),
        "stroke": _as("s"),
    }
    return {"data": {"values": rows}, "mark": {"type": "rect", "strokeWidth": 1.2}, "encoding": encoding}


def _dots(dots: Iterable[Dot], colours: dict[Tone, str]) -> dict[str, Any]:
    rows = [
        {"x": float(dot.x), "y": float(dot.y), "f": palette.PAPER if dot.hollow else colours[dot.tone], "s": colours[dot.tone]}
        for dot in dots
    ]  # fmt: skip
    mark = {"type": "point", "shape": "circle", "size": 60, "strokeWidth": 2, "opacity": 1}
    return {
        "data": {"values": rows},
        "mark": mark,
        "encoding": {"x": _at("x"), "y": _at("y"), "fill": _as("f"), "stroke": _as("s")},
    }


def _words(words: Sequence[Word], colours: dict[Tone, str]) -> list[dict[str, Any]]:
    layers: list[dict[str, Any]] = []
    aligned = {"start": "left", "middle": "center", "end": "right"}
    for anchor, strong in sorted({(word.anchor, word.strong) for word in words}):
        rows = [
            {"x": float(word.x), "y": float(word.y), "t": word.text, "f": colours[word.tone]}
            for word in words
            if (word.anchor, word.strong) == (anchor, strong)
        ]
        mark = {"type": "text", "align": aligned[anchor], "baseline": "middle", "fontSize": SIZE,
                "fontWeight": 600 if strong else 400}  # fmt: skip
        encoding = {
            "x": _at("x"),
            "y": _at("y"),
            "text": {"field": "t", "type": "nominal"},
            "color": _as("f"),
        }
        layers.append({"data": {"values": rows}, "mark": mark, "encoding": encoding})
    return layers
