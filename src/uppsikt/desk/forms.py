"""The few fields of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.control.forms.evidence import SentField
from uppsikt.control.rules.lists import LARGEST
from uppsikt.control.rules.sampling import LONGEST_SEED, MOST_DRAWN
from uppsikt.planning.forms.plan import PlanForm


class TokenForm(forms.Form):
    """What an API key is for."""

    name = forms.CharField(label=_("Vad nyckeln är till för"), max_length=100)


class RoomSampleForm(PlanForm):
    """What an auditor draws from, how many rows, and the seed."""

    area = forms.ChoiceField(label=_("Dra ur"), required=False)
    file = SentField(
        most=LARGEST // (1024 * 1024),
        label=_("Egen lista"),
        required=False,
        help_text=_("CSV eller Excel med rubriker på första raden."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )
    size = forms.IntegerField(label=_("Antal rader att dra"), min_value=1, max_value=MOST_DRAWN)
    seed = forms.CharField(
        label=_("Frö"),
        required=False,
        max_length=LONGEST_SEED,
        help_text=_("Avgör vilka rader som dras. Lämna tomt så görs ett; det sparas och visas."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, areas: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(areas)

    def clean(self) -> dict[str, Any] | None:
        """Ask for a list where none is chosen, and for one only."""
        data = super().clean()
        area, file = self.cleaned_data.get("area"), self.cleaned_data.get("file")
        if not area and not file and "file" not in self.errors:
            self.add_error("area", _("Välj vad som ska dras, eller ladda upp en lista."))
        if area and file:
            self.add_error("area", _("Välj antingen något ur Uppsikt eller en egen lista."))
        return data
