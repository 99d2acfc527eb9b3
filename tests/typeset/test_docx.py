"""The Word file opens, has real styles and marks, and carries the municipality's template."""

from __future__ import annotations

import io
import itertools
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.typeset import sample
from tests.typeset.test_pdf import everywhere
from uppsikt.typeset.docx import TemplateError, render_docx


@pytest.fixture(scope="module")
def data() -> bytes:
    return render_docx(sample.payload(goals=3))


@pytest.fixture(scope="module")
def word(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def test_headings_are_styles_in_order(word: Any) -> None:
    headings = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert ("Heading 1", "2 Målbedömning") in headings
    assert ("Heading 2", "Öka tryggheten i lokalsamhället") in headings
    levels = [int(name[-1]) for name, _ in headings]
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))


def test_every_table_has_a_head_that_repeats(word: Any) -> None:
    assert len(word.tables) == 7
    for table in word.tables:
        first, *others = table._tbl.tr_lst
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in others)
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in table._tbl.tr_lst)
        widths = {
            len(row.tc_lst) + sum((tc.grid_span or 1) - 1 for tc in row.tc_lst) for row in table._tbl.tr_lst
        }
        assert widths == {len(table._tbl.tblGrid.gridCol_lst)}


def test_cells_over_several_rows(word: Any) -> None:
    table = word.tables[0]
    assert [row.cells[0].text for row in table.rows][1:4] == ["Tryggt och välkomnande"] * 3
    assert table.rows[1].cells[3].text == "● I mycket hög grad uppfyllt"


def test_captions_count_like_the_other_outputs(word: Any) -> None:
    captions = [p.text for p in word.paragraphs if p.style.name == "Caption"]
    assert "Tabell 3. Beslutade åtgärder" in captions
    assert "Figur 4. Oro för brottslighet, andel i procent" in captions
    assert "SEQ Tabell" in word.element.xml


def test_language_contents_alternatives_and_properties(word: Any, data: bytes) -> None:
    languages = {e.get(qn("w:val")) for e in word.styles.element.iter(qn("w:lang"))}
    assert languages == {"sv-SE"}
    assert "TOC \\o" in word.element.xml
    pictures = list(word.element.iter(qn("wp:docPr")))
    assert len(pictures) == 4
    assert all(p.get("descr") for p in pictures)
    assert len({p.get("id") for p in pictures}) == 4
    assert word.core_properties.title == "Verksamhetsberättelse 2024 – Samhällsbyggnadsnämnden"
    assert word.core_properties.language == "sv-SE"
    notes = zipfile.ZipFile(io.BytesIO(data)).read("word/footnotes.xml").decode()
    assert "Ett etappmål saknar utfall" in notes


def test_every_page_of_a_draft_says_so(word: Any) -> None:
    section = word.sections[0]
    assert "UTKAST – INTE FASTSTÄLLD" in "".join(p.text for p in section.header.paragraphs)
    assert "UTKAST – INTE FASTSTÄLLD" in "".join(p.text for p in section.first_page_header.paragraphs)
    adopted = docx.Document(
        io.BytesIO(render_docx(sample.payload(goals=0, **sample.adopted()), fingerprint="a" * 64))
    )
    section = adopted.sections[0]
    assert "UTKAST" not in "".join(p.text for p in section.header.paragraphs)
    assert "Fastställd 2025-03-26 § 41 · aaaa…aaaa" in section.footer.paragraphs[0].text


def own_template() -> bytes:
    """A municipality's file: its own page, header and heading colour, Swedish style names, text to be left out."""
    template = docx.Document()
    template.sections[0].left_margin = Mm(40)
    template.sections[0].header.paragraphs[0].text = "Björkviks kommun, brevhuvud"
    template.add_paragraph("Exempeltext som inte ska med")
    template.styles["Heading 1"].name = "Rubrik 1"
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


def test_the_municipalitys_own_template() -> None:
    word = docx.Document(io.BytesIO(render_docx(sample.payload(goals=1), own_template())))
    assert word.sections[0].left_margin == pytest.approx(Mm(40), rel=1e-3)
    header = [p.text for p in word.sections[0].header.paragraphs]
    assert header == ["Björkviks kommun, brevhuvud", "Utkast – inte fastställd"]
    text = [p.text for p in word.paragraphs]
    assert "Exempeltext som inte ska med" not in text
    assert "2 Målbedömning" in [p.text for p in word.paragraphs if p.style.name == "Rubrik 1"]
    across = word.sections[0].page_width - word.sections[0].left_margin - word.sections[0].right_margin
    for table in word.tables:
        assert sum(int(c.get(qn("w:w"))) for c in table._tbl.tblGrid.gridCol_lst) <= across / 635


def test_a_template_that_is_no_word_file() -> None:
    with pytest.raises(TemplateError):
        render_docx(sample.payload(goals=0), b"not a zip")


def test_the_same_payload_gives_the_same_bytes(data: bytes) -> None:
    assert render_docx(sample.payload(goals=3)) == data


@settings(max_examples=15)
@given(st.text(min_size=1, max_size=40))
def test_any_text_can_be_written(words: str) -> None:
    docx.Document(io.BytesIO(render_docx(everywhere(words))))


def test_a_link_in_a_footnote_leads_out_from_the_footnotes_own_part() -> None:
    payload = sample.payload(goals=0)
    note = {
        "type": "footnote",
        "children": [{"type": "link", "href": "https://example.org/a", "text": "Källan"}],
    }
    payload["chapters"][0]["blocks"] = [
        {"kind": "text", "key": "t", "content": [{"type": "paragraph", "children": [note]}]}
    ]
    package = zipfile.ZipFile(io.BytesIO(render_docx(payload)))
    relations = package.read("word/_rels/footnotes.xml.rels").decode()
    assert "https://example.org/a" in relations
    assert "w:hyperlink" in package.read("word/footnotes.xml").decode()


def test_goals_have_the_rank_of_the_print_and_a_template_keeps_its_own() -> None:
    payload = sample.payload(goals=0)
    heading = {"kind": "heading", "level": 2, "text": "Trygghet", "eyebrow": "Nämndmål", "style": "lead"}
    payload["chapters"][0]["blocks"] = [heading]
    ours = docx.Document(io.BytesIO(render_docx(payload)))
    theirs = docx.Document(io.BytesIO(render_docx(payload, own_template())))
    sizes = []
    for word in (ours, theirs):
        (made,) = [p for p in word.paragraphs if p.text == "Trygghet"]
        sizes.append(made.runs[0].font.size)
        assert made.style.name == "Heading 2"
    assert sizes[0].pt == 18
    assert sizes[1] is None
