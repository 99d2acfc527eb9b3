"""What every form of budgets, registers and codes does: save through an action, or show what is wrong, or both versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from uppsikt.economy.actions.writing import Changed
from uppsikt.economy.forms.amounts import KeepForm
from uppsikt.economy.pages.editing import Standing, clash
from uppsikt.history.rules import Actor
from uppsikt.kernel.problems import InputError
from uppsikt.organisation.access import actor
from uppsikt.planning.pages.editing import Conflict
from uppsikt.web import notices
from uppsikt.web.htmx import redirect

NAV = {"nav_current": "economy:tables"}


@dataclass(frozen=True, slots=True)
class Editing:
    """One form at one address.

    Args:
        save: writes what the form holds; returns where to go.
        standing: what stands now: as the form would start with it, and who saved it.
        page: the page around the form, with both versions when there are two.
        said: what to tell when it is saved.
    """

    form: KeepForm
    save: Callable[[Actor], str]
    standing: Callable[[], Standing]
    page: Callable[[Conflict | None], Any]
    said: str
    template: str = "economy/keep.html"


def run(request: HttpRequest, editing: Editing) -> HttpResponse:
    """Answer a GET with the form, a POST with what came of it: 302, 409 (somebody was first) or 422."""
    form = editing.form
    conflict: Conflict | None = None
    if request.method == "POST" and form.is_valid():
        try:
            address = editing.save(actor(request.user))
        except Changed:
            standing = editing.standing()
            conflict = clash(form, standing)
            form.rebase(standing.version)
        except InputError as error:
            form.add_problems(error)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            notices.done(request, editing.said)
            return redirect(request, address)
    status = 409 if conflict else 422 if form.is_bound else 200
    return render(request, editing.template, {"page": editing.page(conflict), **NAV}, status=status)


def sent(request: HttpRequest) -> Any:
    """What a POST carries; None when the form is only shown."""
    return request.POST if request.method == "POST" else None
