"""The parts of a Word file python-docx has no words for: fields, notes, table marks, languages."""

# ruff: noqa: SLF001 - python-docx offers its XML elements under private names only
from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
TABLE_STYLE = "Uppsikt tabell"


def node(tag: str, attributes: dict[str, str] | None = None, *children: Any) -> Any:
    """An element such as w:tblHeader with w: attributes and children."""
    made = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(qn(name), value)
    for child in children:
        made.append(child)
    return made


def text_run(
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    style: str | None = None,
    colour: str | None = None,
    size: int | None = None,
    raised: bool = False,
) -> Any:
    """A run of text. `colour` as "5A6670", `size` in half points."""
    properties = node("w:rPr")
    if style:
        properties.append(node("w:rStyle", {"w:val": style}))
    if bold:
        properties.append(node("w:b"))
    if italic:
        properties.append(node("w:i"))
    if colour:
        properties.append(node("w:color", {"w:val": colour}))
    if size:
        properties.append(node("w:sz", {"w:val": str(size)}))
    if raised:
        properties.append(node("w:vertAlign", {"w:val": "superscript"}))
    run = node("w:r")
    if len(properties):
        run.append(properties)
    for number, line in enumerate(text.split("\n")):
        if number:
            run.append(node("w:br"))
        words = node("w:t")
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(words)
    return run


def field(instruction: str, shown: str) -> list[Any]:
    """A field such as PAGE or SEQ, with the result a reader sees before Word has counted."""
    code = node("w:instrText")
    code.text = f" {instruction} "
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return [
        node("w:r", None, node("w:fldChar", {"w:fldCharType": "begin"})),
        node("w:r", None, code),
        node("w:r", None, node("w:fldChar", {"w:fldCharType": "separate"})),
        text_run(shown),
        node("w:r", None, node("w:fldChar", {"w:fldCharType": "end"})),
    ]


def bookmark(paragraph: Any, number: int, name: str) -> None:
    """Make a paragraph a place that can be linked to."""
    start = node("w:bookmarkStart", {"w:id": str(number), "w:name": name})
    properties = paragraph.find(qn("w:pPr"))
    paragraph.insert(0 if properties is None else 1, start)
    paragraph.append(node("w:bookmarkEnd", {"w:id": str(number)}))


def set_language(document: WordDocument, language: str = "sv-SE") -> None:
    """Swedish as the language of the whole document, also where a template says something else."""
    styles = document.styles.element
    defaults = styles.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = node("w:docDefaults")
        styles.insert(0, defaults)
    inner = defaults
    for tag in ("w:rPrDefault", "w:rPr"):
        found = inner.find(qn(tag))
        if found is None:
            found = node(tag)
            inner.insert(0, found)
        inner = found
    for element in styles.iter(qn("w:lang")):
        element.set(qn("w:val"), language)
    if inner.find(qn("w:lang")) is None:
        inner.append(node("w:lang", {"w:val": language, "w:eastAsia": "en-US", "w:bidi": "ar-SA"}))


def ensure_table_style(document: WordDocument) -> str:
    """The id of the report's table style; a template may bring its own of the same name."""
    for style in document.styles:
        if style.name == TABLE_STYLE:
            return str(style.style_id)
    document.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="UppsiktTabell">'
            f'<w:name w:val="{TABLE_STYLE}"/><w:uiPriority w:val="99"/><w:qFormat/>'
            '<w:pPr><w:spacing w:before="0" w:after="0" w:line="252" w:lineRule="auto"/></w:pPr>'
            '<w:rPr><w:sz w:val="18"/></w:rPr>'
            '<w:tblPr><w:tblBorders><w:top w:val="nil"/><w:bottom w:val="single" w:sz="4" w:color="C3CAD0"/>'
            '<w:insideH w:val="single" w:sz="4" w:color="E1E5E8"/></w:tblBorders>'
            '<w:tblCellMar><w:top w:w="70" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>'
            '<w:bottom w:w="70" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="5A6670"/></w:rPr>'
            '<w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:color="5A6670"/></w:tcBorders>'
            '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>'
        )
    )
    return "UppsiktTabell"


TABLE_TEXT, TABLE_NOTE, ABOVE_HEADING = "Uppsikt tabelltext", "Uppsikt tabellnot", "Uppsikt överrad"
_TEXT_STYLES = {
    TABLE_TEXT: (
        '<w:spacing w:before="0" w:after="0" w:line="252" w:lineRule="auto"/>',
        '<w:sz w:val="18"/>',
    ),
    TABLE_NOTE: ('<w:spacing w:before="40" w:after="20"/>', '<w:color w:val="5A6670"/><w:sz w:val="17"/>'),
    ABOVE_HEADING: (
        '<w:keepNext/><w:spacing w:before="280" w:after="0"/>',
        '<w:color w:val="5A6670"/><w:sz w:val="18"/>',
    ),
}


