"""The fields of a line's forecast, and taking in a sheet of them: each line by itself, one fault holds no other back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from uppsikt.economy.actions.forecast import ANY, Stale, report_forecast
from uppsikt.economy.rules.forecast_sheet import signed, whole_units, written
from uppsikt.economy.rules.model import UNITS
from uppsikt.economy.selectors.forecasts import ForecastLine, forecast_at
from uppsikt.history.rules import Actor
from uppsikt.kernel.numbers import MINUS, parse_decimal, round_half_away
from uppsikt.kernel.problems import InputError

LONGEST = 20
LARGEST_ORE = 10**15
MINE, THEIRS = "mine", "theirs"
ALL_LINES = "*"
"""Stands for every line without a forecast where proposals are taken."""


class MoneyField(forms.CharField):
    """An amount in the sheet's unit as people write it, in öre. A figure without a sign has the row's own."""

    widget = forms.TextInput(attrs={"class": "input num", "inputmode": "text", "autocomplete": "off"})
    unit = "tkr"
    negative = False

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        found = parse_decimal(text) if len(text) <= LONGEST else None
        if found is None:
            raise ValidationError(
                _("”%(text)s” är inget belopp. Skriv till exempel 1 250 eller −74,5."), params={"text": text}
            )
        ore = int(round_half_away(found * UNITS[self.unit], 0))
        if abs(ore) > LARGEST_ORE:
            raise ValidationError(
                _("Beloppet är för stort. Är det skrivet i %(unit)s?"), params={"unit": self.unit}
            )
        return signed(ore, told=text[0] in f"+-{MINUS}", negative=self.negative)


class LineForm(forms.Form):
    """One line. `base` is the version that stood when the page was opened; `proposal` as the field takes it."""

    amount = MoneyField(label=_("Prognos"), required=False)
    explanation = forms.CharField(
        label=_("Förklaring"), required=False, strip=True, max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 1, "class": "textarea", "lang": "sv"}),
    )  # fmt: skip
    base = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        row: ForecastLine,
        unit: str,
        decimals: int,
    ) -> None:
        standing = row.standing
        initial = {
            "amount": written(row.amount, unit, negative=row.negative),
            "explanation": standing.explanation if standing else "",
            "base": standing.version if standing else "",
        }
        super().__init__(data, prefix=row.line, auto_id="%s", initial=initial)
        told = whole_units(row.proposal.amount_ore, unit, decimals) if row.proposal else None
        self.proposal = written(told, unit, negative=row.negative)
        field_ = self.fields["amount"]
        assert isinstance(field_, MoneyField)
        field_.unit, field_.negative = unit, row.negative

    def clean_explanation(self) -> str:
        """With the line breaks it is stored with, whatever the browser sends."""
        text: str = self.cleaned_data["explanation"]
        return text.replace("\r\n", "\n")

    @property
    def is_sent(self) -> bool:
        """Whether the line was on the page that was sent in."""
        return self.add_prefix("base") in self.data


def forms_of(
    rows: Iterable[ForecastLine], sent: Submitted, make: Callable[..., LineForm]
) -> dict[str, LineForm]:
    """Every line's form: as it was sent in where something remains to be done, else as it stands."""
    return {row.line: sent.forms.get(row.line) or make(row=row) for row in rows}


@dataclass(frozen=True, slots=True)
class Pressed:
    """What was pressed. `only`: one line. `take`: the line whose proposal to take. `choice`: (line, mine or theirs)."""

    only: str = ""
    take: str = ""
    choice: tuple[str, str] = ("", "")

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Pressed:
        """What was pressed, from what was sent in."""
        line, _colon, which = str(data.get("choose", "")).rpartition(":")
        return cls(str(data.get("row", "")), str(data.get("take", "")), (line, which))


@dataclass
class Submitted:
    """What became of a sheet that was sent in, by line. `forms` holds those that were refused or overtaken."""

    forms: dict[str, LineForm] = field(default_factory=dict)
    saved: set[str] = field(default_factory=set)
    stale: dict[str, Stale] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    @property
    def status(self) -> int:
        """The answer's status: 409 when somebody was first, 422 when something must be corrected."""
        if self.stale:
            return 409
        return 422 if self.refused else 200


def submit(
    rows: list[ForecastLine],
    data: Mapping[str, Any],
    *,
    make: Callable[..., LineForm],
    save: Callable[..., Any] = report_forecast,
    by: Actor,
) -> Submitted:
    """Save what was changed. Args: make: a line's form; save: `report_forecast` with round, body and unit given."""
    result, pressed = Submitted(), Pressed.of(data)
    for row in rows:
        if not pressed.only or row.line == pressed.only:
            _take(row, result, _with_proposal(row, data, pressed, make), pressed, save, by)
    return result


def _with_proposal(
    row: ForecastLine, data: Mapping[str, Any], pressed: Pressed, make: Callable[..., LineForm]
) -> LineForm:
    form = make(data, row=row)
    name = form.add_prefix("amount")
    empty = not str(data.get(name, "")).strip() and row.standing is None
    wanted = pressed.take == row.line or (pressed.take == ALL_LINES and empty)
    if not wanted or not form.proposal:
        return form
    return make({**{key: data[key] for key in data}, name: form.proposal}, row=row)


def _take(
    row: ForecastLine,
    result: Submitted,
    form: LineForm,
    pressed: Pressed,
    save: Callable[..., Any],
    by: Actor,
) -> None:
    line, which = pressed.choice
    if not form.is_sent or (line == row.line and which == THEIRS):
        return
    if not form.is_valid():
        result.forms[row.line] = form
        result.refused.add(row.line)
        return
    amount, explanation = form.cleaned_data["amount"], form.cleaned_data["explanation"]
    base = ANY if line == row.line and which == MINE else form.cleaned_data["base"]
    if pressed.only != row.line and _untouched(row, amount, explanation, base):
        return
    try:
        outcome = save(line=row.line, amount_ore=amount, explanation=explanation, base=base, by=by)
    except InputError as error:
        for problem in error.problems:
            name = problem.where.field if problem.where.field in form.fields else None
            form.add_error(name, f"{problem.message} {problem.remedy}".strip())
        result.forms[row.line] = form
        result.refused.add(row.line)
        return
    if isinstance(outcome, Stale):
        result.forms[row.line] = form
        result.stale[row.line] = outcome
    elif outcome.changed:
        result.saved.add(row.line)


def _untouched(row: ForecastLine, amount: int | None, explanation: str, base: str) -> bool:
    """Whether the person left the line as it was when the page was opened, whatever stands now.

    Only asked of lines sent with the whole sheet: one that was sent alone has been written in.
    """
    standing = row.standing
    if base in (ANY, standing.version if standing else ""):
        return False
    return forecast_at(base) == (amount, explanation)
