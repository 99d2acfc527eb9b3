"""What may be sent about a body's internal control as a whole."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.cycle.rules.steering import Scale
from uppsikt.planning.forms.plan import PlanForm


class SummaryForm(PlanForm):
    """The summary assessment with its rationale."""

    step = forms.ChoiceField(label=_("Samlad bedömning"), required=False)
    rationale = forms.CharField(
        label=_("Motivering"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Följer med i rapporten. Krävs när bedömningen avviker från regelns förslag."),
    )

    def __init__(self, *args: Any, scale: Scale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["step"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Ej bedömd")), *((step.key, step.label) for step in scale.steps)]
