"""What may be sent to a workshop."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from uppsikt.control.forms.risks import step_choices
from uppsikt.control.selectors import RiskVote
from uppsikt.control.selectors.risks import RiskFacts
from uppsikt.cycle.rules.control_policy import ControlPolicy
from uppsikt.planning.forms.plan import PlanForm


class WorkshopForm(PlanForm):
    """A workshop that opens."""

    name = forms.CharField(
        label=_("Namn"), max_length=200, help_text=_("Till exempel ”Ledningsgruppen, november”.")
    )


class VotesForm(PlanForm):
    """A person's votes on the risks of a workshop: likelihood, consequence and comment for each."""

    def __init__(
        self,
        *args: Any,
        policy: ControlPolicy,
        risks: Iterable[RiskFacts],
        own: Iterable[RiskVote],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._risks = [row.risk.pk for row in risks]
        held = {row.risk_id: row for row in own}
        for row in risks:
            vote, pk = held.get(row.risk.pk), row.risk.pk
            title = row.risk.title
            self.fields[f"l{pk}"] = _step(
                _("Sannolikhet"), title, step_choices(policy, "likelihood"), vote.likelihood if vote else ""
            )
            self.fields[f"c{pk}"] = _step(
                _("Konsekvens"), title, step_choices(policy, "consequence"), vote.consequence if vote else ""
            )
            self.fields[f"t{pk}"] = forms.CharField(
                label=_("Varför?"),
                required=False,
                max_length=1000,
                initial=vote.comment if vote else "",
                widget=forms.TextInput(attrs={"aria-label": f"{_('Varför?')} {title}"}),
            )

    def clean(self) -> dict[str, Any]:
        """Both steps go together."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for pk in self._risks:
            likely, grave = data.get(f"l{pk}"), data.get(f"c{pk}")
            if bool(likely) != bool(grave):
                self.add_error(f"c{pk}" if likely else f"l{pk}", _("Ange både sannolikhet och konsekvens."))
        return data

    def fields_of(self, pk: int) -> list[BoundField]:
        """The fields of one risk's vote."""
        return [self[f"{letter}{pk}"] for letter in "lct"] if f"l{pk}" in self.fields else []

    def votes(self) -> dict[int, tuple[int, int, str]]:
        """What was voted, by risk id; risks that were passed over are left out."""
        data = self.cleaned_data
        return {
            pk: (int(data[f"l{pk}"]), int(data[f"c{pk}"]), data[f"t{pk}"])
            for pk in self._risks
            if data.get(f"l{pk}")
        }


def _step(label: Any, title: str, choices: list[tuple[str, str]], initial: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", _("Inte bedömd")), *choices],
        required=False,
        initial=initial,
        widget=forms.Select(attrs={"aria-label": f"{label}: {title}"}),
    )
