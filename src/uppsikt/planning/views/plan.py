"""A body's plan for a year."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from uppsikt.organisation import access


def plan(request: HttpRequest, body: str, year: int) -> HttpResponse:
    """The plan."""
    access.body(request.user, body)
    return redirect(f"/goals/?year={year}")
