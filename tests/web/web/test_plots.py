"""Charts of money on a page: described in words, drawn for two widths, coloured by the theme alone."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from uppsikt.web.chart import Chart, Series
from uppsikt.web.plots import bullet_chart, grouped_chart, waterfall_chart, year_chart
from uppsikt.web.styleguide_charts import MoneyChart, money_charts

MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def printed(chart: Chart, table: object = None) -> str:
    with override("sv"):
        return render_to_string("web/components/chart.html", {"chart": chart, "table": table})


def texts(html: str, size: str) -> list[str]:
    drawing = html.split(f"plot--{size}")[1].split("</svg>", maxsplit=1)[0]
    return re.findall(r"<text[^>]*>([^<]*)</text>", drawing)


def steps(*values: str, end: str, start: str = "-818.3") -> Chart:
    return waterfall_chart(
        caption="Från budget till utfall",
        alt="Från −818,3 till utfallet",
        unit="mnkr",
        start=("Budget", Decimal(start)),
        steps=[(f"Rad {at}", Decimal(value)) for at, value in enumerate(values)],
        end=("Utfall", Decimal(end)),
    )


@pytest.mark.parametrize("one", money_charts(), ids=lambda one: one.chart.caption)
def test_each_has_caption_words_table_and_no_style_of_its_own(one: MoneyChart) -> None:
    html = printed(one.chart, one.table)
    assert one.chart.caption in html
    assert html.count(f'role="img" aria-label="{one.chart.alt}"') == 2
    assert "Visa som tabell" in html
    assert html.count("<tr") == len(one.table.rows) + 1
    assert "style=" not in html
    assert "<script" not in html
    assert not re.search(r'(?:fill|stroke)="', html.split("<details", maxsplit=1)[0])


@pytest.mark.parametrize("one", money_charts(), ids=lambda one: one.chart.caption)
def test_both_widths_are_drawn(one: MoneyChart) -> None:
    assert [(drawing.size, drawing.width) for drawing in one.chart.drawings] == [
        ("wide", "560"),
        ("narrow", "340"),
    ]


def test_coordinates_are_never_localised() -> None:
    html = printed(money_charts()[3].chart)
    assert not re.search(r'(?:x|y|width|height|points)="[^"]*\d\u00a0\d', html)


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_every_step_has_its_sign_and_figure(size: str) -> None:
    shown = texts(printed(steps("23.8", "-29.7", "0", end="-824.2")), size)
    assert {"Budget", "Rad 0", "−818,3", "▲ +23,8", "▼ −29,7", "0", "−824,2"} <= set(shown)


def test_steps_that_lead_elsewhere_are_refused() -> None:
    with pytest.raises(ValueError, match=r"miss the last total by 0\.1"):
        steps("-1", end="-819.2")


def test_a_scale_without_zero_is_told_below() -> None:
    """−824,2 to −794,5 with a quarter's air is −831,6 to −787,1, in tens."""
    told = "Skalan börjar inte vid noll: den går från −840 till −780 mnkr."
    assert told in printed(steps("23.8", "-29.7", end="-824.2"))
    assert "Skalan" not in printed(steps("-8", end="2", start="10"))


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_a_year_names_its_lines_and_its_end(size: str) -> None:
    chart = year_chart(
        caption="Året", alt="Året", unit="mnkr", months=MONTHS, decimals=1,
        outcome=Series("Utfall", (*map(Decimal, range(-1, -9, -1)), None, None, None, None)),
        budget=Series("Budget", tuple(map(Decimal, range(-1, -13, -1)))),
        forecast=Series("Prognos", (*[None] * 11, Decimal("-11.25"))),
    )  # fmt: skip
    shown = " | ".join(texts(printed(chart), size))
    for word in ("Utfall", "−8,0", "Budget", "Prognos", "−12,0", "−11,3"):
        assert word in shown


def test_what_has_no_outcome_is_a_dash() -> None:
    chart = bullet_chart(
        caption="Investeringar", alt="Investeringar", unit="mnkr", labels=["Gator", "Park"],
        outcome=Series("Utfall", (Decimal(5), None)), budget=Series("Budget", (Decimal(9), Decimal(4))),
    )  # fmt: skip
    html = printed(chart)
    assert texts(html, "narrow").count("– av 4") == 1
    assert "–" in texts(html, "wide")


def test_long_names_stand_on_several_lines() -> None:
    chart = grouped_chart(
        caption="Nettokostnad", alt="Nettokostnad", unit="tkr",
        labels=["Vård och omsorg om äldre och personer med funktionsnedsättning"],
        series=[Series("2024", (Decimal(-1234567),))],
    )  # fmt: skip
    shown = texts(printed(chart), "wide")
    assert "−1\u00a0234\u00a0567" in shown
    assert [text for text in shown if "funktionsnedsättning" in text] == ["funktionsnedsättning"]
