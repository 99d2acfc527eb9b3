"""What stands now, for those who change it: rows with their versions, and keys that are free."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from django.db.models import Max, QuerySet

from uppsikt.economy.models import BudgetAmount, FrameDecision, RegisterItem, Restatement
from uppsikt.economy.selectors import budget, registers
from uppsikt.history import selectors as history
from uppsikt.organisation.selectors import Body, Unit


class HasPlace(Protocol):
    """Where an amount of the budget stands."""

    @property
    def line(self) -> str: ...
    @property
    def unit(self) -> Unit | None: ...
    @property
    def activity(self) -> str: ...
    @property
    def decision(self) -> FrameDecision | None: ...


def version_of(row: BudgetAmount | Restatement | None) -> str:
    """What a form started from: the row that stood. Empty when none did."""
    return str(row.pk) if row else ""


def budget_at(body: Body, year: int, place: HasPlace) -> BudgetAmount | None:
    """The amount that stands in a place."""
    rows = budget.budget_rows(year, body).filter(line=place.line, unit=place.unit, activity=place.activity)
    return rows.filter(decision=place.decision).first()


def budget_before(row: BudgetAmount) -> QuerySet[BudgetAmount]:
    """Everything that has stood where this amount stands, newest first."""
    rows = BudgetAmount.objects.all()
    return rows.filter(
        body=row.body,
        year=row.year,
        line=row.line,
        unit=row.unit,
        activity=row.activity,
        decision=row.decision,
    ).order_by("-recorded_at", "-pk")


def frame(body: Body, year: int, key: str) -> FrameDecision | None:
    """One decision of the body's frame that stands."""
    return budget.frame_decisions(year, body).filter(key=key).first()


def frame_version(row: FrameDecision | None) -> str:
    """What a form of a frame decision started from. One query."""
    return _told(f"frame:{row.key}") if row else ""


def restatement(body: Body, key: str) -> Restatement | None:
    """What stands of a restatement."""
    rows = Restatement.objects.all().current().select_related("body", "unit")
    return rows.filter(body=body, key=key).first()


def unused_frame_key(body: Body, year: int, date: dt.date) -> str:
    """A key for a new decision: the body, the year and the day, and a number."""
    taken = FrameDecision.objects.filter(key__startswith=f"ram-{year}-{body.key}")
    return _unused(f"ram-{year}-{body.key}-{date.isoformat()}", set(taken.values_list("key", flat=True)))


def unused_restatement_key(body: Body, year: int) -> str:
    """A key for a new restatement."""
    taken = Restatement.objects.all().filter(key__startswith=f"omraknad-{year}-{body.key}")
    return _unused(f"omraknad-{year}-{body.key}", set(taken.values_list("key", flat=True)))


def item(register: str, body: Body, key: str, *, removed: bool = False) -> RegisterItem | None:
    """One item of a register."""
    rows = RegisterItem.objects.filter(register=register, body=body, key=key, removed_at__isnull=not removed)
    return rows.select_related("body").first()


def item_version(row: RegisterItem | None) -> str:
    """What a form of an item started from: the same as long as nobody has changed it or its amounts. One query."""
    return _told(f"register:{row.register}-{row.key}") if row else ""


def unused_item_key(register: str, body: Body, year: int) -> str:
    """A key for a new item."""
    taken = RegisterItem.objects.filter(register=register, key__startswith=f"{year}-{body.key}")
    return _unused(f"{year}-{body.key}", set(taken.values_list("key", flat=True)))


def last_position(register: str, body: Body, year: int) -> int:
    """The place after the last item of a register."""
    found = registers.items(register, year, body).aggregate(last=Max("position"))["last"]
    return 0 if found is None else int(found) + 1


def siblings(row: RegisterItem) -> list[RegisterItem]:
    """The items of the same register, in order."""
    return list(registers.items(row.register, row.year, row.body))


def _told(subject: str) -> str:
    event = history.about(subject).order_by("-sequence").first()
    return str(event.sequence) if event else ""


def _unused(stem: str, taken: set[str]) -> str:
    """The stem with the first number that is free."""
    number = 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
