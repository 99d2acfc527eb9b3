"""The years and their rounds, and choosing whose affairs and which round to look at."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from uppsikt.cycle import actions, selectors
from uppsikt.cycle.context import Context, context
from uppsikt.cycle.pages import years_page
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import access
from uppsikt.organisation.rules import Permission
from uppsikt.web.notices import done, failed


@require_safe
def switch(request: HttpRequest) -> HttpResponse:
    """Remember ?body= and ?round=, and go back to the same sort of page for them."""
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    return redirect(_same_page(back, context(request)))


@require_safe
def year_list(request: HttpRequest) -> HttpResponse:
    """The years with their steering models and rounds."""
    access.require_anywhere(request.user, Permission.READ)
    page = years_page(
        may_steer=access.grants(request.user).allows(Permission.STEER),
        may_run=access.grants(request.user).allows(Permission.RUN_ROUND),
    )
    return render(request, "cycle/year_list.html", {"page": page, "nav_current": "cycle:year_list"})


@require_POST
def year_open(request: HttpRequest) -> HttpResponse:
    """Set up the next year like the latest one there is."""
    access.require(request.user, Permission.STEER)
    latest = selectors.years().first()
    if latest is None:
        raise Http404
    following = latest.year + 1
    rounds = actions.open_year(year=following, like=latest.year, by=access.actor(request.user))
    said = _("%(year)s är upplagt med %(like)s års styrmodell och %(count)s uppföljningstillfällen.")
    done(request, said % {"year": following, "like": latest.year, "count": len(rounds)})
    return redirect("cycle:year_list")


@require_POST
def round_open(request: HttpRequest, round: str) -> HttpResponse:  # noqa: A002 - the address's own word
    """Open a planned round for reporting."""
    access.require(request.user, Permission.RUN_ROUND)
    found = selectors.round_by_key(round)
    if found is None:
        raise Http404
    try:
        actions.move_round(round_=found, state=RoundState.OPEN, by=access.actor(request.user))
    except InputError as error:
        failed(request, str(error.problems[0]))
    else:
        done(request, _("%(name)s är öppnad för rapportering.") % {"name": found.name})
    return redirect("cycle:year_list")


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
