"""Addresses of the economy's pages, with body and round in them so that a sent link shows what the sender saw."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from uppsikt.cycle.selectors import Round
from uppsikt.organisation.selectors import Body

WHOLE = "all"
NOTHING = "~"
"""Stands for an empty series or number in a voucher's address."""


def with_query(address: str, query: Mapping[str, str]) -> str:
    """The address with those parts of the query that have a value."""
    given = {name: value for name, value in query.items() if value}
    return f"{address}?{urlencode(given)}" if given else address


def address(name: str, *parts: object) -> str:
    """A page's address by name; empty where the installation has no such page."""
    try:
        return reverse(name, args=parts)
    except NoReverseMatch:
        return ""


def place(round_: Round | None, body: Body | None) -> dict[str, str]:
    """The parts of a query that say whose economy and when."""
    return {"round": round_.key if round_ else "", "body": body.key if body else WHOLE}


def tables(round_: Round | None, body: Body | None) -> str:
    """The first table of a body in a round."""
    return with_query(reverse("economy:tables"), place(round_, body))


def table(key: str, round_: Round | None, body: Body | None, **more: str) -> str:
    """One table of a body in a round."""
    return with_query(reverse("economy:table", args=[key]), {**place(round_, body), **more})


def voucher(year: int, series: str, number: str, query: Mapping[str, str] | None = None) -> str:
    """One voucher; empty for a series that no address can hold."""
    if "/" in series:
        return ""
    return with_query(
        reverse("economy:voucher", args=[year, series or NOTHING, number or NOTHING]), query or {}
    )


def variance(table: str, row: str, round_: Round | None, body: Body | None) -> str:
    """Where a variance is explained."""
    return with_query(reverse("economy:variance", args=[table, row]), place(round_, body))
