"""One agreement, and what following it up found."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uppsikt.cycle.context import context
from uppsikt.history.rules import Actor
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import access as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.procurement import access, forms
from uppsikt.procurement.actions import agreements, writing
from uppsikt.procurement.pages import links
from uppsikt.procurement.pages.agreements import agreement_page
from uppsikt.procurement.pages.editing import edit_page, new_page
from uppsikt.procurement.selectors import Agreement
from uppsikt.procurement.views.editing import METHODS, Editing, of, run, sent
from uppsikt.procurement.views.lists import NAV
from uppsikt.web import notices
from uppsikt.web.htmx import redirect
from uppsikt.web.parts import Action


@require_safe
def agreement(request: HttpRequest, key: str) -> HttpResponse:
    """One agreement with what was bought under it."""
    found = access.agreement(request.user, key)
    page = agreement_page(
        found,
        context(request),
        access.whole(request.user),
        may_change=access.may_change(request.user, found),
        may_read_history=organisation.grants(request.user).anywhere(Permission.READ_HISTORY),
    )
    return render(request, "procurement/one.html", {"page": page, **NAV})


@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """A new agreement."""
    form = _form(request, None)

    def save(by: Actor) -> str:
        access.require_bodies(request.user, form.cleaned_data["bodies"])
        return links.one("agreement", writing.add_agreement(values=form.values(), by=by).key)

    page = partial(new_page, form, title=_("Lägg till avtal"), back="agreements")
    return run(request, Editing(form, save, page, _("Avtalet är upplagt.")))


@require_http_methods(METHODS)
def change(request: HttpRequest, key: str) -> HttpResponse:
    """What the register says of an agreement."""
    found = access.agreement(request.user, key, Permission.PROCURE)
    form = _form(request, found)

    def save(by: Actor) -> str:
        access.require_bodies(request.user, form.cleaned_data["bodies"])
        writing.change_agreement(
            agreement=found, version=form.cleaned_data["version"], values=form.values(), by=by
        )
        return links.one("agreement", key)

    address = reverse("procurement:agreement_remove", args=[key])
    remove = Action(_("Ta bort avtalet"), address, post=True, icon="trash-2", danger=True)
    words: dict[str, Any] = {
        "kind": "agreement",
        "key": key,
        "name": found.title,
        "title": _("Ändra uppgifter"),
    }
    page = partial(edit_page, form, remove=remove, **words)
    return run(request, of(found, form, save, page, _("Uppgifterna är sparade.")))


@require_POST
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Take an agreement out of the register; the notice offers to put it back."""
    found = access.agreement(request.user, key, Permission.PROCURE)
    agreements.remove_agreement(agreement=found, by=organisation.actor(request.user))
    undo = reverse("procurement:agreement_restore", args=[key])
    notices.done(request, _("%(name)s är borttaget ur registret.") % {"name": found.title}, undo=undo)
    return redirect(request, links.page("agreements"))


@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Put a removed agreement back."""
    found = access.agreement(request.user, key, Permission.PROCURE, removed=True)
    try:
        agreements.restore_agreement(agreement=found, by=organisation.actor(request.user))
    except InputError as error:
        notices.failed(request, str(error))
        return redirect(request, links.page("agreements"))
    notices.done(request, _("%(name)s är tillbaka i registret.") % {"name": found.title})
    return redirect(request, links.one("agreement", key))


@require_http_methods(METHODS)
def follow_up(request: HttpRequest, key: str) -> HttpResponse:
    """What following up the agreement found."""
    found = access.agreement(request.user, key, Permission.PROCURE)
    form = forms.FollowUpForm(sent(request), initial={"date": clock.today()})

    def save(by: Actor) -> str:
        agreements.follow_up_agreement(agreement=found, by=by, **form.values())
        return links.one("agreement", key)

    page = partial(
        edit_page, form, kind="agreement", key=key, name=found.title, title=_("Registrera uppföljning"),
        lead=_("En uppföljning av samma dag ersätter den som står."),
    )  # fmt: skip
    return run(request, of(found, form, save, page, _("Uppföljningen är registrerad.")))


def _form(request: HttpRequest, found: Agreement | None) -> forms.AgreementForm:
    initial = forms.agreement_initial(found) if found else {"supplier": request.GET.get("supplier", "")}
    return forms.AgreementForm(
        sent(request),
        bodies=access.bodies(request.user, clock.today()),
        for_all=access.for_all(request.user),
        initial=initial,
    )
