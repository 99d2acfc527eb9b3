"""Controls: the list, one of them, and the forms over it."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uppsikt.control import access
from uppsikt.control.actions import control_writing as writing
from uppsikt.control.actions import controls as actions
from uppsikt.control.forms import controls as forms
from uppsikt.control.pages import control_forms as pages
from uppsikt.control.pages import control_words as words
from uppsikt.control.pages.control import ControlRights, control_page
from uppsikt.control.pages.controls import controls_page
from uppsikt.control.selectors import control_rows as rows
from uppsikt.control.selectors.risks import risks
from uppsikt.control.views.editing import RISKS, Editing, run, sent
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.context import context
from uppsikt.followup import selectors as followup
from uppsikt.history.rules import Actor
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import access as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.web import notices
from uppsikt.web.htmx import redirect

reading_and_writing = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def controls(request: HttpRequest) -> HttpResponse:
    """The chosen body's controls in the chosen round, filtered by the address."""
    chosen = context(request)
    bodies = access.read(request.user, chosen)
    may_add = organisation.grants(request.user).anywhere(Permission.CONTROL)
    page = controls_page(chosen, request.GET, bodies, clock.today(), may_add=may_add)
    return render(request, "control/controls.html", {"page": page, **RISKS})


@require_safe
def control(request: HttpRequest, key: str) -> HttpResponse:
    """One control with its occasions and results."""
    found = access.control(request.user, key)
    rights = ControlRights(
        control=access.allows_item(request.user, Permission.CONTROL, found.item),
        report=access.allows_item(request.user, Permission.REPORT, found.item),
        history=access.allows_item(request.user, Permission.READ_HISTORY, found.item),
    )
    every = request.GET.get("show") == "all"
    page = control_page(found, context(request), rights, clock.today(), every=every)
    return render(request, "control/control.html", {"page": page, **RISKS})


@reading_and_writing
def new(request: HttpRequest) -> HttpResponse:
    """A new control in the chosen year; the address may say which risk it answers."""
    chosen = context(request)
    bodies = access.bodies_for(request.user, Permission.CONTROL)
    own = [row for row in risks(chosen.year) if row.body.key in {body.key for body, _name in bodies}]
    risk = next((row for row in own if row.key == request.GET.get("risk")), None)
    initial = forms.new_initial(chosen.body.key if chosen.body else "", risk)
    form = forms.ControlForm(sent(request), risks=own, bodies=bodies, initial=initial)

    def save(by: Actor) -> str:
        added = writing.add_control(year=chosen.year, body=form.chosen_body, values=form.values(), by=by)
        return words.control_href(added.item.key)

    return run(request, Editing(form, save, pages.new_page(form, chosen), _("Kontrollen är upplagd.")))


@reading_and_writing
def change(request: HttpRequest, key: str) -> HttpResponse:
    """What is told of a control."""
    found = access.control(request.user, key, Permission.CONTROL)
    own = [row for row in risks(found.item.year_id) if row.body_id == found.item.body_id]
    form = forms.ControlForm(
        sent(request), risks=own, group=found.group, initial=forms.control_initial(found)
    )

    def save(by: Actor) -> str:
        version = form.cleaned_data["version"]
        writing.change_control(control=found, version=version, values=form.values(), by=by)
        return words.control_href(key)

    page = pages.change_page(found, form)
    said, version = _("Kontrollen är ändrad."), partial(rows.version_of, found)
    return run(request, Editing(form, save, page, said, version))


@require_POST
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Take a control out; the notice offers to put it back."""
    found = access.control(request.user, key, Permission.CONTROL)
    actions.remove_control(control=found, by=organisation.actor(request.user))
    undo = reverse("control:control_restore", args=[key])
    notices.done(request, _("%(name)s är borttagen.") % {"name": rows.name_of(found)}, undo=undo)
    return redirect(request, words.controls_href())


@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Put a removed control back."""
    found = access.control(request.user, key, Permission.CONTROL, removed=True)
    actions.restore_control(control=found, by=organisation.actor(request.user))
    notices.done(request, _("%(name)s är tillbaka.") % {"name": rows.name_of(found)})
    return redirect(request, words.control_href(key))


@reading_and_writing
def status(request: HttpRequest, key: str, round: str) -> HttpResponse:  # noqa: A002 - the address's own word
    """A control's status and comment in a round."""
    found, round_ = access.control(request.user, key, Permission.REPORT), access.round_(round)
    scale = cycle.model_for(found.item.year_id).status_scale(round_.kind)
    held = followup.statuses(round_, [found.item_id]).get(found.item_id)
    initial = {
        "version": rows.version_of(found),
        "status": held.status if held else "",
        "comment": held.comment if held else "",
    }
    steps = [(step.key, step.label) for step in scale.steps]
    form = forms.StatusForm(sent(request), steps=steps, initial=initial)

    def save(by: Actor) -> str:
        writing.set_status(control=found, round_=round_, by=by, **form.cleaned_data)
        return words.control_href(key, round_)

    page = pages.status_page(found, round_, form)
    said, version = _("Status är rapporterad."), partial(rows.version_of, found)
    return run(request, Editing(form, save, page, said, version))


@require_POST
def generate(request: HttpRequest, key: str) -> HttpResponse:
    """Lay out the year's occasions by how often the control is made."""
    found = access.control(request.user, key, Permission.CONTROL)
    try:
        count = actions.generate_occasions(control=found, by=organisation.actor(request.user))
    except InputError as error:
        notices.failed(request, str(error))
        return redirect(request, words.control_href(key))
    said = ngettext("%(n)s tillfälle är upplagt.", "%(n)s tillfällen är upplagda.", count) % {"n": count}
    notices.done(request, said if count else _("Årets tillfällen fanns redan."))
    return redirect(request, words.control_href(key))
