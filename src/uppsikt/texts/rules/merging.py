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
        settled, clashed = _settled(base[at_base:begin], mine[at_mine:in_mine], theirs[at_theirs:in_theirs])
        content += settled
        clashes += clashed
        content += base[begin : begin + length]
        at_base, at_mine, at_theirs = begin + length, in_mine + length, in_theirs + length
    return Merged(content, clashes)


def _settled(original: list[Node], mine: list[Node], theirs: list[Node]) -> tuple[list[Node], int]:
    """One stretch that somebody changed, and in how many places of it both did."""
    if theirs in (mine, original):
        return mine, 0
    if mine == original:
        return theirs, 0
    if len(original) == len(mine) == len(theirs) > 1:
        # Neighbouring paragraphs, each rewritten where it stands: they can be settled one by one.
        each = [
            _settled([old], [one], [other]) for old, one, other in zip(original, mine, theirs, strict=True)
        ]
        return [node for nodes, _count in each for node in nodes], sum(count for _nodes, count in each)
    return mine + [node for node in theirs if node not in mine], 1


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
