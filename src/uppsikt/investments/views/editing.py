"""Forms over projects: each shows itself, or saves through one action, or shows what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from uppsikt.cycle.context import context
from uppsikt.history.rules import Actor
from uppsikt.investments import access, forms
from uppsikt.investments.actions import amounts as amount_actions
from uppsikt.investments.actions import register, writing
from uppsikt.investments.actions.writing import Changed, YearAmount
from uppsikt.investments.pages import editing, links
from uppsikt.investments.pages.editing import EditPage, Standing
from uppsikt.investments.rules.words import Flow
from uppsikt.investments.selectors import Project, report_in, version_of
from uppsikt.investments.views.lists import NAV
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import access as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.planning.forms.plan import PlanForm
from uppsikt.web import notices
from uppsikt.web.htmx import redirect
from uppsikt.web.parts import Action

AHEAD = 4


@dataclass(frozen=True, slots=True)
class Editing:
    """One form at one address: how to save it, where to go then and what to say, the page around it."""

    form: PlanForm
    save: Callable[[Actor], str]
    page: Callable[..., EditPage]
    said: str
    version: Callable[[], str] = str


def _run(request: HttpRequest, one: Editing) -> HttpResponse:
    """Answer a GET with the form, a POST with what came of it: 302, 409 (somebody was first) or 422."""
    form, clash = one.form, False
    if request.method == "POST" and form.is_valid():
        try:
            address = one.save(organisation.actor(request.user))
        except Changed:
            clash = True
            form.rebase(one.version())
        except InputError as error:
            form.add_problems(error)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            notices.done(request, one.said)
            return redirect(request, address)
    status = 409 if clash else 422 if form.is_bound else 200
    return render(request, "investments/edit.html", {"page": one.page(clash=clash), **NAV}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new project in the register."""
    bodies = access.project_bodies(request.user, clock.today())
    chosen = context(request)
    form = forms.ProjectForm(
        _sent(request),
        model=access.model(chosen.year),
        bodies=bodies,
        initial={"body": chosen.body.key if chosen.body else ""},
    )

    def save(by: Actor) -> str:
        added = writing.add_project(body=form.chosen_body, values=form.values(), by=by)
        return links.project(added.key)

    page = partial(editing.new_page, form)
    return _run(request, Editing(form, save, page, _("Projektet är upplagt.")))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    """What the register says of a project."""
    project = access.project(request.user, key, Permission.BUDGET)
    bodies = access.project_bodies(request.user, clock.today())
    model = access.model(context(request).year)
    initial = forms.project_initial(project)
    form = forms.ProjectForm(_sent(request), model=model, bodies=bodies, initial=initial)

    def save(by: Actor) -> str:
        version = form.cleaned_data["version"]
        writing.change_project(
            project=project, version=version, body=form.chosen_body, values=form.values(), by=by
        )
        return links.project(key)

    address = reverse("investments:project_remove", args=[key])
    remove = Action(_("Ta bort projektet ur registret"), address, post=True, icon="trash-2", danger=True)
    page = partial(editing.project_edit_page, project, form, title=_("Ändra uppgifter"), remove=remove)
    return _run(request, _of(project, form, save, page, _("Uppgifterna är sparade.")))


@require_POST
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Take a project out of the register; the notice offers to put it back."""
    project = access.project(request.user, key, Permission.BUDGET)
    register.remove_project(project=project, by=organisation.actor(request.user))
    undo = reverse("investments:project_restore", args=[key])
    notices.done(request, _("%(name)s är borttaget ur registret.") % {"name": project.name}, undo=undo)
    return redirect(request, links.projects())


@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Put a removed project back."""
    project = access.project(request.user, key, Permission.BUDGET, removed=True)
    try:
        register.restore_project(project=project, by=organisation.actor(request.user))
    except InputError as error:
        notices.failed(request, str(error))
        return redirect(request, links.projects())
    notices.done(request, _("%(name)s är tillbaka i registret.") % {"name": project.name})
    return redirect(request, links.project(key))


