"""Charts as SVG, drawn from the same block for print, page and screen.

Series differ by dash, point shape and weight before colour; values stand at their points; a target is a dashed
line with its own label. The drawing uses a fixed set of colours, so that a page may restyle them for the dark.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from uppsikt.typeset import fonts, labels, palette
from uppsikt.typeset.payload import ChartBlock

WIDTH = 640
HEIGHT = 190
_FONT = fonts.FAMILY

# One row per series: what distinguishes it where colours cannot be told apart.
_DASHES: tuple[list[int], ...] = ([1, 0], [6, 3], [2, 3], [10, 3, 2, 3], [4, 2], [1, 2])
_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")


def draw(charts: Iterable[ChartBlock], *, accent: str | None = None) -> dict[str, str]:
    """SVG per chart key. A chart drawn before in this process is not drawn again."""
    colour = palette.accent_of(accent)
    return {chart["key"]: _drawn(json.dumps(_essence(chart), sort_keys=True), colour) for chart in charts}


def digest(chart: ChartBlock, accent: str | None = None) -> str:
    """A name for the drawing: the same chart and accent give the same."""
    text = json.dumps([_essence(chart), palette.accent_of(accent)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def screen_svg(svg: str, *, alt: str) -> str:
    """The drawing for a page: described, scalable, its colours taken from the page's own variables."""
    svg = re.sub(r"^<svg[^>]*?viewBox=\"([^\"]+)\"[^>]*>", _opening(alt), svg, count=1)
    return svg.replace('font-family="Inter"', "")


def _opening(alt: str) -> Any:
    from html import escape

    return lambda match: (
        f'<svg class="chart-drawing" role="img" aria-label="{escape(alt)}" viewBox="{match.group(1)}" '
        'xmlns="http://www.w3.org/2000/svg">'
    )


def screen_css(accent: str | None) -> str:
    """Rules that let a page's colour variables replace the fixed colours of the drawings."""
    colour = palette.accent_of(accent)
    pairs = {palette.INK: "var(--ink)", palette.MUTED: "var(--muted)", palette.RULE: "var(--rule)",
             palette.HAIR: "var(--hair)", palette.PAPER: "var(--paper)"}  # fmt: skip
    for fixed, share in zip(_series_colours(colour), (None, 0, 55, 0, 30, 75), strict=True):
        variable = f"color-mix(in srgb, var(--accent), var(--paper) {share}%)" if share else "var(--accent)"
        pairs.setdefault(fixed, variable)
    return "".join(
        f'.chart-drawing [fill="{fixed}"]{{fill:{variable}}}.chart-drawing [stroke="{fixed}"]{{stroke:{variable}}}'
        for fixed, variable in pairs.items()
    )


def _essence(chart: ChartBlock) -> dict[str, Any]:
    wanted = ("type", "unit", "x", "series", "target", "caption")
    return {name: chart.get(name) for name in wanted}


@lru_cache(maxsize=512)
def _drawn(essence: str, accent: str) -> str:
    converter = _converter()
    svg: str = converter.vegalite_to_svg(
        spec(json.loads(essence), accent), vl_version="5.20", allowed_base_urls=[], format_locale="sv-SE"
    )
    return svg


@cache
def _converter() -> Any:
    """The drawing engine; loaded late, since it starts a JavaScript engine of some 90 MB."""
    import vl_convert

    vl_convert.register_font_directory(str(fonts.FOLDER))
    return vl_convert


def _series_colours(accent: str) -> tuple[str, ...]:
    return (
        accent,
        palette.INK,
        palette.mix(accent, palette.PAPER, 0.45),
        palette.MUTED,
        palette.mix(accent, palette.PAPER, 0.7),
        palette.mix(accent, palette.PAPER, 0.25),
    )


# --- the Vega-Lite spec --------------------------------------------------------------------------------


def spec(chart: Mapping[str, Any], accent: str) -> dict[str, Any]:
    """The chart as a Vega-Lite spec. All texts are formatted here, none by the engine but axis ticks."""
    names = [series["name"] or f"Serie {i}" for i, series in enumerate(chart["series"], 1)]
    points = _points(chart, names)
    layers = _bars(names, accent, chart["x"]) if chart["type"] == "bar" else _lines(names, accent, chart["x"])
    layers += _value_labels(chart, names)
    if chart.get("target"):
        layers += _target(chart["target"])
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH - 90,
        "height": HEIGHT,
        "padding": {"left": 4, "right": 8, "top": 8, "bottom": 4},
        "background": None,
        "data": {"values": points},
        "layer": layers,
        "config": _config(),
    }


