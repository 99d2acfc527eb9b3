"""What may be sent about results: figures by the kind of each measure, a judgement, words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from uppsikt.control.forms.risks import area
from uppsikt.control.rules import figures
from uppsikt.control.rules.figures import Part, PartInput
from uppsikt.control.rules.words import MeasureKind
from uppsikt.control.selectors import ControlMeasure, ControlResult, GroupResult
from uppsikt.cycle.rules.steering import Scale
from uppsikt.kernel.numbers import decimals_of, format_decimal
from uppsikt.planning.forms.plan import DAY, FigureInput, PlanForm

MNKR_ORE = 100_000_000
LARGEST_ORE = 10**17
LARGEST_COUNT = 2_000_000_000
RESULT_TEXTS = ("judgement_text", "comment", "recommendation")


class CountInput(FigureInput):
    """A number of things."""

    def clean(self, value: Any) -> int | None:
        """The number, None when nothing is written. Raises: ValidationError."""
        figure: Decimal | None = super().clean(value)
        if figure is None:
            return None
        if figure != figure.to_integral_value() or not 0 <= figure <= LARGEST_COUNT:
            raise forms.ValidationError(_("Skriv ett helt antal, noll eller mer."))
        return int(figure)


class MnkrInput(FigureInput):
    """An amount in millions of kronor; `clean` gives öre."""

    def clean(self, value: Any) -> int | None:
        """The amount in öre, None when nothing is written. Raises: ValidationError."""
        figure: Decimal | None = super().clean(value)
        if figure is None:
            return None
        if decimals_of(figure) > 8:
            raise forms.ValidationError(
                _("Skriv beloppet i mnkr med högst åtta decimaler, alltså hela ören.")
            )
        ore = int(figure * MNKR_ORE)
        if not 0 <= ore < LARGEST_ORE:
            raise forms.ValidationError(_("Beloppet ska vara noll eller mer, i miljoner kronor."))
        return ore


class FaultsInput(forms.CharField):
    """Kinds of fault, one a line with how many: "Kvitto saknas 4"."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 2})
        super().__init__(required=False, max_length=2000, widget=widget, **kwargs)

    def clean(self, value: Any) -> tuple[dict[str, Any], ...]:
        """The kinds with their numbers; one without a number counts once."""
        found = []
        for line in filter(None, (line.strip() for line in super().clean(value).splitlines())):
            kind, _space, last = line.rpartition(" ")
            many = last.isdecimal() and bool(kind)
            found.append({"kind": kind.rstrip(" :,") if many else line, "count": int(last) if many else 1})
        return tuple(found)


_OF_KIND: Mapping[str, tuple[tuple[str, type[forms.CharField], Any], ...]] = {
    MeasureKind.SAMPLE: (
        ("checked", CountInput, _("Antal kontrollerade")),
        ("faulty", CountInput, _("varav fel")),
        ("faults", FaultsInput, _("Slag av fel, ett per rad med antal")),
    ),
    MeasureKind.SHARE: (
        ("value", FigureInput, _("Andel, %")),
        ("checked", CountInput, _("Antal kontrollerade")),
        ("faulty", CountInput, _("varav fel")),
    ),
    MeasureKind.COUNT: (
        ("count", CountInput, _("Antal")),
        ("extra_count", CountInput, _("Därutöver antal")),
        ("extra_text", forms.CharField, _("Därutöver vad")),
    ),
    MeasureKind.AMOUNT_SHARE: (
        ("total_ore", MnkrInput, _("Belopp, mnkr")),
        ("outside_ore", MnkrInput, _("varav utanför, mnkr")),
        ("value", FigureInput, _("Andel som den rapporteras, %")),
    ),
}


@dataclass(frozen=True, slots=True)
class MeasureFields:
    """A measure with its fields in the form."""

    measure: ControlMeasure
    fields: tuple[BoundField, ...]


class FiguresForm(PlanForm):
    """Figures by measure. A field is named by its measure and what it is: "right.checked"."""

    def lay_out(self, measures: Sequence[ControlMeasure], started: Mapping[str, Part]) -> None:
        """Make the fields of each measure, before the other fields. Args: started: the figures the form starts with."""
        self.measures, self.started = list(measures), started
        made: dict[str, forms.Field] = {}
        for measure in measures:
            for part, kind, label in _OF_KIND[measure.kind]:
                name = f"{measure.key}.{part}"
                made[name] = (
                    kind(label=label, required=False, max_length=200)
                    if kind is forms.CharField
                    else kind(label=label)
                )
        self.fields = {"version": self.fields.pop("version"), **made, **self.fields}

    @property
    def groups(self) -> list[MeasureFields]:
        """The measures with their fields."""
        return [
            MeasureFields(
                measure, tuple(self[f"{measure.key}.{part}"] for part, *_rest in _OF_KIND[measure.kind])
            )
            for measure in self.measures
        ]

    @property
    def others(self) -> list[BoundField]:
        """The fields that belong to no measure."""
        inside = {field.name for group in self.groups for field in group.fields}
        return [field for field in self.visible_fields() if field.name not in inside]

    def parts(self) -> dict[str, PartInput]:
        """The figures that were written, by measure; what could not be read is left out.

        A measure that nobody touched keeps also what the form does not show of it.
        """
        found, changed = {}, set(self.changed_data)
        for measure in self.measures:
            names = {part: f"{measure.key}.{part}" for part, *_rest in _OF_KIND[measure.kind]}
            if measure.key in self.started and changed.isdisjoint(names.values()):
                found[measure.key] = figures.as_input(self.started[measure.key])
                continue
            given = {part: self.cleaned_data.get(name) for part, name in names.items()}
            found[measure.key] = PartInput(
                **{part: value for part, value in given.items() if value not in (None, "")}
            )
        return found

    def proposal(self) -> str | None:
        """What the thresholds make of the figures that can be read so far."""
        self.is_valid()
        shares = {
            key: figures.share(part) for key, part in self.parts().items() if not figures.faults_of(part)
        }
        return figures.verdict(shares, self.measures)


