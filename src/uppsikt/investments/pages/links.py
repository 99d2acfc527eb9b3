"""Addresses of the pages of projects, with the round in them so that a sent link shows what the sender saw."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from uppsikt.cycle.context import ALL
from uppsikt.cycle.selectors import Round
from uppsikt.investments.rules.matching import AXES
from uppsikt.planning.pages.links import with_query


def projects(
    scope: Mapping[str, str] | None = None, round_: Round | None = None, *, whole: bool = False
) -> str:
    """The list, filtered to what a table's square or a bar adds up. Args: whole: of every body, if none is said."""
    asked = {"body": ALL, **(scope or {})} if whole else scope or {}
    query = {axis: asked.get(axis, "") for axis in (*AXES, "flow")}
    return with_query(reverse("investments:projects"), query | {"round": round_.key if round_ else ""})


def project(key: str, round_: Round | None = None) -> str:
    """One project in a round."""
    return with_query(reverse("investments:project", args=[key]), {"round": round_.key if round_ else ""})


def report(key: str, round_: Round) -> str:
    """Where a project is reported in a round."""
    return reverse("investments:project_report", args=[key, round_.key])


def amounts(key: str, year: int) -> str:
    """Where a project's budget and plan are set."""
    return reverse("investments:project_amounts", args=[key, year])


def carry(key: str, year: int) -> str:
    """Where unspent budget of the year is carried over."""
    return reverse("investments:project_carry", args=[key, year])


def table(key: str, round_: Round | None = None) -> str:
    """One of the model's tables of projects."""
    return with_query(reverse("investments:table", args=[key]), {"round": round_.key if round_ else ""})


def portfolio(round_: Round | None = None) -> str:
    """Planned against spent, by phase and by area."""
    return with_query(reverse("investments:portfolio"), {"round": round_.key if round_ else ""})
