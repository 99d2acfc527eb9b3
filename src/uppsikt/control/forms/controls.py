"""What may be sent about controls, their measures and occasions, and group-wide controls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.control.forms.risks import area
from uppsikt.control.rules.words import CHOICES, Frequency, RowsOf
from uppsikt.control.selectors import Control, ControlMeasure, GroupControl, Occasion, Risk
from uppsikt.control.selectors.control_rows import version_of
from uppsikt.kernel.numbers import format_decimal
from uppsikt.organisation.selectors import Body
from uppsikt.planning.forms.plan import DAY, FigureInput, PersonField, PlanForm

FREQUENCIES = [("", _("Inte angivet")), *((each.value, each.label) for each in Frequency)]
TOLD = ("name", "process", "purpose", "method", "frequency", "period_text")


class ToldForm(PlanForm):
    """What is told of a control, shared or own."""

    name = area(_("Kontroll"), rows=2, required=True, help_text=_("Vad kontrolleras?"))
    process = forms.CharField(
        label=_("Mål eller process"),
        max_length=200,
        required=False,
        help_text=_("Det kontrollen står under i plan och rapport, till exempel Löneutbetalning."),
    )
    purpose = area(_("Varför görs kontrollen?"), rows=3)
    method = area(_("Så görs kontrollen"), rows=4)
    frequency = forms.ChoiceField(label=_("Hur ofta"), choices=FREQUENCIES, required=False)
    period_text = forms.CharField(
        label=_("Period i text"),
        max_length=200,
        required=False,
        help_text=_("Om den inte framgår av hur ofta, till exempel januari–november."),
    )

    def told(self) -> dict[str, Any]:
        """What was written of the control, by the names of the action."""
        return {name: self.cleaned_data[name] for name in TOLD}


class ControlForm(ToldForm):
    """A body's control. Of a group-wide one, what is left empty is as there."""

    risk = forms.ChoiceField(label=_("Risk"), required=False)
    performer = PersonField(label=_("Utförs av"))
    performer_text = forms.CharField(
        label=_("Utförs av (roll)"), max_length=200, required=False, help_text=_("Om ingen person är utsedd.")
    )
    reviewer = PersonField(label=_("Granskas av"))
    reviewer_text = forms.CharField(label=_("Granskas av (roll)"), max_length=200, required=False)
    responsible = PersonField(label=_("Ansvarig"))
    deadline = forms.DateField(label=_("Klart senast"), widget=DAY, required=False)

    def __init__(
        self,
        *args: Any,
        risks: Sequence[Risk],
        bodies: Sequence[tuple[Body, str]] = (),
        group: GroupControl | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._risks = {row.key: row for row in risks}
        self._bodies = {row.key: row for row, _name in bodies}
        chosen = self.fields["risk"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", "–"), *((row.key, row.title) for row in risks)]
        if group is not None:
            self.fields["name"].required = False
            self.fields["name"].help_text = _("Tomt: som den kommungemensamma kontrollen.")
        if len(bodies) > 0:
            choices = [(row.key, name) for row, name in bodies]
            body = forms.ChoiceField(label=_("Nämnd"), choices=choices)
            self.fields = {"version": self.fields.pop("version"), "body": body, **self.fields}

    @property
    def chosen_body(self) -> Body:
        """The body chosen among those offered."""
        return self._bodies[self.cleaned_data["body"]]

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action."""
        data = self.cleaned_data
        people = ("performer", "performer_text", "reviewer", "reviewer_text", "responsible", "deadline")
        return self.told() | {name: data[name] for name in people} | {"risk": self._risks.get(data["risk"])}


def new_initial(body: str, risk: Risk | None) -> dict[str, Any]:
    """What the form starts with for a new control. Args: body: the chosen one's key; risk: what it answers, if known."""
    if risk is None:
        return {"body": body}
    return {"body": risk.body.key, "risk": risk.key, "process": risk.process}


def control_initial(control: Control) -> dict[str, Any]:
    """What the form starts with for a control that stands."""
    item = control.item
    return {name: getattr(control, name) for name in TOLD} | {
        "version": version_of(control),
        "risk": control.risk.key if control.risk else "",
        "performer": control.performer.key if control.performer else "",
        "performer_text": control.performer_text,
        "reviewer": control.reviewer.key if control.reviewer else "",
        "reviewer_text": control.reviewer_text,
        "responsible": item.responsible.key if item.responsible else "",
        "deadline": item.deadline,
    }


class GroupForm(ToldForm):
    """A group-wide control."""

    rows_of = forms.ChoiceField(
        label=_("Rader per"), choices=[(each.value, each.label.capitalize()) for each in RowsOf]
    )
    footnote = area(_("Fotnot"), rows=2, help_text=_("Står under tabellen."))

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action."""
        return self.told() | {name: self.cleaned_data[name] for name in ("rows_of", "footnote")}


def group_initial(group: GroupControl) -> dict[str, Any]:
    """What the form starts with for a group-wide control that stands."""
    kept = (*TOLD, "rows_of", "footnote")
    return {name: getattr(group, name) for name in kept} | {"version": version_of(group)}


class GiveForm(PlanForm):
    """The bodies that are to make a group-wide control."""

    bodies = forms.MultipleChoiceField(
        label=_("Nämnder som ska göra kontrollen"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst en nämnd.")},
    )

    def __init__(self, *args: Any, bodies: Sequence[tuple[Body, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {row.key: row for row, _name in bodies}
        field = self.fields["bodies"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(row.key, name) for row, name in bodies]

    def chosen(self) -> list[Body]:
        """The bodies chosen."""
        return [self._bodies[key] for key in self.cleaned_data["bodies"]]


class MeasureForm(PlanForm):
    """A figure that a result is made of, with its limits."""

    label = forms.CharField(
        label=_("Benämning"), max_length=200, help_text=_("Till exempel Andel rätt attesterade.")
    )
    kind = forms.ChoiceField(label=_("Slag"), choices=CHOICES["MeasureKind"])
    unit_text = forms.CharField(
        label=_("Vad som räknas"), max_length=100, required=False, help_text=_("Till exempel verifikationer.")
    )
    approved_from = FigureInput(
        label=_("Godkänt från, %"), help_text=_("Tomt: kontrollen har inga gränser. Bedöms på den oavrundade andelen.")
    )  # fmt: skip
    deficient_from = FigureInput(
        label=_("Bristfälligt från, %"), help_text=_("Under den gränsen är resultatet underkänt.")
    )
    above = forms.BooleanField(label=_("Andelen måste överstiga gränsen, inte bara nå den"), required=False)

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action."""
        kept = ("label", "kind", "unit_text", "approved_from", "deficient_from", "above")
        return {name: self.cleaned_data[name] for name in kept}


def measure_initial(owner: Control | GroupControl, measure: ControlMeasure | None) -> dict[str, Any]:
    """What the form starts with."""
    found: dict[str, Any] = {"version": version_of(owner)}
    if measure is not None:
        found |= {name: getattr(measure, name) for name in ("label", "kind", "unit_text", "above")}
        for name in ("approved_from", "deficient_from"):
            limit = getattr(measure, name)
            found[name] = format_decimal(limit) if limit is not None else ""
    return found


class OccasionForm(PlanForm):
    """A time that a control is made."""

    period = forms.CharField(
        label=_("Period eller dag"),
        max_length=20,
        help_text=_("Till exempel 2025, 2025-T2, 2025-03, 2025-W07 eller 2025-03-14."),
    )
    period_text = forms.CharField(
        label=_("Period i text"),
        max_length=200,
        required=False,
        help_text=_("Så som den ska skrivas, om koden inte räcker."),
    )
    due = forms.DateField(label=_("Ska vara gjord senast"), widget=DAY, required=False)

    def __init__(self, *args: Any, fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if fixed:
            del self.fields["period"]

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action."""
        kept = ("period", "period_text", "due")
        return {name: self.cleaned_data[name] for name in kept if name in self.cleaned_data}


def occasion_initial(occasion: Occasion) -> dict[str, Any]:
    """What the form starts with for an occasion that stands."""
    return {
        "version": version_of(occasion.control),
        "period_text": occasion.period_text,
        "due": occasion.due,
    }


class StatusForm(PlanForm):
    """A control's status and comment in a round."""

    status = forms.ChoiceField(label=_("Status"), widget=forms.RadioSelect, required=False)
    comment = area(_("Kommentar"), rows=4)

    def __init__(self, *args: Any, steps: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["status"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(steps)
