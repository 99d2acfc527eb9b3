"""Forms of procurement: each shows itself, or saves through one action, or shows what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from uppsikt.history.rules import Actor
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import access as organisation
from uppsikt.planning.forms.plan import PlanForm
from uppsikt.procurement.actions.writing import Changed
from uppsikt.procurement.pages.editing import EditPage
from uppsikt.procurement.selectors import Agreement, Procurement, Supplier, version_of
from uppsikt.procurement.views.lists import NAV
from uppsikt.web import notices
from uppsikt.web.htmx import redirect

METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Editing:
    """One form at one address: how to save it and where to go then, the page around it, what to say."""

    form: PlanForm
    save: Callable[[Actor], str]
    page: Callable[..., EditPage]
    said: str
    version: Callable[[], str] = str


def of(
    row: Supplier | Agreement | Procurement,
    form: PlanForm,
    save: Callable[[Actor], str],
    page: Callable[..., EditPage],
    said: str,
) -> Editing:
    """A form over a row that stands."""
    return Editing(form, save, page, said, partial(version_of, row))


def run(request: HttpRequest, one: Editing) -> HttpResponse:
    """Answer a GET with the form, a POST with what came of it: 302, 409 (somebody was first) or 422."""
    form, clash = one.form, False
    if request.method == "POST" and form.is_valid():
        try:
            address = one.save(organisation.actor(request.user))
        except Changed:
            clash = True
            form.rebase(one.version())
        except InputError as error:
            form.add_problems(error)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            notices.done(request, one.said)
            return redirect(request, address)
    status = 409 if clash else 422 if form.is_bound else 200
    return render(request, "procurement/edit.html", {"page": one.page(clash=clash), **NAV}, status=status)


def sent(request: HttpRequest) -> Any:
    """What a POST carries; None when the form is only shown."""
    return request.POST if request.method == "POST" else None
