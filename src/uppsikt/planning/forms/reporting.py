"""The fields of each part that is reported. A form's `values()` has the names the actions take."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.cycle.selectors import Round
from uppsikt.kernel.numbers import format_decimal, parse_decimal
from uppsikt.planning.rules.reporting import PartKind
from uppsikt.planning.selectors.reporting_sheet import FIELDS, Part, Sheet
from uppsikt.texts.forms import TextEditor, TextField
from uppsikt.texts.rules import to_plain

OUTCOME_STATES = (
    ("value", _("Utfall")),
    ("not_published", _("Ännu ej publicerat")),
    ("not_measured", _("Ej mätt")),
    ("missing", _("Saknas än")),
)


LONGEST_NUMBER = 30


class PartForm(forms.Form):
    """One part of a page. `base` is the version that stood when the page was opened."""

    base = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, part: Part, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, prefix=part.key, auto_id="%s", initial=dict(initial or {}))
        self.part = part

    def values(self) -> dict[str, Any]:
        """What was sent in, by the names of the actions."""
        return {name: self.cleaned_data[name] for name in FIELDS[self.part.kind]}

    @property
    def is_sent(self) -> bool:
        """Whether the part was on the page that was sent in."""
        return self.add_prefix("base") in self.data


def _area(label: Any, rows: int = 2, placeholder: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        strip=True,
        max_length=20_000,
        widget=forms.Textarea(
            attrs={"rows": rows, "placeholder": placeholder, "class": "textarea", "lang": "sv"}
        ),
    )


class NumberField(forms.CharField):
    """A figure as people write it: 74,5 or 1 234."""

    widget = forms.TextInput(attrs={"class": "input num", "inputmode": "decimal", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        return format_decimal(value) if isinstance(value, Decimal) else value or ""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        found = parse_decimal(text) if len(text) <= LONGEST_NUMBER else None
        if found is None:
            raise ValidationError(
                _("”%(text)s” är inget tal. Skriv till exempel 74,5."), params={"text": text}, code="number"
            )
        return found


class OutcomeForm(PartForm):
    """An outcome for a period, or why there is none."""

    value = NumberField(label=_("Utfall"), required=False)
    status = forms.ChoiceField(
        label=_("Läge"),
        choices=OUTCOME_STATES,
        required=False,
        widget=forms.Select(attrs={"class": "select"}),
    )
    preliminary = forms.BooleanField(label=_("Preliminärt"), required=False)
    group_size = forms.IntegerField(
        label=_("Antal i gruppen"),
        required=False,
        min_value=0,
        max_value=100_000_000,
        widget=forms.TextInput(attrs={"class": "input num", "inputmode": "numeric", "autocomplete": "off"}),
    )
    footnote = forms.CharField(
        label=_("Fotnot"), required=False, max_length=1_000, widget=forms.TextInput(attrs={"class": "input"})
    )

    def clean(self) -> dict[str, Any]:
        """The field that was changed decides, when a figure and a reason for having none meet."""
        data = super().clean() or {}
        if "value" not in data:
            return data
        value, status = data["value"], data.get("status") or "value"
        was = self.part.values
        if value is not None and status != "value":
            wrote, chose = value != was["value"], status != (was["status"] or "value")
            if wrote and chose:
                self.add_error("value", _("Ange antingen ett utfall eller varför det saknas."))
            value, status = (None, status) if chose else (value, "value")
        elif value is None and status == "value":
            if was["value"] is not None and data.get("base") is not None:
                self.add_error("value", _("Ange ett utfall, eller välj varför det saknas."))
            status = was["status"] if was["value"] is None else ""
        return data | {"value": value, "status": status}


class JudgementForm(PartForm):
    """What is said of an indicator: its analysis, and a departure from the rule with its reason."""

    reported = forms.ChoiceField(label=_("Bedömning"), required=False)
    reason = _area(_("Skäl till avvikelsen"))
    analysis = _area(_("Analys"), rows=3)
    trend = forms.ChoiceField(
        label=_("Trend"), required=False, widget=forms.Select(attrs={"class": "select"})
    )
    unjustified = forms.ChoiceField(
        label=_("Omotiverade skillnader"), required=False, widget=forms.Select(attrs={"class": "select"})
    )

    def __init__(self, *args: Any, model: SteeringModel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy = model.indicators
        kept = self.part.values
        self.fields["analysis"].label = model.words.get("analysis", _("Analys"))
        _choices(self.fields["reported"], [("", ""), ("met", ""), ("not_met", "")])
        ways = [("better", _("Bättre")), ("unchanged", _("Oförändrad")), ("worse", _("Sämre"))]
        labels = {each.key: each.label for each in model.dimensions}
        dimension = policy.breakdown or "gender"
        differences = [
            ("none", _("Nej")),
            (dimension, _("Ja: %s") % labels.get(dimension, dimension).lower()),
        ]
        _choices(self.fields["trend"], [("", _("Som regeln säger")), *ways])
        _choices(self.fields["unjustified"], [("", _("Inte angivet")), *differences])
        for name, wanted in (("trend", policy.show_trend), ("unjustified", policy.unjustified_difference)):
            if not wanted:  # not asked for in this model; what stands is kept
                _choices(self.fields[name], [(kept[name], "")])
                self.fields[name].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("reported") and data["reported"] != self.part.rule and not data.get("reason"):
            self.add_error(
                "reason", _("Skriv varför bedömningen avviker från regeln. Skälet följer med i rapporten.")
            )
        return data


class StatusForm(PartForm):
    """An assignment's status and comment."""

    status = forms.ChoiceField(label=_("Status"), required=False)
    comment = _area(_("Kommentar"))

    def __init__(self, *args: Any, model: SteeringModel, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].label = model.words.get("status", _("Status"))
        self.fields["comment"].label = model.words.get("comment", _("Kommentar"))
        _choices(
            self.fields["status"],
            [("", ""), *((step.key, step.label) for step in model.status_scale(round_.kind).steps)],
        )


