"""My page, search, the history and my account."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from uppsikt.accounts import actions as accounts
from uppsikt.accounts import selectors as people
from uppsikt.accounts.selectors import User
from uppsikt.cycle.context import context
from uppsikt.desk.forms import TokenForm
from uppsikt.desk.pages.account import account_page
from uppsikt.desk.pages.history import asked, history_page
from uppsikt.desk.pages.home import home_page
from uppsikt.desk.pages.search import search_page
from uppsikt.organisation import access
from uppsikt.organisation.rules import Permission
from uppsikt.web import notices


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is left for me, and how it stands."""
    return render(request, "desk/home.html", {"page": home_page(_user(request), context(request))})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """?q= over everything one may read."""
    access.require_anywhere(request.user, Permission.READ)
    page = search_page(request.GET.get("q", ""), access.readable_bodies(request.user))
    return render(request, "desk/search.html", {"page": page, "search_query": page.query})


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """The events, filtered by the address; ?verify=1 also walks the chain."""
    access.require_anywhere(request.user, Permission.READ_HISTORY)
    bodies = access.grants(request.user).bodies(Permission.READ_HISTORY)
    page = history_page(asked(request.GET), bodies, verify=request.GET.get("verify") == "1")
    return render(request, "desk/history.html", {"page": page})


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """My own account."""
    return render(request, "desk/account.html", {"page": account_page(_user(request))})


@require_POST
@never_cache
def token_new(request: HttpRequest) -> HttpResponse:
    """Make an API key, and show it this once."""
    user, form = _user(request), TokenForm(request.POST)
    if not form.is_valid():
        page = account_page(user, fault=_("Skriv vad nyckeln ska användas till."))
        return render(request, "desk/account.html", {"page": page}, status=422)
    token = accounts.create_token(user=user, name=form.cleaned_data["name"], by=user.actor)
    return render(request, "desk/account.html", {"page": account_page(user, token=token)})


@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of my API keys. Somebody else's, or one that has ended, is left as it is."""
    user = _user(request)
    found = people.tokens(user).filter(pk=pk, revoked_at__isnull=True).first()
    if found is not None:
        accounts.revoke_token(token=found, by=user.actor)
        notices.done(request, _("Nyckeln %(name)s är återkallad.") % {"name": found.name})
    return redirect("desk:account")


def _user(request: HttpRequest) -> User:
    """The signed-in person; the middleware has already turned everyone else away."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
