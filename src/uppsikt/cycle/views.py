"""Choosing whose affairs and which round to look at."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from uppsikt.cycle.context import Context, context


@require_safe
def switch(request: HttpRequest) -> HttpResponse:
    """Remember ?body= and ?round=, and go back to the same sort of page for them."""
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    return redirect(_same_page(back, context(request)))


def _same_page(path: str, chosen: Context) -> str:
    """The page's address with the chosen body, round and year in it; the start page when it is about one thing
    of another round.
    """
    try:
        match = resolve(path)
    except Resolver404:
        return "/"
    new = {
        "body": chosen.body.key if chosen.body else None,
        "round": chosen.round.key if chosen.round else None,
        "year": chosen.year,
        "edition": chosen.round.key
        if chosen.round
        else None,  # a body's report: of a round, or a year's plan
    }
    arguments = {name: new.get(name) or value for name, value in match.kwargs.items()}
    if set(match.kwargs) & set(new) and set(match.kwargs) - set(new):
        return "/"
    return reverse(match.view_name, kwargs=arguments)