class AssessmentForm(PartForm):
    """A goal's fulfilment and why."""

    step = forms.ChoiceField(label=_("Bedömning"), required=False)
    rationale = _area(_("Motivering"), rows=3)

    def __init__(self, *args: Any, model: SteeringModel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scale = model.fulfilment
        self.fields["rationale"].label = model.words.get("rationale", _("Motivering"))
        self.fields["step"].label = model.word("fulfilment").capitalize()
        _choices(
            self.fields["step"],
            [("", ""), *((step.key, step.label) for step in (scale.steps if scale else ()))],
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (
            data.get("step")
            and self.part.rule
            and data["step"] != self.part.rule
            and not data.get("rationale")
        ):
            self.add_error(
                "rationale",
                _("Skriv varför bedömningen avviker från regelns förslag. Det följer med i rapporten."),
            )
        return data


class GoalTextForm(PartForm):
    """A long text about the goal."""

    content = TextField(label=_("Text"), required=False, widget=TextEditor(rows=8))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["content"].label = self.part.label


class MoveForm(forms.Form):
    """Where a round is to be moved, and why."""

    state = forms.ChoiceField(choices=[("open", ""), ("closed", "")])
    reason = forms.CharField(required=False, max_length=500)


def part_form(part: Part, sheet: Sheet, data: Mapping[str, Any] | None = None) -> PartForm:
    """The form of a part: bound to what was sent in, else holding the reader's drafts over what stands."""
    extra: dict[str, Any] = {}
    if part.kind in (PartKind.JUDGEMENT, PartKind.STATUS, PartKind.ASSESSMENT):
        extra["model"] = sheet.model
    if part.kind is PartKind.STATUS:
        extra["round_"] = sheet.round
    initial = {**part.values, "base": part.pk}
    if part.kind is PartKind.OUTCOME and not initial["status"]:
        initial["status"] = "value"
    for name, slot in part.slots.items():
        draft = sheet.drafts.get(slot)
        if draft is not None:
            initial[name] = draft.content if part.kind is PartKind.TEXT else to_plain(draft.content)
            initial["base"] = draft.base_number
    return _FORMS[part.kind](data, part=part, initial=initial, **extra)


def forms_of(sheet: Sheet) -> dict[str, PartForm]:
    """Every part's form as it stands, by the part's key."""
    return {part.key: part_form(part, sheet) for part in sheet.parts}


def _choices(field: forms.Field, choices: list[tuple[str, Any]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


_FORMS: Mapping[PartKind, Any] = {
    PartKind.OUTCOME: OutcomeForm,
    PartKind.JUDGEMENT: JudgementForm,
    PartKind.STATUS: StatusForm,
    PartKind.ASSESSMENT: AssessmentForm,
    PartKind.TEXT: GoalTextForm,
}
