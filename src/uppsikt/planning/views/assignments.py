"""The list of assignments, and one of them."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from uppsikt.cycle.context import Context, context
from uppsikt.cycle.rules.rounds import seen_on
from uppsikt.kernel import clock
from uppsikt.organisation import access as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.planning import access
from uppsikt.planning.pages.assignment import assignment_page
from uppsikt.planning.pages.assignment_sheet import file_name, sheet
from uppsikt.planning.pages.assignments import assignments_page, listing
from uppsikt.typeset.xlsx import render_xlsx


@require_safe
def assignments(request: HttpRequest) -> HttpResponse:
    """The chosen body's assignments in the chosen round, filtered and sorted by the address."""
    access.anywhere(request.user, Permission.READ)
    readable = organisation.readable_bodies(request.user)
    chosen = context(request)
    page = assignments_page(chosen, request.GET, today=_day(chosen), readable=readable)
    return render(request, "planning/assignments.html", {"page": page})


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The same list as a workbook, with every row that the filters leave."""
    access.anywhere(request.user, Permission.READ)
    readable = organisation.readable_bodies(request.user)
    chosen = context(request)
    listed = listing(chosen, request.GET, today=_day(chosen), readable=readable)
    name = file_name(chosen)
    return HttpResponse(
        render_xlsx(sheet(listed, chosen, clock.today())),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _day(chosen: Context) -> dt.date:
    """What is overdue in a closed round is so by its cut-off, not by today."""
    today = clock.today()
    return seen_on(chosen.round.state, chosen.round.cutoff, today) if chosen.round else today


@require_safe
def assignment(request: HttpRequest, key: str) -> HttpResponse:
    """One assignment with its whole life."""
    found = access.assignment(request.user, key)
    held = organisation.grants(request.user)
    body = found.item.body.key
    page = assignment_page(
        found,
        context(request),
        today=clock.today(),
        may_plan=held.allows(Permission.PLAN, body=body),
        may_read_history=held.allows(Permission.READ_HISTORY, body=body),
    )
    return render(request, "planning/assignment.html", {"page": page})
