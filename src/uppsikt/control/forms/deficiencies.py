"""Writing down what a control found wrong, and planning its retest."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.control.selectors import Deficiency
from uppsikt.control.selectors.deficiencies import version_of
from uppsikt.planning.forms.plan import DAY, PlanForm


class DeficiencyForm(PlanForm):
    """A deficiency."""

    title = forms.CharField(
        label=_("Brist"),
        max_length=300,
        help_text=_("Vad som är fel, så att den som inte var med förstår."),
    )
    description = forms.CharField(
        label=_("Beskrivning"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    found_on = forms.DateField(label=_("Funnen"), widget=DAY)

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action."""
        return {name: self.cleaned_data[name] for name in ("title", "description", "found_on")}


def deficiency_initial(found: Deficiency) -> dict[str, Any]:
    """What the form starts with."""
    return {
        "version": version_of(found),
        "title": found.title,
        "description": found.description,
        "found_on": found.found_on,
    }


class RetestForm(PlanForm):
    """When the control is to be made again. A retest is known by its day."""

    due = forms.DateField(
        label=_("Omtestet görs senast"),
        widget=DAY,
        help_text=_("Kontrollen görs om som vanligt, och resultatet rapporteras på omtestets sida."),
    )

    @property
    def day(self) -> dt.date:
        """The day chosen."""
        chosen: dt.date = self.cleaned_data["due"]
        return chosen
