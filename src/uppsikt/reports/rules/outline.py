"""Changing a report's outline: a list of chapters in the steering model's own form. Nothing is changed in place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from uppsikt.cycle.rules.steering import OutlineChapter

Document = list[dict[str, Any]]

YES = "yes"
SWITCHES = frozenset({"charts", "earlier"})
GROUPINGS = ("status", "goal", "origin", "none")
SETTABLE: Mapping[str, tuple[str, ...]] = {
    "goal_assessment_table": ("earlier",),
    "goal_sections": ("charts",),
    "indicator_chart": ("indicator",),
    "assignment_list": ("by",),
    "measures_by_gender": ("section",),
    "personnel": ("section", "charts"),
    "economy_table": ("table",),
    "economy_chart": ("table",),
    "variance_comments": ("table",),
}
"""The options of each kind of block that a form can set; the rest are for the steering model's document."""

_FIELD = "option-"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an outline, as a form sends it.

    Args: verb: up, down, hide, show, rename, add, add_block, set_options, remove_block or reset. key: the chapter it
        is about (for add: the one to stand after). title: for rename and add. kind: for add_block. index: which of
        the chapter's blocks. options: for set_options; an empty one goes back to its default.
    """

    verb: str
    key: str = ""
    title: str = ""
    level: int = 1
    kind: str = ""
    index: int = 0
    options: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, data: Mapping[str, str]) -> Change:
        """The change that a form says; what is left out or is nonsense becomes its plainest."""

        def whole(name: str, plain: int) -> int:
            text = data.get(name, "")
            return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else plain

        return cls(
            verb=data.get("verb", ""),
            key=data.get("key", ""),
            title=data.get("title", ""),
            level=min(3, max(1, whole("level", 1))),
            kind=data.get("kind", ""),
            index=whole("index", 0),
            options={name.removeprefix(_FIELD): data[name] for name in data if name.startswith(_FIELD)},
        )


def applied(
    document: Sequence[dict[str, Any]], hidden: Collection[str], change: Change
) -> tuple[Document, frozenset[str]]:
    """The outline and its hidden chapters after one change.

    Raises: KeyError for a chapter that is not there, ValueError for a verb or an option there is none of.
    """
    rows, held = list(document), frozenset(hidden)
    match change.verb:
        case "up":
            rows = moved(rows, change.key, -1)
        case "down":
            rows = moved(rows, change.key, 1)
        case "hide":
            branch(rows, change.key)
            held |= {change.key}
        case "show":
            held -= {change.key}
        case "rename":
            rows = renamed(rows, change.key, change.title)
        case "add":
            rows = added(rows, change.title, after=change.key, level=change.level)
        case "add_block":
            rows = with_block(rows, change.key, change.kind)
        case "set_options":
            rows = with_options(rows, change.key, change.index, change.options)
        case "remove_block":
            rows = without_block(rows, change.key, change.index)
        case _:
            raise ValueError(change.verb)
    return rows, held


def as_document(chapters: Iterable[OutlineChapter]) -> Document:
    """An outline as it is stored and edited."""
    return [
        {
            "key": chapter.key,
            "title": chapter.title,
            "level": chapter.level,
            **({"round_kinds": list(chapter.round_kinds)} if chapter.round_kinds else {}),
            "blocks": [
                {"kind": block.kind, **({"options": deepcopy(dict(block.options))} if block.options else {})}
                for block in chapter.blocks
            ],
        }
        for chapter in chapters
    ]


def branch(document: Sequence[dict[str, Any]], key: str) -> tuple[int, int]:
    """Where a chapter with all under it stands: [start, end).

    Raises: KeyError when there is no such chapter.
    """
    start = next((i for i, chapter in enumerate(document) if chapter["key"] == key), None)
    if start is None:
        raise KeyError(key)
    level = document[start]["level"]
    end = start + 1
    while end < len(document) and document[end]["level"] > level:
        end += 1
    return start, end


def moved(document: Sequence[dict[str, Any]], key: str, step: int) -> Document:
    """The chapter with all under it one place up (-1) or down (+1) among its equals. At the edge: unchanged."""
    rows = deepcopy(list(document))
    start, end = branch(rows, key)
    level = rows[start]["level"]
    if step < 0:
        before = [i for i in range(start) if rows[i]["level"] <= level]
        if not before or rows[before[-1]]["level"] < level:
            return rows
        return [*rows[: before[-1]], *rows[start:end], *rows[before[-1] : start], *rows[end:]]
    if end >= len(rows) or rows[end]["level"] < level:
        return rows
    _next, stop = branch(rows, rows[end]["key"])
    return [*rows[:start], *rows[end:stop], *rows[start:end], *rows[stop:]]


def renamed(document: Sequence[dict[str, Any]], key: str, title: str) -> Document:
    """The chapter with another title. Its key, and so its text, stays."""
    rows = deepcopy(list(document))
    start, _end = branch(rows, key)
    rows[start]["title"] = title.strip()
    return rows


def added(document: Sequence[dict[str, Any]], title: str, *, after: str = "", level: int = 1) -> Document:
    """A new chapter with room for text, after `after` and all under it (last when not given)."""
    rows = deepcopy(list(document))
    chapter = {
        "key": new_key(title, [row["key"] for row in rows]),
        "title": title.strip(),
        "level": level,
        "blocks": [{"kind": "text"}],
    }
    at = branch(rows, after)[1] if after else len(rows)
    return [*rows[:at], chapter, *rows[at:]]


def with_block(document: Sequence[dict[str, Any]], key: str, kind: str) -> Document:
    """The chapter with one more block at its end."""
    rows = deepcopy(list(document))
    start, _end = branch(rows, key)
    rows[start]["blocks"] = [*rows[start].get("blocks", []), {"kind": kind}]
    return rows


def with_options(
    document: Sequence[dict[str, Any]], key: str, index: int, options: Mapping[str, str]
) -> Document:
    """The chapter with these options of its block number `index`; those not named stay as they are.

    Raises: KeyError when there is no such block, ValueError for an option its kind has not, or a value of none.
    """
    rows = deepcopy(list(document))
    start, _end = branch(rows, key)
    blocks = rows[start].get("blocks", [])
    if index >= len(blocks):
        raise KeyError(key)
    block = blocks[index]
    held = dict(block.get("options", {}))
    for name, value in options.items():
        if name not in SETTABLE.get(block["kind"], ()) or (name == "by" and value not in ("", *GROUPINGS)):
            raise ValueError(f"{name}={value}")
        held.pop(name, None)
        if value:
            held[name] = value == YES if name in SWITCHES else value
    blocks[index] = {"kind": block["kind"], **({"options": held} if held else {})}
    return rows


def without_block(document: Sequence[dict[str, Any]], key: str, index: int) -> Document:
    """The chapter without its block number `index` (from 0)."""
    rows = deepcopy(list(document))
    start, _end = branch(rows, key)
    blocks = rows[start].get("blocks", [])
    rows[start]["blocks"] = [block for place, block in enumerate(blocks) if place != index]
    return rows


def new_key(title: str, taken: Iterable[str]) -> str:
    """A key for a new chapter, made of its title: lower case letters without marks, and hyphens."""
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "kapitel"
    held, key, number = set(taken), base, 2
    while key in held:
        key, number = f"{base}-{number}", number + 1
    return key
