"""Budgets: frames, the detailed budget, and what a comparison year is moved by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uppsikt.economy import access
from uppsikt.economy.access import Chosen
from uppsikt.economy.actions import budget as actions
from uppsikt.economy.actions import writing
from uppsikt.economy.actions.writing import Place
from uppsikt.economy.forms import budget as forms
from uppsikt.economy.forms.amounts import activity_choices, line_choices, unit_choices
from uppsikt.economy.pages import budget_forms, links
from uppsikt.economy.pages.budget import budget_page
from uppsikt.economy.pages.budget_detail import Names, address, amount_address, crumbs_of, day_of
from uppsikt.economy.pages.budget_months import months_page
from uppsikt.economy.pages.editing import Standing, keep_page, saved_by
from uppsikt.economy.rules.frames import by_column
from uppsikt.economy.rules.grain import Profile
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
from uppsikt.web.parts import Action

TAB = "economy:budget"


def _year(request: HttpRequest, chosen: Chosen) -> int:
    """The year asked for, else the chosen round's."""
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdigit() and len(asked) == 4 else chosen.context.year


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The chosen body's frame and detailed budget."""
    chosen = access.chosen(request)
    may_budget = access.may(request, Permission.BUDGET, chosen.body)
    page = budget_page(chosen, _year(request, chosen), request.GET, may_budget=may_budget)
    return render(request, "economy/budget.html", {"page": page, **NAV})


@require_safe
def months(request: HttpRequest) -> HttpResponse:
    """The budget spread over the year."""
    chosen = access.chosen(request)
    page = months_page(chosen, _year(request, chosen), request.GET)
    return render(request, "economy/budget_months.html", {"page": page, **NAV})


@dataclass(frozen=True, slots=True)
class Desk:
    """What every form of a body's budget needs: whose, which year, its model and what things are called."""

    body: Body
    year: int
    names: Names

    @property
    def model(self) -> Any:
        """The year's economy model."""
        return self.names.model


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
    kept = _Frame(desk, row, form)
    return run(request, Editing(form, kept.save, kept.standing, kept.page, _("Rambeslutet är sparat.")))


@dataclass(frozen=True, slots=True)
class _Frame:
    """The form of a frame decision: `row` None is a new one."""

    desk: Desk
    row: FrameDecision | None
    form: forms.FrameForm

    def save(self, by: Actor) -> str:
        data, desk = self.form.cleaned_data, self.desk
        writing.write_frame(
            row=self.row, body=desk.body, year=desk.year, original=data["original"], date=data["date"],
            text=data["text"], decision=self.form.decision(), amounts=self.form.amounts(), version=data["version"],
            by=by,
        )  # fmt: skip
        return address(desk.body, desk.year)

    def standing(self) -> Standing:
        held = editing.frame(self.desk.body, self.desk.year, self.row.key) if self.row else None
        values = _frame_initial(self.desk, held)
        return Standing(values["version"], values)

    def page(self, conflict: Conflict | None) -> Any:
        desk, row = self.desk, self.row
        remove = links.address("economy:frame_remove", desk.body.key, desk.year, row.key) if row else ""
        return keep_page(
            tab=TAB, title=row.text if row else _("Lägg till rambeslut"), crumbs=crumbs_of(desk.body, desk.year),
            form=self.form, back=address(desk.body, desk.year), conflict=conflict, facts_title=_("Ramen nu"),
            facts=_frame_facts(desk),
            others=(Action(_("Ta bort beslutet"), remove, post=True, icon="trash-2", danger=True),) if row else (),
        )  # fmt: skip


def _frame_initial(desk: Desk, row: FrameDecision | None) -> dict[str, Any]:
    _decisions, steps = budget.frame_steps(desk.year, desk.body)
    if row is None:
        return {"version": "", "original": not steps}
    amounts = next((step.amounts for step in steps if step.key == row.key), {})
    return forms.frame_initial(row, amounts)


def _frame_facts(desk: Desk) -> Any:
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
    return redirect(address(desk.body, year))


# ---------------------------------------------------------------- the detailed budget


@require_http_methods(["GET", "HEAD", "POST"])
def amount(request: HttpRequest, body: str, year: int) -> HttpResponse:
    """One amount of the detailed budget: a new one, or the one that the address names."""
    desk = _desk(request, body, year)
    asked = _asked(request.GET, desk) if request.GET.get("line") else None
    row = editing.budget_at(desk.body, year, asked) if asked else None
    choices = None if asked else _choices(desk, decisions=True)
    form = forms.BudgetForm(sent(request), choices=choices, initial=forms.budget_initial(row))

    kept = _Amount(desk, asked, row, form)
    return run(request, Editing(form, kept.save, kept.standing, kept.page, _("Beloppet är sparat.")))


