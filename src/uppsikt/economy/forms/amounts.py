"""Amounts in forms: written the Swedish way in the table's unit, or in another unit that is said; öre inside."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.economy.rules.coding import Coding
from uppsikt.economy.rules.model import UNITS, EconomyModel
from uppsikt.kernel.numbers import format_decimal, parse_decimal
from uppsikt.organisation.selectors import UnitRow
from uppsikt.planning.forms.plan import PlanForm

LARGEST_ORE = 10**15
_UNIT = re.compile(r"\s*(kr|tkr|mnkr)\.?$", re.IGNORECASE)


class KeepForm(PlanForm):
    """A form over something of the economy; `version` tells what stood when it was opened."""


class AmountField(forms.CharField):
    """An amount in `unit`, unless another is said after it ("1 250 000 kr"); `clean` gives öre, None for nothing."""

    def __init__(self, *, unit: str = "tkr", label: Any, help_text: Any = "", required: bool = False) -> None:
        widget = forms.TextInput(attrs={"class": "input num", "inputmode": "text", "autocomplete": "off"})
        super().__init__(label=label, help_text=help_text, required=required, widget=widget, max_length=40)
        self.unit = unit

    def clean(self, value: Any) -> int | None:
        """The amount in öre. Raises: ValidationError."""
        text: str = super().clean(value)
        if not text:
            return None
        told = _UNIT.search(text)
        unit = told.group(1).lower() if told else self.unit
        figure = parse_decimal(_UNIT.sub("", text))
        if figure is None:
            raise forms.ValidationError(
                _("”%(text)s” är inget belopp. Skriv till exempel 1 250, −74,5 eller 1 250 000 kr."),
                params={"text": text},
            )
        ore = figure * UNITS[unit]
        if ore != int(ore):
            raise forms.ValidationError(_("Beloppet har delar av ören. Skriv färre decimaler."))
        if abs(ore) > LARGEST_ORE:
            raise forms.ValidationError(
                _("Beloppet är för stort. Är det skrivet i %(unit)s?"), params={"unit": unit}
            )
        return int(ore)


class CountField(forms.CharField):
    """A whole number, None for nothing."""

    def __init__(self, *, label: Any) -> None:
        widget = forms.TextInput(attrs={"class": "input num", "inputmode": "numeric", "autocomplete": "off"})
        super().__init__(label=label, required=False, widget=widget, max_length=20)

    def clean(self, value: Any) -> int | None:
        """The number. Raises: ValidationError."""
        text: str = super().clean(value)
        if not text:
            return None
        figure = parse_decimal(text)
        if figure is None or figure != int(figure):
            raise forms.ValidationError(_("”%(text)s” är inget heltal."), params={"text": text})
        return int(figure)


def written(ore: int | None, unit: str = "tkr") -> str:
    """Öre as a figure in the unit that can be written back unchanged."""
    return "" if ore is None else format_decimal((Decimal(ore) / UNITS[unit]).normalize())


def line_choices(model: EconomyModel) -> list[tuple[str, str]]:
    """The lines that an amount may stand on: those that sum no others and are made of none."""
    parents = {line.parent for line in model.lines}
    return [(line.key, line.label) for line in model.lines if line.key not in parents and not line.lines]


def unit_choices(units: Iterable[UnitRow]) -> list[tuple[str, str]]:
    """A body's units as a tree, and the body as a whole."""
    return [("", str(_("Hela nämnden"))), *((one.key, f"{'– ' * one.depth}{one.name}") for one in units)]


def activity_choices(coding: Coding) -> list[tuple[str, str]]:
    """The year's activities, and none."""
    keys = sorted(coding.leaves["activity"] - {""})
    return [
        ("", str(_("Ingen angiven"))),
        *((key, f"{key} {coding.names['activity'].get(key, '')}".strip()) for key in keys),
    ]
