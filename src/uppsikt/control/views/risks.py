"""The risks of a body and year, and one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from uppsikt.control import access
from uppsikt.control.actions import risks as actions
from uppsikt.control.pages import links
from uppsikt.control.pages.risk import RiskRights, risk_page
from uppsikt.control.pages.risks import Rights, risks_page
from uppsikt.control.views.editing import RISKS
from uppsikt.cycle.context import Context, context
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import access as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.web import notices
from uppsikt.web.htmx import redirect


@require_safe
def risks(request: HttpRequest) -> HttpResponse:
    """The chosen body's risks, filtered and sorted by the address."""
    chosen = context(request)
    bodies = access.read(request.user, chosen)
    page = risks_page(chosen, request.GET, bodies, rights_of(request, chosen))
    return render(request, "control/risks.html", {"page": page, **RISKS})


@require_safe
def risk(request: HttpRequest, key: str) -> HttpResponse:
    """One risk."""
    found = access.risk(request.user, key)
    held = organisation.grants(request.user)
    body = "" if found.shared else found.body.key
    rights = RiskRights(
        inside=held.allows(Permission.READ, body=found.body.key),
        control=held.allows(Permission.CONTROL, body=body),
        history=held.allows(Permission.READ_HISTORY, body=found.body.key),
    )
    page = risk_page(found, context(request), rights, clock.today())
    return render(request, "control/risk.html", {"page": page, **RISKS})


@require_POST
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Take a risk out of the analysis; the notice offers to put it back."""
    found = access.risk(request.user, key, Permission.CONTROL)
    actions.remove_risk(risk=found, by=organisation.actor(request.user))
    undo = reverse("control:risk_restore", args=[key])
    notices.done(request, _("Risken är borttagen."), undo=undo)
    return redirect(request, links.risks(body=found.body.key))


@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Put a removed risk back."""
    found = access.risk(request.user, key, Permission.CONTROL, removed=True)
    actions.restore_risk(risk=found, by=organisation.actor(request.user))
    notices.done(request, _("Risken är tillbaka."))
    return redirect(request, links.risk(key))


@require_POST
def adopt(request: HttpRequest, key: str) -> HttpResponse:
    """Take over a shared risk for a body (body, in what is sent)."""
    found = access.risk(request.user, key)
    body = organisation.body(request.user, request.POST.get("body", ""), Permission.CONTROL)
    try:
        own, _new = actions.adopt_risk(risk=found, body=body, by=organisation.actor(request.user))
    except InputError as error:
        notices.failed(request, str(error))
        return redirect(request, links.risk(key))
    notices.done(request, _("Risken är övertagen. Bedöm den nu för er verksamhet."))
    return redirect(request, links.risk(own.key))


def rights_of(request: HttpRequest, chosen: Context) -> Rights:
    """What the reader may do with the chosen body's risks."""
    held = organisation.grants(request.user)
    if chosen.body is None:
        return Rights()
    return Rights(
        control=held.allows(Permission.CONTROL, body=chosen.body.key),
        vote=access.reports_in(request.user, chosen.body.key),
    )
