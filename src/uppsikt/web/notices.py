"""What a page says after an act: shown once, spoken by the live region, and undone rather than confirmed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

from uppsikt.web.parts import Text

_UNDO = "undo="


def done(request: HttpRequest, text: Text, *, undo: str = "") -> None:
    """Say that something was done. `undo` is an address that takes it back when posted to."""
    messages.success(request, str(text), extra_tags=f"{_UNDO}{undo}" if undo else "")


def failed(request: HttpRequest, text: Text) -> None:
    """Say that something could not be done, and what to do instead."""
    messages.error(request, str(text))


def undo_address(extra_tags: str | None) -> str:
    """The address that takes a message's act back, or nothing."""
    for tag in (extra_tags or "").split():
        if tag.startswith(_UNDO):
            return tag.removeprefix(_UNDO)
    return ""
