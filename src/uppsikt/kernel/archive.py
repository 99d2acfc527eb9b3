"""Packed files from others: opened only within limits, so that a small file cannot fill the memory or the disk."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from uppsikt.kernel.problems import Problem, Where

MIB = 1024 * 1024
MOST_FILES = 1_000
MOST_BYTES = 200 * MIB
MOST_OF_ONE = 100 * MIB
MOST_RATIO = 200
RATIO_FROM = 20 * MIB
MOST_CELLS = 25_000_000
"""The largest rectangle of a sheet, empty cells too: a reader lays it out whole, however few of them are filled."""

_LOCAL_HEADER = 30
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)(\d{1,9})["']""")
_LONGEST_TAG = 4 * MIB
_TOO_MUCH = "Dela upp den och läs in en del i taget."


def too_large(name: str, content: bytes) -> Problem | None:
    """Why the packed file is not to be opened: damaged, or more than what is let in once it is unpacked.

    What it says of itself is asked first; then it is unpacked in small pieces, since it may say too little.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return _damaged(name)
    size = sum(entry.file_size for entry in entries)
    if (
        len(entries) > MOST_FILES
        or size > MOST_BYTES
        or any(entry.file_size > MOST_OF_ONE for entry in entries)
        or (size > RATIO_FROM and size > MOST_RATIO * len(content))
    ):
        message = f"Uppackad blir filen {-(-size // MIB)} MB i {len(entries)} filer, vilket är för mycket."
        return Problem("size", Where(name), message, _TOO_MUCH)
    return None


def workbook_too_large(name: str, content: bytes) -> Problem | None:
    """As `too_large`, and why a workbook is not to be read: a sheet whose cells stand too far from each other."""
    if problem := too_large(name, content):
        return problem
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entries = archive.infolist()
    try:
        for entry in entries:
            rows, columns = _extent(content, entry)
            if rows * columns > MOST_CELLS:
                message = (
                    f"Ett blad har celler ända till rad {rows} och kolumn {columns}, vilket är för mycket."
                )
                remedy = "Ta bort det som står långt utanför tabellen och spara på nytt."
                return Problem("size", Where(name), message, remedy)
    except _Lies:
        return Problem("size", Where(name), "Filen packas upp till mer än den anger.", "Spara den på nytt.")
    except (zlib.error, struct.error, _Unreadable):
        return _damaged(name)
    return None


class _Lies(ValueError):
    """A packed file holds more than it says."""


class _Unreadable(ValueError):
    """A packed file is locked, packed in a way that no workbook is, or has no end to a tag."""


def _extent(content: bytes, entry: zipfile.ZipInfo) -> tuple[int, int]:
    """The last row and column that the file refers to, counted from 1. A tag cut in two is kept until it is whole."""
    rows, letters, held = 0, {b""}, b""
    for piece in _pieces(content, entry):
        held += piece
        whole, start, tag = held.rpartition(b"<")
        held = start + tag
        if len(held) > _LONGEST_TAG:
            raise _Unreadable
        found = _REFERENCE.findall(whole)
        letters.update(column.upper() for column, _row in found)
        rows = max(rows, max((int(row) for _column, row in found), default=0))
    return rows, max(_column(name) for name in letters)


def _pieces(content: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """What is unpacked, a piece at a time. Raises: _Lies when it becomes more than the archive says, _Unreadable."""
    start = entry.header_offset
    name, extra = struct.unpack("<HH", content[start + 26 : start + _LOCAL_HEADER])
    packed = content[start + _LOCAL_HEADER + name + extra :][: entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED or entry.flag_bits & 1:
        raise _Unreadable
    unpacker, left = zlib.decompressobj(-zlib.MAX_WBITS), entry.file_size
    while packed and not unpacker.eof:
        piece = unpacker.decompress(packed, MIB)
        packed, left = unpacker.unconsumed_tail, left - len(piece)
        if left < 0:
            raise _Lies
        yield piece


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _damaged(name: str) -> Problem:
    return Problem("archive", Where(name), "Filen är skadad och kan inte packas upp.", "Spara den på nytt.")
