"""The page is one file, says the same as the PDF, and leads each figure to its origin."""

from __future__ import annotations

import base64
import itertools
import re
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.typeset import sample
from tests.typeset.test_pdf import everywhere
from uppsikt.typeset import pictures
from uppsikt.typeset.html import render_body, render_html

VOID = {"meta", "img", "br", "link", "circle", "path", "rect"}


class Page(HTMLParser):
    """Elements in order, with a check that they nest."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(markup)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def test_one_file_that_asks_for_nothing() -> None:
    markup = render_html(sample.payload())
    page = Page(markup)
    assert not page.all("script")
    assert not page.all("link")
    assert all((image["src"] or "").startswith("data:") for image in page.all("img"))
    assert "default-src 'none'" in markup
    assert not re.search(r"url\((?!data:)", markup)
    assert not re.search(r"\son\w+=", markup)
    assert "@import" not in markup


def test_landmarks_language_and_headings() -> None:
    page = Page(render_html(sample.payload(goals=3)))
    assert page.all("html")[0]["lang"] == "sv"
    for landmark in ("header", "nav", "main", "footer"):
        assert len(page.all(landmark)) == 1
    assert page.all("a")[0]["href"] == "#innehall"
    levels = [int(tag[1]) for tag, _ in page.found if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    document = levels[levels.index(1) :]
    assert all(b <= a + 1 for a, b in itertools.pairwise(document))


def test_every_id_is_one_and_every_link_has_its_place() -> None:
    page = Page(render_html(sample.payload(goals=4)))
    ids = [attributes["id"] for _, attributes in page.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    for link in page.all("a"):
        if (link["href"] or "").startswith("#"):
            assert (link["href"] or "")[1:] in ids
    for _, attributes in page.found:
        if "aria-labelledby" in attributes:
            assert attributes["aria-labelledby"] in ids


def test_tables_have_captions_and_scopes() -> None:
    page = Page(render_html(sample.payload(goals=1)))
    assert len(page.all("caption")) == 4
    assert all("scope" in th for th in page.all("th"))
    assert any(th.get("rowspan") == "3" and th["scope"] == "row" for th in page.all("th"))
    for caption in (
        "Tabell 3. Beslutade åtgärder",
        "Figur 1. Skiss",
        "Tabell 4. Indikatorer",
        "Figur 2. Oro",
    ):
        assert caption in page.text


def test_a_figure_leads_to_where_it_comes_from() -> None:
    markup = render_html(sample.payload(goals=1))
    assert re.search(r'<a class="figure" id="siffra-1" href="#ursprung-1"[^>]*>8 av 18</a>', markup)
    appendix = markup[markup.index('id="siffrornas-ursprung"') :]
    assert "antal etappmål med bedömning uppnått" in appendix
    assert "Alma Norén" in appendix


def test_a_draft_has_a_banner_and_an_adopted_report_has_none() -> None:
    assert '<p class="banner">Utkast – inte fastställd</p>' in render_html(sample.payload(goals=0))
    adopted = render_html(sample.payload(goals=0, **sample.adopted()), fingerprint="3f9a" + "0" * 56 + "c27e")
    assert 'class="banner"' not in adopted
    assert "Fastställd 2025-03-26 § 41 · 3f9a…c27e" in adopted


def test_part_of_a_report_keeps_its_numbers() -> None:
    payload = sample.payload(goals=3)
    part = render_body(payload, ["mal-1"])
    Page(part)
    assert "Tabell 5. Indikatorer" in part
    assert "Figur 3. Oro" in part
    assert "Sammanfattning" not in part
    assert 'href="/indikatorer/oro"' in part
    everything = render_body(payload)
    assert part in everything


def test_the_same_payload_gives_the_same_page() -> None:
    assert render_html(sample.payload()) == render_html(sample.payload())


@settings(max_examples=25)
@given(st.text(min_size=1, max_size=40))
def test_any_text_is_only_text(words: str) -> None:
    nasty = f'{words}<script>alert("x")</script>&\'"'
    page = Page(render_html(everywhere(nasty), embed_fonts=False))
    assert not page.all("script")
    assert '<script>alert("x")</script>' in page.text


def test_a_drawing_cannot_reach_outside_itself() -> None:
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/><use xlink:href=\"#a\"/></svg>"
    picture = pictures.read(base64.b64encode(drawing).decode())
    assert picture is not None
    assert b"passwd" not in picture.data
    assert b'xlink:href="#a"' in picture.data
