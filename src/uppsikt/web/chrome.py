"""What stands around a page: navigation, whose data and when, who is signed in, how fresh the data are.

The packages above know these things, so `settings.UPPSIKT_CHROME` names a function `(request) -> Chrome` in
config. It is asked once per page, and only by pages that show it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from uppsikt.web.accent import DEFAULT_ACCENT
from uppsikt.web.parts import Text

THEMES = ("auto", "light", "dark")


@dataclass(frozen=True, slots=True)
class NavItem:
    """One link of the navigation. `shortcut` is the key after g; `matches` are beginnings of view names
    ("planning:") under which the link is the current one.
    """

    key: str
    label: Text
    href: str
    icon: str = ""
    count: str = ""
    count_spoken: Text = ""
    shortcut: str = ""
    matches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NavGroup:
    """Links under a common heading; the first group needs none."""

    items: tuple[NavItem, ...]
    heading: Text = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice in a select."""

    value: str
    label: Text
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Select:
    """One of the choices of context: nämnd, år, tillfälle."""

    name: str
    label: Text
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Switcher:
    """Whose data and when: selects sent with GET to `action`. `state` says how settled the round is."""

    action: str
    selects: tuple[Select, ...]
    hidden: tuple[tuple[str, str], ...] = ()
    state: Text = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in."""

    name: str
    role: Text = ""
    href: str = ""
    logout_href: str = ""

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


@dataclass(frozen=True, slots=True)
class Chrome:
    """Everything around the page. Empty parts are left out."""

    owner: Text = ""
    home_href: str = "/"
    logo_href: str = ""
    groups: tuple[NavGroup, ...] = ()
    switcher: Switcher | None = None
    person: Person | None = None
    search_href: str = ""
    search_label: Text = ""
    freshness: Text = ""
    footer_links: tuple[tuple[Text, str], ...] = ()


def theme_of(request: HttpRequest) -> str:
    """The theme the reader has chosen; auto follows the device."""
    chosen = request.COOKIES.get("theme", "auto")
    return chosen if chosen in THEMES else "auto"


def accent_colour(request: HttpRequest) -> str:
    """The municipality's accent as #rrggbb, from the function (or its dotted path) in UPPSIKT_ACCENT."""
    given = getattr(settings, "UPPSIKT_ACCENT", None)
    if given is None:
        return DEFAULT_ACCENT
    ask = import_string(given) if isinstance(given, str) and not given.startswith("#") else given
    return cast("Callable[[HttpRequest], str]", ask)(request) if callable(ask) else str(ask)


def current_chrome(request: HttpRequest) -> Chrome:
    """What stands around this page, as the installation's own function tells."""
    path = getattr(settings, "UPPSIKT_CHROME", None)
    if not path:
        return Chrome()
    return cast("Callable[[HttpRequest], Chrome]", import_string(path))(request)


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `chrome`, `theme`, and `accent_version` for the address of the accent's stylesheet."""
    return {
        "chrome": SimpleLazyObject(lambda: current_chrome(request)),
        "theme": theme_of(request),
        "accent_version": SimpleLazyObject(lambda: accent_colour(request).removeprefix("#")),
    }