@dataclass(frozen=True, slots=True)
class _Amount:
    """The form of an amount: `asked` None is a new one, whose place the form says."""

    desk: Desk
    asked: Place | None
    row: BudgetAmount | None
    form: forms.BudgetForm

    def place(self) -> Place:
        told = ("line", "unit", "activity", "decision")
        return self.asked or _asked({name: self.form.placed(name) for name in told}, self.desk)

    def save(self, by: Actor) -> str:
        data, profile = self.form.cleaned_data, Profile(self.form.cleaned_data["profile"])
        writing.write_budget(
            body=self.desk.body, year=self.desk.year, place=self.place(), amount_ore=data["amount"], profile=profile,
            months=self.form.months() if profile is Profile.MANUAL else (), version=data["version"], by=by,
        )  # fmt: skip
        return address(self.desk.body, self.desk.year)

    def standing(self) -> Standing:
        held = editing.budget_at(self.desk.body, self.desk.year, self.place())
        values = {**dict(self.form.data.items()), **forms.budget_initial(held)}
        return Standing(values["version"], values, saved_by(held))

    def page(self, conflict: Conflict | None) -> Any:
        desk, asked, row = self.desk, self.asked, self.row
        title = desk.names.line(asked.line) if asked else _("Lägg till belopp")
        unit = asked.unit.key if asked and asked.unit else ""
        return keep_page(
            tab=TAB, title=title, crumbs=crumbs_of(desk.body, desk.year), form=self.form,
            back=address(desk.body, desk.year), conflict=conflict, lead=_lead(asked),
            facts_title=_("Var beloppet står") if asked else "",
            facts=budget_forms.place_facts(desk.names, asked.line, unit, asked.activity) if asked else (),
            tables=(budget_forms.parts_table(desk.body, desk.year, row), budget_forms.history_table(row)) if row else (),
        )  # fmt: skip


def _lead(asked: Place | None) -> str:
    if asked is None:
        return ""
    if asked.decision is None:
        return _("Den ursprungliga budgeten. Tomt belopp tar bort raden.")
    return _("Justering: %(decision)s. Tomt belopp tar bort justeringen.") % {"decision": asked.decision.text}


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
    if key and row is None and request.method != "POST":
        raise Http404
    choices = None if row else _choices(desk, decisions=False)
    form = forms.RestatementForm(sent(request), choices=choices, initial=forms.restatement_initial(row))
    kept = _Restated(desk, key, row, form)
    return run(request, Editing(form, kept.save, kept.standing, kept.page, _("Omräkningen är sparad.")))


@dataclass(frozen=True, slots=True)
class _Restated:
    """The form of a restatement: `row` None is a new one, whose place the form says."""

    desk: Desk
    key: str
    row: Restatement | None
    form: forms.RestatementForm

    @property
    def back(self) -> str:
        return links.address("economy:restatements", self.desk.body.key, self.desk.year)

    def place(self) -> Place:
        if self.row:
            return Place(self.row.line, self.row.unit, self.row.activity, None)
        told = ("line", "unit", "activity")
        return _asked({name: self.form.placed(name) for name in told}, self.desk)

    def save(self, by: Actor) -> str:
        data = self.form.cleaned_data
        writing.write_restatement(
            row=self.row, body=self.desk.body, year=self.desk.year, place=self.place(), amount_ore=data["amount"],
            reason=data["reason"], version=data["version"], by=by,
        )  # fmt: skip
        return self.back

    def standing(self) -> Standing:
        held = editing.restatement(self.desk.body, self.key)
        values = forms.restatement_initial(held)
        return Standing(values["version"], values, saved_by(held))

    def page(self, conflict: Conflict | None) -> Any:
        row, desk = self.row, self.desk
        title = _("Ändra omräkningen") if row else _("Lägg till omräkning")
        unit = row.unit.key if row and row.unit else ""
        return keep_page(
            tab=TAB, title=title, crumbs=crumbs_of(desk.body, desk.year + 1), form=self.form, back=self.back,
            conflict=conflict, facts_title=_("Var beloppet står") if row else "",
            facts=budget_forms.place_facts(desk.names, row.line, unit, row.activity) if row else (),
        )  # fmt: skip


__all__ = [
    "amount", "amount_address", "frame", "frame_remove", "months", "overview", "restatement", "restatements",
]  # fmt: skip
