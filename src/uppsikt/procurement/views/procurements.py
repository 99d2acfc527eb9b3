"""One procurement, and what is settled about purchases."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uppsikt.cycle.context import context
from uppsikt.history.rules import Actor
from uppsikt.kernel import clock
from uppsikt.organisation import access as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.procurement import access, forms
from uppsikt.procurement.actions import procurements, settling, writing
from uppsikt.procurement.pages import links
from uppsikt.procurement.pages.editing import edit_page, new_page
from uppsikt.procurement.pages.procurements import procurement_page
from uppsikt.procurement.selectors import Procurement
from uppsikt.procurement.views.editing import METHODS, Editing, of, run, sent
from uppsikt.procurement.views.lists import NAV
from uppsikt.web import notices
from uppsikt.web.htmx import redirect
from uppsikt.web.parts import Action


@require_safe
def procurement(request: HttpRequest, key: str) -> HttpResponse:
    """One procurement."""
    found = access.procurement(request.user, key)
    held = organisation.grants(request.user)
    page = procurement_page(
        found,
        context(request),
        may_change=held.allows(Permission.PROCURE, body=found.body.key),
        may_read_history=held.allows(Permission.READ_HISTORY, body=found.body.key),
    )
    return render(request, "procurement/one.html", {"page": page, **NAV})


@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """A new procurement, call-off or direct procurement."""
    form = _form(request, None)

    def save(by: Actor) -> str:
        return links.one("procurement", writing.add_procurement(values=form.values(), by=by).key)

    page = partial(new_page, form, title=_("Lägg till upphandling"), back="procurements")
    return run(request, Editing(form, save, page, _("Upphandlingen är upplagd.")))


@require_http_methods(METHODS)
def change(request: HttpRequest, key: str) -> HttpResponse:
    """What the register says of a procurement."""
    found = access.procurement(request.user, key, Permission.PROCURE)
    form = _form(request, found)

    def save(by: Actor) -> str:
        version = form.cleaned_data["version"]
        writing.change_procurement(procurement=found, version=version, values=form.values(), by=by)
        return links.one("procurement", key)

    address = reverse("procurement:procurement_remove", args=[key])
    remove = Action(_("Ta bort upphandlingen"), address, post=True, icon="trash-2", danger=True)
    page = partial(
        edit_page,
        form,
        kind="procurement",
        key=key,
        name=found.title,
        title=_("Ändra uppgifter"),
        remove=remove,
    )
    return run(request, of(found, form, save, page, _("Uppgifterna är sparade.")))


@require_POST
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Take a procurement out of the register; the notice offers to put it back."""
    found = access.procurement(request.user, key, Permission.PROCURE)
    procurements.remove_procurement(procurement=found, by=organisation.actor(request.user))
    undo = reverse("procurement:procurement_restore", args=[key])
    notices.done(request, _("%(name)s är borttagen ur registret.") % {"name": found.title}, undo=undo)
    return redirect(request, links.page("procurements"))


@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Put a removed procurement back."""
    found = access.procurement(request.user, key, Permission.PROCURE, removed=True)
    procurements.restore_procurement(procurement=found, by=organisation.actor(request.user))
    notices.done(request, _("%(name)s är tillbaka i registret.") % {"name": found.title})
    return redirect(request, links.one("procurement", key))


def _form(request: HttpRequest, found: Procurement | None) -> forms.ProcurementForm:
    chosen = context(request)
    initial = (
        forms.procurement_initial(found)
        if found
        else {"kind": "direct", "body": chosen.body.key if chosen.body else "", "date": clock.today()}
    )
    return forms.ProcurementForm(
        sent(request), bodies=access.bodies(request.user, clock.today()), day=clock.today(), initial=initial
    )


@require_http_methods(METHODS)
def limit_new(request: HttpRequest) -> HttpResponse:
    """Something settled about purchases."""
    organisation.require(request.user, Permission.PROCURE)
    form = forms.LimitForm(
        sent(request), initial={"key": request.GET.get("key", ""), "valid_from": clock.today()}
    )

    def save(by: Actor) -> str:
        settling.settle(by=by, **form.values())
        return links.page("limits")

    page = partial(
        new_page, form, title=_("Ange en gräns"), back="limits",
        lead=_("Den gäller från sitt datum tills en ny av samma slag tar vid."),
    )  # fmt: skip
    return run(request, Editing(form, save, page, _("Gränsen är sparad.")))


@require_POST
def limit_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a limit away: what was settled before it holds on."""
    row = access.limit(request.user, pk)
    settling.unsettle(row=row, by=organisation.actor(request.user))
    notices.done(request, _("Gränsen är borttagen."))
    return redirect(request, links.page("limits"))
