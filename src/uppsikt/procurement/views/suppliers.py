"""One supplier, and what is said of it."""

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
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import access as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.procurement import access, forms, selectors
from uppsikt.procurement.actions import settling, suppliers, writing
from uppsikt.procurement.pages import links
from uppsikt.procurement.pages.editing import edit_page, new_page
from uppsikt.procurement.pages.supplier import Rights, supplier_page
from uppsikt.procurement.views.editing import METHODS, Editing, of, run, sent
from uppsikt.procurement.views.lists import NAV
from uppsikt.web import notices
from uppsikt.web.htmx import redirect
from uppsikt.web.parts import Action


@require_safe
def supplier(request: HttpRequest, key: str) -> HttpResponse:
    """One supplier with what it was paid, its agreements and checks."""
    found = access.supplier(request.user, key)
    rights = Rights(
        change=access.may_procure(request.user),
        history=organisation.grants(request.user).anywhere(Permission.READ_HISTORY),
        bodies=access.whole(request.user),
    )
    page = supplier_page(found, context(request), rights)
    return render(request, "procurement/one.html", {"page": page, **NAV})


@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """A new supplier; the address may bring a code and a name from the ledger."""
    organisation.require_anywhere(request.user, Permission.PROCURE)
    initial = {name: request.GET.get(name, "") for name in ("codes", "name")}
    form = forms.SupplierForm(sent(request), initial=initial)

    def save(by: Actor) -> str:
        return links.one("supplier", writing.add_supplier(values=form.values(), by=by).key)

    page = partial(new_page, form, title=_("Lägg till leverantör"))
    return run(request, Editing(form, save, page, _("Leverantören är upplagd.")))


@require_http_methods(METHODS)
def change(request: HttpRequest, key: str) -> HttpResponse:
    """What the register says of a supplier."""
    found = access.supplier(request.user, key, Permission.PROCURE)
    form = forms.SupplierForm(sent(request), initial=forms.supplier_initial(found))

    def save(by: Actor) -> str:
        version = form.cleaned_data["version"]
        writing.change_supplier(supplier=found, version=version, values=form.values(), by=by)
        return links.one("supplier", key)

    address = reverse("procurement:supplier_remove", args=[key])
    remove = Action(_("Ta bort leverantören"), address, post=True, icon="trash-2", danger=True)
    page = partial(
        edit_page, form, kind="supplier", key=key, name=found.name, title=_("Ändra uppgifter"), remove=remove
    )
    return run(request, of(found, form, save, page, _("Uppgifterna är sparade.")))


@require_POST
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Take a supplier out of the register; the notice offers to put it back."""
    found = access.supplier(request.user, key, Permission.PROCURE)
    try:
        suppliers.remove_supplier(supplier=found, by=organisation.actor(request.user))
    except InputError as error:
        notices.failed(request, str(error))
        return redirect(request, links.one("supplier", key))
    undo = reverse("procurement:supplier_restore", args=[key])
    notices.done(request, _("%(name)s är borttagen ur registret.") % {"name": found.name}, undo=undo)
    return redirect(request, links.page("suppliers"))


@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Put a removed supplier back."""
    found = access.supplier(request.user, key, Permission.PROCURE, removed=True)
    try:
        suppliers.restore_supplier(supplier=found, by=organisation.actor(request.user))
    except InputError as error:
        notices.failed(request, str(error))
        return redirect(request, links.page("suppliers"))
    notices.done(request, _("%(name)s är tillbaka i registret.") % {"name": found.name})
    return redirect(request, links.one("supplier", key))


@require_http_methods(METHODS)
def check(request: HttpRequest, key: str) -> HttpResponse:
    """A check of a supplier."""
    found = access.supplier(request.user, key, Permission.PROCURE)
    form = forms.CheckForm(sent(request), initial={"date": clock.today()})

    def save(by: Actor) -> str:
        suppliers.check_supplier(supplier=found, by=by, **form.values())
        return links.one("supplier", key)

    page = partial(
        edit_page, form, kind="supplier", key=key, name=found.name, title=_("Registrera kontroll"),
        lead=_("En kontroll av samma slag och dag ersätter den som står."),
    )  # fmt: skip
    return run(request, of(found, form, save, page, _("Kontrollen är registrerad.")))


@require_http_methods(METHODS)
def handle(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """How a year's purchases outside agreements were dealt with."""
    found = access.supplier(request.user, key, Permission.PROCURE)
    held = selectors.handlings(year).filter(supplier=found).first()
    form = forms.HandlingForm(sent(request), initial=forms.handling_initial(held))

    def save(by: Actor) -> str:
        settling.handle_purchases(year=year, supplier=found, by=by, **form.values())
        return links.one("supplier", key)

    page = partial(
        edit_page, form, kind="supplier", key=key, name=found.name,
        title=_("Köp utanför avtal %(year)s") % {"year": year},
    )  # fmt: skip
    return run(request, of(found, form, save, page, _("Hanteringen är sparad.")))
