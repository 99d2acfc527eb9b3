"""Taking in a page of reporting: each part by itself, so that one fault does not hold the rest back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from uppsikt.history.rules import Actor
from uppsikt.kernel.problems import InputError
from uppsikt.planning.actions.reporting import ANY, Stale, drop_drafts, report_part
from uppsikt.planning.forms.reporting import PartForm, part_form
from uppsikt.planning.rules.reporting import PHASES, PartKind
from uppsikt.planning.selectors.reporting_sheet import Part, Sheet, values_at
from uppsikt.texts import selectors as texts

MINE, THEIRS = "mine", "theirs"


@dataclass
class Submitted:
    """What became of a page that was sent in. `forms` holds every part's form, bound where it was refused."""

    sheet: Sheet
    forms: dict[str, PartForm] = field(default_factory=dict)
    saved: set[str] = field(default_factory=set)
    stale: dict[str, Stale] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    @property
    def status(self) -> int:
        """The answer's status: 409 when somebody was first, 422 when something must be corrected."""
        if self.stale:
            return 409
        return 422 if self.refused else 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What was pressed. `only`: one part's key. `choice`: (part, mine or theirs) after a conflict."""

    only: str = ""
    choice: tuple[str, str] = ("", "")


def asked(data: Mapping[str, Any]) -> Asked:
    """What was pressed, from what was sent in."""
    key, _, which = str(data.get("choose", "")).rpartition(":")
    return Asked(str(data.get("part", "")), (key, which))


def submit(
    read: Callable[[], Sheet], data: Mapping[str, Any], *, may: Callable[[Part], bool], by: Actor
) -> Submitted:
    """Save what was changed. The page is read again after outcomes, which decide what the rule says."""
    sheet = read()
    result = Submitted(sheet)
    pressed = asked(data)
    for phase in PHASES:
        before = len(result.saved)
        for part in result.sheet.parts:
            wanted = not pressed.only or part.key == pressed.only
            if part.kind in phase and wanted and may(part):
                _take(part, result, data, pressed, by)
        if len(result.saved) > before:
            result.sheet = read()
    kept = result.refused | result.stale.keys()
    for part in result.sheet.parts:
        if part.key not in kept:
            result.forms[part.key] = part_form(part, result.sheet)
    return result


def _take(part: Part, result: Submitted, data: Mapping[str, Any], pressed: Asked, by: Actor) -> None:
    form = part_form(part, result.sheet, data)
    if not form.is_sent:
        return
    key, which = pressed.choice
    if key == part.key and which == THEIRS:
        drop_drafts(part=part, by=by)
        return
    result.forms[part.key] = form
    if not form.is_valid():
        if form.has_changed():
            result.refused.add(part.key)
        return
    values = form.values()
    base = ANY if key == part.key and which == MINE else form.cleaned_data["base"]
    if _untouched(part, values, base):
        if part.slots.keys() and any(slot in result.sheet.drafts for slot in part.slots.values()):
            drop_drafts(part=part, by=by)  # what was begun is what stands
        return
    try:
        outcome = report_part(part=part, round_=result.sheet.round, values=values, base=base, by=by)
    except InputError as error:
        for problem in error.problems:
            name = problem.where.field if problem.where.field in form.fields else None
            form.add_error(name, f"{problem.message} {problem.remedy}".strip())
        result.refused.add(part.key)
        return
    if isinstance(outcome, Stale):
        result.stale[part.key] = outcome
    else:
        result.saved.add(part.key)


def _untouched(part: Part, values: Mapping[str, Any], base: int | None) -> bool:
    """Whether the person left the part as it was when the page was opened, whatever stands now."""
    if values == dict(part.values):
        return True
    if base in (part.pk, ANY):
        return False
    if base is None:
        return not any(values.values())
    if part.kind is PartKind.TEXT:
        earlier = texts.version(part.slots["content"], base)
        return earlier is not None and earlier.content == values["content"]
    return values == values_at(part.kind, base)
