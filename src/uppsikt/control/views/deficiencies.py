"""Deficiencies: the list, one of them, and the forms over it."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uppsikt.control.access import allows_item, proofs, read
from uppsikt.control.access.proofs import REPORTERS
from uppsikt.control.actions import deficiencies as actions
from uppsikt.control.forms.deficiencies import DeficiencyForm, RetestForm, deficiency_initial
from uppsikt.control.pages import deficiency as pages
from uppsikt.control.pages.deficiencies import deficiencies_page
from uppsikt.control.pages.deficiency_rows import deficiency_href
from uppsikt.control.selectors.deficiencies import version_of
from uppsikt.control.views.editing import RISKS, Editing, run, sent
from uppsikt.cycle.context import context
from uppsikt.history.rules import Actor
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import access as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.web import notices
from uppsikt.web.htmx import redirect

reading_and_writing = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def deficiencies(request: HttpRequest) -> HttpResponse:
    """The chosen body's deficiencies, the worst first, filtered and sorted by the address."""
    chosen = context(request)
    page = deficiencies_page(chosen, request.GET, read(request.user, chosen))
    return render(request, "control/deficiencies.html", {"page": page, **RISKS})


@require_safe
def deficiency(request: HttpRequest, key: str) -> HttpResponse:
    """One deficiency with its actions and retests."""
    found = proofs.deficiency(request.user, key)
    item = found.occasion.control.item
    rights = pages.DeficiencyRights(
        report=any(allows_item(request.user, one, item) for one in REPORTERS),
        control=allows_item(request.user, Permission.CONTROL, item),
        history=allows_item(request.user, Permission.READ_HISTORY, item),
    )
    page = pages.deficiency_page(found, rights, clock.today())
    return render(request, "control/deficiency.html", {"page": page, **RISKS})


@reading_and_writing
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what an occasion found wrong."""
    occasion = proofs.reported(request.user, pk)
    form = DeficiencyForm(sent(request), initial={"found_on": clock.today()})

    def save(by: Actor) -> str:
        values = form.values()
        key = actions.unused_key(occasion, values["title"])
        actions.save_deficiency(key=key, occasion=occasion, by=by, **values)
        return deficiency_href(key)

    return run(request, Editing(form, save, pages.new_page(occasion, form), _("Bristen är upplagd.")))


@reading_and_writing
def change(request: HttpRequest, key: str) -> HttpResponse:
    """What is wrong, and when it was found."""
    found = proofs.deficiency(request.user, key, *REPORTERS)
    form = DeficiencyForm(sent(request), initial=deficiency_initial(found))

    def save(by: Actor) -> str:
        version = form.cleaned_data["version"]
        actions.change_deficiency(deficiency=found, version=version, by=by, **form.values())
        return deficiency_href(key)

    page, version = pages.change_page(found, form), partial(version_of, found)
    return run(request, Editing(form, save, page, _("Bristen är sparad."), version))


@reading_and_writing
def retest(request: HttpRequest, key: str) -> HttpResponse:
    """Plan that the control is made again."""
    found = proofs.deficiency(request.user, key, *REPORTERS)
    form = RetestForm(sent(request))

    def save(by: Actor) -> str:
        day = form.day
        actions.plan_retest(deficiency=found, period=day.isoformat(), due=day, by=by)
        return deficiency_href(key)

    return run(request, Editing(form, save, pages.retest_page(found, form), _("Omtestet är planerat.")))


@require_POST
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Take a deficiency out; the notice offers to put it back."""
    found = proofs.deficiency(request.user, key, *REPORTERS)
    try:
        actions.remove_deficiency(deficiency=found, by=organisation.actor(request.user))
    except InputError as error:
        notices.failed(request, str(error))
        return redirect(request, deficiency_href(key))
    notices.done(request, _("Bristen är borttagen."), undo=reverse("control:deficiency_restore", args=[key]))
    return redirect(request, reverse("control:deficiencies"))


@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Put a removed deficiency back."""
    found = proofs.deficiency(request.user, key, *REPORTERS, removed=True)
    actions.restore_deficiency(deficiency=found, by=organisation.actor(request.user))
    notices.done(request, _("Bristen är tillbaka."))
    return redirect(request, deficiency_href(key))
