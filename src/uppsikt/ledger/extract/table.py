"""The cells of a CSV file or of a workbook's first sheet, row by row, with their row numbers."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from python_calamine import CalamineError, CalamineWorkbook

from uppsikt.kernel.archive import workbook_too_large
from uppsikt.ledger import encoding as encodings

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta
_PACKED = b"PK\x03\x04"
_WORKBOOKS = (_PACKED, b"\xd0\xcf\x11\xe0")
_DELIMITERS = ";\t,|"
_SNIFFED = 1 << 16


class Unreadable(ValueError):
    """The file is no table; says why in Swedish."""


@dataclass(frozen=True, slots=True)
class Table:
    """How a file is read: as a workbook, or as text with an encoding and a delimiter."""

    source: Path
    workbook: bool
    encoding: str = ""
    delimiter: str = ""

    @property
    def facts(self) -> dict[str, str]:
        """What was found out about the file."""
        if self.workbook:
            return {"kind": "excel"}
        return {"kind": "csv", "encoding": self.encoding, "delimiter": self.delimiter}

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Row number in the file and cells; rows without content are left out. Raises: Unreadable."""
        for number, cells in self._workbook() if self.workbook else self._text():
            if any(cell != "" and not (isinstance(cell, str) and not cell.strip()) for cell in cells):
                yield number, cells

    def _workbook(self) -> Iterator[tuple[int, list[Cell]]]:
        try:
            content = self.source.read_bytes()
            if content.startswith(_PACKED) and (problem := workbook_too_large(self.source.name, content)):
                raise Unreadable(f"{problem.message} {problem.remedy}")
            book = CalamineWorkbook.from_path(str(self.source))
            sheet = book.get_sheet_by_index(0)
            yield from enumerate(sheet.to_python(skip_empty_area=False), 1)
        except (CalamineError, IndexError, OSError) as fault:
            raise Unreadable(
                "Arbetsboken kan inte läsas: den är skadad eller skyddad med lösenord."
            ) from fault

    def _text(self) -> Iterator[tuple[int, list[Cell]]]:
        codec = "utf-8-sig" if self.encoding == "utf-8" else encodings.codec(self.encoding)
        errors = "replace" if codec == "cp1252" else "strict"
        with self.source.open(encoding=codec, errors=errors, newline="") as text:
            reader = csv.reader(text, delimiter=self.delimiter)
            start = 1
            try:
                for cells in reader:
                    yield start, list(cells)
                    start = reader.line_num + 1
            except (csv.Error, UnicodeError) as fault:
                raise Unreadable(f"Filen kan inte läsas som text efter rad {reader.line_num}.") from fault


def table_of(source: Path) -> Table:
    """How the file is to be read. Raises: Unreadable when it is empty or something else."""
    with source.open("rb") as data:
        start = data.read(_SNIFFED)
    if start.startswith(_WORKBOOKS):
        return Table(source, workbook=True)
    if not start.strip():
        raise Unreadable("Filen är tom.")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in start:
        raise Unreadable("Filen är varken text eller en Excelfil.")
    else:
        encoding = encodings.guess(source, declared="cp1252")
    text = start.decode(encodings.codec(encoding), "replace")
    if text.lstrip("\ufeff \r\n\t").startswith("<"):
        raise Unreadable("Filen är en webbsida, inte ett huvudboksutdrag.")
    return Table(source, workbook=False, encoding=encoding, delimiter=_delimiter(text))


def _delimiter(text: str) -> str:
    lines = text.splitlines()[:50]
    if len(lines) > 1 and len(text) >= _SNIFFED // 4:
        lines = lines[:-1]  # may be cut off
    widths = {}
    for delimiter in _DELIMITERS:
        found = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
        widths[delimiter] = median(found) if found else 0
    return max(widths, key=lambda one: widths[one])
