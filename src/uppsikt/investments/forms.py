"""What may be sent about projects: amounts in tkr, written the Swedish way, with the sign they have in the tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from uppsikt.economy.rules.model import UNITS, EconomyModel
from uppsikt.investments.rules.words import AmountKind, Flow, Schedule
from uppsikt.investments.selectors import Project, ProjectReport, version_of
from uppsikt.investments.selectors.facts import ProjectFacts
from uppsikt.kernel.numbers import decimals_of, format_decimal
from uppsikt.organisation.selectors import Body
from uppsikt.planning.forms.plan import DAY, DecisionForm, FigureInput, PlanForm, decision_in
from uppsikt.web.parts import Text

TKR = UNITS["tkr"]
LARGEST = 10**17  # öre: far beyond any municipality, well inside what a column holds
OUTGOING = frozenset({Flow.EXPENSE.value, Flow.SALES_EXPENSE.value})


class TkrInput(FigureInput):
    """An amount in tkr; `clean` gives öre. With a flow, its sign is held to what the flow can be."""

    def __init__(self, *, flow: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.flow = flow

    def clean(self, value: Any) -> int | None:
        """The amount in öre, None when nothing is written. Raises: ValidationError."""
        figure: Decimal | None = super().clean(value)
        if figure is None:
            return None
        if decimals_of(figure) > 5:
            raise forms.ValidationError(_("Skriv beloppet i tkr med högst fem decimaler, alltså hela ören."))
        ore = int(figure * TKR)
        if abs(ore) >= LARGEST:
            raise forms.ValidationError(_("Beloppet är för stort. Det ska skrivas i tkr."))
        if self.flow in OUTGOING and ore > 0:
            raise forms.ValidationError(
                _("En utgift skrivs med minus, som i tabellerna. Pengar in hör till inkomsterna.")
            )
        if self.flow and self.flow not in OUTGOING and ore < 0:
            raise forms.ValidationError(_("En inkomst skrivs utan minus. Pengar ut hör till utgifterna."))
        return ore


def written(ore: int | None) -> str:
    """Öre as an amount in tkr that can be written back unchanged."""
    return "" if ore is None else format_decimal(Decimal(ore) / TKR)


class ProjectForm(PlanForm):
    """A project in the register."""

    name = forms.CharField(label=_("Benämning"), max_length=200)
    body = forms.ChoiceField(label=_("Nämnd"))
    kind = forms.ChoiceField(label=_("Projektslag"))
    area = forms.ChoiceField(label=_("Område"), required=False)
    group = forms.CharField(
        label=_("Grupp"),
        max_length=100,
        required=False,
        help_text=_("Samlar projekt i tabellerna, till exempel IT."),
    )
    code = forms.CharField(
        label=_("Projektkod i huvudboken"),
        max_length=200,
        required=False,
        help_text=_("Därifrån hämtas utfallet. Flera koder skiljs åt med mellanslag."),
    )
    decided_total = TkrInput(
        label=_("Beslutad totalutgift, tkr"), help_text=_("Utgifter minus inkomster, utan minustecken.")
    )
    spent_before = TkrInput(
        label=_("Upparbetat före huvudböckerna, tkr"),
        help_text=_("Det som hann kosta innan de huvudböcker som är inlästa börjar."),
    )
    spent_before_source = forms.CharField(
        label=_("Källa till det upparbetade"), max_length=300, required=False
    )
    guarantee_until = forms.DateField(label=_("Garanti till och med"), widget=DAY, required=False)
    decision_body = forms.CharField(label=_("Beslutat av"), max_length=200, required=False)
    decision_date = forms.DateField(label=_("Beslutsdatum"), widget=DAY, required=False)
    decision_section = forms.CharField(label=_("Paragraf"), max_length=20, required=False)
    decision_case = forms.CharField(label=_("Ärendenummer"), max_length=60, required=False)

    def __init__(
        self, *args: Any, model: EconomyModel, bodies: Sequence[tuple[Body, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {row.key: row for row, _name in bodies}
        kept: Mapping[str, Any] = kwargs.get("initial") or {}
        areas = [(area.key, area.label) for area in model.areas]
        kinds = [(kind.key, kind.label) for kind in model.project_kinds]
        self._choose("body", [(row.key, name) for row, name in bodies], "")
        self._choose("kind", kinds, str(kept.get("kind", "")))
        self._choose("area", [("", "–"), *areas], str(kept.get("area", "")))

    def _choose(self, name: str, choices: list[tuple[str, str]], kept: str) -> None:
        """Offer the choices, and what the project has already where another year's model gave it."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        known = {key for key, _label in choices}
        field.choices = [*choices, *([(kept, kept)] if kept and kept not in known else [])]

    @property
    def chosen_body(self) -> Body:
        """The body chosen among those offered."""
        return self._bodies[self.cleaned_data["body"]]

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action."""
        data = self.cleaned_data
        kept = ("name", "kind", "area", "group", "code", "spent_before_source", "guarantee_until")
        return {name: data[name] for name in kept} | {
            "decided_total_ore": data["decided_total"],
            "spent_before_ore": data["spent_before"] or 0,
            "decision": decision_in(data),
        }


def project_initial(project: Project) -> dict[str, Any]:
    """What the form starts with for a project in the register."""
    return {
        "version": version_of(project),
        "name": project.name,
        "body": project.body.key,
        "kind": project.kind,
        "area": project.area,
        "group": project.group,
        "code": project.code,
        "decided_total": written(project.decided_total_ore),
        "spent_before": written(project.spent_before_ore or None),
        "spent_before_source": project.spent_before_source,
        "guarantee_until": project.guarantee_until,
        "decision_body": project.decision_body,
        "decision_date": project.decision_date,
        "decision_section": project.decision_section,
        "decision_case": project.decision_case,
    }


@dataclass(frozen=True, slots=True)
class Square:
    """One amount of a grid: which year, kind and flow it is of, and its place in the form."""

    year: int
    kind: AmountKind
    flow: str

    @property
    def name(self) -> str:
        """The field's name."""
        return f"{self.kind.value}-{self.year}-{self.flow}"