@require_http_methods(["GET", "HEAD", "POST"])
def amounts(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """The year's budget as first decided, and the plan ahead."""
    project = access.project(request.user, key, Permission.BUDGET)
    held = editing.standing(project, context(request).round, access.year(year))
    initial = forms.amounts_initial(held.facts, AHEAD)
    form = forms.AmountsForm(
        _sent(request), year=year, flows=editing.flows_of(held), ahead=AHEAD, initial=initial
    )

    def save(by: Actor) -> str:
        version = form.cleaned_data["version"]
        writing.set_amounts(project=project, version=version, amounts=_written(form), round_=None, by=by)
        return links.project(key)

    page = partial(editing.amounts_page, held, form)
    return _run(request, _of(project, form, save, page, _("Budget och plan är sparade.")))


@require_http_methods(["GET", "HEAD", "POST"])
def carry(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """Unspent budget of the year carried over to the next, by decision."""
    project = access.project(request.user, key, Permission.BUDGET)
    held = editing.standing(project, context(request).round, access.year(year))
    form = _decided_form(request, held, editing.proposals(held))

    def save(by: Actor) -> str:
        amount_actions.carry_over(project=project, from_year=year, by=by, **form.values())
        return links.project(key)

    page = partial(
        editing.project_edit_page,
        project,
        form,
        title=_("Saldoöverföring från %(year)s till %(next)s") % {"year": year, "next": year + 1},
        lead=_("Det som förs över läggs till budgeten för %(next)s.") % {"next": year + 1},
        beside_title=_("Att gå efter"),
        beside=editing.carry_facts(held),
    )
    return _run(request, _of(project, form, save, page, _("Saldoöverföringen är registrerad.")))


@require_http_methods(["GET", "HEAD", "POST"])
def adjust(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """The year's budget changed by a decision during the year."""
    project = access.project(request.user, key, Permission.BUDGET)
    held = editing.standing(project, context(request).round, access.year(year))
    form = _decided_form(request, held, {})

    def save(by: Actor) -> str:
        amount_actions.adjust(project=project, year=year, by=by, **form.values())
        return links.project(key)

    page = partial(
        editing.project_edit_page,
        project,
        form,
        title=_("Justera budgeten för %(year)s") % {"year": year},
        lead=_("Justeringen läggs till budgeten; den ursprungliga står kvar."),
        beside_title=_("Budgeten nu"),
        beside=editing.budget_facts(held),
    )
    return _run(request, _of(project, form, save, page, _("Budgeten är justerad.")))


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, key: str, round: str) -> HttpResponse:  # noqa: A002 - the address's own word
    """A project in a round: phase, schedule, estimated total, forecast and comment."""
    project, round_ = access.project(request.user, key, Permission.FORECAST), access.round_(round)
    held = editing.standing(project, round_, round_.year_id)
    form = forms.ReportForm(
        _sent(request),
        year=held.year,
        flows=editing.told_flows(held),
        phases=editing.phases_of(held),
        initial=forms.report_initial(held.facts, report_in(project, round_)),
    )

    def save(by: Actor) -> str:
        version, values = form.cleaned_data["version"], form.values()
        told = _written(form)
        writing.report(project=project, version=version, round_=round_, values=values, amounts=told, by=by)
        return links.project(key, round_)

    page = partial(editing.report_page, held, form)
    return _run(request, _of(project, form, save, page, _("Projektet är rapporterat.")))


def _sent(request: HttpRequest) -> Any:
    """What a POST carries; None when the form is only shown."""
    return request.POST if request.method == "POST" else None


def _of(
    project: Project, form: PlanForm, save: Callable[[Actor], str], page: Callable[..., EditPage], said: str
) -> Editing:
    return Editing(form, save, page, said, partial(version_of, project))


def _written(form: forms.GridForm) -> list[YearAmount]:
    return [YearAmount(one.year, one.kind, one.flow, ore) for one, ore in form.squares()]


def _decided_form(request: HttpRequest, held: Standing, proposed: Mapping[Flow, int]) -> forms.DecidedForm:
    flow = next(iter(proposed), None)
    initial = {"flow": flow.value, "amount": forms.written(proposed[flow])} if flow else {}
    return forms.DecidedForm(_sent(request), flows=editing.flows_of(held), initial=initial)
