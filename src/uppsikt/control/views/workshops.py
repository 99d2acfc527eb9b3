"""Workshops."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uppsikt.control import access
from uppsikt.control.actions import workshops as actions
from uppsikt.control.forms.workshops import VotesForm, WorkshopForm
from uppsikt.control.pages import links
from uppsikt.control.pages.editing import around
from uppsikt.control.pages.workshops import workshop_page, workshops_page
from uppsikt.control.selectors import RiskWorkshop
from uppsikt.control.selectors import risks as selectors
from uppsikt.control.views.editing import RISKS, Editing, run, sent
from uppsikt.control.views.risks import rights_of
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.context import context
from uppsikt.history.rules import Actor
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import access as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.web import notices
from uppsikt.web.htmx import redirect
from uppsikt.web.parts import Crumb


@require_safe
def workshops(request: HttpRequest) -> HttpResponse:
    """The chosen body's workshops of the year."""
    chosen = context(request)
    bodies = access.read(request.user, chosen)
    page = workshops_page(chosen, bodies, rights_of(request, chosen))
    return render(request, "control/workshops.html", {"page": page, **RISKS})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a workshop on the chosen body's risks."""
    bodies, chosen = access.bodies_for(request.user, Permission.CONTROL), context(request)
    wanted = chosen.body.key if chosen.body else ""
    body = next((row for row, _name in bodies if row.key == wanted), bodies[0][0] if bodies else None)
    form = WorkshopForm(sent(request))

    def save(by: Actor) -> str:
        assert body is not None
        name = form.cleaned_data["name"]
        return links.workshop(actions.open_workshop(year=chosen.year, body=body, name=name, by=by).pk)

    page = around(
        title=_("Öppna workshop"),
        lead=_("Alla som rapporterar för nämnden kan bedöma, tills du avslutar workshopen."),
        crumbs=(Crumb(_("Workshoppar"), reverse("control:workshops")), Crumb(_("Ny workshop"))),
        form=form,
        back=reverse("control:workshops"),
        submit=_("Öppna"),
    )
    return run(request, Editing(form, save, page, _("Workshopen är öppen.")))


@require_http_methods(["GET", "HEAD", "POST"])
def workshop(request: HttpRequest, number: int) -> HttpResponse:
    """A workshop: how the person votes, and what can be seen of how others did."""
    found = access.workshop(request.user, number)
    form = _votes_form(request, found)
    if request.method == "POST":
        access.require_voter(request.user, found)
        if form is None:
            notices.failed(request, _("Workshopen är avslutad, så bedömningen kunde inte sparas."))
        if form is None or (form.is_valid() and _saved(request, found, form)):
            return redirect(request, links.workshop(number))
    held = organisation.grants(request.user)
    page = workshop_page(
        found,
        form,
        person=held.user_key,
        may_run=held.allows(Permission.CONTROL, body=found.body.key),
    )
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "control/workshop.html", {"page": page, **RISKS}, status=status)


@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """End a workshop."""
    found = access.workshop(request.user, number, Permission.CONTROL)
    actions.close_workshop(workshop=found, by=organisation.actor(request.user))
    notices.done(request, _("Workshopen är avslutad. Alla ser nu vad som sades."))
    return redirect(request, links.workshop(number))


@require_POST
def take(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """Set a risk's assessment to what the workshop proposes."""
    found = access.workshop(request.user, number, Permission.CONTROL)
    risk = access.risk(request.user, key, Permission.CONTROL)
    try:
        actions.take_proposal(workshop=found, risk=risk, by=organisation.actor(request.user))
    except InputError as error:
        notices.failed(request, str(error))
    else:
        notices.done(request, _("Medianen är satt som bedömning före åtgärd."))
    return redirect(request, f"{links.workshop(number)}#risk-{key}")


def _votes_form(request: HttpRequest, found: RiskWorkshop) -> VotesForm | None:
    """The person's votes, None when they may not vote or the workshop is over."""
    held = organisation.grants(request.user)
    if found.closed_at is not None or not access.reports_in(request.user, found.body.key):
        return None
    facts = selectors.risk_facts(found.year_id, [found.body.key])
    own = selectors.votes(found).filter(person__key=held.user_key)
    return VotesForm(sent(request), policy=cycle.model_for(found.year_id).control, risks=facts, own=own)


def _saved(request: HttpRequest, found: RiskWorkshop, form: VotesForm) -> bool:
    """Leave the votes, or show in the form why they were refused."""
    person = access.signed_in(request.user)
    try:
        said = actions.vote_all(workshop=found, person=person, votes=form.votes(), by=person.actor)
    except InputError as error:
        form.add_problems(error)
        return False
    words = ngettext("%(n)s bedömning är sparad.", "%(n)s bedömningar är sparade.", said) % {"n": said}
    notices.done(request, words if said else _("Inget hade ändrats."))
    return True
