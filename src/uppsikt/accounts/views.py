"""Signing in and out: Django's own views with our page around them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from uppsikt.accounts.forms import SignInForm
from uppsikt.accounts.pages import sign_in_page


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Ask for e-mail and password; in a demonstration, offer its people."""
    view = LoginView.as_view(
        template_name="accounts/sign_in.html",
        authentication_form=SignInForm,
        redirect_authenticated_user=True,
        extra_context={"page": sign_in_page()},
    )
    return view(request)


def sign_out(request: HttpRequest) -> HttpResponseBase:
    """End the session. Drafts stay."""
    return LogoutView.as_view(next_page="/")(request)
