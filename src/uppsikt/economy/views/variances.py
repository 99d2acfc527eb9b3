"""Variances over the threshold, and what is written of each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from uppsikt.economy import access
from uppsikt.economy.pages.variance import explained, variance_page
from uppsikt.economy.pages.variances import variances_page
from uppsikt.organisation.access import actor
from uppsikt.organisation.rules import Permission
from uppsikt.texts import views as texts


@require_safe
def variances(request: HttpRequest) -> HttpResponse:
    """The body's variances in the round that must be explained, with what has been written."""
    chosen = access.chosen(request)
    page = variances_page(chosen, may_write=access.may(request, Permission.WRITE, chosen.body))
    return render(request, "economy/variances.html", {"page": page})


@require_http_methods(["GET", "POST"])
def variance(request: HttpRequest, table: str, row: str) -> HttpResponse:
    """Explain one variance: its causes beside the text, which is saved as one writes. Without the right: read it."""
    chosen = access.chosen(request)
    found = explained(chosen, table, row)
    if not access.may_explain(request, found.reading):
        return render(request, "economy/variance.html", {"page": variance_page(chosen, found)})
    written = texts.write(request, found.place, by=actor(request.user))
    if written.response:
        return written.response
    page = variance_page(chosen, found, editor=written.editor, conflict=written.conflict)
    return render(request, "economy/variance.html", {"page": page}, status=written.status)
