"""The economy model and the codes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from uppsikt.economy import access
from uppsikt.economy.actions.writing import change_code
from uppsikt.economy.forms.codes import CodeForm, code_initial
from uppsikt.economy.pages.editing import KeepPage, Standing, keep_page
from uppsikt.economy.pages.model import code_crumbs, codes_page, model_or_none, model_page
from uppsikt.economy.rules.model import COLUMNS
from uppsikt.economy.selectors import CodingValue, codes
from uppsikt.economy.views.editing import NAV, Editing, run, sent
from uppsikt.history.rules import Actor
from uppsikt.organisation import selectors as organisation
from uppsikt.planning.pages.editing import Conflict

DIMENSIONS = ("account", *COLUMNS)


@require_safe
def model(request: HttpRequest) -> HttpResponse:
    """The year's economy model, to be read."""
    chosen = access.chosen(request)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and len(asked) == 4 else chosen.context.year
    return render(request, "economy/model.html", {"page": model_page(year), **NAV})


@require_safe
def listing(request: HttpRequest, year: int, dimension: str) -> HttpResponse:
    """The codes of one dimension in a year."""
    access.chosen(request)
    if dimension not in DIMENSIONS:
        raise Http404
    page = codes_page(year, dimension, request.GET, may_code=access.may_code(request))
    return render(request, "economy/codes.html", {"page": page, **NAV})


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, year: int, dimension: str, key: str) -> HttpResponse:
    """Where one code stands."""
    access.require_coding(request)
    row = codes.code(year, dimension, key)
    if row is None:
        raise Http404
    day = dt.date(year, 12, 31)
    form = CodeForm(
        sent(request), dimension=dimension, units=organisation.units_on(day), bodies=organisation.bodies_on(day),
        initial=code_initial(row),
    )  # fmt: skip
    return run(request, CodeEditing(row, form))


@dataclass(frozen=True)
class CodeEditing(Editing):
    """A code's form."""

    row: CodingValue
    form: CodeForm
    said = _lazy("Koden är sparad.")

    @property
    def back(self) -> str:
        """The codes of the same dimension and year."""
        return reverse("economy:codes", args=[self.row.year, self.row.dimension])

    def save(self, by: Actor) -> str:
        value = self.form.value(self.row.dimension, self.row.key)
        change_code(
            value=value, year=self.row.year, version=self.form.cleaned_data["version"], by=by,
            units={one.key: one for one in filter(None, [organisation.unit(value.unit)])},
            bodies={one.key: one for one in filter(None, [organisation.body(value.body)])},
        )  # fmt: skip
        return self.back

    def standing(self) -> Standing:
        held = codes.code(self.row.year, self.row.dimension, self.row.key)
        values = code_initial(held or self.row)
        return Standing(values["version"], values)

    def page(self, conflict: Conflict | None) -> KeepPage:
        row = self.row
        label = model_or_none(row.year).label_of(row.dimension)
        return keep_page(
            tab="economy:ledger", title=f"{label} {row.key}", crumbs=code_crumbs(row.year, row.dimension),
            form=self.form, back=self.back, conflict=conflict,
        )  # fmt: skip