def parts_initial(measures: Sequence[ControlMeasure], parts: Mapping[str, Part]) -> dict[str, Any]:
    """What the figures' fields start with."""
    found: dict[str, Any] = {}
    for measure in measures:
        part = parts.get(measure.key)
        for name, *_rest in _OF_KIND[measure.kind] if part else ():
            found[f"{measure.key}.{name}"] = _written(name, getattr(part, name))
    return found


def _written(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name == "faults":
        return "\n".join(f"{one.get('kind', '')} {one.get('count', '')}".strip() for one in value)
    if name.endswith("_ore"):
        return format_decimal((Decimal(value) / MNKR_ORE).normalize() + 0)
    return str(value) if name == "extra_text" else format_decimal(Decimal(value))


class ResultForm(FiguresForm):
    """What an occasion found."""

    judgement = forms.ChoiceField(label=_("Resultat"), widget=forms.RadioSelect, required=False)
    judgement_text = forms.CharField(
        label=_("Resultat i egna ord"),
        max_length=200,
        required=False,
        help_text=_("Om resultatet inte följer skalan, till exempel Tillfredsställande resultat."),
    )
    reason = area(_("Skäl, om resultatet avviker från gränserna"), rows=2)
    comment = area(_("Kommentar"), rows=5, help_text=_("Vad kom fram, och vad beror det på?"))
    recommendation = area(_("Rekommendation"), rows=3)
    performed_on = forms.DateField(label=_("Utförd"), widget=DAY, required=False)
    performed_by = forms.CharField(label=_("Utförd av"), max_length=200, required=False)
    reviewed_on = forms.DateField(label=_("Granskad"), widget=DAY, required=False)
    reviewed_by = forms.CharField(label=_("Granskad av"), max_length=200, required=False)

    def __init__(
        self,
        *args: Any,
        measures: Sequence[ControlMeasure],
        scale: Scale | None,
        started: Mapping[str, Part],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.judged = any(measure.approved_from is not None for measure in measures)
        _choose(self, scale, judged=self.judged)
        if not self.judged or scale is None:
            del self.fields["reason"]
        self.lay_out(measures, started)

    def values(self) -> dict[str, Any]:
        """What was written in words, by the names of the action."""
        held = self.cleaned_data
        names = (
            "judgement", "judgement_text", "reason", "comment", "recommendation",
            "performed_on", "performed_by", "reviewed_on", "reviewed_by",
        )  # fmt: skip
        return {name: held[name] for name in names if name in held}


def _choose(form: PlanForm, scale: Scale | None, *, judged: bool) -> None:
    """Offer the steps of the result scale; without one there is only the result in words."""
    if scale is None:
        del form.fields["judgement"]
        return
    field = form.fields["judgement"]
    assert isinstance(field, forms.ChoiceField)
    none = _("Som gränserna ger") if judged else _("Inget steg på skalan")
    field.choices = [("", none), *((step.key, step.label) for step in scale.steps)]


def result_initial(result: ControlResult | None, verdict: str | None) -> dict[str, Any]:
    """What the words start with. A step that is what the thresholds give goes on following them."""
    if result is None:
        return {}
    names = (*RESULT_TEXTS, "reason", "performed_on", "performed_by", "reviewed_on", "reviewed_by")
    follows = result.judgement == (verdict or "")
    return {name: getattr(result, name) for name in names} | {
        "judgement": "" if follows else result.judgement
    }


class GroupResultForm(FiguresForm):
    """What is said of a group-wide control as a whole for a period, with totals as they were reported."""

    judgement = forms.ChoiceField(label=_("Resultat"), widget=forms.RadioSelect, required=False)
    judgement_text = forms.CharField(label=_("Resultat i egna ord"), max_length=200, required=False)
    change = forms.ChoiceField(
        label=_("Jämfört med förra gången"),
        required=False,
        choices=[
            ("", _("Inget sägs")),
            ("better", _("Bättre")),
            ("unchanged", _("Oförändrat")),
            ("worse", _("Sämre")),
        ],
    )
    comment = area(_("Kommentar"), rows=5)
    recommendation = area(
        _("Rekommendation"), rows=3, help_text=_("Vilka rekommenderas att göra vad? Förslaget står bredvid.")
    )

    def __init__(
        self,
        *args: Any,
        measures: Sequence[ControlMeasure],
        scale: Scale | None,
        started: Mapping[str, Part],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, scale, judged=any(measure.approved_from is not None for measure in measures))
        self.lay_out(measures, started)

    def values(self) -> dict[str, Any]:
        """What was written in words, by the names of the action."""
        names = ("judgement", "change", *RESULT_TEXTS)
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


def group_result_initial(result: GroupResult | None) -> dict[str, Any]:
    """What the words start with."""
    names = ("judgement", "change", *RESULT_TEXTS)
    return {name: getattr(result, name) for name in names} if result else {}
