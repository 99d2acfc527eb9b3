"""Addresses of risks and mitigations, with the round in them so that a sent link shows what the sender saw."""

from __future__ import annotations

from django.urls import reverse

from uppsikt.cycle.selectors import Round
from uppsikt.planning.pages.links import with_query


def home(round_: Round | None = None) -> str:
    """How a body's internal control stands."""
    return with_query(reverse("control:home"), _of(round_))


def risks(round_: Round | None = None, **scope: str) -> str:
    """The list of risks with its matrix, filtered."""
    return with_query(reverse("control:risks"), scope | _of(round_))


def risk(key: str, round_: Round | None = None) -> str:
    """One risk."""
    return with_query(reverse("control:risk", args=[key]), _of(round_))


def mitigations(round_: Round | None = None, **scope: str) -> str:
    """The list of mitigations, filtered."""
    return with_query(reverse("control:mitigations"), scope | _of(round_))


def mitigation(key: str, round_: Round | None = None) -> str:
    """One mitigation in a round."""
    return with_query(reverse("control:mitigation", args=[key]), _of(round_))


def new_mitigation(of: str, key: str) -> str:
    """Where a mitigation is added. Args: of: `risk`, `recommendation` or `deficiency`, with its key."""
    return reverse("control:mitigation_new", args=[of, key])


def new_control(risk: str) -> str:
    """Where a control that answers a risk is added. Args: risk: its key."""
    return with_query(reverse("control:control_new"), {"risk": risk})


def workshop(number: int) -> str:
    """One workshop."""
    return reverse("control:workshop", args=[number])


def _of(round_: Round | None) -> dict[str, str]:
    return {"round": round_.key} if round_ else {}
