"""What every form over internal control does: shows itself, saves through one action, or shows what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from uppsikt.control.actions.writing import Changed
from uppsikt.control.pages.editing import EditPage
from uppsikt.history.rules import Actor
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import access as organisation
from uppsikt.planning.forms.plan import PlanForm
from uppsikt.web import notices
from uppsikt.web.htmx import redirect
from uppsikt.web.parts import Text

RISKS = {"nav_current": "control:home"}


@dataclass(frozen=True, slots=True)
class Editing:
    """One form at one address: how to save it (giving where to go then), what to say, the page around it.

    `version` reads what stands now, for a form that somebody else was before.
    """

    form: PlanForm
    save: Callable[[Actor], str]
    page: Callable[..., EditPage]
    said: Text
    version: Callable[[], str] = str
    nav: str = RISKS["nav_current"]


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
    return render(
        request, "control/edit.html", {"page": one.page(clash=clash), "nav_current": one.nav}, status=status
    )


def sent(request: HttpRequest) -> Any:
    """What a POST carries; None when the form is only shown."""
    return request.POST if request.method == "POST" else None
