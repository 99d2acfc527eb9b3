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
from uppsikt.economy.selectors import FrameDecision, budget, editing
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

    def save(by: Actor) -> str:
        data = form.cleaned_data
        writing.write_frame(
            row=row, body=desk.body, year=year, original=data["original"], date=data["date"], text=data["text"],
            decision=form.decision(), amounts=form.amounts(), version=data["version"], by=by,
        )  # fmt: skip
        return address(desk.body, year)

    def standing() -> Standing:
        values = _frame_initial(desk, editing.frame(desk.body, year, key))
        return Standing(values["version"], values)

    def page(conflict: Conflict | None) -> Any:
        title = row.text if row else _("Lägg till rambeslut")
        remove = links.address("economy:frame_remove", desk.body.key, year, key) if row else ""
        return keep_page(
            tab=TAB, title=title, crumbs=crumbs_of(desk.body, year), form=form, back=address(desk.body, year),
            conflict=conflict, facts_title=_("Ramen nu"), facts=_frame_facts(desk),
            others=(Action(_("Ta bort beslutet"), remove, post=True, icon="trash-2", danger=True),) if row else (),
        )  # fmt: skip

    return run(request, Editing(form, save, standing, page, _("Rambeslutet är sparat.")))


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

    def place() -> Place:
        return asked or _asked(
            {name: form.placed(name) for name in ("line", "unit", "activity", "decision")}, desk
        )

    def save(by: Actor) -> str:
        data, profile = form.cleaned_data, Profile(form.cleaned_data["profile"])
        writing.write_budget(
            body=desk.body, year=year, place=place(), amount_ore=data["amount"], profile=profile,
            months=form.months() if profile is Profile.MANUAL else (), version=data["version"], by=by,
        )  # fmt: skip
        return address(desk.body, year)

    def standing() -> Standing:
        held = editing.budget_at(desk.body, year, place())
        values = {**dict(form.data.items()), **forms.budget_initial(held)}
        return Standing(values["version"], values, saved_by(held))

    def page(conflict: Conflict | None) -> Any:
        title = desk.names.line(asked.line) if asked else _("Lägg till belopp")
        unit = asked.unit.key if asked and asked.unit else ""
        return keep_page(
            tab=TAB, title=title, crumbs=crumbs_of(desk.body, year), form=form, back=address(desk.body, year),
            conflict=conflict, lead=_lead(asked),
            facts_title=_("Var beloppet står") if asked else "",
            facts=budget_forms.place_facts(desk.names, asked.line, unit, asked.activity) if asked else (),
            tables=(budget_forms.parts_table(desk.body, year, row), budget_forms.history_table(row)) if row else (),
        )  # fmt: skip

    return run(request, Editing(form, save, standing, page, _("Beloppet är sparat.")))


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
    back = links.address("economy:restatements", desk.body.key, year)

    def save(by: Actor) -> str:
        place = (
            Place(row.line, row.unit, row.activity, None)
            if row
            else _asked({name: form.placed(name) for name in ("line", "unit", "activity")}, desk)
        )
        data = form.cleaned_data
        writing.write_restatement(
            row=row, body=desk.body, year=year, place=place, amount_ore=data["amount"], reason=data["reason"],
            version=data["version"], by=by,
        )  # fmt: skip
        return back

    def standing() -> Standing:
        held = editing.restatement(desk.body, key)
        values = forms.restatement_initial(held)
        return Standing(values["version"], values, saved_by(held))

    def page(conflict: Conflict | None) -> Any:
        title = _("Ändra omräkningen") if row else _("Lägg till omräkning")
        unit = row.unit.key if row and row.unit else ""
        return keep_page(
            tab=TAB, title=title, crumbs=crumbs_of(desk.body, year + 1), form=form, back=back, conflict=conflict,
            facts_title=_("Var beloppet står") if row else "",
            facts=budget_forms.place_facts(desk.names, row.line, unit, row.activity) if row else (),
        )  # fmt: skip

    return run(request, Editing(form, save, standing, page, _("Omräkningen är sparad.")))


__all__ = [
    "amount", "amount_address", "frame", "frame_remove", "months", "overview", "restatement", "restatements",
]  # fmt: skip
