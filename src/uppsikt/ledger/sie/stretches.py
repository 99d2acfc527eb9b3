"""Cuts a file into stretches at voucher boundaries, so that each can be read alone and memory stays the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SIZE = 2 << 20


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes `offset` to `offset + length`, whose first line has the number `row`. `last`: the file ends there."""

    offset: int
    length: int
    row: int
    last: bool


def stretches(source: Path, size: int = SIZE) -> Iterator[Stretch]:
    """The head up to the first #VER, then whole vouchers, then what follows the last. Covers every byte once."""
    with source.open("rb") as data:
        offset, row, rest, in_head = 0, 1, b"", True
        while block := data.read(size):
            rest += block
            cuts = [_first(rest)] if in_head else []
            in_head = in_head and not any(cut >= 0 for cut in cuts)
            cuts.append(_last(rest))
            start = 0
            for cut in cuts:
                if cut > start:
                    yield Stretch(offset + start, cut - start, row, last=False)
                    row += rest.count(b"\n", start, cut)
                    start = cut
            offset, rest = offset + start, rest[start:]
        end = _after_last_brace(rest)
        if 0 < end < len(rest):
            yield Stretch(offset, end, row, last=False)
            row += rest.count(b"\n", 0, end)
            offset, rest = offset + end, rest[end:]
        yield Stretch(offset, len(rest), row, last=True)


def _first(data: bytes) -> int:
    place = data.find(b"#VER")
    while place >= 0:
        start = _line_start(data, place)
        if start >= 0:
            return start
        place = data.find(b"#VER", place + 1)
    return -1


def _last(data: bytes) -> int:
    place = data.rfind(b"#VER")
    while place >= 0:
        start = _line_start(data, place)
        if start >= 0:
            return start
        place = data.rfind(b"#VER", 0, place)
    return -1


def _line_start(data: bytes, place: int) -> int:
    """Where the line of a #VER at `place` begins; -1 when something else stands before it or the label goes on."""
    if data[place + 4 : place + 5] not in {b" ", b"\t"}:
        return -1
    start = data.rfind(b"\n", 0, place) + 1
    return -1 if data[start:place].strip(b" \t") else start


def _after_last_brace(data: bytes) -> int:
    brace = data.rfind(b"\n}")
    if brace < 0:
        return -1
    end = data.find(b"\n", brace + 1) + 1 or len(data)
    return end if data[brace + 2 : end].strip(b" \t\r\n") == b"" else -1
