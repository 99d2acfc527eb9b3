"""Forms over risks."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from uppsikt.control import access
from uppsikt.control.actions import carrying, writing
from uppsikt.control.actions.writing import Assessed
from uppsikt.control.forms import risks as forms
from uppsikt.control.pages import links
from uppsikt.control.pages import risk_forms as pages
from uppsikt.control.rules.words import RiskDecision
from uppsikt.control.selectors.carrying import to_carry
from uppsikt.control.selectors.risks import facts_of, processes, version_of
from uppsikt.control.views.editing import Editing, run, sent
from uppsikt.cycle.context import context
from uppsikt.history.rules import Actor
from uppsikt.organisation.rules import Permission

reading_and_writing = require_http_methods(["GET", "HEAD", "POST"])


@reading_and_writing
def new(request: HttpRequest) -> HttpResponse:
    """A new risk of the chosen year."""
    bodies, chosen = access.bodies_for(request.user, Permission.CONTROL), context(request)
    form = forms.RiskForm(
        sent(request),
        bodies=bodies,
        processes=processes(chosen.year),
        may_share=access.may_share(request.user),
        initial={"body": chosen.body.key if chosen.body else ""},
    )

    def save(by: Actor) -> str:
        body = form.chosen_body
        added = writing.add_risk(year=chosen.year, body=body, values=form.values(), by=by)
        return reverse("control:risk_assess", args=[added.key])

    said = _("Risken är upplagd. Bedöm den nu.")
    return run(request, Editing(form, save, pages.new_page(form, chosen), said))


@reading_and_writing
def change(request: HttpRequest, key: str) -> HttpResponse:
    """What is said of a risk."""
    risk = access.risk(request.user, key, Permission.CONTROL)
    form = forms.RiskForm(
        sent(request),
        processes=processes(risk.year_id),
        may_share=access.may_share(request.user) and risk.adopted_from_id is None,
        initial=forms.risk_initial(risk),
    )

    def save(by: Actor) -> str:
        version = form.cleaned_data["version"]
        writing.change_risk(risk=risk, version=version, values=form.values(), by=by)
        return links.risk(key)

    page = pages.change_page(risk, form)
    return run(request, Editing(form, save, page, _("Risken är sparad."), partial(version_of, risk)))


@reading_and_writing
def assess(request: HttpRequest, key: str) -> HttpResponse:
    """How likely a risk is and how grave."""
    risk = access.risk(request.user, key, Permission.CONTROL)
    facts = facts_of([risk])[0]
    form = forms.AssessForm(sent(request), policy=facts.policy, initial=forms.assess_initial(facts))

    def save(by: Actor) -> str:
        assessed = [Assessed(*each) for each in form.assessed()]
        version = form.cleaned_data["version"]
        writing.assess(risk=risk, version=version, assessed=assessed, by=by)
        return links.risk(key)

    page = pages.assess_page(facts, form)
    return run(request, Editing(form, save, page, _("Bedömningen är sparad."), partial(version_of, risk)))


@reading_and_writing
def treat(request: HttpRequest, key: str) -> HttpResponse:
    """What is decided about a risk."""
    risk = access.risk(request.user, key, Permission.CONTROL)
    facts = facts_of([risk])[0]
    form = forms.TreatForm(sent(request), initial=forms.treat_initial(facts))

    def save(by: Actor) -> str:
        data = form.cleaned_data
        decision = RiskDecision(data["decision"])
        version, rationale = data["version"], data["rationale"]
        writing.treat(risk=risk, version=version, decision=decision, rationale=rationale, by=by)
        return links.risk(key)

    page = pages.treat_page(facts, form)
    return run(request, Editing(form, save, page, _("Beslutet är sparat."), partial(version_of, risk)))


@reading_and_writing
def carry(request: HttpRequest, body: str, year: int) -> HttpResponse:
    """Bring the body's risks, and its mitigations that are not done, from the year before."""
    found = access.body_of_year(request.user, body, year)
    form = forms.CarryForm(sent(request))

    def save(by: Actor) -> str:
        carrying.carry_over(body=found, from_year=year - 1, to_year=year, by=by)
        return links.risks(body=body)

    left = to_carry(found, year - 1, year)
    page = pages.carry_page(found, year, left, form)
    said = ngettext("%(n)s risk är hämtad.", "%(n)s risker är hämtade.", len(left.risks)) % {
        "n": len(left.risks)
    }
    return run(request, Editing(form, save, page, said))
