"""The parts of a page of reporting as they are shown: fields, what stands, drafts, faults and the other's version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django import forms
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from uppsikt.cycle.rules.steering import Step
from uppsikt.kernel.numbers import format_decimal
from uppsikt.kernel.period import parse_period
from uppsikt.planning.pages.figures import WHY_EMPTY
from uppsikt.planning.rules.reporting import PartKind
from uppsikt.planning.selectors.reporting_sheet import Part, Sheet
from uppsikt.texts.pages import moment_text
from uppsikt.texts.rules import to_html, to_reading
from uppsikt.web.diff import DiffRow, side_by_side
from uppsikt.web.parts import Text


class Overtaken(Protocol):
    """What stands since somebody else saved first."""

    @property
    def values(self) -> Mapping[str, Any]: ...
    @property
    def by(self) -> str: ...
    @property
    def at(self) -> dt.datetime: ...


@dataclass(frozen=True, slots=True)
class Sent:
    """The forms of a page and what became of it when it was sent in.

    `faults` are the keys of parts that must be corrected, `saved` of those just saved.
    """

    forms: Mapping[str, forms.Form]
    stale: Mapping[str, Overtaken] = field(default_factory=dict)
    faults: frozenset[str] = frozenset()
    saved: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two versions of a part word by word: theirs (saved) and yours (not saved)."""

    by: str
    at: str
    rows: tuple[DiffRow, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to correct. `href` leads to the field."""

    label: Text
    text: Text
    href: str


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of the page. `state` says who saved what stands; `draft` that the fields hold something unsaved.

    `chosen` is the step or judgement that is chosen in the form, `shown` each value in words for those who
    may not write. `period` is the outcome's, `draft_at` the text draft's moment in milliseconds.
    """

    key: str
    kind: str
    label: Text
    form: forms.Form
    editable: bool
    state: Text
    just_saved: bool
    draft: Text
    draft_at: int
    faults: tuple[Fault, ...]
    conflict: Conflict | None
    chosen: str
    shown: Mapping[str, Any]
    period: str = ""
    html: SafeString | str = ""


def part_views(sheet: Sheet, sent: Sent, may: Callable[[Part], bool]) -> dict[str, PartView]:
    """Every part of the page as it is shown, by key."""
    return {part.key: _view(part, sheet, sent, editable=sheet.is_open and may(part)) for part in sheet.parts}


def _view(part: Part, sheet: Sheet, sent: Sent, *, editable: bool) -> PartView:
    form = sent.forms[part.key]
    drafts = [sheet.drafts[slot] for slot in part.slots.values() if slot in sheet.drafts]
    stale = sent.stale.get(part.key)
    return PartView(
        key=part.key,
        kind=part.kind.value,
        label=part.label,
        form=form,
        editable=editable,
        state=_state(part),
        just_saved=part.key in sent.saved,
        draft=_draft_words(part, drafts) if editable and not form.is_bound else "",
        draft_at=int(drafts[0].saved_at.timestamp() * 1000) if drafts else 0,
        faults=_faults(part, form) if part.key in sent.faults else (),
        conflict=_conflict(part, form, stale, sheet) if stale else None,
        chosen=_chosen(part, form),
        shown=_shown(part, sheet),
        period=parse_period(part.period).label if part.period else "",
        # to_html escapes everything it prints.
        html=mark_safe(to_html(part.values["content"])) if part.kind is PartKind.TEXT else "",  # noqa: S308
    )


def _state(part: Part) -> str:
    if part.at is None:
        return ""
    return _("Sparat %(when)s av %(who)s") % {"when": moment_text(part.at), "who": part.by}


def _draft_words(part: Part, drafts: list[Any]) -> str:
    if not drafts:
        return ""
    words = _("Ditt utkast från %(when)s står här och är inte sparat.") % {
        "when": moment_text(max(draft.saved_at for draft in drafts))
    }
    if any(draft.base_number != part.pk for draft in drafts) and part.by:
        words += " " + _("%(who)s har sparat sedan du började; när du sparar får du se båda.") % {
            "who": part.by
        }
    return words


def _subject(part: Part) -> str:
    """What the part is about, in words that stand alone: an outcome's own label is only its breakdown."""
    if part.kind is PartKind.OUTCOME and part.indicator is not None:
        return ", ".join(filter(None, (part.indicator.name, part.label)))
    return part.label


def _faults(part: Part, form: forms.Form) -> tuple[Fault, ...]:
    return tuple(
        Fault(
            label=f"{_subject(part)}, {form.fields[name].label}" if name in form.fields else _subject(part),
            text=str(error),
            href=f"#{form[name].id_for_label or part.key}" if name in form.fields else f"#{part.key}",
        )
        for name, errors in form.errors.items()
        for error in errors
    )


def _chosen(part: Part, form: forms.Form) -> str:
    names = {PartKind.STATUS: "status", PartKind.ASSESSMENT: "step", PartKind.JUDGEMENT: "reported"}
    name = names.get(part.kind)
    return str(form[name].value() or "") if name else ""


def _conflict(part: Part, form: forms.Form, stale: Overtaken, sheet: Sheet) -> Conflict:
    yours = form.cleaned_data if hasattr(form, "cleaned_data") else {}
    return Conflict(
        by=stale.by,
        at=moment_text(stale.at),
        rows=side_by_side(in_words(part, stale.values, sheet), in_words(part, yours, sheet)),
    )


def in_words(part: Part, values: Mapping[str, Any], sheet: Sheet) -> str:
    """What a version of the part says, a line for each field."""
    if part.kind is PartKind.TEXT:
        return to_reading(values.get("content") or [])
    shown = _words(part, values, sheet)
    return "\n".join(f"{label}: {text}" for label, text in shown.items() if text)


def _shown(part: Part, sheet: Sheet) -> Mapping[str, Any]:
    step = _step(part, part.values, sheet)
    return {**part.values, "step_": step, "value_": _outcome(part.values)}


def _step(part: Part, values: Mapping[str, Any], sheet: Sheet) -> Step | None:
    if part.kind is PartKind.STATUS:
        return sheet.model.status_scale(sheet.round.kind).step(values.get("status") or "")
    if part.kind is PartKind.ASSESSMENT and sheet.model.fulfilment:
        return sheet.model.fulfilment.step(values.get("step") or "")
    return None


def _outcome(values: Mapping[str, Any]) -> str:
    if values.get("value") is not None:
        return format_decimal(values["value"])
    return WHY_EMPTY.get(str(values.get("status") or ""), "–")


def _words(part: Part, values: Mapping[str, Any], sheet: Sheet) -> dict[str, str]:
    words = sheet.model.words
    step = _step(part, values, sheet)
    match part.kind:
        case PartKind.STATUS:
            return {
                words.get("status", _("Status")): step.label if step else _("inte rapporterat"),
                words.get("comment", _("Kommentar")): str(values.get("comment", "")),
            }
        case PartKind.ASSESSMENT:
            return {
                _("Bedömning"): step.label if step else _("inte bedömt"),
                words.get("rationale", _("Motivering")): str(values.get("rationale", "")),
            }
        case PartKind.OUTCOME:
            return {
                _("Utfall"): _outcome(values)
                + (f" ({_('preliminärt')})" if values.get("preliminary") else ""),
                _("Fotnot"): str(values.get("footnote", "")),
            }
        case _:
            reported = {"met": _("uppnått"), "not_met": _("ej uppnått")}
            return {
                _("Bedömning"): reported.get(str(values.get("reported", "")), _("följer regeln")),
                _("Skäl"): str(values.get("reason", "")),
                words.get("analysis", _("Analys")): str(values.get("analysis", "")),
            }
