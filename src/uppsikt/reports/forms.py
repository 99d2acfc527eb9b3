"""What is filled in about a report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.kernel.decision import Decision


class AdoptForm(forms.Form):
    """The decision a report is adopted by."""

    decision_body = forms.CharField(
        label=_("Vem beslutade"),
        max_length=200,
        error_messages={"required": _("Skriv vem som fattade beslutet, till exempel Kommunstyrelsen.")},
    )
    decision_date = forms.DateField(
        label=_("Vilken dag"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": _("Skriv vilken dag beslutet fattades, till exempel 2025-03-26."),
            "invalid": _("Skriv dagen som år, månad och dag, till exempel 2025-03-26."),
        },
    )
    decision_section = forms.CharField(label=_("Paragraf"), max_length=20, required=False)
    decision_case = forms.CharField(label=_("Ärendenummer"), max_length=60, required=False)
    confirmed = forms.BooleanField(
        label=_("Jag har sett vad som saknas och vill fastställa ändå"), required=False
    )

    def __init__(self, *args: Any, missing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if missing:
            self.fields["confirmed"].required = True
            self.fields["confirmed"].error_messages["required"] = _(
                "Kryssa i rutan om rapporten ska fastställas trots det som saknas."
            )
        else:
            del self.fields["confirmed"]

    def decision(self) -> Decision:
        """The decision, when the form is valid."""
        data = self.cleaned_data
        return Decision(
            data["decision_case"], data["decision_body"], data["decision_date"], data["decision_section"]
        )