def ensure_text_styles(document: WordDocument) -> None:
    """The report's small paragraph styles, built on the template's body text; it may bring its own of the same names."""
    present = {style.name for style in document.styles}
    body = document.styles.element.find(
        f"{qn('w:style')}[@{qn('w:type')}='paragraph'][@{qn('w:default')}='1']"
    )
    based = "" if body is None else f'<w:basedOn w:val="{body.get(qn("w:styleId"))}"/>'
    for number, (name, (paragraph, run)) in enumerate(_TEXT_STYLES.items(), 1):
        if name not in present:
            document.styles.element.append(
                parse_xml(
                    f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" w:styleId="UppsiktText{number}">'
                    f'<w:name w:val="{name}"/>{based}<w:uiPriority w:val="99"/><w:qFormat/>'
                    f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
                )
            )


_PROPERTY_ORDER = (
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "numPr",
    "pBdr",
    "shd",
    "tabs",
    "spacing",
    "ind",
    "jc",
)


def set_property(paragraph: Any, element: Any) -> None:
    """Put a property into a paragraph, in place of an older one, where the format's order wants it."""
    properties = paragraph.get_or_add_pPr()
    for old in properties.findall(element.tag):
        properties.remove(old)
    name = element.tag.rpartition("}")[2]
    later = {qn(f"w:{other}") for other in _PROPERTY_ORDER[_PROPERTY_ORDER.index(name) + 1 :]}
    after = next((child for child in properties if child.tag in later), None)
    if after is None:
        properties.append(element)
    else:
        after.addprevious(element)


class Footnotes:
    """The document's footnotes: python-docx keeps none, so the part is written here."""

    def __init__(self, document: WordDocument) -> None:
        self.document = document
        self.part: Part | None = None
        for relation in document.part.rels.values():
            if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES:
                self.part = relation.target_part
        if self.part is not None:
            self.root = etree.fromstring(self.part.blob)
        else:
            self.root = parse_xml(
                f"<w:footnotes {nsdecls('w')}>"
                '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
                '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
                "</w:footnote></w:footnotes>"
            )
        ids = [int(note.get(qn("w:id"), "0")) for note in self.root]
        self.next_id = max([0, *ids]) + 1

    def relate(self, href: str) -> str:
        """The name of an outside address in the footnotes' own part."""
        if self.part is None:
            package = self.document.part.package
            self.part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, b"", package)
            self.document.part.relate_to(self.part, RELATIONSHIP_TYPE.FOOTNOTES)
        return self.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    def add(self, fill: Callable[[Any], None]) -> Any:
        """A new footnote whose paragraph `fill` writes into; the run that refers to it."""
        number = str(self.next_id)
        self.next_id += 1
        paragraph = node("w:p")
        mark = text_run("", raised=True)
        mark.remove(mark[-1])
        mark.append(node("w:footnoteRef"))
        paragraph.append(mark)
        paragraph.append(text_run(" "))
        self.root.append(node("w:footnote", {"w:id": number}, paragraph))
        fill(paragraph)
        run = text_run("", raised=True)
        run.remove(run[-1])
        run.append(node("w:footnoteReference", {"w:id": number}))
        return run

    def save(self) -> None:
        """Write the notes into the package."""
        blob = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)
        if self.part is not None:
            self.part._blob = blob
        elif self.next_id > 1:
            package = self.document.part.package
            part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, blob, package)
            self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def table_frame(style: str, widths: Sequence[int], *, title: str, row_header: bool) -> Any:
    """An empty w:tbl with its columns (widths in twentieths of a point) and its name for readers by ear."""
    properties = node(
        "w:tblPr",
        None,
        node("w:tblStyle", {"w:val": style}),
        node("w:tblW", {"w:w": str(sum(widths)), "w:type": "dxa"}),
        node("w:tblInd", {"w:w": "90", "w:type": "dxa"}),
        node("w:tblLayout", {"w:type": "fixed"}),
        node(
            "w:tblLook",
            {"w:val": "04A0", "w:firstRow": "1", "w:lastRow": "0", "w:firstColumn": "1" if row_header else "0",
             "w:lastColumn": "0", "w:noHBand": "1", "w:noVBand": "1"},
        ),
    )  # fmt: skip
    if title:
        properties.append(node("w:tblCaption", {"w:val": title}))
    grid = node("w:tblGrid", None, *[node("w:gridCol", {"w:w": str(width)}) for width in widths])
    return node("w:tbl", None, properties, grid)


def table_row(cells: Sequence[Any], *, header: bool = False) -> Any:
    """A w:tr that does not break over pages; a header row is repeated on each."""
    properties = node("w:trPr", None, node("w:cantSplit"))
    if header:
        properties.append(node("w:tblHeader"))
    return node("w:tr", None, properties, *cells)


def table_cell(
    width: int, paragraphs: Sequence[Any], *, span: int = 1, merge: str | None = None, top: str = ""
) -> Any:
    """A w:tc. `merge` is "restart" or "continue" in a cell over several rows; `top` a border's size."""
    properties = node("w:tcPr", None, node("w:tcW", {"w:w": str(width), "w:type": "dxa"}))
    if span > 1:
        properties.append(node("w:gridSpan", {"w:val": str(span)}))
    if merge:
        properties.append(node("w:vMerge", {"w:val": merge}))
    if top:
        properties.append(
            node("w:tcBorders", None, node("w:top", {"w:val": "single", "w:sz": top, "w:color": "1B2228"}))
        )
    return node("w:tc", None, properties, *(paragraphs or [node("w:p")]))


def steady(data: bytes) -> bytes:
    """The same package with every file dated alike, so that equal reports are equal bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return out.getvalue()
