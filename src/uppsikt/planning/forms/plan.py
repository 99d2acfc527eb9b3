"""What the forms of a plan have in common: the version they started from, and the problems of the actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from uppsikt.accounts import selectors as accounts
from uppsikt.accounts.selectors import User
from uppsikt.kernel.decision import Decision
from uppsikt.kernel.numbers import parse_decimal
from uppsikt.kernel.problems import InputError
from uppsikt.planning.selectors import Plan

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PlanForm(forms.Form):
    """A form over something in a plan. `version` tells what stood when it was opened."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def add_problems(self, error: InputError) -> None:
        """Show what an action refused, at the field it concerns where there is one."""
        for problem in error.problems:
            field = problem.where.field if problem.where.field in self.fields else None
            self.add_error(field, f"{problem.message} {problem.remedy}".strip())

    def rebase(self, version: str) -> None:
        """Go on from what stands now, with what the person wrote kept in the fields."""
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data[self.add_prefix("version")] = version
        self.data = data

    def described(self, values: Mapping[str, Any]) -> str:
        """The fields in words, a line each: what two versions are compared by."""
        lines = []
        for name, field in self.fields.items():
            if field.widget.is_hidden:
                continue
            value = values.get(name)
            if isinstance(field, forms.ChoiceField):
                labels = {str(key): label for key, label in list(field.choices)}  # type: ignore[arg-type,misc]  # no groups here
                if isinstance(field, forms.MultipleChoiceField):
                    chosen = values.getlist(name) if isinstance(values, QueryDict) else value or []
                    value = ", ".join(str(labels.get(key, key)) for key in chosen)
                else:
                    value = labels.get("" if value is None else str(value), value)
            lines.append(f"{field.label}: {'' if value is None else value}")
        return "\n".join(lines)


class PersonField(forms.ChoiceField):
    """A person to answer for something, by name; nobody is a choice too."""

    def __init__(self, *, label: Any) -> None:
        super().__init__(label=label, required=False, choices=_people)

    def clean(self, value: Any) -> User | None:  # type: ignore[override]
        """The person chosen."""
        key = super().clean(value)
        return accounts.by_key(key) if key else None


def _people() -> list[tuple[str, str]]:
    active = accounts.users().filter(is_active=True).order_by("name").values_list("key", "name")
    return [("", "–"), *active]


class FigureInput(forms.CharField):
    """A figure written the Swedish way: "74,5", "1 234", "−3"."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "num", "autocomplete": "off"})
        super().__init__(required=False, widget=widget, max_length=40, **kwargs)

    def clean(self, value: Any) -> Any:
        """The figure, None when nothing is written. Raises: ValidationError when it is no figure."""
        text = super().clean(value)
        if not text:
            return None
        figure = parse_decimal(text)
        if figure is None:
            raise forms.ValidationError(
                _("”%(text)s” är inget tal. Skriv till exempel 74,5."), params={"text": text}
            )
        return figure


class DecisionForm(PlanForm):
    """The decision that a plan is adopted by."""

    decision_body = forms.CharField(label=_("Beslutat av"), max_length=200)
    decision_date = forms.DateField(label=_("Beslutsdatum"), widget=DAY)
    decision_section = forms.CharField(
        label=_("Paragraf"), max_length=20, required=False, help_text=_("Bara siffran, till exempel 41.")
    )
    decision_case = forms.CharField(label=_("Ärendenummer"), max_length=60, required=False)

    def decision(self) -> Decision:
        """The decision as written."""
        return decision_in(self.cleaned_data)


class ReasonForm(PlanForm):
    """Why an adopted plan is opened again."""

    reason = forms.CharField(
        label=_("Skäl"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Skälet står kvar i historiken."),
        max_length=2000,
    )


def decision_in(data: Mapping[str, Any]) -> Decision:
    """The four parts of a decision among a form's values."""
    return Decision(
        case=data["decision_case"],
        body=data["decision_body"],
        date=data["decision_date"],
        section=data["decision_section"],
    )


def decision_initial(plan: Plan | None, body: str) -> dict[str, Any]:
    """What the decision form starts with: what stands, else the body itself."""
    held = plan.decision if plan else Decision()
    return {
        "decision_body": held.body or body,
        "decision_date": held.date,
        "decision_section": held.section,
        "decision_case": held.case,
    }
