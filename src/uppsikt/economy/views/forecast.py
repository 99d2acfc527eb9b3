"""Forecasts: all units of a body, one unit line by line, and how earlier forecasts turned out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from uppsikt.economy import access
from uppsikt.economy.access import Chosen
from uppsikt.economy.actions.forecast import report_forecast
from uppsikt.economy.forms.forecast import LineForm, Pressed, Submitted, forms_of, submit
from uppsikt.economy.pages.forecast import (
    EVERY,
    OWN,
    ForecastPage,
    empty_page,
    no_model_page,
    overview_page,
    unit_names,
    unit_page,
)
from uppsikt.economy.pages.forecast_accuracy import accuracy_page
from uppsikt.economy.pages.forecast_rows import Sent, printed
from uppsikt.economy.selectors import models as economy_models
from uppsikt.economy.selectors.answers import Reading
from uppsikt.economy.selectors.forecasts import Sheet
from uppsikt.organisation import access as organisation
from uppsikt.organisation import selectors as units
from uppsikt.organisation.rules import Permission
from uppsikt.web import notices
from uppsikt.web.htmx import wants_partial

TEMPLATE = "economy/forecast.html"


@require_http_methods(["GET", "HEAD", "POST"])
def forecast(request: HttpRequest) -> HttpResponse:
    """The chosen body's forecasts. ?unit= chooses a unit ("~": what is kept on none); a POST saves its lines."""
    chosen = access.chosen(request)
    page = empty_page(chosen)
    if page is not None:
        return render(request, TEMPLATE, {"page": page})
    try:
        sheet = _sheet(chosen)
    except LookupError:
        return render(request, TEMPLATE, {"page": no_model_page(chosen)})
    names = unit_names(sheet)
    unit = _unit(request, sheet.body.key, names)
    if request.method == "POST":
        return _save(request, chosen, sheet, unit, names)
    if unit is None:
        return render(request, TEMPLATE, {"page": overview_page(chosen, sheet, names)})
    page = _unit_page(request, chosen, sheet, unit, names, Submitted())
    return render(request, TEMPLATE, {"page": page})


def _save(
    request: HttpRequest, chosen: Chosen, sheet: Sheet, unit: str | None, names: dict[str, str]
) -> HttpResponse:
    """Save what was changed in a unit's lines, and show what became of it."""
    if unit is None or not _may(request, sheet.body.key, unit):
        raise PermissionDenied
    save = partial(
        report_forecast, round_=sheet.round, body=sheet.body, unit=units.unit(unit) if unit else None
    )
    result = submit(
        sheet.lines(unit), request.POST, make=_form(sheet), save=save, by=organisation.actor(request.user)
    )
    page = _unit_page(request, chosen, _sheet(chosen), unit, names, result)
    if wants_partial(request):
        context = {"page": page, "row": Pressed.of(request.POST).only}
        return render(request, "economy/_forecast_saved.html", context, status=result.status)
    if result.status != 200:
        return render(request, TEMPLATE, {"page": page}, status=result.status)
    notices.done(request, _said(result))
    return redirect(page.url)


def _form(sheet: Sheet) -> Callable[..., LineForm]:
    show = printed(sheet.model)
    return partial(LineForm, unit=show.unit, decimals=show.decimals)


def _unit_page(
    request: HttpRequest, chosen: Chosen, sheet: Sheet, unit: str, names: dict[str, str], result: Submitted
) -> ForecastPage:
    rows = sheet.lines(unit)
    sent = Sent(
        forms_of(rows, result, _form(sheet)), result.stale, frozenset(result.refused), frozenset(result.saved)
    )
    may = partial(_may, request, sheet.body.key)
    return unit_page(chosen, sheet, unit, names, rows, may=may, sent=sent)


def _said(result: Submitted) -> str:
    count = len(result.saved)
    if not count:
        return _("Inget var ändrat.")
    return ngettext("%(count)s prognos sparad.", "%(count)s prognoser sparade.", count) % {"count": count}


def _sheet(chosen: Chosen) -> Sheet:
    assert chosen.body is not None
    assert chosen.round is not None
    return Sheet(chosen.body, chosen.round, economy_models.model_for(chosen.round.year_id))


def _unit(request: HttpRequest, body: str, names: dict[str, str]) -> str | None:
    """The unit that the address asks for; else the only one there is, or that the person forecasts. Raises: Http404."""
    asked = request.GET.get("unit", "")
    if asked == EVERY:
        return None
    if asked:
        key = "" if asked == OWN else asked
        if key not in names:
            raise Http404
        return key
    mine = [key for key in names if _may(request, body, key)]
    for only in (list(names), mine):
        if len(only) == 1:
            return only[0]
    return None


def _may(request: HttpRequest, body: str, unit: str) -> bool:
    """Whether the person may set the unit's forecasts."""
    return organisation.grants(request.user).allows(Permission.FORECAST, body=body, unit=unit)


@require_safe
def accuracy(request: HttpRequest) -> HttpResponse:
    """How the body's forecasts turned out. ?by=line shows lines instead of units, ?unit= of one unit."""
    chosen = access.chosen(request)
    reading = None
    if chosen.body is not None and chosen.round is not None:
        with suppress(LookupError):
            model = economy_models.model_for(chosen.round.year_id)
            reading = Reading(chosen.round, chosen.body, model)
    page = accuracy_page(chosen, reading, request.GET.get("by", ""), request.GET.get("unit", ""))
    return render(request, "economy/forecast_accuracy.html", {"page": page})
