"""One table of a body in a round, with the figure that is followed beside it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from uppsikt.economy.access import Chosen
from uppsikt.economy.pages.empty import nothing_chosen
from uppsikt.economy.pages.tabs import tabs
from uppsikt.web.parts import Crumb, Empty, Link, Text


@dataclass(frozen=True, slots=True)
class StatementPage:
    """The page. `empty`: why there is no table."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    empty: Empty | None


def statement_page(chosen: Chosen, key: str) -> StatementPage:
    """The table with this key, or the round's first."""
    return StatementPage(_("Ekonomi"), "", (), tabs("economy:tables"), nothing_chosen(chosen))
