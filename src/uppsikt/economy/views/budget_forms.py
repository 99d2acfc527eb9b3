"""The forms of a budget: frame decisions, amounts of the detailed budget, restatements of a comparison year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uppsikt.economy import access
from uppsikt.economy.actions import budget as actions
from uppsikt.economy.actions import writing
from uppsikt.economy.actions.writing import Place
from uppsikt.economy.forms import budget as forms
from uppsikt.economy.forms.amounts import activity_choices, line_choices, unit_choices
from uppsikt.economy.pages import budget_forms, links
from uppsikt.economy.pages.budget_detail import Names, address, crumbs_of, day_of
from uppsikt.economy.pages.editing import KeepPage, Standing, keep_page, saved_by
from uppsikt.economy.rules.frames import by_column
from uppsikt.economy.rules.grain import Profile
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.economy.selectors import BudgetAmount, FrameDecision, Restatement, budget, editing
from uppsikt.economy.selectors import coding as codings
from uppsikt.economy.selectors import models as economy_models
from uppsikt.economy.views.editing import NAV, Editing, run, sent
from uppsikt.history.rules import Actor
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import access as organisation_access
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.organisation.selectors import Body
from uppsikt.planning.pages.editing import Conflict
from uppsikt.web import notices
from uppsikt.web.parts import Action, Fact

TAB = "economy:budget"


@dataclass(frozen=True, slots=True)
class Desk:
    """What every form of a body's budget needs: whose, which year, its model and what things are called."""

    body: Body
    year: int
    names: Names

    @property
    def model(self) -> EconomyModel:
        """The year's economy model."""
        return self.names.model

    @property
    def back(self) -> str:
        """The budget of the body and year."""
        return address(self.body, self.year)

    def where(self, place: Place | None) -> tuple[Fact, ...]:
        """A place in words; nothing without one."""
        if place is None:
            return ()
        unit = place.unit.key if place.unit else ""
        return budget_forms.place_facts(self.names, place.line, unit, place.activity)


def _desk(request: HttpRequest, body: str, year: int, permission: Permission = Permission.BUDGET) -> Desk:
    """Raises: as `organisation.access.body`; Http404 for a year without any economy model."""
    found = organisation_access.body(request.user, body, permission)
    try:
        model = economy_models.model_for(year)
    except LookupError as missing:
        raise Http404 from missing
    return Desk(found, year, Names(model, organisation.units_on(day_of(year), body=found.key), year))


def _choices(desk: Desk, *, decisions: bool) -> dict[str, forms.Choices]:
    coding = codings.coding_for(desk.year, model_year=desk.year, stamped=codings.stamp())
    found: dict[str, forms.Choices] = {
        "line": line_choices(desk.model),
        "unit": unit_choices(desk.names.units),
        "activity": activity_choices(coding),
    }
    if decisions:
        rows = budget.frame_decisions(desk.year, desk.body).filter(original=False)
        found["decision"] = [("", str(_("Ursprunglig budget"))), *((row.key, row.text) for row in rows)]
    return found


# ---------------------------------------------------------------- frame


@require_http_methods(["GET", "HEAD", "POST"])
def frame(request: HttpRequest, body: str, year: int, key: str = "") -> HttpResponse:
    """A decision that sets or adjusts the frame."""
    desk = _desk(request, body, year)
    row = editing.frame(desk.body, year, key) if key else None
    if key and row is None:
        raise Http404
    initial = _frame_initial(desk, row)
    form = forms.FrameForm(sent(request), columns=desk.model.frame_columns, initial=initial)
    return run(request, FrameEditing(desk, row, form))


