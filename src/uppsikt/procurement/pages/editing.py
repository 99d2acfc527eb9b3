"""A form over a row of procurement, with what one needs beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from uppsikt.procurement.pages import links
from uppsikt.web.parts import Action, Crumb, Fact, Text

LISTS = {"supplier": "suppliers", "agreement": "agreements", "procurement": "procurements"}


@dataclass(frozen=True, slots=True)
class EditPage:
    """A form with its buttons. `beside` are facts to go by; `clash`: somebody else saved meanwhile."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    form: Any
    back: str
    beside: tuple[Fact, ...]
    remove: Action | None
    clash: bool


def new_page(
    form: Any, *, title: Text, lead: Text = "", back: str = "suppliers", clash: bool = False
) -> EditPage:
    """The page around a form of something new. Args: back: the list it will stand in."""
    address = links.page(back)
    crumbs = (
        Crumb(_("Inköp"), links.page("overview")),
        Crumb(_("Tillbaka till listan"), address),
        Crumb(title),
    )
    return EditPage(title, lead, crumbs, form, address, (), None, clash)


def edit_page(
    form: Any,
    *,
    kind: str,
    key: str,
    name: str,
    title: Text,
    lead: Text = "",
    beside: tuple[Fact, ...] = (),
    remove: Action | None = None,
    clash: bool = False,
) -> EditPage:
    """The page around a form of a row that stands. Args: kind: supplier, agreement or procurement."""
    back = links.one(kind, key)
    crumbs = (Crumb(_("Inköp"), links.page("overview")), Crumb(name, back), Crumb(title))
    return EditPage(title, lead, crumbs, form, back, beside, remove, clash)
