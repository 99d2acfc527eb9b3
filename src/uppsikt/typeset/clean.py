"""Make any text safe to print: what cannot be shown is replaced by a visible box, never dropped in silence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from typing import Any

PLACEHOLDER = "□"

# Spaces and breaks of every kind become a plain space; invisible direction and joining marks go, since they can
# make a printed figure read otherwise than it is stored.
_SPACES = frozenset("\t\v\f\x85\u2028\u2029\u1680\u3000\u205f") | {chr(c) for c in range(0x2000, 0x200B)} - {
    "\u2007",
    "\u2009",
}
_INVISIBLE = frozenset("\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\u061c\u034f") | {
    chr(c) for low, high in ((0x202A, 0x202F), (0x2066, 0x206A), (0xFE00, 0xFE10)) for c in range(low, high)
}
_KEPT = frozenset("\n\u00a0\u00ad\u202f\u2007\u2009\u2011")
_BAD_CATEGORIES = frozenset({"Cc", "Co", "Cn", "Cs"})
_LOOK_ALIKE = {"\u2015": "—", "\u2212": "−", "\u2010": "-", "\u02bc": "’", "\u2016": "||"}

_TOGETHER = re.compile(r"(?<=\d) (?=\d{3}(?!\d))|(?<=\d) (?=%)|(?<=§) (?=\d)")

_NEVER_SHOWN = frozenset(
    {"data", "key", "origin", "kind", "type", "schema", "href", "mime", "shape", "colour", "file", "value"}
)


def clean_text(text: str, *, glyphs: Collection[str] | None = None) -> str:
    """A text that every output can hold. With `glyphs`, also one that a face with only those can print, and whose
    numbers do not break over lines.
    """
    if text.isascii() and text.isprintable():
        return text if glyphs is None else _keep_together(text)
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    cleaned = text.translate(_table(None if glyphs is None else frozenset(glyphs)))
    return cleaned if glyphs is None else _keep_together(cleaned)


class _Table(dict[int, str]):
    """What each character becomes, found out the first time it is met."""

    def __init__(self, glyphs: frozenset[str] | None) -> None:
        self._glyphs = glyphs

    def __missing__(self, code: int) -> str:
        made = self[code] = _clean_character(chr(code), self._glyphs)
        return made


@lru_cache(maxsize=8)
def _table(glyphs: frozenset[str] | None) -> _Table:
    return _Table(glyphs)


def _keep_together(text: str) -> str:
    """Non-breaking spaces inside numbers, before a percent sign and after a section sign: "20 000", "74 %", "§ 41"."""
    return _TOGETHER.sub("\u00a0", text) if " " in text else text


def _clean_character(character: str, glyphs: Collection[str] | None) -> str:
    shown = _printable(character)
    if glyphs is None or shown in ("", " ", PLACEHOLDER) or shown in _KEPT:
        return shown
    if all(c in glyphs for c in shown):
        return shown
    return _plain(shown, glyphs)


@lru_cache(maxsize=4096)
def _printable(character: str) -> str:
    if character in _KEPT:
        return character
    if character in _SPACES:
        return " "
    if character in _INVISIBLE:
        return ""
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    return PLACEHOLDER if category in _BAD_CATEGORIES else character


def _plain(character: str, glyphs: Collection[str]) -> str:
    """The nearest sign the face has: a look-alike, or what compatibility decomposition gives."""
    like = _LOOK_ALIKE.get(character) or unicodedata.normalize("NFKC", character)
    if like != character and like.strip() and all(c in glyphs for c in like):
        return like
    return PLACEHOLDER


def clean_tree(value: Any, *, glyphs: Collection[str] | None = None, key: str = "") -> Any:
    """The same tree of dicts and lists with every shown text cleaned; a deep copy."""
    if isinstance(value, str):
        return value if key in _NEVER_SHOWN else clean_text(value, glyphs=glyphs)
    if isinstance(value, dict):
        return {name: clean_tree(child, glyphs=glyphs, key=name) for name, child in value.items()}
    if isinstance(value, list | tuple):
        return [clean_tree(child, glyphs=glyphs, key=key) for child in value]
    return value
