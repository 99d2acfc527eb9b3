"""Addresses of the pages of procurement, with the round in them so that a sent link shows what the sender saw."""

from __future__ import annotations

from django.urls import reverse

from uppsikt.cycle.selectors import Round
from uppsikt.planning.pages.links import with_query


def page(view: str, round_: Round | None = None, /, **query: str) -> str:
    """A list, filtered."""
    return with_query(reverse(f"procurement:{view}"), query | {"round": round_.key if round_ else ""})


def one(view: str, key: str, round_: Round | None = None, /, **query: str) -> str:
    """A supplier, an agreement or a procurement, or a form over it."""
    return with_query(
        reverse(f"procurement:{view}", args=[key]), query | {"round": round_.key if round_ else ""}
    )


def handling(key: str, year: int) -> str:
    """Where it is said how a year's purchases from a supplier were dealt with."""
    return reverse("procurement:supplier_handle", args=[key, year])
