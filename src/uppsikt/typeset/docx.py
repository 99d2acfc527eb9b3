"""A payload as a Word file a secretary can edit: real styles, headings, tables, captions and notes."""

# ruff: noqa: SLF001 - python-docx offers its XML elements under private names only
from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor

from uppsikt.typeset import charts as drawing
from uppsikt.typeset import labels, palette, pictures
from uppsikt.typeset.docx_blocks import Writer
from uppsikt.typeset.docx_xml import bookmark, field, node, set_language, set_property, steady, text_run
from uppsikt.typeset.payload import Chapter, Payload
from uppsikt.typeset.prepare import blocks_of, charts_of, prepare

_MUTED = palette.MUTED[1:].upper()
_WARN = palette.STATUS["warn"][1:].upper()


_SHORT_CHAPTER = 6
"""Blocks up to which a chapter shares its page with others."""


class TemplateError(ValueError):
    """The municipality's template is not a Word file that can be used."""


def render_docx(
    payload: Payload | Mapping[str, Any],
    template: bytes | None = None,
    *,
    charts: Mapping[str, str] | None = None,
    fingerprint: str | None = None,
) -> bytes:
    """The report as a Word document.

    Args:
        template: the municipality's own .docx or .dotx content; its styles, page, headers and footers are used
            and its body text is left out.
        charts: SVG per chart key, when they are already drawn.
        fingerprint: hash of the frozen payload, printed in the footer of an adopted report.

    Raises:
        PayloadError: the payload does not follow its schema.
        TemplateError: the template cannot be read as a Word file.
    """
    ready = prepare(payload, fingerprint=fingerprint)
    word = _open(template)
    accent = palette.accent_of(ready["document"]["municipality"].get("accent"))
    set_language(word)
    if template is None:
        _own_styles(word, accent)
    _properties(word, ready)
    drawn = dict(charts or {})
    missing = [chart for chart in charts_of(ready) if chart["key"] not in drawn]
    drawn |= drawing.draw(missing, accent=accent)
    writer = Writer(word, drawn, accent if template is None else None)
    _frame(word, ready, own_template=template is not None)
    _cover(writer, ready)
    _contents(writer, ready)
    for index, chapter in enumerate(ready["chapters"]):
        title = f"{chapter.get('number')} {chapter['title']}" if chapter.get("number") else chapter["title"]
        heading = writer.heading(title, chapter["level"])
        bookmark(heading, index + 1, _place(index))
        if chapter["level"] == 1 and (index == 0 or _long(chapter) or _long(ready["chapters"][index - 1])):
            set_property(heading, node("w:pageBreakBefore"))
            set_property(heading, node("w:spacing", {"w:before": "0", "w:after": "240"}))
        for block in chapter["blocks"]:
            writer.block(block)
    writer.footnotes.save()
    out = io.BytesIO()
    word.save(out)
    return steady(out.getvalue())


def _long(chapter: Chapter) -> bool:
    """Whether a chapter is worth a page of its own."""
    return len(chapter["blocks"]) > _SHORT_CHAPTER


def _open(template: bytes | None) -> WordDocument:
    if template is None:
        word = docx.Document()
        section = word.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(24)
        section.top_margin, section.bottom_margin = Mm(29), Mm(25)
        return word
    try:
        word = docx.Document(io.BytesIO(_as_document(template)))
    except Exception as error:  # python-docx raises what its zip and XML readers happen to raise
        raise TemplateError("mallen kan inte läsas som ett Worddokument") from error
    body = word.element.body
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)
    return word


def _as_document(template: bytes) -> bytes:
    """A .dotx as the .docx python-docx wants: only the main part's declared type differs."""
    source = zipfile.ZipFile(io.BytesIO(template))
    types = source.read("[Content_Types].xml")
    old, new = b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"
    if old not in types:
        return template
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(old, new) if name == "[Content_Types].xml" else data)
    return out.getvalue()


def _own_styles(word: WordDocument, accent: str) -> None:
    """Sizes and colours close to the PDF's, set on Word's built-in styles so that they stay editable."""
    styles = word.styles
    rows: list[tuple[str, float, bool, str, float, float]] = [
        ("Normal", 10.5, False, palette.INK, 0, 7),
        ("Title", 30, True, accent, 60, 8),
        ("Subtitle", 15, False, palette.INK, 0, 24),
        ("Heading 1", 21, True, palette.INK, 30, 12),
        ("Heading 2", 14.5, True, palette.INK, 20, 6),
        ("Heading 3", 12, True, palette.INK, 14, 4),
        ("Heading 4", 10.5, True, palette.INK, 12, 3),
        ("Heading 5", 10.5, True, palette.INK, 10, 3),
        ("Heading 6", 10.5, True, palette.MUTED, 10, 3),
        ("Caption", 9, True, palette.INK, 12, 4),
        ("Quote", 10.5, False, palette.MUTED, 6, 6),
    ]
    for name, size, bold, colour, before, after in rows:
        style: Any = styles[name]
        style.font.name = "Calibri"
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            if "Theme" in attribute:
                del fonts.attrib[attribute]
        for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(attribute), "Calibri")
        style.font.size = Pt(size)
        style.font.bold = bold
        style.font.italic = False
        style.font.color.rgb = RGBColor.from_string(colour[1:].upper())
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.keep_with_next = name.startswith(("Heading", "Caption", "Title"))
    for name in ("Header", "Footer"):  # their middle stop would catch the page number
        for tabs in list(styles[name].element.iter(qn("w:tabs"))):
            tabs.getparent().remove(tabs)
    title = styles["Title"].element.find(qn("w:pPr"))
    border = None if title is None else title.find(qn("w:pBdr"))
    if border is not None:
        title.remove(border)


