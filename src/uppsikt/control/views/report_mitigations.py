"""All of a body's mitigations reported on one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from uppsikt.control import access
from uppsikt.control.actions.writing import Changed, Told, report_all
from uppsikt.control.forms.mitigations import ReportAllForm
from uppsikt.control.pages import links
from uppsikt.control.pages.report_mitigations import report_mitigations_page
from uppsikt.control.views.editing import RISKS, sent
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.selectors import Round
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import access as organisation
from uppsikt.organisation.selectors import Body
from uppsikt.web import notices
from uppsikt.web.htmx import redirect


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, body: str, round: str) -> HttpResponse:  # noqa: A002 - the address's own word
    """The mitigations that the person may report, with status and comment."""
    found, round_ = organisation.body(request.user, body), access.round_(round)
    form, clash = _form(request, found, round_), False
    if request.method == "POST" and form.is_valid():
        told = [Told(*each) for each in form.told()]
        try:
            count = report_all(told=told, round_=round_, by=organisation.actor(request.user))
        except Changed:
            clash = True
            form.rebase_all()
        except InputError as error:
            form.add_problems(error)
        else:
            words = ngettext("%(n)s åtgärd är sparad.", "%(n)s åtgärder är sparade.", count) % {"n": count}
            notices.done(request, words if count else _("Inget hade ändrats."))
            return redirect(request, links.mitigations(round_, body=body))
    page = report_mitigations_page(found, round_, form, clock.today(), clash=clash)
    status = 409 if clash else 422 if form.is_bound else 200
    return render(request, "control/report_mitigations.html", {"page": page, **RISKS}, status=status)


def _form(request: HttpRequest, body: Body, round_: Round) -> ReportAllForm:
    facts = access.reportable(request.user, body, round_)
    scale = cycle.model_for(round_.year_id).status_scale(round_.kind)
    return ReportAllForm(sent(request), facts=facts, scale=scale)
