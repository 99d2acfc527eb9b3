"""Two versions of a text side by side, for when two people have written in the same place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")

PartKind = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class DiffPart:
    """A run of text that both versions have, or only one of them."""

    kind: PartKind
    text: str


@dataclass(frozen=True, slots=True)
class DiffRow:
    """One paragraph of both versions. An empty side means that the paragraph is missing there."""

    before: tuple[DiffPart, ...]
    after: tuple[DiffPart, ...]


def side_by_side(before: str, after: str) -> tuple[DiffRow, ...]:
    """The paragraphs of two versions paired, with the differing words marked on either side."""
    old, new = _paragraphs(before), _paragraphs(after)
    rows: list[DiffRow] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            rows.extend(
                DiffRow((part,), (part,))
                for part in (DiffPart("same", text) for text in old[old_from:old_to])
            )
            continue
        left, right = old[old_from:old_to], new[new_from:new_to]
        rows.extend(_words(one, other) for one, other in zip_longest(left, right, fillvalue=""))
    return tuple(rows)


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _words(before: str, after: str) -> DiffRow:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    left: list[DiffPart] = []
    right: list[DiffPart] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        removed, added = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if tag == "equal":
            left.append(DiffPart("same", removed))
            right.append(DiffPart("same", added))
            continue
        if removed:
            left.append(DiffPart("removed", removed))
        if added:
            right.append(DiffPart("added", added))
    return DiffRow(tuple(left), tuple(right))
