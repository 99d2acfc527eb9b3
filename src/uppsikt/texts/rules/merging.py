"""Two versions of a text side by side, word by word, and the two as one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from uppsikt.texts.rules.plain import to_reading
from uppsikt.typeset.payload import Node

_WORDS = re.compile(r"\s+|[^\s\w]|\w+")
_TOO_LONG = 4_000  # words of one block; comparing more word by word helps nobody


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of one version: "same" in both, "del" only in the left one, "ins" only in the right one."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph (or list, table …) in both versions; a side is empty where the version lacks it."""

    left: tuple[Piece, ...]
    right: tuple[Piece, ...]

    @property
    def same(self) -> bool:
        """Whether the paragraph is the same in both."""
        return all(piece.kind == "same" for piece in (*self.left, *self.right))


def compare(left: list[Node], right: list[Node]) -> list[Row]:
    """The two versions paragraph by paragraph, in reading order."""
    mine, theirs = _blocks(left), _blocks(right)
    rows: list[Row] = []
    for kind, a, b, c, d in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            rows += [Row((Piece("same", text),), (Piece("same", text),)) for text in mine[a:b]]
        else:
            rows += [_row(one, other) for one, other in zip_longest(mine[a:b], theirs[c:d], fillvalue="")]
    return rows


def _blocks(nodes: list[Node]) -> list[str]:
    return [to_reading([node]) for node in nodes]


def _row(left: str, right: str) -> Row:
    if not left or not right:
        return Row(tuple(_piece("del", left)), tuple(_piece("ins", right)))
    a, b = _WORDS.findall(left), _WORDS.findall(right)
    if max(len(a), len(b)) > _TOO_LONG:
        return Row((Piece("del", left),), (Piece("ins", right),))
    lefts: list[Piece] = []
    rights: list[Piece] = []
    for kind, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        lefts += _piece("same" if kind == "equal" else "del", "".join(a[i:j]))
        rights += _piece("same" if kind == "equal" else "ins", "".join(b[k:m]))
    return Row(tuple(lefts), tuple(rights))


def _piece(kind: str, text: str) -> Iterator[Piece]:
    if text:
        yield Piece(kind, text)


@dataclass(frozen=True, slots=True)
class Merged:
    """Both versions as one text. `clashes` counts the places where both changed the same paragraph."""

    content: list[Node]
    clashes: int


def merge(base: list[Node], mine: list[Node], theirs: list[Node]) -> Merged:
    """Both sides' changes to `base`, paragraph by paragraph.

    Where only one side changed, its text is taken; where both did, both stand, mine first, so that nothing
    is lost and the writer can see what to strike out.
    """
    content: list[Node] = []
    clashes = 0
    at_base = at_mine = at_theirs = 0
    for begin, length, in_mine, in_theirs in _shared(base, mine, theirs):
        original = base[at_base:begin]
        my_part, their_part = mine[at_mine:in_mine], theirs[at_theirs:in_theirs]
        if their_part in (my_part, original):
            content += my_part
        elif my_part == original:
            content += their_part
        else:
            clashes += 1
            content += my_part
            content += [node for node in their_part if node not in my_part]
        content += base[begin : begin + length]
        at_base, at_mine, at_theirs = begin + length, in_mine + length, in_theirs + length
    return Merged(content, clashes)


def _shared(base: list[Node], mine: list[Node], theirs: list[Node]) -> Iterator[tuple[int, int, int, int]]:
    """Where all three agree: place in base, how many blocks, place in mine, place in theirs. Last an empty one."""
    keys = [str(node) for node in base]
    mine_blocks = SequenceMatcher(
        None, keys, [str(node) for node in mine], autojunk=False
    ).get_matching_blocks()
    their_blocks = SequenceMatcher(
        None, keys, [str(node) for node in theirs], autojunk=False
    ).get_matching_blocks()
    i = j = 0
    while i < len(mine_blocks) and j < len(their_blocks):
        one, other = mine_blocks[i], their_blocks[j]
        begin = max(one.a, other.a)
        end = min(one.a + one.size, other.a + other.size)
        if begin < end:
            yield begin, end - begin, one.b + begin - one.a, other.b + begin - other.a
        if one.a + one.size < other.a + other.size:
            i += 1
        else:
            j += 1
    yield len(base), 0, len(mine), len(theirs)
