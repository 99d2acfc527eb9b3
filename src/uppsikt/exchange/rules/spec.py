"""What a table of the dataset is: declared once, used for reading, checking, writing and the Excel template."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a cell holds, and so how it is read and written."""

    KEY = "key"
    TEXT = "text"
    PROSE = "prose"  # paragraphs
    RICH = "rich"  # a long text in plain signs
    DATE = "date"
    INTEGER = "integer"
    YEAR = "year"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    PERIOD = "period"
    BREAKDOWN = "breakdown"
    LIST = "list"
    PARTS = "parts"
    COLOUR = "colour"
    EMAIL = "email"
    FILE = "file"
    OUTLINE = "outline"  # a report's own chapters, as JSON
    MONEY = "money"  # whole öre under the field's key, kronor under its Swedish title
    MONTHS = "months"  # twelve amounts, as MONEY
    OCCASION = "occasion"  # a period, a week or a day
    COUNTS = "counts"  # what is counted, each with its number
    STATED = "stated"  # counts of a kind of item at a step, as a text states them


@dataclass(frozen=True, slots=True)
class Field:
    """One column.

    Args:
        choices: (key, Swedish label); both are read, keys are written in files and labels in Excel.
        table: the table whose key the cell holds; `also`: or one of these tables'.
        default: what an empty cell means. maximum: most characters of a text, or the largest integer.
        former: what the field has been called, which is still read.
    """

    key: str
    title: str
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    table: str = ""
    help: str = ""
    default: Any = ""
    maximum: int | None = None
    also: tuple[str, ...] = ()
    former: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that the cell may point into, none for a cell that points at nothing."""
        return (self.table, *self.also) if self.table else ()

    def label(self, value: Any) -> str:
        """A choice in Swedish; the value itself where it is none of them."""
        return dict(self.choices).get(value, str(value))


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `identity`: the fields that together find a row again."""

    key: str
    title: str
    help: str
    identity: tuple[str, ...]
    fields: tuple[Field, ...]
    as_csv: bool = False

    def field(self, key: str) -> Field:
        """The field with this key. Raises: KeyError."""
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)

    def named(self, heading: str) -> Field | None:
        """The field that a heading names, by Swedish title or by key, or by what it has been called."""
        wanted = heading.strip().rstrip("*").strip().casefold()
        return next(
            (f for f in self.fields if wanted in map(str.casefold, (f.key, f.title, *f.former))), None
        )

    @property
    def references(self) -> tuple[Field, ...]:
        """The fields that point at other tables."""
        return tuple(field for field in self.fields if field.table)


# Making fields: one short name for each kind.


def key(help: str = "", title: str = "Nyckel") -> Field:  # noqa: A002 - the field of the same name
    return Field("key", title, Kind.KEY, required=True, maximum=100, help=help or KEY_HELP)


KEY_HELP = "Små bokstäver utan å ä ö, siffror och bindestreck. Ändras aldrig."


def text(key: str, title: str, maximum: int | None = 300, **rest: Any) -> Field:
    return Field(key, title, Kind.TEXT, maximum=maximum, **rest)


def prose(key: str, title: str, **rest: Any) -> Field:
    return Field(key, title, Kind.PROSE, **rest)


def reference(key: str, title: str, table: str, **rest: Any) -> Field:
    return Field(key, title, Kind.KEY, table=table, maximum=120, **rest)


def date(key: str, title: str, **rest: Any) -> Field:
    return Field(key, title, Kind.DATE, default=None, **rest)


def integer(key: str, title: str, *, default: int | None = None, maximum: int = 32_767, **rest: Any) -> Field:
    return Field(key, title, Kind.INTEGER, default=default, maximum=maximum, **rest)


def year_of(key: str, title: str, **rest: Any) -> Field:
    return Field(key, title, Kind.YEAR, default=None, **rest)


def money(key: str, title: str, *, default: int | None = None, **rest: Any) -> Field:
    """An amount. Values are öre. `title` names kronor, in which it is read and written under that heading."""
    return Field(key, title, Kind.MONEY, default=default, **rest)


def choice(key: str, title: str, choices: tuple[tuple[str, str], ...], **rest: Any) -> Field:
    return Field(key, title, Kind.CHOICE, choices=choices, **rest)


def decision() -> tuple[Field, ...]:
    """The four fields of a decision reference."""
    return (
        text("decision_case", "Ärendenummer", 60, help="T.ex. KS-2023/2190."),
        text("decision_body", "Beslutat av", 200),
        date("decision_date", "Beslutsdatum"),
        text("decision_section", "Paragraf", 20, help="Bara numret, utan §-tecken."),
    )
