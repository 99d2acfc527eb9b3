"""One indicator."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from uppsikt.cycle.context import context
from uppsikt.kernel.clock import STOCKHOLM
from uppsikt.organisation import access as organisation
from uppsikt.planning import access
from uppsikt.planning.pages.indicator import indicator_page


@require_safe
def indicator(request: HttpRequest, key: str) -> HttpResponse:
    """The series, judged in the plan ?use= (else the chosen one's), in ?round=, as known on ?moment=."""
    found = access.indicator(request.user, key)
    chosen = context(request)
    use = access.use_of(request.user, found, request.GET.get("use", ""), chosen)
    day = _day(request.GET.get("moment", ""))
    page = indicator_page(
        found,
        use,
        chosen,
        day=day,
        moment=_end_of(day) if day else None,
        readable=organisation.readable_bodies(request.user),
    )
    return render(request, "planning/indicator.html", {"page": page})


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _end_of(day: dt.date) -> dt.datetime:
    """The last moment of the day in Sweden."""
    return dt.datetime.combine(day, dt.time.max, STOCKHOLM)
