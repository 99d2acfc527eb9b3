"""Components, printed through Django's templates: the words stand beside the signs, and nothing is inline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override

from uppsikt.web.notices import undo_address
from uppsikt.web.parts import Empty, Judgement, Link, Origin, Progress, Symbol, Trend
from uppsikt.web.styleguide import styleguide_page
from uppsikt.web.tables import Cell, Column, Row, Table


@pytest.fixture(autouse=True)
def _swedish(settings: object) -> Iterator[None]:
    settings.UPPSIKT_ACCENT = "#0b5563"  # type: ignore[attr-defined]  # no database in this file
    with override("sv"):
        yield


def printed(source: str, **context: object) -> str:
    return Template("{% load uppsikt %}" + source).render(Context(context))


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_dates_sections_and_case_numbers_stand_whole() -> None:
    html = printed("{{ it|unbroken }}", it="KS-2025/211, <nämnd> 2025-03-26 §\u00a041 och mer")
    assert html == (
        '<span class="nowrap">KS-2025/211</span>, &lt;nämnd&gt; '
        '<span class="nowrap">2025-03-26 §\u00a041</span> och mer'
    )


def test_a_symbol_always_has_its_words() -> None:
    html = printed("{% symbol it %}", it=Symbol("circle-3", "I hög grad", "good", "höjd från Delvis"))
    assert words(html) == "I hög grad höjd från Delvis"
    assert 'aria-hidden="true"' in html
    assert "tone-good" in html


@pytest.mark.parametrize(
    ("outcome", "word"),
    [
        ("met", "Uppnått"),
        ("not_met", "Ej uppnått"),
        ("no_outcome", "Saknar utfall"),
        ("cannot_judge", "Kan inte bedömas"),
    ],
)
def test_judgements_in_words(outcome: str, word: str) -> None:
    assert words(printed("{% judgement it %}", it=outcome)) == word


def test_a_departure_is_spoken_and_shown() -> None:
    html = printed("{% judgement it %}", it=Judgement("not_met", departs="rapporterat som uppnått"))
    assert words(html) == "Ej uppnått Avviker från regeln: rapporterat som uppnått"


def test_a_trend_says_whether_it_is_for_the_better() -> None:
    assert words(printed("{% trend it %}", it=Trend("down", "better"))) == "bättre"


def test_a_figure_without_origin_is_text_and_with_one_a_button() -> None:
    assert printed('{% figure "74,5" %}') == "74,5"
    html = printed('{% figure "74,5" it %}', it=Origin("Nöjda besökare", source="Egen mätning"))
    target = re.search(r'popovertarget="([^"]+)"', html)
    assert target is not None
    assert f'id="{target[1]}"' in html
    assert "Egen mätning" in html


def test_the_same_origin_twice_has_two_ids() -> None:
    html = printed('{% figure "1" it %}{% figure "2" it %}', it=Origin("Andel"))
    assert len(set(re.findall(r'popovertarget="([^"]+)"', html))) == 2


def test_an_origin_from_a_payload_is_understood() -> None:
    html = printed(
        '{% figure "55" it %}', it={"label": "Oro", "value": "55", "source": "NTU", "formula": None}
    )
    assert "NTU" in html
    assert "None" not in html


def test_progress_is_words_first_and_a_full_bar_at_most() -> None:
    assert Progress("Texter", 3, 9).width == "33"
    assert Progress("Texter", 12, 9).width == "100"
    assert Progress("Texter", 0, 0).width == "0"


def test_a_sparkline_is_not_localised() -> None:
    html = printed("{% sparkline values %}", values=[Decimal(1), Decimal("2.5")])
    assert 'points="3,21 73,3"' in html


def test_an_empty_table_says_what_will_stand_here() -> None:
    table = Table(
        "t", "Uppdrag", (Column("a", "Uppdrag"),), (), empty=Empty("Inga uppdrag än", "Här står uppdragen.")
    )
    html = printed("{% data_table table %}", table=table)
    assert "<table" not in html
    assert words(html) == "Inga uppdrag än Här står uppdragen."


def test_text_in_a_table_is_escaped() -> None:
    table = Table("t", "Mål", (Column("a", "Mål"),), (Row((Cell("<b>fet</b>"),)),))
    assert "&lt;b&gt;fet" in printed("{% data_table table %}", table=table)


def test_the_chosen_chip_is_marked_for_those_who_listen() -> None:
    chips = (Link("Alla", "?", current=True, count="18"), Link("Sena", "?sena"))
    html = render_to_string("web/components/chips.html", {"chips": chips, "label": "Visa"})
    assert html.count('aria-current="true"') == 1


def test_figures_and_dates() -> None:
    assert printed("{{ value|decimal:1 }}", value=Decimal("-1234.56")) == "−1\u00a0234,6"
    assert printed("{{ value|decimal }}", value=None) == "–"
    assert printed("{{ value|share }}", value=Decimal("0.625")) == "63\u00a0%"
    assert printed("{{ value|signed:1 }}", value=Decimal("0.5")) == "+0,5"


def test_an_undo_address_is_read_back() -> None:
    assert undo_address("undo=/uppdrag/3/angra/") == "/uppdrag/3/angra/"
    assert undo_address(None) == ""


def test_the_style_guide_opens_one_row_at_a_time() -> None:
    page = styleguide_page(QueryDict("open=klimat"))
    assert [group.key for group in page.tree.groups if group.key and len(group.lines) > 1] == ["klimat"]
    assert page.opened_group.key == "klimat"


class TestPages:
    """Whole pages, without a database."""

    def test_the_style_guide_has_one_heading_and_nothing_inline(self, client: Client) -> None:
        html = client.get("/styleguide/").content.decode()
        assert html.count("<h1") == 1
        assert not re.search(r"\sstyle=|\son[a-z]+=|<script>|<style", html)
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert len(ids) == len(set(ids))

    def test_htmx_gets_the_row_group_alone(self, client: Client) -> None:
        answer = client.get("/styleguide/?open=klimat", headers={"HX-Request": "true"})
        assert answer.content.decode().strip().startswith('<tbody id="grupp-mal-klimat">')
        assert "HX-Request" in answer.headers["Vary"]

    def test_the_theme_is_kept_in_a_cookie(self, client: Client) -> None:
        answer = client.post("/tema/", {"theme": "dark", "next": "/styleguide/"})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/styleguide/")
        assert 'data-theme="dark"' in client.get("/styleguide/").content.decode()

    def test_the_theme_never_leads_away_and_never_takes_anything_else(self, client: Client) -> None:
        answer = client.post("/tema/", {"theme": '"><script>', "next": "https://example.org/"})
        assert answer.headers["Location"] == "/"
        assert client.cookies["theme"].value == "auto"

    def test_the_accent_is_a_stylesheet(self, client: Client) -> None:
        answer = client.get("/theme.css?v=0b5563")
        assert answer.headers["Content-Type"].startswith("text/css")
        assert "immutable" in answer.headers["Cache-Control"]
        assert "--accent: light-dark(#0b5563," in answer.content.decode()


@pytest.mark.parametrize("code", [400, 403, 404, 409, 500])
def test_every_error_page_says_what_to_do_without_asking_anything(code: int) -> None:
    html = render_to_string(f"web/errors/{code}.html", {"theme": "auto"})
    assert html.count("<h1") == 1
    assert f"Felkod {code}" in html
    assert 'class="button button--primary"' in html
