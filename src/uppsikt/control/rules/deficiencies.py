"""Where a deficiency stands: from found, by way of an action, to a retest that passes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum


class DeficiencyState(StrEnum):
    """Where a deficiency stands. Open in all but the last; the order is that of a list with the worst first."""

    NO_ACTION = "no_action"
    RETEST_FAILED = "retest_failed"
    ACTING = "acting"
    WAITING = "waiting"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The state in words."""
        return {
            "no_action": "Ingen åtgärd",
            "retest_failed": "Omtest underkänt",
            "acting": "Åtgärd pågår",
            "waiting": "Väntar på omtest",
            "closed": "Stängd",
        }[self.value]

    @property
    def next_step(self) -> str:
        """What has to be done for it to be closed."""
        return {
            "no_action": "Lägg till en åtgärd.",
            "retest_failed": "Lägg till en åtgärd till, eller planera ett nytt omtest.",
            "acting": "Genomför åtgärderna, och testa sedan om.",
            "waiting": "Testa om kontrollen.",
            "closed": "",
        }[self.value]


CLOSED_BY = "En brist är öppen tills ett omtest av kontrollen blir godkänt. En klar åtgärd stänger den inte."


@dataclass(frozen=True, slots=True)
class Retest:
    """A retest as the rule sees it. `passed` None: it has no result yet. `on`: when it was made, or is to be made."""

    passed: bool | None
    on: dt.date | None


def state(actions_done: Collection[bool], retests: Sequence[Retest]) -> DeficiencyState:
    """DEFICIENCY-1: the latest retest with a result decides whether it is open; what is under way says the rest.

    Args: actions_done: of each action, whether it is done. retests: in any order.
    """
    judged = latest(retests)
    if judged is not None and judged.passed:
        return DeficiencyState.CLOSED
    if not all(actions_done):
        return DeficiencyState.ACTING
    if any(one.passed is None for one in retests):
        return DeficiencyState.WAITING
    if judged is not None:
        return DeficiencyState.RETEST_FAILED
    return DeficiencyState.WAITING if actions_done else DeficiencyState.NO_ACTION


def latest(retests: Sequence[Retest]) -> Retest | None:
    """The latest retest that has a result; of two on a day the one that comes last in the list."""
    judged = [
        (one.on or dt.date.min, place, one) for place, one in enumerate(retests) if one.passed is not None
    ]
    return max(judged, key=lambda each: each[:2])[2] if judged else None


def is_late(action_late: Collection[bool], retests: Sequence[Retest], today: dt.date) -> bool:
    """DEFICIENCY-2: whether an open deficiency is late: an action is, or a retest's day has passed without result."""
    return any(action_late) or any(
        one.passed is None and one.on is not None and one.on < today for one in retests
    )


def urgency(found: DeficiencyState, *, late: bool, found_on: dt.date) -> tuple[bool, bool, int, dt.date]:
    """What a list with the worst first is sorted by: open, late, then by state, then the one found first."""
    closed = found is DeficiencyState.CLOSED
    return closed, not late, list(DeficiencyState).index(found), found_on
