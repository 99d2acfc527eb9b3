"""What stands around every page: the links a person may follow, whose installation it is, who is signed in."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from uppsikt.organisation import access
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.rules import Grants, Permission
from uppsikt.web.accent import DEFAULT_ACCENT
from uppsikt.web.chrome import Chrome, NavGroup, NavItem, Person
from uppsikt.web.parts import Text


@dataclass(frozen=True, slots=True)
class Link:
    """One place in the navigation: shown to those who have `permission` for anything at all."""

    view: str
    label: Text
    icon: str
    permission: Permission = Permission.READ
    shortcut: str = ""
    matches: tuple[str, ...] = ()

    def item(self) -> NavItem:
        return NavItem(
            key=self.view,
            label=self.label,
            href=reverse(self.view),
            icon=self.icon,
            shortcut=self.shortcut,
            matches=self.matches or (self.view,),
        )


# Headings with their links, in the order of the page. A package's first page gets its line here.
LINKS: tuple[tuple[Text, tuple[Link, ...]], ...] = ()


def groups(held: Grants) -> tuple[NavGroup, ...]:
    """The links that a person with these grants may follow; a heading without links is left out."""
    found = []
    for heading, links in LINKS:
        items = tuple(link.item() for link in links if held.anywhere(link.permission))
        if items:
            found.append(NavGroup(items=items, heading=heading))
    return tuple(found)


def chrome(request: HttpRequest) -> Chrome:
    """Around this page. Asked once per page by `uppsikt.web.chrome`."""
    owner = organisation.municipality()
    held = access.grants(request.user)
    return Chrome(
        owner=owner.name if owner else _("Uppsikt"),
        groups=groups(held),
        person=_person(request, held),
    )


def _person(request: HttpRequest, held: Grants) -> Person | None:
    if not request.user.is_authenticated:
        return None
    return Person(name=request.user.name, role=held.roles[0].label if held.roles else "")


def accent() -> str:
    """The municipality's colour. Asked by `uppsikt.web.chrome`."""
    owner = organisation.municipality()
    return owner.accent if owner else DEFAULT_ACCENT
