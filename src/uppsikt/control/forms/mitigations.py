"""What may be sent about mitigations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.control.forms.risks import area
from uppsikt.control.selectors import Mitigation
from uppsikt.control.selectors.mitigations import MitigationFacts, version_of
from uppsikt.cycle.rules.steering import Scale
from uppsikt.followup.selectors import Item
from uppsikt.planning.forms.plan import DAY, PersonField, PlanForm


class MitigationForm(PlanForm):
    """What is to be done, by whom and by when."""

    title = area(_("Åtgärd"), required=True, help_text=_("Vad ska göras?"))
    description = area(_("Beskrivning"), rows=3)
    responsible = PersonField(label=_("Ansvarig"))
    deadline = forms.DateField(label=_("Klart senast"), widget=DAY, required=False)

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def mitigation_initial(mitigation: Mitigation) -> dict[str, Any]:
    """What the form starts with for a mitigation that stands."""
    item = mitigation.item
    return {
        "version": version_of(mitigation),
        "title": mitigation.title,
        "description": mitigation.description,
        "responsible": item.responsible.key if item.responsible else "",
        "deadline": item.deadline,
    }


class StatusForm(PlanForm):
    """A mitigation's status and comment in a round."""

    status = forms.ChoiceField(label=_("Status"), required=False, widget=forms.RadioSelect)
    comment = area(_("Kommentar"), rows=5)

    def __init__(self, *args: Any, scale: Scale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["status"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Inte rapporterat")), *((step.key, step.label) for step in scale.steps)]


def status_initial(facts: MitigationFacts) -> dict[str, Any]:
    """What the form starts with: what was reported in the round."""
    return {
        "version": version_of(facts.mitigation),
        "status": facts.entry.status if facts.entry else "",
        "comment": facts.entry.comment if facts.entry else "",
    }


class DependencyForm(PlanForm):
    """What something waits for, among a body's items."""

    waits_for = forms.ChoiceField(label=_("Väntar på"))
    note = area(_("Förklaring"), help_text=_("Till exempel varför det ena måste göras före det andra."))

    def __init__(self, *args: Any, offered: Iterable[tuple[Item, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = list(offered)
        self._items = {item.key: item for item, _title in offered}
        words = {"assignment": _("Uppdrag"), "mitigation": _("Åtgärd"), "control": _("Kontroll")}
        field = self.fields["waits_for"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "–"),
            *(
                (str(label), [(item.key, title) for item, title in offered if item.kind == kind])
                for kind, label in words.items()
                if any(item.kind == kind for item, _title in offered)
            ),
        ]

    @property
    def chosen(self) -> Item:
        """The item chosen among those offered."""
        return self._items[self.cleaned_data["waits_for"]]


class ReportAllForm(PlanForm):
    """The status and comment of several mitigations in a round. A row that is not touched is not sent on."""

    def __init__(self, *args: Any, facts: Iterable[MitigationFacts], scale: Scale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = list(facts)
        choices = [("", str(_("Inte rapporterat"))), *((step.key, step.label) for step in scale.steps)]
        for row in self.facts:
            pk, title, entry = row.mitigation.pk, row.mitigation.title, row.entry
            self.fields[f"v{pk}"] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=str(entry.pk) if entry else ""
            )
            self.fields[f"s{pk}"] = forms.ChoiceField(
                label=_("Status"),
                choices=choices,
                required=False,
                initial=entry.status if entry else "",
                widget=forms.Select(attrs={"aria-label": f"{_('Status')}: {title}"}),
            )
            comment = area(_("Kommentar"))
            comment.initial = entry.comment if entry else ""
            comment.widget.attrs["aria-label"] = f"{_('Kommentar')}: {title}"
            self.fields[f"c{pk}"] = comment

    def fields_of(self, pk: int) -> list[forms.BoundField]:
        """The fields of one mitigation."""
        return [self[f"{letter}{pk}"] for letter in "sc"]

    def told(self) -> list[tuple[Mitigation, str, str, str]]:
        """What was written, where it is not what stood: mitigation, version, status, comment."""
        data, found = self.cleaned_data, []
        for row in self.facts:
            pk, entry = row.mitigation.pk, row.entry
            said = (data[f"s{pk}"], data[f"c{pk}"])
            if said != ((entry.status, entry.comment) if entry else ("", "")):
                found.append((row.mitigation, data[f"v{pk}"], *said))
        return found

    def rebase_all(self) -> None:
        """Go on from what stands now, with what the person wrote kept in the fields."""
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        for row in self.facts:
            data[f"v{row.mitigation.pk}"] = str(row.entry.pk) if row.entry else ""
        self.data = data
