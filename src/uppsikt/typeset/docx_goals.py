"""What is said about a goal and an assignment, as Word paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from uppsikt.typeset import palette, symbols
from uppsikt.typeset.docx_xml import ABOVE_HEADING, node, set_property, text_run
from uppsikt.typeset.payload import CommitmentBlock, HeadingBlock
from uppsikt.typeset.prepare import paragraphs
from uppsikt.typeset.printing import COMMITMENT_WORDS

if TYPE_CHECKING:
    from uppsikt.typeset.docx_blocks import Writer

_MUTED = palette.MUTED[1:].upper()


def heading(writer: Writer, block: HeadingBlock) -> None:
    """A heading in its rank: a band for a group, a rule below what is said in passing, the goal itself large."""
    eyebrow, style = block.get("eyebrow"), block.get("style")
    above = writer.paragraph(text_run(eyebrow), style=ABOVE_HEADING) if eyebrow else None
    made = writer.heading(block["text"], block["level"])
    if above is not None:
        set_property(
            made, node("w:spacing", {"w:before": "0" if style == "band" else "20", "w:after": "120"})
        )
    if writer.accent is None or not style:
        return
    size, colour = {
        "band": ("26", writer.accent),
        "context": ("23", palette.INK),
        "lead": ("36", palette.INK),
    }[style]
    for run in made.iter(qn("w:r")):
        run.insert(
            0,
            node(
                "w:rPr",
                None,
                node("w:color", {"w:val": colour[1:].upper()}),
                node("w:sz", {"w:val": size}),
            ),
        )
    if style == "band":
        tint = palette.mix(writer.accent, palette.PAPER, 0.09)[1:].upper()
        for paragraph in filter(lambda p: p is not None, (above, made)):
            edge = {"w:val": "single", "w:sz": "24", "w:space": "8", "w:color": colour[1:].upper()}
            set_property(paragraph, node("w:pBdr", None, node("w:left", edge)))
            set_property(paragraph, node("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": tint}))
    elif style == "context":
        edge = {"w:val": "single", "w:sz": "4", "w:space": "4", "w:color": palette.RULE[1:].upper()}
        set_property(made, node("w:pBdr", None, node("w:bottom", edge)))


def commitment(writer: Writer, block: CommitmentBlock) -> None:
    """An assignment told in full."""
    words = {**COMMITMENT_WORDS, **block.get("labels", {})}
    writer.heading(block["title"], block.get("level", 4))
    if block.get("badges"):
        writer.keep_with_next(writer.paragraph(text_run(" ".join(block.get("badges", [])), colour=_MUTED)))
    status = block.get("status")
    if status:
        colour = palette.status_colour(status["colour"], palette.INK)[1:].upper()
        mark = text_run(f"{symbols.CHARACTERS[status['symbol']]} ", colour=colour)
        writer.paragraph(
            text_run(f"{words['status']}: ", colour=_MUTED), mark, text_run(status["label"], bold=True)
        )
    for label, text in ((words["background"], block.get("background")), (words["text"], block["text"])):
        parts = block.get("parts", []) if label == words["text"] else []
        lines = paragraphs(text)
        if lines or parts:
            writer.keep_with_next(writer.paragraph(text_run(label, bold=True)))
        for line in lines:
            writer.paragraph(text_run(line))
        for part in parts:
            writer.paragraph(text_run(f"{part['label']}) {part['text']}"))
    if paragraphs(block.get("comment")):
        writer.keep_with_next(writer.paragraph(text_run(words["comment"], bold=True)))
        for line in paragraphs(block.get("comment")):
            writer.paragraph(text_run(line))
    for fact in block.get("facts", []):
        writer.paragraph(text_run(f"{fact['label']}: ", colour=_MUTED), text_run(fact["text"]))
