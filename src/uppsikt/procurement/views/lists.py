"""The overview and the lists, on the page and as workbooks."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from uppsikt.cycle.context import Context, context
from uppsikt.kernel import clock
from uppsikt.procurement import access
from uppsikt.procurement.pages import agreements as agreement_pages
from uppsikt.procurement.pages import procurements as procurement_pages
from uppsikt.procurement.pages import suppliers as supplier_pages
from uppsikt.procurement.pages.limits import limits_page
from uppsikt.procurement.pages.overview import overview_page, overview_tables
from uppsikt.procurement.pages.sheet import file_name, sheet
from uppsikt.procurement.pages.spending import seen
from uppsikt.typeset.xlsx import render_xlsx
from uppsikt.web.tables import Table

NAV = {"nav_current": "procurement:overview"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Purchases at a glance."""
    chosen = context(request)
    bodies, readable = access.read(request.user, chosen), access.whole(request.user)
    page = overview_page(chosen, request.GET, bodies, readable, may_settle=access.for_all(request.user))
    return render(request, "procurement/overview.html", {"page": page, **NAV})


@require_safe
def suppliers(request: HttpRequest) -> HttpResponse:
    """Everybody bought from, and everybody in the register."""
    chosen = context(request)
    bodies, readable = access.read(request.user, chosen), access.whole(request.user)
    may_add = access.may_procure(request.user)
    page = supplier_pages.suppliers_page(chosen, request.GET, bodies, readable, may_add=may_add)
    return render(request, "procurement/list.html", {"page": page, **NAV})


@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """The agreements of the chosen body, or of all."""
    chosen = context(request)
    bodies, may_add = access.read(request.user, chosen), access.may_procure(request.user)
    page = agreement_pages.agreements_page(chosen, request.GET, bodies, may_add=may_add)
    return render(request, "procurement/list.html", {"page": page, **NAV})


@require_safe
def procurements(request: HttpRequest) -> HttpResponse:
    """The procurements of the chosen body, or of all."""
    chosen = context(request)
    bodies, may_add = access.read(request.user, chosen), access.may_procure(request.user)
    page = procurement_pages.procurements_page(chosen, request.GET, bodies, may_add=may_add)
    return render(request, "procurement/list.html", {"page": page, **NAV})


@require_safe
def follow_ups(request: HttpRequest) -> HttpResponse:
    """What following up agreements found."""
    chosen = context(request)
    page = agreement_pages.follow_ups_page(chosen, request.GET, access.read(request.user, chosen))
    return render(request, "procurement/list.html", {"page": page, **NAV})


@require_safe
def limits(request: HttpRequest) -> HttpResponse:
    """What is settled about purchases."""
    access.whole(request.user)
    page = limits_page(context(request), may_settle=access.for_all(request.user))
    return render(request, "procurement/list.html", {"page": page, **NAV})


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The tables of the overview."""
    chosen = context(request)
    held = seen(chosen, request.GET, access.read(request.user, chosen), access.whole(request.user))
    return _book(overview_tables(held), f"{_('Inköp')} {chosen.year}", chosen, "inkop")


@require_safe
def suppliers_workbook(request: HttpRequest) -> HttpResponse:
    """The list of suppliers, with every row that the filters leave."""
    chosen = context(request)
    held = seen(chosen, request.GET, access.read(request.user, chosen), access.whole(request.user))
    rows = supplier_pages.parties(held, request.GET)[1] if held else []
    table = supplier_pages.suppliers_table(held, rows, request.GET, may_add=False)
    return _book([table], _("Leverantörer"), chosen, "leverantorer")


@require_safe
def agreements_workbook(request: HttpRequest) -> HttpResponse:
    """The list of agreements, with every row that the filters leave."""
    chosen = context(request)
    found = agreement_pages.listed(chosen, request.GET, access.read(request.user, chosen))[1]
    table = agreement_pages.agreements_table(chosen, found, caption=_("Avtal"))
    return _book([table], _("Avtal"), chosen, "avtal")


@require_safe
def procurements_workbook(request: HttpRequest) -> HttpResponse:
    """The list of procurements, with every row that the filters leave."""
    chosen = context(request)
    found = procurement_pages.listed(chosen, request.GET, access.read(request.user, chosen))[1]
    table = procurement_pages.procurements_table(chosen, found, caption=_("Upphandlingar och avrop"))
    return _book([table], _("Upphandlingar och avrop"), chosen, "upphandlingar")


def _book(tables: Sequence[Table], title: str, chosen: Context, name: str) -> HttpResponse:
    return HttpResponse(
        render_xlsx(sheet(tables, title, chosen, clock.today(), name=name)),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{file_name(chosen, name)}"'},
    )
