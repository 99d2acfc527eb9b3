"""Addresses of planning's pages, with the round in them so that a sent link shows what the sender saw."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse

from uppsikt.cycle.selectors import Round


def with_query(address: str, query: Mapping[str, str]) -> str:
    """The address with those parts of the query that have a value."""
    given = {name: value for name, value in query.items() if value}
    return f"{address}?{urlencode(given)}" if given else address


def goals(round_: Round | None = None, body: str = "") -> str:
    """The goal tree."""
    return with_query(reverse("planning:goals"), {"round": round_.key if round_ else "", "body": body})


def goal(key: str, round_: Round | None = None) -> str:
    """One goal in a round."""
    return with_query(reverse("planning:goal", args=[key]), {"round": round_.key if round_ else ""})


def indicator(key: str, *, use: str = "", round_: Round | None = None, moment: str = "") -> str:
    """An indicator, as one plan uses it."""
    query = {"use": use, "round": round_.key if round_ else "", "moment": moment}
    return with_query(reverse("planning:indicator", args=[key]), query)


def assignment(key: str) -> str:
    """One assignment."""
    return reverse("planning:assignment", args=[key])


def plan(body: str, year: int) -> str:
    """A body's plan for a year."""
    return reverse("planning:plan", args=[body, year])


def assignments(round_: Round | None = None) -> str:
    """The list of assignments."""
    return with_query(reverse("planning:assignments"), {"round": round_.key if round_ else ""})
