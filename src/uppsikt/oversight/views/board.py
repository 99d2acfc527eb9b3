"""All bodies side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from uppsikt.cycle.context import context
from uppsikt.kernel import clock
from uppsikt.organisation import access
from uppsikt.organisation.rules import Permission
from uppsikt.oversight.pages.board import board_page
from uppsikt.oversight.pages.listing import listing
from uppsikt.oversight.pages.sheet import file_name, sheet
from uppsikt.typeset.xlsx import render_xlsx


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Every body that one may read, the worst first, filtered by the address."""
    access.require_anywhere(request.user, Permission.READ)
    page = board_page(context(request), request.GET, clock.today())
    return render(request, "oversight/board.html", {"page": page})


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The same as a workbook, with every body that the filters leave."""
    access.require_anywhere(request.user, Permission.READ)
    chosen, today = context(request), clock.today()
    listed = listing(chosen, request.GET, today)
    return HttpResponse(
        render_xlsx(sheet(listed, chosen, today)),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": f'attachment; filename="{file_name(chosen)}"'},
    )
