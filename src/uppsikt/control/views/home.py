"""A body's internal control as a whole, and its summary assessment."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from uppsikt.control import access
from uppsikt.control.actions.summaries import sum_up_from
from uppsikt.control.forms.summary import SummaryForm
from uppsikt.control.pages.editing import EditPage
from uppsikt.control.pages.home import home_page, summary_edit_page
from uppsikt.control.selectors.summaries import version_of
from uppsikt.control.views.editing import Editing, run, sent
from uppsikt.cycle.context import context
from uppsikt.cycle.rules.rounds import seen_on
from uppsikt.history.rules import Actor
from uppsikt.kernel import clock
from uppsikt.organisation import access as organisation
from uppsikt.organisation.rules import Permission


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """How the chosen body's internal control stands in the chosen round."""
    access.read(request.user, context(request))
    chosen = context(request)
    view = access.summary_of(chosen)
    may = chosen.body is not None and organisation.grants(request.user).allows(
        Permission.ASSESS, body=chosen.body.key
    )
    day = clock.today()
    if chosen.round:
        day = seen_on(chosen.round.state, chosen.round.cutoff, day)
    page = home_page(chosen, view, may_assess=may, today=day)
    return render(request, "control/home.html", {"page": page, "nav_current": "control:home"})


@require_http_methods(["GET", "HEAD", "POST"])
def summary(request: HttpRequest, round_key: str, body: str) -> HttpResponse:
    """The summary assessment."""
    found, round_, scale, view = access.summary(request.user, round_key, body)
    proposed = view.proposal.step.key if view.proposal else ""
    initial = {
        "version": version_of(found, round_),
        "step": view.step.key if view.step else proposed,
        "rationale": view.rationale,
    }
    form = SummaryForm(sent(request), scale=scale, initial=initial)

    def save(by: Actor) -> str:
        sum_up_from(body=found, round_=round_, proposed=proposed, by=by, **form.cleaned_data)
        return reverse("control:home")

    def page(*, clash: bool) -> EditPage:
        return summary_edit_page(context(request), view, form, clash=clash)

    return run(
        request,
        Editing(form, save, page, _("Bedömningen är sparad."), lambda: version_of(found, round_)),
    )
