"""The interface's own addresses: the theme, the municipality's colour, and the style guide."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from uppsikt.web import styleguide as guide
from uppsikt.web.accent import stylesheet
from uppsikt.web.chrome import THEMES, accent_colour
from uppsikt.web.htmx import wants_partial

_YEAR = 365 * 24 * 60 * 60


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Choose light, dark or the device's theme, and go back to where one was."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    chosen = request.POST.get("theme", "auto")
    response = HttpResponseRedirect(back)
    response.set_cookie(
        "theme",
        chosen if chosen in THEMES else "auto",
        max_age=_YEAR,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


@login_not_required
@require_safe
def theme_css(request: HttpRequest) -> HttpResponse:
    """The municipality's accent as two custom properties. The address carries the colour, so it caches well."""
    response = HttpResponse(stylesheet(accent_colour(request)), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = (
        f"public, max-age={_YEAR}, immutable" if "v" in request.GET else "no-cache"
    )
    return response


@login_not_required
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state, with invented data and no database."""
    page = guide.styleguide_page(request.GET)
    if wants_partial(request):
        return render(
            request, "web/components/table_group.html", {"table": page.tree, "group": page.opened_group}
        )
    return render(
        request, "web/styleguide.html", {"page": page, "chrome": page.chrome, "messages": page.notices}
    )
