"""The forms of an indicator in a plan: the series, how the plan uses it, and its targets."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.kernel.numbers import format_decimal
from uppsikt.planning.forms.plan import FigureInput, PersonField, PlanForm
from uppsikt.planning.rules.judgement import TargetFact, target_text
from uppsikt.planning.selectors import Indicator, IndicatorUse, Target, fact_of, target_version, version_of

SERIES = (
    "name",
    "measure",
    "direction",
    "periodicity",
    "source_kind",
    "source",
    "kolada_ids",
    "published",
    "definition",
)
KIND_LABELS = {
    "ge": _("Minst (≥)"), "gt": _("Mer än (>)"), "le": _("Högst (≤)"), "lt": _("Mindre än (<)"),
    "eq": _("Exakt (=)"), "interval": _("Mellan två värden"), "bare": _("Ett värde utan jämförelsetecken"),
    "keep": _("Behåll"), "decrease": _("Minska"), "increase": _("Öka"), "reference": _("Mot ett jämförelsevärde"),
}  # fmt: skip


def _field_choices(name: str) -> list[tuple[str, Any]]:
    return list(getattr(Indicator._meta.get_field(name), "choices", None) or [])


class UseForm(PlanForm):
    """How a plan uses a series."""

    label = forms.CharField(
        label=_("Namn i planen"),
        max_length=300,
        required=False,
        help_text=_("Lämna tomt för seriens eget namn."),
    )
    lag_years = forms.IntegerField(
        label=_("Eftersläpning i år"),
        min_value=0,
        max_value=5,
        initial=0,
        help_text=_("1 om årets mål prövas på förra årets utfall."),
    )
    breakdowns = forms.MultipleChoiceField(
        label=_("Uppdelningar"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Utfallet rapporteras totalt, och också uppdelat så här."),
    )
    responsible = PersonField(label=_("Ansvarig"))
    note = forms.CharField(
        label=_("Anmärkning i planen"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )

    def __init__(self, *args: Any, model: SteeringModel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        breakdowns = self.fields["breakdowns"]
        assert isinstance(breakdowns, forms.ChoiceField)
        breakdowns.choices = [(each.key, each.label) for each in model.dimensions]
        if not model.dimensions:
            del self.fields["breakdowns"]

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action. Without dimensions to choose, what stands is kept."""
        data = self.cleaned_data
        chosen = data.get("breakdowns")
        return {name: data[name] for name in ("version", "label", "lag_years", "responsible", "note")} | {
            "breakdowns": None if chosen is None else ";".join(chosen)
        }

    def series(self) -> dict[str, Any]:
        """The series' own fields; none here."""
        return {}


