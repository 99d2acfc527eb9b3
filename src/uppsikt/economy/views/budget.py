"""Budgets: what stands of frames and the detailed budget, and how it is spread over the year."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from uppsikt.economy import access
from uppsikt.economy.access import Chosen
from uppsikt.economy.pages.budget import budget_page
from uppsikt.economy.pages.budget_months import months_page
from uppsikt.economy.views.editing import NAV
from uppsikt.organisation.rules import Permission


def _year(request: HttpRequest, chosen: Chosen) -> int:
    """The year asked for, else the chosen round's."""
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdigit() and len(asked) == 4 else chosen.context.year


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The chosen body's frame and detailed budget."""
    chosen = access.chosen(request)
    may_budget = access.may(request, Permission.BUDGET, chosen.body)
    page = budget_page(chosen, _year(request, chosen), request.GET, may_budget=may_budget)
    return render(request, "economy/budget.html", {"page": page, **NAV})


@require_safe
def months(request: HttpRequest) -> HttpResponse:
    """The budget spread over the year."""
    chosen = access.chosen(request)
    page = months_page(chosen, _year(request, chosen), request.GET)
    return render(request, "economy/budget_months.html", {"page": page, **NAV})
