"""The lint of the steering."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from uppsikt.cycle.context import context
from uppsikt.organisation import access
from uppsikt.organisation.rules import Permission
from uppsikt.oversight.pages.lint import lint_page


@require_safe
def lint(request: HttpRequest) -> HttpResponse:
    """What is wrong with the chosen body's steering."""
    access.require_anywhere(request.user, Permission.READ)
    chosen = context(request)
    body = access.body(request.user, chosen.body.key) if chosen.body else None
    return render(request, "oversight/lint.html", {"page": lint_page(chosen, body)})
