"""One thing that a report lacks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing. `kind` groups them; `href` is where it is put right, empty: in the report."""

    kind: str
    text: str
    chapter: str = ""
    href: str = ""