class SeriesForm(UseForm):
    """A series and how the plan uses it: for a new one, and to change one."""

    name = forms.CharField(label=_("Indikatorns namn"), max_length=300)
    measure = forms.CharField(
        label=_("Måttenhet"),
        max_length=60,
        required=False,
        help_text=_("Till exempel procent, antal, index."),
    )
    direction = forms.ChoiceField(label=_("Önskad riktning"), choices=lambda: _field_choices("direction"))
    periodicity = forms.ChoiceField(label=_("Mäts"), choices=lambda: _field_choices("periodicity"))
    source_kind = forms.ChoiceField(label=_("Slag av källa"), choices=lambda: _field_choices("source_kind"))
    source = forms.CharField(label=_("Källa"), max_length=300, required=False)
    kolada_ids = forms.CharField(
        label=_("Kolada-id"), max_length=100, required=False, help_text=_("Flera skiljs åt med semikolon.")
    )
    published = forms.CharField(label=_("Publiceras"), max_length=200, required=False)
    published_week = forms.IntegerField(
        label=_("Publiceras vecka"), min_value=1, max_value=53, required=False
    )
    decimals = forms.IntegerField(label=_("Decimaler"), min_value=0, max_value=6, required=False)
    small_group_limit = forms.IntegerField(
        label=_("Minsta grupp som visas"),
        min_value=1,
        max_value=100,
        required=False,
        help_text=_("Värden för färre än så många döljs."),
    )
    definition = forms.CharField(
        label=_("Definition"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    field_order = (
        "name",
        "measure",
        "direction",
        "periodicity",
        "definition",
        "source_kind",
        "source",
        "kolada_ids",
        "published",
        "published_week",
        "decimals",
        "small_group_limit",
        "label",
        "lag_years",
        "breakdowns",
        "responsible",
        "note",
    )

    def series(self) -> dict[str, Any]:
        """The series' own fields, by the names of the action."""
        names = (*SERIES, "published_week", "decimals", "small_group_limit")
        return {name: self.cleaned_data[name] for name in names}


def use_initial(use: IndicatorUse) -> dict[str, Any]:
    """What the form starts with for an indicator that stands in the plan."""
    indicator = use.indicator
    names = (*SERIES, "published_week", "decimals", "small_group_limit")
    return {name: getattr(indicator, name) for name in names} | {
        "version": version_of(use),
        "label": use.label,
        "lag_years": use.lag_years,
        "breakdowns": [part.strip() for part in use.breakdowns.split(";") if part.strip()],
        "responsible": use.responsible.key if use.responsible else "",
        "note": use.note,
    }


class TargetForm(PlanForm):
    """A target as it is decided. `fact()` is what the rules read."""

    year = forms.IntegerField(label=_("Avser år"), min_value=1990, max_value=2100)
    kind = forms.ChoiceField(label=_("Jämförelse"))
    value = FigureInput(label=_("Värde"))
    upper = FigureInput(label=_("Övre värde"), help_text=_("Bara för mellan två värden."))
    comparator = forms.ChoiceField(
        label=_("Tecken mot jämförelsevärdet"),
        required=False,
        choices=[("", "–"), ("lt", "<"), ("le", "≤"), ("gt", ">"), ("ge", "≥")],
    )
    reference = forms.CharField(
        label=_("Jämförelsevärde"), max_length=100, required=False, help_text=_("Till exempel Länssnitt.")
    )
    period_text = forms.CharField(
        label=_("Tillägg"), max_length=60, required=False, help_text=_("Till exempel per år.")
    )
    printed = forms.CharField(
        label=_("Som beslutat"),
        max_length=100,
        required=False,
        help_text=_("Bara om det ska stå ordagrant på annat sätt än i förhandsvisningen."),
    )

    def __init__(self, *args: Any, model: SteeringModel, role: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role = role
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(key, KIND_LABELS[key]) for key in model.targets.kinds]
        if "reference" not in model.targets.kinds:
            del self.fields["comparator"], self.fields["reference"]
        if "interval" not in model.targets.kinds:
            del self.fields["upper"]

    def fact(self) -> TargetFact:
        """The target as written; only the figures that its kind uses."""
        data = self.cleaned_data
        kind = data["kind"]
        has_value = kind not in ("keep", "decrease", "increase", "reference")
        is_reference = kind == "reference"
        return TargetFact(
            role=self.role,
            year=data["year"],
            kind=kind,
            value=data["value"] if has_value else None,
            upper=data.get("upper") if kind == "interval" else None,
            comparator=data.get("comparator", "") if is_reference else "",
            reference=data.get("reference", "") if is_reference else "",
            period_text=data["period_text"],
            printed=data["printed"],
        )


def target_initial(target: Target | None, year: int) -> dict[str, Any]:
    """What the form starts with: the target that stands, else an empty one for the year."""
    if target is None:
        return {"version": target_version(None), "year": year}
    return {
        "version": target_version(target),
        "year": target.year,
        "kind": target.kind,
        "value": format_decimal(target.value) if target.value is not None else "",
        "upper": format_decimal(target.upper) if target.upper is not None else "",
        "comparator": target.comparator,
        "reference": target.reference,
        "period_text": target.period_text,
        # What the figures give by themselves is left empty, so that a changed figure changes the print.
        "printed": "" if target.printed == target_text(fact_of(target)) else target.printed,
    }
