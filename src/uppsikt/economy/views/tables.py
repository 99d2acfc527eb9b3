"""The statements, and a figure followed from one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from uppsikt.economy import access
from uppsikt.economy.access import Chosen
from uppsikt.economy.pages.figure_page import figure_page
from uppsikt.economy.pages.statement import statement_page
from uppsikt.economy.pages.statement_sheet import workbook_of
from uppsikt.economy.pages.voucher import voucher_page
from uppsikt.organisation.rules import Permission
from uppsikt.typeset.xlsx import render_xlsx
from uppsikt.web.htmx import wants_partial

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def statement(request: HttpRequest, key: str = "") -> HttpResponse:
    """One table of the chosen body in the chosen round, with the figure that is followed beside it."""
    chosen = access.chosen(request)
    page = statement_page(chosen, key, request.GET, may_write=_may_write(request, chosen))
    part = "#followed" if wants_partial(request) else ""
    return render(request, f"economy/statement.html{part}", {"page": page})


@require_safe
def workbook(request: HttpRequest, key: str) -> HttpResponse:
    """The same table as a workbook."""
    payload, name = workbook_of(access.chosen(request), key)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(render_xlsx(payload), content_type=XLSX, headers=headers)


@require_safe
def figure(request: HttpRequest) -> HttpResponse:
    """One figure as a page of its own, to be shared."""
    chosen = access.chosen(request)
    page = figure_page(chosen, request.GET, may_write=_may_write(request, chosen))
    return render(request, "economy/figure.html", {"page": page})


@require_safe
def voucher(request: HttpRequest, year: int, series: str, number: str) -> HttpResponse:
    """One voucher, as far as the person may read it."""
    page = voucher_page(access.chosen(request), year, series, number, readable=access.readable(request))
    return render(request, "economy/voucher.html", {"page": page})


def _may_write(request: HttpRequest, chosen: Chosen) -> bool:
    return access.may(request, Permission.WRITE, chosen.body)
