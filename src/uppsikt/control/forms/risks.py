"""What may be sent about risks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.control.rules.words import RiskDecision, Stage
from uppsikt.control.selectors import Risk
from uppsikt.control.selectors.risks import RiskFacts, version_of
from uppsikt.cycle.rules.control_policy import ControlPolicy
from uppsikt.organisation.selectors import Body
from uppsikt.planning.forms.plan import PersonField, PlanForm

FIRST_YEAR, LAST_YEAR = 1950, 2150


def area(label: Any, *, rows: int = 2, help_text: Any = "", required: bool = False) -> forms.CharField:
    """A text of some lines."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=4000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def step_choices(policy: ControlPolicy, axis: str) -> list[tuple[str, str]]:
    """The steps of an axis: "3 Möjlig"."""
    return [(str(value), f"{value} {label}") for value, label in sorted(policy.labels(axis).items())]


class RiskForm(PlanForm):
    """A risk: where, what, why, with what consequence. `shared` only for those who answer for all."""

    process = forms.CharField(
        label=_("Område eller process"),
        max_length=200,
        help_text=_("Det risken står under i planen, till exempel Lönehantering."),
    )
    title = area(_("Risk"), rows=3, required=True, help_text=_("Vad kan inträffa?"))
    cause = area(_("Orsak"), help_text=_("Varför skulle det inträffa?"))
    consequence = area(_("Konsekvens"), help_text=_("Vad händer då, och för vem?"))
    background = area(_("Bakgrund"), rows=3)
    responsible = PersonField(label=_("Ansvarig"))
    origin_year = forms.IntegerField(
        label=_("Dokumenterad första gången år"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
    )
    shared = forms.BooleanField(
        label=_("Kommungemensam"),
        required=False,
        help_text=_("Nämnderna kan ta över risken som den är eller anpassa den."),
    )

    def __init__(
        self,
        *args: Any,
        processes: Iterable[str] = (),
        may_share: bool = False,
        bodies: Sequence[tuple[Body, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {row.key: row for row, _name in bodies}
        if not may_share:
            del self.fields["shared"]
        if bodies:
            choices = [(row.key, name) for row, name in bodies]
            body = forms.ChoiceField(label=_("Nämnd"), choices=choices)
            self.fields = {"version": self.fields.pop("version"), "body": body, **self.fields}
        self.known = tuple(sorted(set(processes), key=str.casefold))

    @property
    def chosen_body(self) -> Body:
        """The body chosen among those offered."""
        return self._bodies[self.cleaned_data["body"]]

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "body")}


def risk_initial(risk: Risk) -> dict[str, Any]:
    """What the form starts with for a risk that stands."""
    kept = ("process", "title", "cause", "consequence", "background", "origin_year", "shared")
    return {name: getattr(risk, name) for name in kept} | {
        "version": version_of(risk),
        "responsible": risk.responsible.key if risk.responsible else "",
    }


class AssessForm(PlanForm):
    """How likely a risk is and how grave, as things are and, when it can be said, with the mitigations made."""

    def __init__(self, *args: Any, policy: ControlPolicy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for stage, needed in ((Stage.BEFORE, True), (Stage.AFTER, False)):
            for axis, word in (("likelihood", _("Sannolikhet")), ("consequence", _("Konsekvens"))):
                choices = _described(policy, axis)
                if not needed:
                    choices = [("", str(_("Inte bedömd än"))), *choices]
                self.fields[f"{stage}_{axis}"] = forms.ChoiceField(
                    label=f"{word} {stage.label}",
                    choices=choices,
                    required=needed,
                    widget=forms.RadioSelect,
                )
            self.fields[f"{stage}_comment"] = area(f"{_('Motivering')} {stage.label}")

    def clean(self) -> dict[str, Any]:
        """Both steps after mitigations go together, or neither is set."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        likely, grave = data.get("after_likelihood"), data.get("after_consequence")
        if bool(likely) != bool(grave):
            field = "after_consequence" if likely else "after_likelihood"
            self.add_error(field, _("Ange både sannolikhet och konsekvens efter åtgärd, eller ingendera."))
        return data

    def assessed(self) -> list[tuple[Stage, int, int, str]]:
        """What was assessed: stage, likelihood, consequence, comment."""
        data = self.cleaned_data
        return [
            (
                stage,
                int(data[f"{stage}_likelihood"]),
                int(data[f"{stage}_consequence"]),
                data[f"{stage}_comment"],
            )
            for stage in Stage
            if data.get(f"{stage}_likelihood")
        ]


def assess_initial(facts: RiskFacts) -> dict[str, Any]:
    """What the form starts with: what stands."""
    found: dict[str, Any] = {"version": version_of(facts.risk)}
    for stage, row in ((Stage.BEFORE, facts.before), (Stage.AFTER, facts.after)):
        found[f"{stage}_likelihood"] = row.likelihood if row else ""
        found[f"{stage}_consequence"] = row.consequence if row else ""
        found[f"{stage}_comment"] = row.comment if row else ""
    return found


class TreatForm(PlanForm):
    """What is decided about a risk, and why."""

    decision = forms.ChoiceField(
        label=_("Beslut"),
        choices=[(each.value, each.label) for each in RiskDecision],
        widget=forms.RadioSelect,
    )
    rationale = area(_("Motivering"), rows=4, help_text=_("En risk som accepteras behöver en motivering."))

    def clean(self) -> dict[str, Any]:
        """To accept a risk takes a reason."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("decision") == RiskDecision.ACCEPT.value and not data.get("rationale"):
            self.add_error("rationale", _("Skriv varför risken kan accepteras."))
        return data


def treat_initial(facts: RiskFacts) -> dict[str, Any]:
    """What the form starts with: what stands."""
    held = facts.treatment
    return {
        "version": version_of(facts.risk),
        "decision": held.decision if held else "",
        "rationale": held.rationale if held else "",
    }


class CarryForm(PlanForm):
    """To bring last year's risks along: nothing to fill in."""


def _described(policy: ControlPolicy, axis: str) -> list[tuple[str, str]]:
    """The steps with what they mean: "3 Möjlig: det har inträffat och kan göra det igen."."""
    steps = sorted(getattr(policy, axis), key=lambda step: step.value)
    return [
        (
            str(step.value),
            f"{step.value} {step.label}" + (f": {step.description}" if step.description else ""),
        )
        for step in steps
    ]