def _points(chart: Mapping[str, Any], names: list[str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for position, x in enumerate(chart["x"]):
        present = [
            (float(series["values"][position]), index)
            for index, series in enumerate(chart["series"])
            if series["values"][position] is not None
        ]
        lowest = min(present)[1] if len(present) > 1 else -1
        for index, series in enumerate(chart["series"]):
            canonical = series["values"][position]
            rows.append(
                {
                    "p": position,
                    "x": x,
                    "s": names[index],
                    "y": None if canonical is None else float(canonical),
                    "t": "" if canonical is None else labels.decimal(canonical),
                    "below": index == lowest,
                }
            )
    return rows


def _x_axis(chart_type: str, words: list[str]) -> dict[str, Any]:
    return {
        "field": "p",
        "type": "ordinal",
        "title": None,
        "axis": {
            "labelExpr": f"{json.dumps(words)}[datum.value]",
            "labelAngle": 0,
            "ticks": False,
            "domain": True,
            "labelPadding": 8,
        },
        "scale": {"type": "point", "padding": 0.35}
        if chart_type == "line"
        else {"paddingInner": 0.35, "paddingOuter": 0.2},
    }


def _y(zero: bool) -> dict[str, Any]:
    return {
        "field": "y",
        "type": "quantitative",
        "title": None,
        "scale": {"zero": zero, "nice": True, "padding": 14 if not zero else 4},
        "axis": {"tickCount": 4, "grid": True, "domain": False, "ticks": False, "labelPadding": 6},
    }


def _legend(names: list[str]) -> dict[str, Any] | None:
    if len(names) < 2:
        return None
    return {"orient": "top", "direction": "horizontal", "title": None, "symbolSize": 70, "labelLimit": 220,
            "columns": 3, "offset": 10}  # fmt: skip


def _lines(names: list[str], accent: str, words: list[str]) -> list[dict[str, Any]]:
    legend = _legend(names)
    count = len(names)
    encoding = {
        "x": _x_axis("line", words),
        "y": _y(zero=False),
        "color": {"field": "s", "type": "nominal", "sort": None, "legend": legend,
                  "scale": {"domain": names, "range": _cycle(_series_colours(accent), count)}},
        "strokeDash": {"field": "s", "type": "nominal", "sort": None, "legend": legend,
                       "scale": {"domain": names, "range": _cycle(_DASHES, count)}},
        "shape": {"field": "s", "type": "nominal", "sort": None, "legend": legend,
                  "scale": {"domain": names, "range": _cycle(_SHAPES, count)}},
    }  # fmt: skip
    line = {key: value for key, value in encoding.items() if key != "shape"}
    dots = {key: value for key, value in encoding.items() if key != "strokeDash"}
    return [
        {
            "mark": {"type": "line", "strokeWidth": 2.2, "invalid": "break-paths-show-domains"},
            "encoding": line,
        },
        {
            "mark": {"type": "point", "filled": True, "size": 62, "opacity": 1, "invalid": "filter"},
            "encoding": dots,
        },
    ]


def _bars(names: list[str], accent: str, words: list[str]) -> list[dict[str, Any]]:
    count = len(names)
    colours = _series_colours(accent)
    scale = {
        "domain": names,
        "range": _cycle((colours[0], palette.PAPER, colours[2], palette.MUTED, colours[5]), count),
    }
    encoding: dict[str, Any] = {
        "x": _x_axis("bar", words),
        "y": _y(zero=True),
        "fill": {"field": "s", "type": "nominal", "sort": None, "legend": _legend(names), "scale": scale},
        "stroke": {"value": colours[0]},
    }
    if count > 1:
        encoding["xOffset"] = {"field": "s", "sort": None, "scale": {"domain": names, "paddingInner": 0.15}}
    mark: dict[str, Any] = {"type": "bar", "strokeWidth": 1.2}
    if len(words) * count <= 6:
        mark["width"] = 56 if count == 1 else {"band": 1}
    return [{"mark": mark, "encoding": encoding}]


def _value_labels(chart: Mapping[str, Any], names: list[str]) -> list[dict[str, Any]]:
    shape: ChartBlock = chart  # type: ignore[assignment]
    bar = chart["type"] == "bar"
    everything = labels.all_labelled(shape)
    last = len(chart["x"]) - 1
    x = {"field": "p", "type": "ordinal"}
    base: dict[str, Any] = {"x": x, "y": {"field": "y", "type": "quantitative"}, "text": {"field": "t"}}
    if bar and len(names) > 1:
        base["xOffset"] = {"field": "s", "sort": None}
    layers = []
    for below in (False, True):
        wanted = f"isValid(datum.y) && datum.below === {json.dumps(below)}"
        if bar:
            wanted = f"isValid(datum.y) && (datum.y < 0) === {json.dumps(below)}"
        if not everything:
            wanted += f" && datum.p === {last}"
        layers.append(
            {
                "transform": [{"filter": wanted}],
                "mark": {
                    "type": "text",
                    "dy": 13 if below else -11,
                    "fontSize": 12,
                    "fontWeight": 600,
                    "color": palette.INK,
                },
                "encoding": base,
            }
        )
    return layers


def _target(target: Mapping[str, str]) -> list[dict[str, Any]]:
    data = {"values": [{"y": float(target["value"])}]}
    y = {"field": "y", "type": "quantitative"}
    return [
        {
            "data": data,
            "mark": {"type": "rule", "strokeDash": [5, 4], "strokeWidth": 1.4, "color": palette.MUTED},
            "encoding": {"y": y},
        },
        {
            "data": data,
            "mark": {"type": "text", "align": "left", "dx": 7, "fontSize": 12, "fontWeight": 600, "color": palette.MUTED,
                     "text": target["label"], "limit": 90},
            "encoding": {"y": y, "x": {"value": "width"}},
        },
    ]  # fmt: skip


def _cycle(values: Iterable[Any], count: int) -> list[Any]:
    pool = list(values)
    return [pool[i % len(pool)] for i in range(count)]


def _config() -> dict[str, Any]:
    return {
        "font": _FONT,
        "view": {"stroke": None},
        "axis": {
            "labelFont": _FONT, "labelFontSize": 12, "labelColor": palette.MUTED, "gridColor": palette.HAIR,
            "domainColor": palette.RULE, "labelLimit": 160,
        },
        "legend": {"labelFont": _FONT, "labelFontSize": 12, "labelColor": palette.INK},
        "text": {"font": _FONT},
    }  # fmt: skip


def png(svg: str, *, scale: float = 2.0) -> bytes:
    """A drawing as pixels, for outputs that cannot hold vectors."""
    made: bytes = _converter().svg_to_png(svg, scale=scale)
    return made
