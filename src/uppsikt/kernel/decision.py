"""A reference to a political decision: by what right something is so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from uppsikt.kernel.numbers import NBSP


@dataclass(frozen=True, slots=True)
class Decision:
    """Case number, deciding body, day and section; unknown parts are empty."""

    case: str = ""
    body: str = ""
    date: dt.date | None = None
    section: str = ""

    def is_empty(self) -> bool:
        """Whether nothing at all is known of the decision."""
        return not (self.case or self.body or self.date or self.section)

    @property
    def meeting(self) -> str:
        """The day and the section, as print says when something was adopted: "2025-03-26 § 41"."""
        when = self.date.isoformat() if self.date else ""
        paragraph = f"§{NBSP}{self.section}" if self.section else ""
        return " ".join(part for part in (when, paragraph) if part)

    def __str__(self) -> str:
        """The reference in print: "KF-2023/512, Kommunfullmäktige 2023-06-12 § 8"."""
        meeting = " ".join(part for part in (self.body, self.meeting) if part)
        return ", ".join(part for part in (self.case, meeting) if part)