def _properties(word: WordDocument, ready: Payload) -> None:
    document = ready["document"]
    core = word.core_properties
    core.title = f"{document['title']} – {document['body']['name']}"[:255]
    core.author = document["municipality"]["name"][:255]
    core.subject = document["state_text"][:255]
    core.category = "Rapport" if document["kind"] == "report" else "Plan"
    core.language = "sv-SE"
    core.comments = ""
    core.keywords = str(document["year"])
    core.last_modified_by = document["municipality"]["name"][:255]
    core.created = core.modified = datetime.fromisoformat(document["date"])
    core.revision = 1


def _frame(word: WordDocument, ready: Payload, *, own_template: bool) -> None:
    """Running head and foot. A template keeps its own; a draft says so in either case."""
    document = ready["document"]
    section = word.sections[0]
    draft = document["state"] == "draft"
    if own_template:
        if draft:
            line = section.header.add_paragraph()
            line._p.append(text_run(document["state_text"], bold=True, colour=_WARN))
        return
    section.different_first_page_header_footer = True
    right = Emu((section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0))
    head = section.header.paragraphs[0]
    foot = section.footer.paragraphs[0]
    for paragraph in (head, foot):
        paragraph.paragraph_format.tab_stops.clear_all()
        paragraph.paragraph_format.tab_stops.add_tab_stop(right, WD_TAB_ALIGNMENT.RIGHT)
    head._p.append(text_run(f"{document['body']['name']} · {document['title']}", colour=_MUTED, size=17))
    head._p.append(node("w:r", None, node("w:tab")))
    head._p.append(text_run(document["municipality"]["name"], colour=_MUTED, size=17))
    if draft:
        for header in (section.header, section.first_page_header):
            line = header.add_paragraph() if header is section.header else header.paragraphs[0]
            line._p.append(text_run(document["state_text"].upper(), bold=True, colour=_WARN, size=19))
    tone = _WARN if draft else _MUTED
    foot._p.append(text_run(labels.footer_state(document), bold=draft, colour=tone, size=17))
    foot._p.append(node("w:r", None, node("w:tab")))
    for run in [*field("PAGE", "1"), text_run(" ("), *field("NUMPAGES", "1"), text_run(")")]:
        foot._p.append(run)


def _cover(writer: Writer, ready: Payload) -> None:
    document = ready["document"]
    municipality = document["municipality"]
    logo = municipality.get("logo")
    picture = pictures.read(logo["data"]) if logo else None
    if picture and logo:
        writer.picture(picture.data, picture.mime, logo["alt"] or municipality["name"], height=Mm(18))
    else:
        writer.paragraph(text_run(municipality["name"], bold=True))
    writer.paragraph(text_run(document["title"]), style="Title")
    subtitle = document.get("subtitle")
    body = document["body"]["name"]
    writer.paragraph(text_run(subtitle if subtitle and subtitle != body else body), style="Subtitle")
    for label, text in labels.title_facts(document):
        writer.paragraph(text_run(f"{label}: ", colour=_MUTED), text_run(text))


def _contents(writer: Writer, ready: Payload) -> None:
    """A contents field, filled with the chapters until Word counts the pages."""
    title = writer.paragraph(text_run("Innehåll", bold=True, size=34))
    title.get_or_add_pPr().insert(0, node("w:pageBreakBefore"))
    begin = node("w:fldChar", {"w:fldCharType": "begin", "w:dirty": "true"})
    code = node("w:instrText")
    code.text = f' TOC \\o "1-{_deepest(ready)}" \\h \\z \\u '
    opening = [node("w:r", None, begin), node("w:r", None, code),
               node("w:r", None, node("w:fldChar", {"w:fldCharType": "separate"}))]  # fmt: skip
    line = None
    for index, chapter in enumerate(ready["chapters"]):
        number = f"{chapter.get('number')} " if chapter.get("number") else ""
        link = node(
            "w:hyperlink", {"w:anchor": _place(index), "w:history": "1"}, text_run(number + chapter["title"])
        )
        line = writer.paragraph(*opening, link, style=f"toc {chapter['level']}")
        line.get_or_add_pPr().append(node("w:ind", {"w:left": str(360 * (chapter["level"] - 1))}))
        opening = []
    if line is None:
        line = writer.paragraph(*opening)
    line.append(node("w:r", None, node("w:fldChar", {"w:fldCharType": "end"})))


def _deepest(ready: Payload) -> int:
    """The level down to which headings are listed: that of the goals reported on, where there are such."""
    return max(
        [3, *(b["level"] for _, b in blocks_of(ready) if b["kind"] == "heading" and b.get("style") == "lead")]
    )


def _place(index: int) -> str:
    return f"_Toc{100000 + index}"