@dataclass(frozen=True)
class FrameEditing(Editing):
    """A frame decision's form."""

    desk: Desk
    row: FrameDecision | None
    form: forms.FrameForm
    said = _lazy("Rambeslutet är sparat.")

    def save(self, by: Actor) -> str:
        data = self.form.cleaned_data
        writing.write_frame(
            row=self.row, body=self.desk.body, year=self.desk.year, original=data["original"], date=data["date"],
            text=data["text"], decision=self.form.decision(), amounts=self.form.amounts(), version=data["version"],
            by=by,
        )  # fmt: skip
        return self.desk.back

    def standing(self) -> Standing:
        held = editing.frame(self.desk.body, self.desk.year, self.row.key) if self.row else None
        values = _frame_initial(self.desk, held)
        return Standing(values["version"], values)

    def page(self, conflict: Conflict | None) -> KeepPage:
        desk, row = self.desk, self.row
        remove = links.address("economy:frame_remove", desk.body.key, desk.year, row.key) if row else ""
        return keep_page(
            tab=TAB, title=row.text if row else _("Lägg till rambeslut"), crumbs=crumbs_of(desk.body, desk.year),
            form=self.form, back=desk.back, conflict=conflict, facts_title=_("Ramen nu"), facts=_frame_facts(desk),
            others=(Action(_("Ta bort beslutet"), remove, post=True, icon="trash-2", danger=True),) if row else (),
        )  # fmt: skip


def _frame_initial(desk: Desk, row: FrameDecision | None) -> dict[str, Any]:
    _decisions, steps = budget.frame_steps(desk.year, desk.body)
    if row is None:
        return {"version": "", "original": not steps}
    amounts = next((step.amounts for step in steps if step.key == row.key), {})
    return forms.frame_initial(row, amounts)


def _frame_facts(desk: Desk) -> tuple[Fact, ...]:
    _decisions, steps = budget.frame_steps(desk.year, desk.body)
    total = by_column(steps)
    named = [(one.label, total[one.key]) for one in desk.model.frame_columns if one.key in total]
    return budget_forms.frame_facts(named, sum(total.values())) if steps else ()


@require_POST
def frame_remove(request: HttpRequest, body: str, year: int, key: str) -> HttpResponse:
    """Take a frame decision away that was registered by mistake."""
    desk = _desk(request, body, year)
    row = editing.frame(desk.body, year, key)
    if row is None:
        raise Http404
    try:
        actions.remove_frame(row=row, by=organisation_access.actor(request.user))
    except InputError as error:
        notices.failed(request, str(error.problems[0]))
    else:
        notices.done(request, _("Rambeslutet är borttaget. Det står kvar i historiken."))
    return redirect(desk.back)


# ---------------------------------------------------------------- the detailed budget


@require_http_methods(["GET", "HEAD", "POST"])
def amount(request: HttpRequest, body: str, year: int) -> HttpResponse:
    """One amount of the detailed budget: a new one, or the one that the address names."""
    desk = _desk(request, body, year)
    asked = _asked(request.GET, desk) if request.GET.get("line") else None
    row = editing.budget_at(desk.body, year, asked) if asked else None
    choices = None if asked else _choices(desk, decisions=True)
    form = forms.BudgetForm(sent(request), choices=choices, initial=forms.budget_initial(row))
    return run(request, AmountEditing(desk, asked, row, form))


@dataclass(frozen=True)
class AmountEditing(Editing):
    """The form of an amount. `asked`: where it stands, when the address says so."""

    desk: Desk
    asked: Place | None
    row: BudgetAmount | None
    form: forms.BudgetForm
    said = _lazy("Beloppet är sparat.")

    def place(self) -> Place:
        """Where the amount stands: as the address says, else as the form does."""
        return self.asked or _asked(_placed(self.form, "line", "unit", "activity", "decision"), self.desk)

    def save(self, by: Actor) -> str:
        data, profile = self.form.cleaned_data, Profile(self.form.cleaned_data["profile"])
        writing.write_budget(
            body=self.desk.body, year=self.desk.year, place=self.place(), amount_ore=data["amount"], profile=profile,
            months=self.form.months() if profile is Profile.MANUAL else (), version=data["version"], by=by,
        )  # fmt: skip
        return self.desk.back

    def standing(self) -> Standing:
        held = editing.budget_at(self.desk.body, self.desk.year, self.place())
        values = {**dict(self.form.data.items()), **forms.budget_initial(held)}
        return Standing(values["version"], values, saved_by(held))

    def page(self, conflict: Conflict | None) -> KeepPage:
        desk, row = self.desk, self.row
        return keep_page(
            tab=TAB, title=desk.names.line(self.asked.line) if self.asked else _("Lägg till belopp"),
            crumbs=crumbs_of(desk.body, desk.year), form=self.form, back=desk.back, conflict=conflict,
            lead=_lead(self.asked), facts_title=_("Var beloppet står"), facts=desk.where(self.asked),
            tables=(budget_forms.parts_table(desk.body, desk.year, row), budget_forms.history_table(row)) if row else (),
        )  # fmt: skip


