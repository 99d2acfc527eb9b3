"""Mitigations: the list, one of them, and the forms over it."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uppsikt.control import access
from uppsikt.control.actions import mitigations as actions
from uppsikt.control.actions import writing
from uppsikt.control.forms import mitigations as forms
from uppsikt.control.pages import links
from uppsikt.control.pages import mitigation_forms as pages
from uppsikt.control.pages.mitigation import MitigationRights, mitigation_page
from uppsikt.control.pages.mitigations import mitigations_page
from uppsikt.control.selectors import mitigations as selectors
from uppsikt.control.views.editing import RISKS, Editing, run, sent
from uppsikt.control.views.risks import rights_of
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.context import context
from uppsikt.followup import actions as followup
from uppsikt.followup import selectors as followed
from uppsikt.history.rules import Actor
from uppsikt.kernel import clock
from uppsikt.organisation import access as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.web import notices
from uppsikt.web.htmx import redirect

reading_and_writing = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def mitigations(request: HttpRequest) -> HttpResponse:
    """The chosen body's mitigations in the chosen round, filtered and sorted by the address."""
    chosen = context(request)
    bodies, may_report = access.read(request.user, chosen), rights_of(request, chosen).vote
    page = mitigations_page(chosen, request.GET, bodies, clock.today(), may_report=may_report)
    return render(request, "control/mitigations.html", {"page": page, **RISKS})


@require_safe
def mitigation(request: HttpRequest, key: str) -> HttpResponse:
    """One mitigation with its whole life."""
    found = access.mitigation(request.user, key)
    rights = MitigationRights(
        control=access.allows_item(request.user, Permission.CONTROL, found.item),
        report=access.allows_item(request.user, Permission.REPORT, found.item),
        history=access.allows_item(request.user, Permission.READ_HISTORY, found.item),
    )
    page = mitigation_page(found, context(request), rights, clock.today())
    return render(request, "control/mitigation.html", {"page": page, **RISKS})


@reading_and_writing
def new(request: HttpRequest, of: str, key: str) -> HttpResponse:
    """A new mitigation of a risk, a recommendation or a deficiency."""
    about, body, year = access.mitigated(request.user, of, key, context(request))
    form = forms.MitigationForm(sent(request))

    def save(by: Actor) -> str:
        values = form.values()
        added = writing.add_mitigation(year=year, body=body, about=about, values=values, by=by)
        return links.mitigation(added.item.key)

    page = pages.new_page(form, about, of)
    return run(request, Editing(form, save, page, _("Åtgärden är upplagd.")))


@reading_and_writing
def change(request: HttpRequest, key: str) -> HttpResponse:
    """What is to be done, by whom and by when."""
    found = access.mitigation(request.user, key, Permission.CONTROL)
    form = forms.MitigationForm(sent(request), initial=forms.mitigation_initial(found))

    def save(by: Actor) -> str:
        version = form.cleaned_data["version"]
        writing.change_mitigation(mitigation=found, version=version, values=form.values(), by=by)
        return links.mitigation(key)

    page = pages.change_page(found, form)
    version = partial(selectors.version_of, found)
    return run(request, Editing(form, save, page, _("Åtgärden är sparad."), version))


@reading_and_writing
def report(request: HttpRequest, key: str, round: str) -> HttpResponse:  # noqa: A002 - the address's own word
    """How it goes, in a round."""
    found, round_ = access.mitigation(request.user, key, Permission.REPORT), access.round_(round)
    facts = selectors.facts_of([found], round_)[0]
    scale = cycle.model_for(found.item.year_id).status_scale(round_.kind)
    form = forms.StatusForm(sent(request), scale=scale, initial=forms.status_initial(facts))

    def save(by: Actor) -> str:
        data = form.cleaned_data
        version, status, comment = data["version"], data["status"], data["comment"]
        writing.report(
            mitigation=found, version=version, round_=round_, status=status, comment=comment, by=by
        )
        return links.mitigation(key, round_)

    page = pages.report_page(facts, round_, form)
    version = partial(selectors.version_of, found)
    return run(request, Editing(form, save, page, _("Åtgärden är rapporterad."), version))


@require_POST
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Take a mitigation out; the notice offers to put it back."""
    found = access.mitigation(request.user, key, Permission.CONTROL)
    actions.remove_mitigation(mitigation=found, by=organisation.actor(request.user))
    notices.done(request, _("Åtgärden är borttagen."), undo=reverse("control:mitigation_restore", args=[key]))
    return redirect(request, links.mitigations(body=found.item.body.key))


@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Put a removed mitigation back."""
    found = access.mitigation(request.user, key, Permission.CONTROL, removed=True)
    actions.restore_mitigation(mitigation=found, by=organisation.actor(request.user))
    notices.done(request, _("Åtgärden är tillbaka."))
    return redirect(request, links.mitigation(key))


@reading_and_writing
def wait(request: HttpRequest, key: str) -> HttpResponse:
    """What a mitigation waits for, among the items of a body (body, in the address; its own when it says none)."""
    found = access.mitigation(request.user, key, Permission.CONTROL)
    body = organisation.body(request.user, request.GET.get("of", "") or found.item.body.key)
    form = forms.DependencyForm(sent(request), offered=selectors.candidates(found.item, body))

    def save(by: Actor) -> str:
        note = form.cleaned_data["note"]
        followup.set_dependency(item=found.item, waits_for=form.chosen, note=note, label=found.title, by=by)
        return links.mitigation(key)

    page = pages.wait_page(found, form, context(request), body)
    return run(request, Editing(form, save, page, _("Beroendet är sparat.")))


@require_POST
def wait_no_more(request: HttpRequest, number: int) -> HttpResponse:
    """Say that something waits no longer."""
    found = access.dependency(request.user, number)
    label = followed.titles([found.item])[found.item.pk]
    followup.remove_dependency(dependency=found, label=label, by=organisation.actor(request.user))
    notices.done(request, _("Väntar inte längre."))
    return redirect(request, links.mitigation(found.item.key))
