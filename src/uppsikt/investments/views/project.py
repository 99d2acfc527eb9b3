"""One project."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from uppsikt.cycle.context import context
from uppsikt.investments import access
from uppsikt.investments.pages.project import Rights, project_page
from uppsikt.investments.views.lists import NAV
from uppsikt.organisation import access as organisation
from uppsikt.organisation.rules import Permission


@require_safe
def project(request: HttpRequest, key: str) -> HttpResponse:
    """One project with its money, its reports and its vouchers."""
    found = access.project(request.user, key)
    held = organisation.grants(request.user)
    body = found.body.key
    rights = Rights(
        budget=held.allows(Permission.BUDGET, body=body),
        forecast=held.allows(Permission.FORECAST, body=body),
        history=held.allows(Permission.READ_HISTORY, body=body),
    )
    page = project_page(found, context(request), rights)
    return render(request, "investments/project.html", {"page": page, **NAV})
