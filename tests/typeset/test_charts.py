from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.typeset import sample
from uppsikt.typeset import charts, palette
from uppsikt.typeset.chart_spec import HEIGHT, domain, spread
from uppsikt.typeset.labels import all_labelled

SVG = "{http://www.w3.org/2000/svg}"


def words(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize(("kind", "series"), [("line", 1), ("line", 2), ("line", 3), ("bar", 1), ("bar", 3)])
def test_values_series_and_target_stand_in_words(kind: str, series: int) -> None:
    chart = sample.chart("c", kind, series)
    shown = words(charts.draw([chart])["c"])
    assert {"2022", "2023", "2024"} <= set(shown)
    if all_labelled(chart):
        assert {"44", "52", "55"} <= set(shown)
    if kind == "line":
        assert "Mål ≤38" in shown
    if series == 2:
        assert {"Kvinnor", "Totalt", "49,5"} <= set(shown)


def test_the_same_chart_is_drawn_once() -> None:
    charts._drawn.cache_clear()
    charts.draw([sample.chart("a"), sample.chart("b"), {**sample.chart("c"), "alt": "Annan text"}])
    assert charts._drawn.cache_info().misses == 1


def test_series_differ_by_dash_and_shape() -> None:
    svg = charts.draw([sample.chart("c", "line", 3)])["c"]
    lines = [
        e
        for e in ET.fromstring(svg).iter(f"{SVG}path")
        if e.get("fill") is None and e.get("stroke-width") == "2.2"
    ]
    assert len({line.get("stroke-dasharray") for line in lines}) == 3


def test_bars_stand_on_zero_and_lines_have_room() -> None:
    assert domain(sample.chart("c", "bar", 1))[0] == 0.0
    low, high = domain(sample.chart("c", "line", 1))
    assert low < 38
    assert high > 55
    empty = {**sample.chart("c"), "series": [], "target": None, "x": []}
    assert domain(empty) == (0.0, 1.0)
    assert charts.draw([empty])["c"].startswith("<svg")


@given(st.lists(st.floats(0, HEIGHT), min_size=1, max_size=7))
def test_words_at_the_edge_never_cover_each_other(heights: list[float]) -> None:
    placed = [at for at, _, _ in spread(sorted((h, str(i), "#000000") for i, h in enumerate(heights)))]
    assert all(b - a >= 14 for a, b in itertools.pairwise(placed))
    assert placed[-1] <= HEIGHT


@settings(max_examples=10)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=30))
def test_any_words_become_a_well_formed_drawing(text: str) -> None:
    chart = {**sample.chart("c", "line", 2), "x": [text] * 3, "target": {"label": text, "value": "1"}}
    chart["series"] = [{"name": text, "values": ["1", None, "3"]}, {"name": text, "values": ["2", "2", "2"]}]
    ET.fromstring(charts.draw([chart])["c"])


@pytest.mark.parametrize("accent", ["#ffee00", "#ffffff", "#0b5563", "#000000", "#e30613", "#7fb2ff"])
def test_any_accent_can_be_read(accent: str) -> None:
    assert palette.contrast(palette.accent_of(accent), "#ffffff") >= 4.5
    assert palette.contrast(palette.accent_on_dark(accent), "#15191d") >= 4.5


def test_contrast_as_the_standard_has_it() -> None:
    """WCAG 2.1: black on white is 21:1, a colour on itself 1:1."""
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert palette.contrast("#0b5563", "#0b5563") == pytest.approx(1)


def test_all_status_colours_can_be_read_in_both_lights() -> None:
    assert all(palette.contrast(colour, "#ffffff") >= 4.5 for colour in palette.STATUS.values())
    assert all(palette.contrast(colour, "#15191d") >= 4.5 for colour in palette.STATUS_DARK.values())
