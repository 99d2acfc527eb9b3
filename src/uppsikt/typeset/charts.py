"""Charts as SVG, drawn from the same block for print, page and screen.

Series differ by dash, point shape and weight before colour; values stand at their points; a target is a dashed
line with its own label. The drawing uses a fixed set of colours, so that a page may restyle them for the dark.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from html import escape
from typing import Any

from uppsikt.typeset import fonts, palette
from uppsikt.typeset.chart_spec import series_colours, spec
from uppsikt.typeset.payload import ChartBlock
from uppsikt.typeset.plot_spec import tint


def draw(charts: Iterable[ChartBlock], *, accent: str | None = None) -> dict[str, str]:
    """SVG per chart key. A chart drawn before in this process is not drawn again."""
    colour = palette.accent_of(accent)
    return {chart["key"]: _drawn(json.dumps(_essence(chart), sort_keys=True), colour) for chart in charts}


def forget() -> None:
    """Drop the drawings kept in this process."""
    _drawn.cache_clear()


def digest(chart: ChartBlock, accent: str | None = None) -> str:
    """A name for the drawing: the same chart and accent give the same."""
    text = json.dumps([_essence(chart), palette.accent_of(accent)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def screen_svg(svg: str, *, alt: str) -> str:
    """The drawing for a page: described, scalable, its colours taken from the page's own variables."""
    svg = re.sub(r"^<svg[^>]*?viewBox=\"([^\"]+)\"[^>]*>", _opening(alt), svg, count=1)
    return svg.replace('font-family="Inter"', "")


def _opening(alt: str) -> Any:
    return lambda match: (
        f'<svg class="chart-drawing" role="img" aria-label="{escape(alt)}" viewBox="{match.group(1)}" '
        'xmlns="http://www.w3.org/2000/svg">'
    )


def screen_css(accent: str | None) -> str:
    """Rules that let a page's colour variables replace the fixed colours of the drawings."""
    colour = palette.accent_of(accent)
    pairs = {palette.INK: "var(--ink)", palette.MUTED: "var(--muted)", palette.RULE: "var(--rule)",
             palette.HAIR: "var(--hair)", palette.PAPER: "var(--paper)"}  # fmt: skip
    for fixed, share in zip(series_colours(colour), (None, 0, 55, 0, 30, 75), strict=True):
        variable = f"color-mix(in srgb, var(--accent), var(--paper) {share}%)" if share else "var(--accent)"
        pairs.setdefault(fixed, variable)
    pairs.setdefault(tint(colour), "color-mix(in srgb, var(--accent), var(--paper) 68%)")
    for name in ("good", "bad"):
        pairs.setdefault(palette.STATUS[name], f"var(--{name})")
    return "".join(
        f'.chart-drawing [fill="{fixed}"]{{fill:{variable}}}.chart-drawing [stroke="{fixed}"]{{stroke:{variable}}}'
        for fixed, variable in pairs.items()
    )


_PAST_FIRST_PLANE = re.compile("[\U00010000-\U0010ffff]")


def _essence(chart: ChartBlock) -> dict[str, Any]:
    wanted = ("type", "unit", "x", "series", "target", "caption", "decimals")
    return {name: _drawable(chart.get(name)) for name in wanted}


def _drawable(value: Any) -> Any:
    """Texts without characters past the first plane: the engine cuts long words in the middle of them and fails."""
    if isinstance(value, str):
        return _PAST_FIRST_PLANE.sub("", value)
    if isinstance(value, list):
        return [_drawable(each) for each in value]
    return {key: _drawable(each) for key, each in value.items()} if isinstance(value, dict) else value


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


def png(svg: str, *, scale: float = 2.0) -> bytes:
    """A drawing as pixels, for outputs that cannot hold vectors."""
    made: bytes = _converter().svg_to_png(svg, scale=scale)
    return made
