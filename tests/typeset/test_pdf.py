"""The PDF is accessible, archivable, and the same every time."""

from __future__ import annotations

import base64
import io
from typing import Any

import page
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.typeset import sample
from uppsikt.typeset import worker
from uppsikt.typeset.pdf import render_pdf

FINGERPRINT = "3f9a" + "0" * 56 + "c27e"


@pytest.fixture(scope="module")
def draft() -> bytes:
    return render_pdf(sample.payload(goals=3))


@pytest.fixture(scope="module")
def adopted() -> bytes:
    return render_pdf(sample.payload(goals=1, **sample.adopted()), fingerprint=FINGERPRINT)


_OPEN: list[pikepdf.Pdf] = []


def elements(data: bytes, kind: str) -> list[Any]:
    pdf = pikepdf.open(io.BytesIO(data))
    _OPEN.append(pdf)  # its objects live only as long as it does
    return worker._elements(pdf.Root.StructTreeRoot, kind)


def page_texts(data: bytes) -> list[str]:
    """The text of each page, by poppler."""
    import subprocess

    out = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True
    ).stdout
    return out.decode().split("\f")[:-1]


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A])
def test_it_breaks_no_rule(draft: bytes, adopted: bytes, profile: page.ValidationProfile) -> None:
    for data in (draft, adopted):
        report = page.validate_pdf_bytes(data, profile=profile)
        assert report.is_compliant, [(f.rule_id, f.message) for f in report.failures]
        assert report.rules.total > 90


def test_the_document_says_what_it_is(adopted: bytes) -> None:
    pdf = pikepdf.open(io.BytesIO(adopted))
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang).startswith("sv")
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Verksamhetsberättelse 2024 – Samhällsbyggnadsnämnden"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert metadata["xmp:CreateDate"].startswith("2025-02-14")
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles == ["Innehåll", "1 Sammanfattning", "2 Målbedömning", "3 Nämndens mål och resultat"]


def test_tables_have_headers_for_columns_and_rows(draft: bytes) -> None:
    tables = elements(draft, "/Table")
    # Goals, budget, one by hand, three with indicators, and the third chart's own.
    assert len(tables) == 7
    for table in tables:
        heads = [th for head in worker._elements(table, "/THead") for th in worker._elements(head, "/TH")]
        assert {str(worker._table_attributes(th).Scope) for th in heads} == {"/Column"}
    bodies = [worker._elements(table, "/TBody") for table in tables]
    rows = [row for body in bodies[0] for row in worker._elements(body, "/TR")]
    firsts = [worker._children(row)[0] for row in rows]
    assert [str(f.S) for f in firsts] == ["/TH", "/TD", "/TD", "/TH", "/TD", "/TH", "/TD"]
    assert worker._table_attributes(firsts[0]).Scope == "/Row"
    assert worker._table_attributes(firsts[0]).RowSpan == 3


def test_pictures_are_described_and_symbols_are_not_in_the_way(draft: bytes) -> None:
    figures = elements(draft, "/Figure")
    alts = [str(figure.get("/Alt", "")) for figure in figures]
    assert len(figures) == 4
    assert all(alts)


def test_every_page_of_a_draft_says_so_and_no_page_of_an_adopted_one(draft: bytes, adopted: bytes) -> None:
    for text in page_texts(draft):
        assert "Utkast – inte fastställd" in text
    pages = page_texts(adopted)
    assert "UTKAST" not in "".join(pages).upper()
    for number, text in enumerate(pages[1:], 2):
        assert "Fastställd 2025-03-26 § 41 · 3f9a…c27e" in text
        assert f"{number} ({len(pages)})" in text
        assert "Samhällsbyggnadsnämnden · Verksamhetsberättelse 2024" in text


def test_a_long_table_repeats_its_head() -> None:
    payload = sample.payload(goals=0)
    payload["chapters"] = [payload["chapters"][0]]
    payload["chapters"][0]["blocks"] = [sample.indicator_table("t", repeat=14)]
    payload["origins"] = {"o1": payload["origins"]["o1"], "o2": payload["origins"]["o2"]}
    texts = page_texts(render_pdf(payload))
    crossing = [text for text in texts if "Servicemätning" in text]
    assert len(crossing) > 1
    assert all("Bedömning" in text for text in crossing)


def test_the_same_payload_gives_the_same_bytes(adopted: bytes) -> None:
    again = render_pdf(sample.payload(goals=1, **sample.adopted()), fingerprint=FINGERPRINT)
    assert again == adopted


def test_numbers_agree_with_the_other_outputs(draft: bytes) -> None:
    text = "\n".join(page_texts(draft))
    for caption in (
        "Tabell 3. Beslutade åtgärder",
        "Figur 1. Skiss",
        "Tabell 6. Indikatorer",
        "Figur 4. Oro",
    ):
        assert caption in text


def test_a_picture_that_cannot_be_read_leaves_a_visible_gap() -> None:
    payload = sample.payload(goals=0)
    broken = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"x" * 40).decode()
    image = {"type": "image", "file": "x", "alt": "Karta över Norrby", "caption": "Karta", "data": broken}
    payload["chapters"][0]["blocks"][0]["content"].append(image)
    payload["document"]["municipality"]["logo"] = {"mime": "image/png", "data": broken, "alt": "Vapen"}
    assert "Bild saknas: Karta över Norrby" in "\n".join(page_texts(render_pdf(payload)))


def test_logos_as_drawing_and_as_pixels() -> None:
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4"/></svg>'
    )
    for mime, data in (("image/svg+xml", base64.b64encode(drawing).decode()), ("image/png", sample.PIXEL)):
        payload = sample.payload(goals=0)
        payload["document"]["municipality"]["logo"] = {"mime": mime, "data": data, "alt": "Björkviks vapen"}
        alts = [str(figure.get("/Alt", "")) for figure in elements(render_pdf(payload), "/Figure")]
        assert "Björkviks vapen" in alts


NASTY = '#panic("x") $ * _ ` ``` <lbl> @ref [ ] \\ #{sys} // /* = + - 1. #import "/etc/passwd"'


def everywhere(words: str) -> dict[str, Any]:
    """The sample with the same words in every place a person can write."""
    payload = sample.payload(goals=1)
    document = payload["document"]
    filled = words if words.strip() else "x"
    document["title"] = filled
    for field in ("subtitle", "state_text"):
        document[field] = words
    document["body"]["name"] = document["municipality"]["name"] = words
    for chapter in payload["chapters"]:
        chapter["title"] = filled
        for block in chapter["blocks"]:
            _fill(block, words, filled)
    return payload


def _fill(value: Any, words: str, filled: str) -> None:
    if isinstance(value, list):
        for item in value:
            _fill(item, words, filled)
    elif isinstance(value, dict):
        for key, child in value.items():
            if isinstance(child, str) and key in (
                "text",
                "title",
                "caption",
                "label",
                "long",
                "proposal",
                "comment",
                "background",
                "source",
                "alt",
                "note",
                "name",
            ):
                value[key] = filled
            elif key == "x":
                value[key] = [words] * len(child)
            else:
                _fill(child, words, filled)  # fmt: skip


def test_typst_markup_is_only_words() -> None:
    text = " ".join("\n".join(page_texts(render_pdf(everywhere(NASTY)))).split())
    assert '#panic("x")' in text
    assert '#import "/etc/passwd"' in text


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.characters(), min_size=1, max_size=60))
def test_any_text_can_be_set(words: str) -> None:
    assert render_pdf(everywhere(words)).startswith(b"%PDF-")
