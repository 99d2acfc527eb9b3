"""Which encoding a text file really has: what a format or a program says of it is often wrong."""

from __future__ import annotations

import codecs
from pathlib import Path

_BLOCK = 1 << 20
_LETTERS = "åäöÅÄÖé"
_ASCII = bytes(range(128))


def guess(source: Path, *, declared: str = "cp437") -> str:
    """A Python codec name: "ascii" where nothing decides, "utf-8" where all of it is valid, else by Swedish letters.

    Of CP437 and Latin-1 (as Windows has it) the `declared` one wins where both have as many.
    """
    scores = {"cp437": 0, "cp1252": 0}
    decoder = codecs.getincrementaldecoder("utf-8")()
    ascii_only = valid = True
    with source.open("rb") as data:
        while block := data.read(_BLOCK):
            if block.isascii() and ascii_only:
                continue
            ascii_only = False
            if valid:
                valid = _decodes(decoder, block)
            high = block.translate(None, _ASCII)
            for name in scores:
                scores[name] += sum(map(high.count, (letter.encode(name) for letter in _LETTERS)))
    if ascii_only:
        return "ascii"
    if valid and _decodes(decoder, b"", final=True):
        return "utf-8"
    if scores["cp437"] == scores["cp1252"]:
        return declared
    return max(scores, key=lambda name: scores[name])


def codec(name: str) -> str:
    """The codec to decode with: one that never fails on a file that `guess` saw."""
    return "latin-1" if name == "ascii" else name


def known(name: str) -> bool:
    """Whether Python has the encoding, for one that a user chose."""
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True
