"""The list of projects, the portfolio, and the tables."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from uppsikt.cycle.context import context
from uppsikt.investments import access
from uppsikt.investments.pages.listing import listing
from uppsikt.investments.pages.portfolio import portfolio_page
from uppsikt.investments.pages.project_sheet import file_name, sheet
from uppsikt.investments.pages.projects import projects_page
from uppsikt.investments.pages.table import table_page
from uppsikt.kernel import clock
from uppsikt.organisation import access as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.typeset.xlsx import render_xlsx

NAV = {"nav_current": "investments:projects"}


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """The chosen body's projects in the chosen round, filtered and sorted by the address."""
    chosen = context(request)
    bodies = access.read(request.user, chosen)
    may_add = organisation.grants(request.user).anywhere(Permission.BUDGET)
    page = projects_page(chosen, request.GET, bodies, may_add=may_add)
    return render(request, "investments/projects.html", {"page": page, **NAV})


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The same list as a workbook, with every row that the filters leave."""
    chosen = context(request)
    listed = listing(chosen, request.GET, access.read(request.user, chosen))
    return HttpResponse(
        render_xlsx(sheet(listed, chosen, clock.today())),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": f'attachment; filename="{file_name(chosen)}"'},
    )


@require_safe
def portfolio(request: HttpRequest) -> HttpResponse:
    """Planned against spent, by phase and by area."""
    chosen = context(request)
    page = portfolio_page(chosen, access.read(request.user, chosen))
    return render(request, "investments/portfolio.html", {"page": page, **NAV})


@require_safe
def table(request: HttpRequest, key: str) -> HttpResponse:
    """One of the municipality's tables of projects."""
    chosen = context(request)
    bodies = access.read(request.user, chosen)
    round_, model, spec = access.table(chosen, key)
    if spec.whole and organisation.readable_bodies(request.user) is not None:
        bodies = organisation.readable_bodies(request.user)
    page = table_page(chosen, round_, model, spec, bodies)
    return render(request, "investments/table.html", {"page": page, **NAV})
