"""A sample as a workbook or as CSV: the drawn rows with what each was found to be, and how to redo the draw.

What stands in a cell comes from a list that somebody sent in: it is text to a spreadsheet, never a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import xlsxwriter
from django.utils.translation import gettext as _

from uppsikt.control.rules import sampling
from uppsikt.control.selectors import SampleDraw
from uppsikt.control.selectors import samples as selectors
from uppsikt.control.selectors.samples import JudgedItem
from uppsikt.kernel.clock import STOCKHOLM
from uppsikt.kernel.numbers import parse_decimal

_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 32_000
_WIDEST = 60
_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip


def workbook(draw: SampleDraw) -> bytes:
    """A workbook: the rows on the first sheet, the draw on the second."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(_("Stickprov"))
        lines = list(_lines(draw))
        for number, line in enumerate(lines):
            for column, cell in enumerate(line):
                if isinstance(cell, int):
                    sheet.write_number(number, column, cell)
                else:
                    sheet.write_string(number, column, cell[:_LONGEST], bold if number == 0 else None)
        for column, cells in enumerate(zip(*lines, strict=True)):
            sheet.set_column(column, column, min(max(len(str(cell)) for cell in cells) + 2, _WIDEST))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(lines) - 1, len(lines[0]) - 1)
        told = book.add_worksheet(_("Dragningen"))
        for number, (label, text) in enumerate(_told(draw)):
            told.write_string(number, 0, label, bold)
            told.write_string(number, 1, text)
        told.set_column(0, 0, 24)
        told.set_column(1, 1, 90)
    return out.getvalue()


def csv_text(draw: SampleDraw) -> str:
    """The rows as CSV with semicolons, as Excel opens it in Swedish."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([_harmless(str(cell)) for cell in line] for line in _lines(draw))
    return "\ufeff" + out.getvalue()


def file_name(draw: SampleDraw, ending: str) -> str:
    """What the file is called."""
    return f"stickprov-{draw.pk}.{ending}"


def _harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what begins as one and is no number."""
    if text.startswith(_BEGINS_FORMULA) and parse_decimal(text) is None:
        return f"'{text}"
    return text


def _lines(draw: SampleDraw) -> Iterator[list[str | int]]:
    yield [
        _("Rad"), *draw.columns, _("Resultat"), _("Slag av fel"), _("Kommentar"), _("Granskad av"), _("Granskad"),
        _("SHA-256 av frö och rad"),
    ]  # fmt: skip
    for one in selectors.judged_items(draw):
        yield [
            one.item.row,
            *map(str, one.item.values),
            *_found(one),
            sampling.digest(draw.seed, one.item.row),
        ]


def _found(one: JudgedItem) -> list[str]:
    verdict = one.verdict
    if verdict is None:
        return [""] * 5
    word = _("Fel") if verdict.faulty else _("Rätt")
    at = f"{verdict.recorded_at.astimezone(STOCKHOLM):%Y-%m-%d %H:%M}"
    return [word, ", ".join(verdict.faults), verdict.comment, verdict.recorded_by_name, at]


def _told(draw: SampleDraw) -> list[tuple[str, str]]:
    return [
        (_("Lista"), draw.file_name),
        (_("Listans SHA-256"), draw.file.digest),
        (_("Rader i listan"), str(draw.population)),
        (_("Dragna rader"), str(draw.size)),
        (_("Frö"), draw.seed),
        (_("Metod"), draw.method),
        (_("Dragen"), f"{draw.drawn_at.astimezone(STOCKHOLM):%Y-%m-%d %H:%M}"),
        (_("Dragen av"), draw.drawn_by_name),
        (
            _("Så görs den om"),
            _(
                "Numrera listans rader från 1 efter rubrikerna, tomma rader oräknade. Ta SHA-256 av ”frö:rad” i UTF-8"
                " för varje rad, sortera raderna efter den och ta de första."
            ),
        ),
    ]
