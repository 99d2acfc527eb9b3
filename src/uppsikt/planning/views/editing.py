"""What every form of the plan does: save through an action, or show what is wrong, or show both versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from uppsikt.accounts.selectors import User
from uppsikt.history.rules import Actor
from uppsikt.kernel.problems import InputError
from uppsikt.planning.actions.drafting import Changed
from uppsikt.planning.forms.plan import PlanForm
from uppsikt.planning.pages.editing import Conflict, conflict_of
from uppsikt.web import notices
from uppsikt.web.htmx import redirect

# Where the navigation says one is, whatever the page's own address is called.
NAV = {"nav_current": "planning:plans"}


@dataclass(frozen=True, slots=True)
class Editing:
    """One form at one address.

    Args:
        save: writes what the form holds; returns where to go.
        standing: what the form would start with for the row that stands now.
        page: the page around the form, with both versions when there are two.
        said: what to tell when it is saved.
    """

    form: PlanForm
    save: Callable[[], str]
    page: Callable[[Conflict | None], Any]
    said: str
    standing: Callable[[Any], dict[str, Any]] = lambda _row: {"version": ""}
    template: str = "planning/edit.html"


def run(request: HttpRequest, editing: Editing) -> HttpResponse:
    """Answer a GET with the form, a POST with what came of it: 302, 409 (somebody was first) or 422."""
    form = editing.form
    conflict: Conflict | None = None
    if request.method == "POST" and form.is_valid():
        try:
            address = editing.save()
        except Changed as changed:
            theirs = editing.standing(changed.row)
            conflict = conflict_of(form, theirs, changed.row)  # type: ignore[arg-type]  # a target has no history
            form.rebase(theirs["version"])
        except InputError as error:
            form.add_problems(error)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            notices.done(request, editing.said)
            return redirect(request, address)
    status = 409 if conflict else 422 if form.is_bound else 200
    return render(request, editing.template, {"page": editing.page(conflict), **NAV}, status=status)


def actor(request: HttpRequest) -> Actor:
    """Who acts. The view has asked access, so somebody is signed in."""
    assert isinstance(request.user, User)
    return request.user.actor


def sent(request: HttpRequest) -> Any:
    """What a POST carries; None when the form is only shown."""
    return request.POST if request.method == "POST" else None
