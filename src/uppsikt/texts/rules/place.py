"""Where a text is written, as the package above knows it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from uppsikt.history.events import EventKind


@dataclass(frozen=True, slots=True)
class LiveFigure:
    """A figure that can be put into the text and follows the data. `text` is its value today."""

    key: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """A slot with its name, its addresses and what may be put into the text.

    `url` takes everything the editor sends (see `texts.views.write`), `upload_url` its pictures; without it
    pictures cannot be put in. `next_url` is where to go when the text has been saved. `kind`, `subject` and
    `body_key` are how the history is to tell of it.
    """

    slot: str
    label: str
    url: str
    next_url: str = ""
    upload_url: str = ""
    versions_url: str = ""
    figures: tuple[LiveFigure, ...] = ()
    help_text: str = ""
    rows: int = 14
    required: bool = False
    body_key: str = ""
    kind: EventKind = EventKind.TEXT_SAVED
    subject: str = ""

    @property
    def html_id(self) -> str:
        """An id for the page, the same every time: several texts may be written on one page."""
        return f"text-{hashlib.sha256(self.slot.encode()).hexdigest()[:10]}"
