"""What every form of budgets, registers and codes does: save through an action, or show what is wrong, or both versions."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from uppsikt.economy.actions.writing import Changed
from uppsikt.economy.pages.editing import KeepPage, Standing, clash
from uppsikt.history.rules import Actor
from uppsikt.kernel.problems import InputError
from uppsikt.organisation.access import actor
from uppsikt.planning.pages.editing import Conflict
from uppsikt.web import notices
from uppsikt.web.htmx import redirect
from uppsikt.web.parts import Text

NAV = {"nav_current": "economy:tables"}


class Editing(ABC):
    """One form at one address. `said`: what to tell when it is saved. `form` is bound when it was sent."""

    form: Any
    said: Text

    @abstractmethod
    def save(self, by: Actor) -> str:
        """Write what the form holds; where to go then. Raises: Changed, InputError, ValidationError."""

    @abstractmethod
    def standing(self) -> Standing:
        """What stands now: as the form would start with it, and who saved it."""

    @abstractmethod
    def page(self, conflict: Conflict | None) -> KeepPage:
        """The page around the form, with both versions when there are two."""


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
    return render(request, "economy/keep.html", {"page": editing.page(conflict), **NAV}, status=status)


def sent(request: HttpRequest) -> Any:
    """What a POST carries; None when the form is only shown."""
    return request.POST if request.method == "POST" else None
