"""Two versions of a text as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from uppsikt.typeset.payload import Node


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
