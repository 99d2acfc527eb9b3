"""What a round asks for, how far it has come, and how a part of the page is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from uppsikt.followup.rules import Progress
from uppsikt.organisation.rules import GRANTS, Grants, Permission


class PartKind(StrEnum):
    """One sort of thing that is reported, each with its own fields and its own version."""

    OUTCOME = "outcome"
    JUDGEMENT = "judgement"
    STATUS = "status"
    TEXT = "text"
    ASSESSMENT = "assessment"


PHASES: tuple[frozenset[PartKind], ...] = (
    frozenset({PartKind.OUTCOME}),
    frozenset({PartKind.JUDGEMENT, PartKind.STATUS, PartKind.TEXT}),
    frozenset({PartKind.ASSESSMENT}),
)
"""The order of saving: an outcome decides what the rule says, and that decides what the proposal is."""


PERMISSIONS: Mapping[PartKind, Permission] = {
    PartKind.OUTCOME: Permission.REPORT,
    PartKind.JUDGEMENT: Permission.REPORT,
    PartKind.STATUS: Permission.REPORT,
    PartKind.TEXT: Permission.WRITE,
    PartKind.ASSESSMENT: Permission.ASSESS,
}
"""What it takes to write each part."""


class TaskKind(StrEnum):
    """What is counted as one thing to report."""

    INDICATOR = "indicator"
    ASSIGNMENT = "assignment"
    TEXT = "text"
    GOAL = "goal"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that a round asks for. Keys throughout; `person` and `unit` are who answers for it.

    `goal` is empty for what stands in a section. `late`: the deadline has passed and it is not done.
    """

    kind: TaskKind
    key: str
    name: str
    body: str
    goal: str
    goal_name: str
    section: str
    person: str
    person_name: str
    unit: str
    done: bool
    deadline: dt.date | None = None

    def late(self, today: dt.date) -> bool:
        """Whether it should have been reported already."""
        return not self.done and self.deadline is not None and self.deadline < today


TASK_PERMISSIONS: Mapping[TaskKind, Permission] = {
    TaskKind.INDICATOR: Permission.REPORT,
    TaskKind.ASSIGNMENT: Permission.REPORT,
    TaskKind.TEXT: Permission.WRITE,
    TaskKind.GOAL: Permission.ASSESS,
}


def is_mine(task: Task, grants: Grants) -> bool:
    """Whether it falls to this person: by name, through the unit, or (assessing) as one who may assess there.

    A controller may report everything; that does not make it theirs to do.
    """
    if not grants.allows(
        TASK_PERMISSIONS[task.kind], body=task.body, unit=task.unit, responsible=task.person
    ):
        return False
    if task.person == grants.user_key:
        return True
    if task.kind is TaskKind.GOAL:
        return any(row.body == task.body and Permission.ASSESS in GRANTS[row.role] for row in grants.rows)
    return any(task.unit in grant.units for grant in grants.rows)


def progress(tasks: Iterable[Task]) -> Progress:
    """How many are done of how many."""
    listed = list(tasks)
    return Progress(sum(task.done for task in listed), len(listed))


def due_period(periodicity: str, year: int, lag_years: int, cutoff: dt.date) -> str:
    """The code of the period whose outcome a round asks for.

    A yearly figure is the year's (or, with a lag, an earlier year's). Shorter periods are the latest that
    has ended by the cut-off; before any has ended it is the first.
    """
    asked = year - lag_years
    month = cutoff.month
    if periodicity == "year":
        return str(asked)
    if periodicity == "tertial":
        return f"{asked}-T{max(1, _ended(cutoff, 4))}"
    if periodicity == "quarter":
        return f"{asked}-Q{max(1, _ended(cutoff, 3))}"
    return f"{asked}-{month:02d}/R12" if periodicity == "rolling12" else f"{asked}-{month:02d}"


def _ended(cutoff: dt.date, months: int) -> int:
    """How many periods of so many months have ended with the cut-off's day."""
    after = cutoff + dt.timedelta(days=1)
    return 12 // months if after.year > cutoff.year else (after.month - 1) // months


def breakdown_keys(wanted: str, values: Iterable[tuple[str, Iterable[str]]]) -> list[str]:
    """The breakdowns an indicator is reported by, the total first.

    Args: wanted: dimensions with ";" between, as a plan has them. values: each dimension's own values.
    """
    known = dict(values)
    keys = [""]
    for dimension in filter(None, (part.strip() for part in wanted.split(";"))):
        keys.extend(f"{dimension}={value}" for value in known.get(dimension, ()))
    return keys


def goal_slot(goal: str, round_: str, body: str, kind: str) -> str:
    """Where a text about a goal in a round is kept; one about a priority as `kind:priority-2`."""
    return f"goal:{goal}:{round_}:{body}:{kind}"


def draft_slot(round_: str, part: str, field: str) -> str:
    """Where what a person writes in a small field waits until it is saved."""
    return f"round:{round_}:{part}:{field}"
