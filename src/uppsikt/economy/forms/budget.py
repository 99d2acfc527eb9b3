"""Frames, amounts of the detailed budget and restatements, as people write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from uppsikt.economy.actions.writing import Place
from uppsikt.economy.forms.amounts import AmountField, KeepForm, written
from uppsikt.economy.rules.grain import Profile
from uppsikt.economy.rules.model import Named
from uppsikt.economy.selectors import BudgetAmount, FrameDecision, Restatement, editing
from uppsikt.kernel.decision import Decision
from uppsikt.kernel.period import MONTHS
from uppsikt.planning.forms.plan import DAY, decision_in
from uppsikt.web.parts import Text

Choices = Sequence[tuple[str, str]]
SIGN = _("Kostnader skrivs med minus. I tkr, om du inte skriver kr eller mnkr efter.")


class FrameForm(KeepForm):
    """A decision that sets or adjusts the frame, with its amounts by column."""

    original = forms.BooleanField(label=_("Årets ursprungliga ram"), required=False)
    date = forms.DateField(label=_("Gäller från"), widget=DAY)
    text = forms.CharField(label=_("Vad beslutet gäller"), max_length=300)
    decision_body = forms.CharField(label=_("Beslutat av"), max_length=200)
    decision_date = forms.DateField(label=_("Beslutsdatum"), widget=DAY)
    decision_section = forms.CharField(
        label=_("Paragraf"), max_length=20, required=False, help_text=_("Bara siffran, till exempel 41.")
    )
    decision_case = forms.CharField(label=_("Ärendenummer"), max_length=60, required=False)

    def __init__(self, *args: Any, columns: Sequence[Named], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._columns = columns
        for column in columns:
            self.fields[f"column-{column.key}"] = AmountField(label=f"{column.label}, tkr", help_text=SIGN)

    def clean(self) -> dict[str, Any]:
        """A decision moves something."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self._columns and not self.amounts() and not self.errors:
            self.add_error(f"column-{self._columns[0].key}", _("Skriv minst ett belopp."))
        return data

    def amounts(self) -> dict[str, int]:
        """What was written, by column, in öre."""
        found = {one.key: self.cleaned_data.get(f"column-{one.key}") for one in self._columns}
        return {key: ore for key, ore in found.items() if ore is not None}

    def decision(self) -> Decision:
        """The decision as written."""
        return decision_in(self.cleaned_data)


def frame_initial(row: FrameDecision | None, amounts: Mapping[str, int]) -> dict[str, Any]:
    """What the form starts with for a decision that stands."""
    if row is None:
        return {"version": ""}
    return {
        "version": editing.frame_version(row), "original": row.original, "date": row.date, "text": row.text,
        "decision_body": row.decision_body, "decision_date": row.decision_date,
        "decision_section": row.decision_section, "decision_case": row.decision_case,
        **{f"column-{column}": written(ore) for column, ore in amounts.items()},
    }  # fmt: skip


class PlaceForm(KeepForm):
    """Something that stands on a line, in a unit and an activity. `choices` None: where it stands is settled."""

    def __init__(self, *args: Any, choices: Mapping[str, Choices] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels: dict[str, Text] = {
            "line": _("Rad"), "unit": _("Enhet"), "activity": _("Verksamhet"), "decision": _("Rambeslut"),
        }  # fmt: skip
        for name in reversed(list(choices or {})):
            field = forms.ChoiceField(
                label=str(labels[name]), choices=(choices or {})[name], required=name == "line"
            )
            self.fields = {name: field, **self.fields}

    def placed(self, name: str) -> str:
        """What was chosen of where it stands."""
        return str(self.cleaned_data.get(name, ""))


class BudgetForm(PlaceForm):
    """An amount of the detailed budget, and how it is spread over the year."""

    amount = AmountField(label=_("Belopp för året, tkr"), help_text=SIGN)
    profile = forms.ChoiceField(
        label=_("Fördelning över året"),
        choices=[(profile.value, profile.label.capitalize()) for profile in Profile],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, month in enumerate(MONTHS, 1):
            self.fields[f"m{number}"] = AmountField(label=month.capitalize())

    @property
    def groups(self) -> list[tuple[Text, list[BoundField]]]:
        """The fields, the twelve months by themselves."""
        months = [self[f"m{number}"] for number in range(1, 13)]
        others = [
            field for field in self.visible_fields() if field.name not in {month.name for month in months}
        ]
        return [("", others), (_("Belopp per månad, tkr (när fördelningen är per månad)"), months)]

    def clean(self) -> dict[str, Any]:
        """Months by hand add up to the year; without a year's amount they are it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("profile") != Profile.MANUAL.value or self.errors:
            return data
        total = sum(self.months())
        if data.get("amount") is None and any(data.get(f"m{number}") is not None for number in range(1, 13)):
            data["amount"] = total
        if data.get("amount") is not None and total != data["amount"]:
            self.add_error(
                "amount",
                _("Månaderna blir tillsammans %(months)s tkr, men årets belopp är %(year)s tkr. Ändra så att de blir lika.")
                % {"months": written(total), "year": written(data["amount"])},
            )  # fmt: skip
        return data

    def months(self) -> list[int]:
        """The twelve months as written, in öre; nothing is zero."""
        return [self.cleaned_data.get(f"m{number}") or 0 for number in range(1, 13)]


def budget_initial(row: BudgetAmount | None) -> dict[str, Any]:
    """What the form starts with."""
    if row is None:
        return {"version": "", "profile": Profile.EVEN.value}
    months = {f"m{number}": written(ore) for number, ore in enumerate(row.months, 1)}
    return {
        "version": editing.version_of(row), "amount": written(row.amount_ore), "profile": row.profile, **months,
    }  # fmt: skip


class RestatementForm(PlaceForm):
    """What a comparison year is moved by, and why: the reason is the table's footnote."""

    amount = AmountField(
        label=_("Belopp, tkr"), help_text=_("Det som läggs till årets utfall. Tomt tar bort omräkningen.")
    )
    reason = forms.CharField(
        label=_("Skäl"), max_length=300, help_text=_("Skälet blir tabellens fotnot."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


def restatement_initial(row: Restatement | None) -> dict[str, Any]:
    """What the form starts with."""
    if row is None:
        return {"version": ""}
    return {"version": editing.version_of(row), "amount": written(row.amount_ore), "reason": row.reason}


__all__ = [
    "BudgetForm", "FrameForm", "Place", "PlaceForm", "RestatementForm", "budget_initial", "frame_initial",
    "restatement_initial",
]  # fmt: skip
