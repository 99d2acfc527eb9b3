"""The chapter's own text, written for this report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from uppsikt.reports.composition import Composition
from uppsikt.typeset.payload import Block


def compose(c: Composition, options: Mapping[str, Any]) -> list[Block]:
    """The text, or nothing: an empty chapter is listed among what is missing."""
    del options
    return list(c.text(c.place, c.texts.get(c.chapter_slot(), [])))
