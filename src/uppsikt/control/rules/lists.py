"""Lists to draw samples from: a CSV file or a workbook's first sheet, with headings on its first row.

What the numbers of rows are is told in docs/algorithms/sampling.md, since a draw is redone from them.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from uppsikt.files.rules import TEXT, XLSX, Sent, faults, kind_of, safe_name, text_of
from uppsikt.kernel.archive import workbook_too_large
from uppsikt.kernel.problems import InputError, Problem, Where

KINDS = (TEXT, XLSX)
LARGEST = 20 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 100
LONGEST_CELL = 2_000
_MOST_PROBLEMS = 20
_DELIMITERS = ";\t,"
_SEPARATOR_LINE = re.compile(r"sep=(.)\s*", re.IGNORECASE)  # Excel's own first line in a CSV file
# Control characters (Unicode's Cc) but tab and line feed, and halves of signs (Cs).
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"

Numbered = Iterator[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class SampleList:
    """A list's headings and rows. Row 1 is `rows[0]`; `lines` says where each stands in the file."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]


def read_list(sent: Sent) -> SampleList:
    """Read a list.

    Raises: InputError with every problem found (the first twenty), each with file and row: it is empty, of another
        kind, too large, has no headings, or a row has more cells than there are headings.
    """
    name = safe_name(sent.name)
    if problem := _refused(name, sent.content):
        raise InputError(problem)
    numbered = _workbook(name, sent.content) if kind_of(sent.content) is XLSX else _text(name, sent.content)
    return _listed(name, ((line, cells) for line, cells in numbered if any(cells)))


def _refused(name: str, content: bytes) -> Problem | None:
    if content.startswith(_OLD_WORKBOOK):
        message = "Filen är en arbetsbok i det äldre formatet .xls."
        return Problem("type", Where(name), message, "Spara den som .xlsx eller som CSV.")
    if len(content) > LARGEST:
        limit = LARGEST // 1024 // 1024
        message = f"Filen är större än {limit} MB."
        return Problem(
            "size", Where(name), message, "Ta bort kolumner som inte behövs, eller dela upp listan."
        )
    if problems := faults(content, name, KINDS):
        return Problem(
            problems[0].code, Where(name), problems[0].message, "Välj en CSV-fil eller en Excelfil (.xlsx)."
        )
    return None


def _text(name: str, content: bytes) -> Numbered:
    text = text_of(content) or ""
    first, _end, rest = text.partition("\n")
    separator = _SEPARATOR_LINE.fullmatch(first)
    skipped = 1 if separator else 0
    text = rest if separator else text
    heading = next((line for line in text.splitlines() if line.strip()), "")
    start = 1
    try:
        delimiter = separator[1] if separator else _delimiter(heading)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        for cells in reader:
            yield start + skipped, [_shown(cell) for cell in cells]
            start = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            Problem(
                "csv",
                Where(name, start + skipped),
                "Raden är inte rätt skriven CSV; läsningen stannade här.",
                "Se över citattecknen på raden.",
            )
        ) from error


def _delimiter(heading: str) -> str:
    """What parts the headings: the sign that gives the most of them. Decimal commas stand only in the rows."""
    return max(_DELIMITERS, key=lambda sign: len(next(csv.reader([heading], delimiter=sign), [])))


def _workbook(name: str, content: bytes) -> Numbered:
    if problem := workbook_too_large(name, content):
        raise InputError(problem)
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=True)
    except (CalamineError, IndexError, ValueError, OSError) as error:
        message = "Arbetsboken är skadad eller skyddad med lösenord."
        raise InputError(
            Problem("workbook", Where(name), message, "Öppna den i Excel och spara på nytt utan lösenord.")
        ) from error
    top, left = sheet.start or (0, 0)
    for line, cells in enumerate(rows, top + 1):
        yield line, [""] * left + [_shown(cell) for cell in cells]


def _shown(raw: Any) -> str:
    """A cell as text, as the list's owner sees it."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "ja" if raw else "nej"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 10**15 else f"{raw:.15g}".replace(".", ",")
    if isinstance(raw, dt.datetime):
        return raw.date().isoformat() if raw.time() == dt.time.min else raw.isoformat(" ")
    return _HIDDEN.sub("", str(raw).replace("\r\n", "\n").replace("\r", "\n")).strip()


def _listed(name: str, rows: Iterable[tuple[int, list[str]]]) -> SampleList:
    """The first row as headings, the others as rows. Raises: InputError."""
    numbered = iter(rows)
    first, headings = next(numbered, (0, []))
    while headings and not headings[-1]:
        headings.pop()
    if not headings:
        raise InputError(
            Problem("empty", Where(name), "Listan har inga rubriker.", "Skriv dem på första raden.")
        )
    if len(headings) > MOST_COLUMNS:
        message = f"Listan har {len(headings)} kolumner."
        remedy = f"Ta bort de som inte behövs: högst {MOST_COLUMNS}."
        raise InputError(Problem("size", Where(name, first), message, remedy))
    kept: list[tuple[str, ...]] = []
    lines: list[int] = []
    problems: list[Problem] = []
    for line, cells in numbered:
        if len(kept) == MOST_ROWS:
            message = f"Listan har fler än {MOST_ROWS} rader."
            raise InputError(
                Problem("size", Where(name, line), message, "Dela upp den och dra ur varje del.")
            )
        problems += _row_problems(name, line, cells, len(headings))
        if len(problems) >= _MOST_PROBLEMS:
            break
        kept.append(tuple((cells + [""] * len(headings))[: len(headings)]))
        lines.append(line)
    if not kept and not problems:
        message = "Listan har rubriker men inga rader."
        problems.append(Problem("empty", Where(name), message, "Välj en lista med minst en rad."))
    if problems:
        raise InputError(*problems)
    named = tuple(text or f"Kolumn {place}" for place, text in enumerate(headings, 1))
    return SampleList(named, tuple(kept), tuple(lines))


def _row_problems(name: str, line: int, cells: list[str], width: int) -> list[Problem]:
    problems = []
    if any(cells[width:]):
        message = f"Raden har {len(cells)} fält men rubrikerna är {width}."
        remedy = "Sätt citattecken om text som innehåller skiljetecknet, eller skriv en rubrik till."
        problems.append(Problem("width", Where(name, line), message, remedy))
    if any(len(cell) > LONGEST_CELL for cell in cells):
        message = f"En cell har mer än {LONGEST_CELL} tecken."
        problems.append(Problem("long", Where(name, line), message, "Korta texten eller ta bort kolumnen."))
    return problems