class GridForm(PlanForm):
    """Amounts as a grid: a row for each flow, a column for each year and kind."""

    def lay_out(self, columns: Sequence[tuple[int, AmountKind, Text]], flows: Iterable[Flow]) -> None:
        """Make a field for every square."""
        self.columns = list(columns)
        self.flows = list(flows)
        for flow in self.flows:
            for year, kind, title in columns:
                square = Square(year, kind, flow.value)
                label = f"{flow.label.capitalize()}, {title}"
                field = TkrInput(label=label, flow=flow.value)
                field.widget.attrs |= {"aria-label": label, "class": "input num"}
                self.fields[square.name] = field

    @property
    def grid(self) -> list[tuple[Flow, list[BoundField]]]:
        """The rows: the flow, and its fields in the order of the columns."""
        return [
            (flow, [self[Square(year, kind, flow.value).name] for year, kind, _title in self.columns])
            for flow in self.flows
        ]

    @property
    def titles(self) -> list[Text]:
        """What the columns are called."""
        return [title for _year, _kind, title in self.columns]

    @property
    def others(self) -> list[BoundField]:
        """The fields outside the grid."""
        inside = {field.name for _label, row in self.grid for field in row}
        return [field for field in self.visible_fields() if field.name not in inside]

    def squares(self) -> list[tuple[Square, int | None]]:
        """What was written, square by square."""
        return [
            (square, self.cleaned_data[square.name])
            for flow in self.flows
            for year, kind, _title in self.columns
            for square in [Square(year, kind, flow.value)]
        ]


class AmountsForm(GridForm):
    """The year's budget, and the plan of the year and those that follow."""

    def __init__(self, *args: Any, year: int, flows: Iterable[Flow], ahead: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns: list[tuple[int, AmountKind, Text]] = [(year, AmountKind.BUDGET, f"Budget {year}")]
        columns += [(each, AmountKind.PLAN, f"Plan {each}") for each in range(year, year + ahead + 1)]
        self.lay_out(columns, flows)


def amounts_initial(facts: ProjectFacts, ahead: int) -> dict[str, Any]:
    """What the grid starts with: the budget as first decided, and the plans."""
    found: dict[str, Any] = {"version": version_of(facts.project)}
    for flow in Flow:
        budget = facts.parts.get((facts.year, AmountKind.BUDGET.value), {})
        square = Square(facts.year, AmountKind.BUDGET, flow.value)
        found[square.name] = written(budget.get(flow.value))
        for year in range(facts.year, facts.year + ahead + 1):
            plan = facts.plans.get(year, {})
            found[Square(year, AmountKind.PLAN, flow.value).name] = written(plan.get(flow.value))
    return found


class ReportForm(GridForm):
    """What is said of a project in a round: phase, schedule, estimated total, forecast, comment."""

    phase = forms.ChoiceField(label=_("Skede"), required=False)
    schedule = forms.ChoiceField(label=_("Tidplan"), required=False)
    estimated_total = TkrInput(
        label=_("Bedömd totalutgift, tkr"), help_text=_("Utgifter minus inkomster när projektet är klart.")
    )
    comment = forms.CharField(
        label=_("Kommentar"), widget=forms.Textarea(attrs={"rows": 5}), required=False, max_length=4000
    )

    def __init__(
        self, *args: Any, year: int, flows: Iterable[Flow], phases: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        phase, schedule = self.fields["phase"], self.fields["schedule"]
        assert isinstance(phase, forms.ChoiceField)
        assert isinstance(schedule, forms.ChoiceField)
        phase.choices = [("", "–"), *phases]
        schedule.choices = [("", "–"), *((each.value, each.label) for each in Schedule)]
        self.lay_out([(year, AmountKind.FORECAST, f"Prognos {year}")], flows)

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action."""
        data = self.cleaned_data
        return {
            "phase": data["phase"],
            "schedule": data["schedule"],
            "estimated_total_ore": data["estimated_total"],
            "comment": data["comment"],
        }


def report_initial(facts: ProjectFacts, report: ProjectReport | None) -> dict[str, Any]:
    """What the form starts with: what was said in the round, else what was said last, without its comment."""
    forecast = facts.forecasts.get(facts.round_key, {})
    return {
        "version": version_of(facts.project),
        "phase": report.phase if report else facts.phase,
        "schedule": report.schedule if report else facts.schedule,
        "estimated_total": written(report.estimated_total_ore if report else facts.estimated_total),
        "comment": report.comment if report else "",
    } | {
        Square(facts.year, AmountKind.FORECAST, flow.value).name: written(forecast.get(flow.value))
        for flow in Flow
    }


class DecidedForm(DecisionForm):
    """A change of a year's budget that rests on a decision."""

    flow = forms.ChoiceField(label=_("Flöde"))
    amount = TkrInput(
        label=_("Belopp, tkr"),
        help_text=_("Mer att använda till utgifter skrivs med minus, som i tabellerna."),
    )

    field_order = ("flow", "amount", "decision_body", "decision_date", "decision_section", "decision_case")

    def __init__(self, *args: Any, flows: Iterable[Flow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["flow"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(flow.value, flow.label.capitalize()) for flow in flows]
        self.fields["amount"].required = True

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action."""
        data = self.cleaned_data
        return {"flow": data["flow"], "amount_ore": data["amount"] or 0, "decision": self.decision()}
