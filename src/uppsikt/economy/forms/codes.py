"""Saying where a code stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.economy.forms.amounts import KeepForm
from uppsikt.economy.rules.coding import Value
from uppsikt.economy.selectors import CodingValue, codes
from uppsikt.organisation.selectors import BodyRow, UnitRow


class CodeForm(KeepForm):
    """One code. An account finds its line by itself, and only a cost centre belongs to a unit."""

    name = forms.CharField(label=_("Benämning"), max_length=200, required=False)
    parent = forms.CharField(
        label=_("Överordnad kod"), max_length=40, required=False, help_text=_("Lämna tomt för en kod överst.")
    )
    unit = forms.ChoiceField(label=_("Enhet"), required=False)
    body = forms.ChoiceField(
        label=_("Nämnd"), required=False, help_text=_("Bara när koden inte hör till någon enhet.")
    )

    def __init__(
        self, *args: Any, dimension: str, units: Iterable[UnitRow], bodies: Iterable[BodyRow], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if dimension == "account":
            del self.fields["parent"]
        if dimension != "cost_centre":
            del self.fields["unit"], self.fields["body"]
            return
        unit, body = self.fields["unit"], self.fields["body"]
        assert isinstance(unit, forms.ChoiceField)
        assert isinstance(body, forms.ChoiceField)
        unit.choices = [("", "–"), *((one.key, f"{'– ' * one.depth}{one.name}") for one in units)]
        body.choices = [("", "–"), *((one.key, one.name) for one in bodies)]

    def value(self, dimension: str, key: str) -> Value:
        """The code as written."""
        data = self.cleaned_data
        return Value(
            dimension, key, data["name"].strip(), data.get("parent", ""), data.get("unit", ""), data.get("body", "")
        )  # fmt: skip


def code_initial(row: CodingValue) -> dict[str, Any]:
    """What the form starts with."""
    return {
        "version": codes.version_of(row),
        "name": row.name,
        "parent": row.parent,
        "unit": row.unit.key if row.unit else "",
        "body": row.body.key if row.body else "",
    }
