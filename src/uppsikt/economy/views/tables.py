"""The statements, and a figure followed from one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from uppsikt.economy import access
from uppsikt.economy.pages.statement import statement_page


@require_safe
def statement(request: HttpRequest, key: str = "") -> HttpResponse:
    """One table of the chosen body in the chosen round, with the figure that is followed beside it."""
    page = statement_page(access.chosen(request), key)
    return render(request, "economy/statement.html", {"page": page})
