"""The sign-in page."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from uppsikt.accounts import selectors


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Someone to sign in as in a demonstration."""

    name: str
    title: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class SignInPage:
    """`demo`: the people of a demonstration; empty in a real installation."""

    demo: tuple[DemoPerson, ...]


def sign_in_page() -> SignInPage:
    """The page. Its people are listed only where the installation is started as a demonstration."""
    password = settings.UPPSIKT_DEMO_PASSWORD
    if not password:
        return SignInPage(())
    people = [user for user in selectors.users() if user.is_active and user.has_usable_password()]
    return SignInPage(tuple(DemoPerson(user.name, user.title, user.email, password) for user in people))
