"""Where each cell of the oversight page leads: the list that it counts, of that body in that round."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from uppsikt.cycle.rules.rounds import RoundKind
from uppsikt.cycle.selectors import Round
from uppsikt.oversight.rules.board import Judged, Level, Subject

FILTERS: Mapping[str, Mapping[str, str]] = {
    "goals": {"filter": "not_met"},
    "assignments_overdue": {"only": "overdue"},
}
"""What narrows the list to what a cell warns of, by the cell's code."""


def ground(subject: Subject, cell: Judged, body: str, round_: Round) -> str:
    """The address of what the cell counts; empty where there is no such page."""
    place = {"body": body, "round": round_.key}
    year_end = round_.kind == RoundKind.YEAR_END.value
    narrowed = FILTERS.get(cell.code, {}) if cell.level >= Level.WARN else {}
    match subject:
        case Subject.GOALS:
            return _address("planning:goals", {**place, **narrowed})
        case Subject.ASSIGNMENTS:
            return _address("planning:assignments", {**place, **narrowed})
        case Subject.RESULT:
            return _address("economy:tables" if year_end else "economy:forecast", place)
        case Subject.ACCURACY:
            return _address("economy:forecast_accuracy", place)
        case Subject.CONTROLS:
            return _address("control:controls", place) or _address("control:home", place)
        case Subject.RISKS:
            return _address("control:risks", place)
        case Subject.AUDIT:
            return _address("control:recommendations", place)
        case Subject.REPORTING:
            return _address("planning:report_body", {}, round_.key, body)


def _address(name: str, query: Mapping[str, str], *parts: str) -> str:
    try:
        address = reverse(name, args=parts)
    except NoReverseMatch:
        return ""
    return f"{address}?{urlencode(query)}" if query else address
