"""Writing what a control found wrong, and planning the tests that show whether it has been put right."""

from __future__ import annotations

import datetime as dt
from typing import Any

from uppsikt.control.actions.controls import save_occasion
from uppsikt.control.actions.writing import Changed
from uppsikt.control.models import ControlResult, Deficiency, Mitigation, Occasion
from uppsikt.control.rules.occasions import span
from uppsikt.control.selectors import deficiencies as selectors
from uppsikt.history.actions import atomic, record
from uppsikt.history.changes import changed
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError, Problem, Where, refuse
from uppsikt.planning.rules.keys import new_key


@atomic
def save_deficiency(
    *,
    key: str,
    occasion: Occasion,
    title: str,
    description: str = "",
    found_on: dt.date,
    by: Actor,
) -> tuple[Deficiency, bool]:
    """Write down what an occasion found wrong, or change it; one that was removed stands again.

    Raises: InputError without a title, or when it is found in the future.
    """
    problems = []
    if not title.strip():
        problems.append(
            Problem("title", Where(field="title"), "Bristen saknar namn.", "Skriv vad som är fel.")
        )
    if found_on > clock.today():
        message = "Dagen har inte varit än."
        problems.append(Problem("day", Where(field="found_on"), message, "Ange dagen då bristen hittades."))
    if problems:
        raise InputError(*problems)
    row = Deficiency.objects.filter(key=key).first() or Deficiency(key=key)
    difference = changed(
        row,
        {
            "occasion": occasion,
            "title": title.strip(),
            "description": description.strip(),
            "found_on": found_on,
        },
    )
    if row.removed_at is not None:
        row.removed_at = None
        difference["removed"] = [True, False]
    if not difference:
        return row, False
    row.full_clean()
    row.save()
    _record(EventKind.DEFICIENCY_SAVED, row, by, difference)
    return row, True


def unused_key(occasion: Occasion, title: str) -> str:
    """A readable key for a new deficiency."""
    return new_key([occasion.control.item.key, title], selectors.keys())


@atomic
def change_deficiency(
    *, deficiency: Deficiency, version: str, title: str, description: str, found_on: dt.date, by: Actor
) -> bool:
    """Change a deficiency from a form. Raises: Changed when somebody else has meanwhile; InputError."""
    if selectors.version_of(deficiency) != version:
        raise Changed
    return save_deficiency(
        key=deficiency.key,
        occasion=deficiency.occasion,
        title=title,
        description=description,
        found_on=found_on,
        by=by,
    )[1]


@atomic
def remove_deficiency(*, deficiency: Deficiency, by: Actor) -> bool:
    """Take a deficiency out. Nothing is lost: `restore_deficiency` puts it back.

    Raises: InputError while it has actions or retests, which would be left without what they are about.
    """
    if deficiency.removed_at is not None:
        return False
    if Mitigation.objects.filter(deficiency=deficiency, item__removed_at__isnull=True).exists():
        raise refuse("actions", "Bristen har åtgärder.", remedy="Ta bort dem först.")
    if Occasion.objects.filter(retest_of=deficiency, removed_at__isnull=True).exists():
        raise refuse("retests", "Bristen har omtest.", remedy="Ta bort dem först.")
    deficiency.removed_at = clock.now()
    deficiency.save(update_fields=["removed_at"])
    _record(EventKind.DEFICIENCY_REMOVED, deficiency, by, {})
    return True


@atomic
def restore_deficiency(*, deficiency: Deficiency, by: Actor) -> bool:
    """Put a removed deficiency back."""
    if deficiency.removed_at is None:
        return False
    deficiency.removed_at = None
    deficiency.save(update_fields=["removed_at"])
    _record(EventKind.DEFICIENCY_SAVED, deficiency, by, {"removed": [True, False]})
    return True


@atomic
def plan_retest(
    *, deficiency: Deficiency, period: str, due: dt.date | None = None, by: Actor
) -> tuple[Occasion, bool]:
    """Plan that the control is made again to see whether the deficiency is gone. Returns the occasion.

    Args: period: a period's code, an ISO date or an ISO week. due: the last day; the period's own when None.
    Raises: InputError when the period cannot be read, ends before the deficiency was found, or has a retest with a
        result already.
    """
    try:
        days = span(period)
    except ValueError as error:
        remedy = "Skriv till exempel 2025-11-30, 2025-T2 eller 2025-03."
        raise refuse("period", f"”{period}” är ingen period.", field="period", remedy=remedy) from error
    last = days.end - dt.timedelta(days=1)
    if (due or last) < deficiency.found_on:
        message = f"Omtestet skulle göras innan bristen hittades den {deficiency.found_on}."
        raise refuse("period", message, field="due" if due else "period", remedy="Välj en senare dag.")
    told = ControlResult.objects.all().current().filter(occasion__retest_of=deficiency)
    if told.filter(occasion__period=days.code).exists():
        message = f"Det finns redan ett omtest med resultat för {days.label}."
        raise refuse("twice", message, field="period", remedy="Ange dagen för det nya omtestet.")
    return save_occasion(
        control=deficiency.occasion.control, period=days.code, due=due or last, retest_of=deficiency, by=by
    )


def _record(kind: EventKind, deficiency: Deficiency, by: Actor, data: dict[str, Any]) -> None:
    record(
        kind,
        by=by,
        subject=selectors.subject(deficiency),
        label=deficiency.title,
        body_key=deficiency.occasion.control.item.body.key,
        data=data,
    )
