"""An item of a register with what is told of it in a round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from uppsikt.economy.actions.writing import Told
from uppsikt.economy.forms.amounts import AmountField, CountField, KeepForm, written
from uppsikt.economy.rules.model import Register
from uppsikt.economy.selectors import RegisterAmount, RegisterItem, editing
from uppsikt.web.parts import Text


class ItemForm(KeepForm):
    """An item, and an amount with its source for each of the register's measures."""

    name = forms.CharField(label=_("Benämning"), max_length=200)
    group = forms.CharField(
        label=_("Grupp"), max_length=200, required=False, help_text=_("Samlar poster i tabellerna.")
    )
    goal = forms.ChoiceField(label=_("Mål som posten bidrar till"), required=False)
    project = forms.CharField(
        label=_("Projektkod i huvudboken"), max_length=40, required=False,
        help_text=_("Utfallet hämtas därifrån när inget utfall är ifyllt."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, register: Register, goals: Sequence[tuple[str, str]], unit: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._register = register
        self._unit = unit
        kept = str((kwargs.get("initial") or {}).get("goal", ""))
        known = {key for key, _label in goals}
        field = self.fields["goal"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *goals, *([(kept, kept)] if kept and kept not in known else [])]
        for measure in register.measures:
            label = measure.label if measure.count else f"{measure.label}, {unit}"
            made = CountField(label=label) if measure.count else AmountField(unit=unit, label=label)
            self.fields[f"amount-{measure.key}"] = made
            self.fields[f"source-{measure.key}"] = forms.CharField(
                label=_("Källa till %(measure)s") % {"measure": measure.label.lower()}, max_length=300, required=False
            )  # fmt: skip

    @property
    def groups(self) -> list[tuple[Text, list[BoundField]]]:
        """The item's own fields, then each measure with its source."""
        own = [self[name] for name in ("name", "group", "goal", "project")]
        told = [
            (one.label, [self[f"amount-{one.key}"], self[f"source-{one.key}"]])
            for one in self._register.measures
        ]
        return [("", own), *told]

    def clean(self) -> dict[str, Any]:
        """An amount says where it comes from."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for one in self._register.measures:
            if data.get(f"amount-{one.key}") is not None and not data.get(f"source-{one.key}"):
                self.add_error(
                    f"source-{one.key}",
                    _("Skriv varifrån beloppet kommer, till exempel beslutet, systemet eller handlingen."),
                )
        return data

    def values(self) -> dict[str, str]:
        """The item's own fields, by the names of the action."""
        return {name: self.cleaned_data[name] for name in ("name", "group", "goal", "project")}

    def told(self) -> list[Told]:
        """What is told of each measure."""
        data = self.cleaned_data
        return [
            Told(one.key, data[f"amount-{one.key}"], data[f"source-{one.key}"])
            for one in self._register.measures
        ]


def item_initial(
    item: RegisterItem | None, amounts: Mapping[str, RegisterAmount], register: Register, unit: str
) -> dict[str, Any]:
    """What the form starts with. Args: amounts: what stands in the round, by measure."""
    if item is None:
        return {"version": ""}
    found = {
        "version": editing.item_version(item), "name": item.name, "group": item.group, "goal": item.goal,
        "project": item.project,
    }  # fmt: skip
    for one in register.measures:
        row = amounts.get(one.key)
        if row is not None:
            found[f"amount-{one.key}"] = str(row.amount) if one.count else written(row.amount, unit)
            found[f"source-{one.key}"] = row.source
    return found
