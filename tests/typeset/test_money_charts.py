"""Charts of money in a payload: what is asked of them, and that every output has them whole."""

from __future__ import annotations

import copy
import io
import re
import xml.etree.ElementTree as ET
from decimal import Decimal
from typing import Any

import docx
import page
import pytest
from python_calamine import CalamineWorkbook

from tests.typeset import money, sample
from uppsikt.typeset import charts, palette
from uppsikt.typeset.check import validate
from uppsikt.typeset.docx import render_docx
from uppsikt.typeset.html import render_html
from uppsikt.typeset.pdf import render_pdf
from uppsikt.typeset.plot import bullet
from uppsikt.typeset.plot.parts import Box
from uppsikt.typeset.plot_spec import tones
from uppsikt.typeset.prepare import charts_of, prepare
from uppsikt.typeset.xlsx import render_xlsx

SVG = "{http://www.w3.org/2000/svg}"
CUT = "Skalan börjar inte vid noll: den går från −840 till −780 mnkr."


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    payload = sample.payload(goals=0)
    payload["chapters"].append({"key": "pengar", "title": "Ekonomi", "level": 1, "blocks": money.all_kinds()})
    return payload


def words(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text")]


def with_chart(block: dict[str, Any]) -> dict[str, Any]:
    payload = sample.payload(goals=0)
    payload["chapters"][0]["blocks"] = [block]
    payload["chapters"] = payload["chapters"][:1]
    payload["origins"] = {}
    return payload


def wrong(block: dict[str, Any]) -> list[str]:
    return [problem.partition("blocks[0]")[2] for problem in validate(with_chart(block))]


# --- what is asked -------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [money.year, money.waterfall, money.bullet, money.grouped])
def test_every_kind_is_valid_and_has_words_and_a_table(make: Any) -> None:
    assert wrong(make()) == []
    assert wrong({**make(), "alt": " "}) == [".alt: must be text that is not empty"]
    assert wrong({**make(), "table": None})[0].startswith(".table: is missing")
    assert wrong({**make(), "decimals": 1.5})[0].startswith(".decimals: must be a whole number")


def test_charts_of_before_need_nothing_new() -> None:
    assert wrong({**sample.chart("c"), "table": None}) == []


def test_a_series_of_a_year_says_what_it_is() -> None:
    block = money.year()
    block["series"][0]["role"] = "actual"
    del block["series"][1]["role"]
    block["series"][2]["role"] = "last_year"
    problems = wrong(block)
    assert len(problems) == 4
    assert problems[0].startswith(".series[0].role: 'actual' is not one of budget, forecast")
    assert problems[1].startswith(".series[1].role: None is not one of")
    assert problems[2:] == [
        ".series[3].role: 'last_year' is used twice",
        ".series: none has the role outcome",
    ]


def test_steps_must_add_up() -> None:
    block = money.waterfall()
    block["series"][0]["values"][-1] = "-804.500"
    assert wrong(block) == [".series[0].values: the steps miss the last total by 0.005"]
    block["series"][0]["values"][2] = None
    assert wrong(block) == [".series[0].values: must begin and end with a total, and have no gaps"]


# --- the drawing ---------------------------------------------------------------------------------------


def test_figures_are_swedish_and_rounded_once() -> None:
    shown = words(charts.draw([money.waterfall()])["m-waterfall"])
    assert {"−818,3", "▲ +23,8", "▼ −29,7", "▲ +19,7", "−804,5"} <= set(shown)
    assert "Prognos −804,6" in words(charts.draw([money.year()])["m-year"])


def test_a_drawing_has_only_colours_a_page_can_turn_dark() -> None:
    accent = palette.accent_of(None)
    turned = set(re.findall(r'\[(?:fill|stroke)="(#\w+)"\]', charts.screen_css(None)))
    assert set(tones(accent).values()) - {"none"} <= turned
    for svg in charts.draw(money.all_kinds()).values():
        used = {
            value
            for element in ET.fromstring(svg).iter()
            for name in ("fill", "stroke")
            if (value := element.get(name, "none")).startswith("#")
        }
        assert used <= turned | {"#000", "#000000"}


def test_a_drawing_is_as_wide_as_it_was_made() -> None:
    for svg in charts.draw(money.all_kinds()).values():
        assert float((ET.fromstring(svg).get("viewBox") or "").split()[2]) == pytest.approx(644, abs=2)


# --- the outputs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A])
def test_the_pdf_breaks_no_rule(report: dict[str, Any], profile: page.ValidationProfile) -> None:
    found = page.validate_pdf_bytes(render_pdf(report), profile=profile)
    assert found.is_compliant, [(f.rule_id, f.message) for f in found.failures]


def test_the_pdf_is_the_same_every_time(report: dict[str, Any]) -> None:
    charts.forget()
    first = render_pdf(copy.deepcopy(report))
    charts.forget()
    assert render_pdf(copy.deepcopy(report)) == first


def test_only_the_year_needs_its_table_in_print(report: dict[str, Any]) -> None:
    assert [(block["type"], block["print_table"]) for block in charts_of(prepare(report))] == [
        ("year", True), ("waterfall", False), ("bullet", False), ("grouped", False),
    ]  # fmt: skip


def test_a_scale_that_leaves_zero_out_says_so_everywhere(report: dict[str, Any]) -> None:
    html = render_html(report)
    assert html.count(CUT) == 1
    told = [paragraph.text for paragraph in docx.Document(io.BytesIO(render_docx(report))).paragraphs]
    assert told.count(CUT) == 1


def test_the_page_has_every_drawing_described_with_its_table(report: dict[str, Any]) -> None:
    html = render_html(report)
    for block in money.all_kinds():
        assert f'aria-label="{block["alt"]}"' in html
    assert html.count("Visa som tabell") == 4


def test_the_workbook_has_the_figures_as_numbers(report: dict[str, Any]) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(render_xlsx(report)))
    sheet = next(
        name for name in book.sheet_names
        if any("Diagram waterfall" in str(row[0]) for row in book.get_sheet_by_name(name).to_python()[:1])
        and name != "Innehåll"
    )  # fmt: skip
    values = [row[1] for row in book.get_sheet_by_name(sheet).to_python() if isinstance(row[1], float)]
    assert values == pytest.approx([-818.332, 23.84, -29.715, 19.702, -804.505])


def test_long_names_of_the_columns_never_turn_the_bars_around() -> None:
    names = {
        "budget": "tertial 2 föregående år",
        "outcome": "januari till november",
        "forecast": "gräns för godkänt resultat",
    }
    values = (Decimal(50), Decimal(25))
    measures = {role: (name, values) for role, name in names.items()}
    drawn = bullet.plot(
        ["Gymnasie- och arbetsmarknadsnämnden", "Vård- och omsorgsnämnden"], measures, decimals=0, width=720
    )
    bars = [mark for mark in drawn.marks if isinstance(mark, Box) and mark.name == "outcome"]
    assert [bar.width for bar in bars] == sorted((bar.width for bar in bars), reverse=True)
    assert len({bar.x for bar in bars}) == 1  # they all begin at nought, and go the same way
    assert all(bar.width > 50 for bar in bars)
