"""What an auditor sees of a body, area by area: the same rows for the page, the files and the index."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# A spreadsheet runs a cell that begins so as a formula; a plain negative figure is let through.
_FORMULA = re.compile(r"^[=+\-@\t\r\n]")
_FIGURE = re.compile(r"^-\d[\d\s]*([.,]\d+)?$")


@dataclass(frozen=True, slots=True)
class Mark:
    """A status, a judgement or a value on a scale: words with their symbol, so that colour never stands alone."""

    words: str
    shape: str = "dot"
    colour: str = "neutral"

    def __str__(self) -> str:
        return self.words


NOTHING = Mark("–", "dash")

Value = str | Mark


@dataclass(frozen=True, slots=True)
class Record:
    """One thing in an area. `subject`: what the history calls it, which is also its key in the files."""

    subject: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """Things of one kind, as they were. `columns`: (key in the files, heading on the page) for each value."""

    key: str
    title: str
    columns: tuple[tuple[str, str], ...]
    records: tuple[Record, ...]

    def lines(self) -> Iterator[list[str]]:
        """The rows as texts, with the subject first."""
        return ([record.subject, *map(str, record.values)] for record in self.records)

    def objects(self) -> Iterator[Mapping[str, str]]:
        """The rows by the columns' keys."""
        names = ["subject", *(key for key, _label in self.columns)]
        return (dict(zip(names, line, strict=True)) for line in self.lines())


def harmless(text: str) -> str:
    """The text as a cell that no spreadsheet runs: what looks like a formula gets an apostrophe before it."""
    return f"'{text}" if _FORMULA.match(text) and not _FIGURE.match(text) else text
