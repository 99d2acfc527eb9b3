r"""The exact grammar of one SIE record: fields, object lists, amounts and dates.

A record is one line. Fields are parted by spaces or tabs; any field may stand in quotes, where `\"` is the only
escape and other backslashes are themselves; an object list is a group of fields in braces.
Source: SIE filformat 4B, chapters 5 and 11.
"""

from __future__ import annotations

import datetime as dt
import re

Field = str | tuple[str, ...]

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""Signs that no field may hold (SIE 4B, chapter 5)."""

_BLANK = " \t"
_QUOTED = re.compile(r'"([^"\\]*+(?:\\"?+[^"\\]*+)*+)"')
_BARE = re.compile(r"[^ \t{}][^ \t{}]*")
_TOKEN = re.compile(rb'"([^"\\\n]*+(?:\\"?+[^"\\\n]*+)*+)"|([^ \t\r\n"{}][^ \t\r\n{}]*)')
_AMOUNT = re.compile(r"(-?)(\d+)(?:\.(\d{1,2}))?\Z")
_LOOSE_AMOUNT = re.compile(r"([+-]?)(\d*)(?:[.,](\d*))?\Z")


class Malformed(ValueError):
    """A record that the grammar refuses; says what is wrong and what to do, in Swedish."""

    def __init__(self, message: str, remedy: str) -> None:
        self.message, self.remedy = message, remedy
        super().__init__(message)


def fields(line: str, open_quotes: list[str] | None = None) -> list[Field]:
    """The record's fields, the label first. Empty for a blank line.

    Args: open_quotes: gets the field whose closing quote is missing; it then goes on to the end of the record.
    Raises: Malformed.
    """
    found: list[Field] = []
    if open_quotes is None:
        open_quotes = []
    place, end = 0, len(line)
    while True:
        while place < end and line[place] in _BLANK:
            place += 1
        if place == end:
            return found
        if line[place] == "{" and found:
            place, members = _members(line, place + 1, open_quotes)
            found.append(members)
        else:
            place, value = _field(line, place, open_quotes)
            found.append(value)


def _members(line: str, place: int, open_quotes: list[str]) -> tuple[int, tuple[str, ...]]:
    members: list[str] = []
    while True:
        while place < len(line) and line[place] in _BLANK:
            place += 1
        if place == len(line) or line[place] == "{":
            raise Malformed(
                "Objektlistan saknar avslutande klammer.", "Exportera filen på nytt; raden är avklippt."
            )
        if line[place] == "}":
            return place + 1, tuple(members)
        place, value = _field(line, place, open_quotes)
        members.append(value)


def _field(line: str, place: int, open_quotes: list[str]) -> tuple[int, str]:
    if line[place] != '"':
        bare = _BARE.match(line, place)
        return (bare.end(), bare[0]) if bare else (place + 1, line[place])
    quoted = _QUOTED.match(line, place)
    if quoted:
        return quoted.end(), quoted[1].replace('\\"', '"')
    # A path that ends the record with a backslash: the last quote must be the closing one.
    if line.endswith('\\"') and line.count('"', place) == 2:
        return len(line), line[place + 1 : -1]
    rest = line[place + 1 :].replace('\\"', '"')
    open_quotes.append(rest)
    return len(line), rest


def fields_of(records: bytes) -> list[bytes]:
    """The bytes of labels and fields that #KSUMMA is counted over: no separators, quotes, escapes or braces."""
    return [quoted.replace(b'\\"', b'"') or bare for quoted, bare in _TOKEN.findall(records)]


def amount_of(text: str) -> int | None:
    """Öre of an amount as the format writes it ("-1234.5"). None when it is not one."""
    found = _AMOUNT.match(text)
    if not found:
        return None
    sign, whole, part = found.groups()
    ore = int(whole) * 100 + int((part or "").ljust(2, "0"))
    return -ore if sign else ore


def loose_amount_of(text: str) -> int | None:
    """Öre of an amount that breaks the format without doubt about its meaning: "+5", "5,00", ".5", "5.000"."""
    found = _LOOSE_AMOUNT.match(text.strip().replace("\u2212", "-"))
    if not found or not (found[2] or found[3]):
        return None
    sign, whole, part = found[1], found[2] or "0", (found[3] or "").rstrip("0")
    if len(part) > 2:
        return None
    ore = int(whole) * 100 + int(part.ljust(2, "0"))
    return -ore if sign == "-" else ore


def day_of(text: str) -> str | None:
    """An ISO date of "YYYYMMDD", and of the odd forms "YYMMDD" and "YYYY-MM-DD". None when no such day exists."""
    plain = text.replace("-", "") if len(text) == 10 else text
    if not (plain.isascii() and plain.isdigit()):
        return None
    if len(plain) == 6:
        plain = ("20" if plain < "70" else "19") + plain
    if len(plain) != 8:
        return None
    try:
        return dt.date(int(plain[:4]), int(plain[4:6]), int(plain[6:])).isoformat()
    except ValueError:
        return None