def _lead(asked: Place | None) -> str:
    if asked is None:
        return ""
    if asked.decision is None:
        return _("Den ursprungliga budgeten. Tomt belopp tar bort raden.")
    return _("Justering: %(decision)s. Tomt belopp tar bort justeringen.") % {"decision": asked.decision.text}


def _placed(form: forms.PlaceForm, *names: str) -> dict[str, str]:
    return {name: form.placed(name) for name in names}


def _asked(told: Any, desk: Desk) -> Place:
    """The place that an address or a form names. Raises: Http404 when there is no such unit or decision there."""
    unit = organisation.unit(told.get("unit", "")) if told.get("unit") else None
    decision = editing.frame(desk.body, desk.year, told["decision"]) if told.get("decision") else None
    known = {one.key for one in desk.names.units}
    if (told.get("unit") and (unit is None or unit.key not in known)) or (
        told.get("decision") and decision is None
    ):
        raise Http404
    return Place(told["line"], unit, told.get("activity", ""), decision)


# ---------------------------------------------------------------- restatements


@require_safe
def restatements(request: HttpRequest, body: str, year: int) -> HttpResponse:
    """What a comparison year is moved by."""
    desk = _desk(request, body, year, Permission.READ)
    may_budget = access.may(request, Permission.BUDGET, desk.body)
    page = budget_forms.restatements_page(desk.body, year, desk.names, may_budget=may_budget)
    return render(request, "economy/restatements.html", {"page": page, **NAV})


@require_http_methods(["GET", "HEAD", "POST"])
def restatement(request: HttpRequest, body: str, year: int) -> HttpResponse:
    """One restatement: a new one, or the one that the address names."""
    desk = _desk(request, body, year)
    key = request.GET.get("key", "")
    row = editing.restatement(desk.body, key) if key else None
    if key and row is None:
        raise Http404
    choices = None if row else _choices(desk, decisions=False)
    form = forms.RestatementForm(sent(request), choices=choices, initial=forms.restatement_initial(row))
    return run(request, RestatementEditing(desk, row, form))


@dataclass(frozen=True)
class RestatementEditing(Editing):
    """A restatement's form."""

    desk: Desk
    row: Restatement | None
    form: forms.RestatementForm
    said = _lazy("Omräkningen är sparad.")

    @property
    def back(self) -> str:
        """The body's restatements of the year."""
        return links.address("economy:restatements", self.desk.body.key, self.desk.year)

    def place(self) -> Place:
        """Where the restatement stands."""
        if self.row:
            return Place(self.row.line, self.row.unit, self.row.activity, None)
        return _asked(_placed(self.form, "line", "unit", "activity"), self.desk)

    def save(self, by: Actor) -> str:
        data = self.form.cleaned_data
        writing.write_restatement(
            row=self.row, body=self.desk.body, year=self.desk.year, place=self.place(), amount_ore=data["amount"],
            reason=data["reason"], version=data["version"], by=by,
        )  # fmt: skip
        return self.back

    def standing(self) -> Standing:
        held = editing.restatement(self.desk.body, self.row.key) if self.row else None
        values = forms.restatement_initial(held)
        return Standing(values["version"], values, saved_by(held))

    def page(self, conflict: Conflict | None) -> KeepPage:
        return keep_page(
            tab=TAB, title=_("Ändra omräkningen") if self.row else _("Lägg till omräkning"),
            crumbs=crumbs_of(self.desk.body, self.desk.year + 1), form=self.form, back=self.back, conflict=conflict,
            facts_title=_("Var beloppet står"), facts=self.desk.where(self.place()) if self.row else (),
        )  # fmt: skip
