"""What stands in a plan, one thing at a time: goals and assignments; and taking out, putting back, moving."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from uppsikt.cycle import selectors as cycle
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import selectors as bodies
from uppsikt.organisation.rules import Permission
from uppsikt.organisation.selectors import Body
from uppsikt.planning import access
from uppsikt.planning.actions import drafting
from uppsikt.planning.forms.assignments import AssignmentForm, assignment_initial
from uppsikt.planning.forms.goals import GoalForm, goal_initial
from uppsikt.planning.pages import links
from uppsikt.planning.pages.editing import Conflict, EditPage, edit_page
from uppsikt.planning.pages.words import noun
from uppsikt.planning.selectors import Assignment, Goal
from uppsikt.planning.views.editing import Editing, actor, run, sent
from uppsikt.web import notices
from uppsikt.web.htmx import redirect
from uppsikt.web.parts import Action


@require_http_methods(["GET", "HEAD", "POST"])
def goal_new(request: HttpRequest, body: str, year: int) -> HttpResponse:
    """Add a goal, under ?parent= when it answers one."""
    found = access.plan_of(request.user, body, year, Permission.PLAN)
    return _goal(request, found, year, None)


@require_http_methods(["GET", "HEAD", "POST"])
def goal_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change a goal."""
    goal = access.goal(request.user, key, Permission.PLAN)
    return _goal(request, goal.body, goal.year_id, goal)


def _goal(request: HttpRequest, body: Body, year: int, goal: Goal | None) -> HttpResponse:
    model = cycle.model_for(year)
    initial = goal_initial(goal) if goal else {"parent": request.GET.get("parent", "")}
    form = GoalForm(sent(request), initial=initial, model=model, body=body, year=year)

    def save() -> str:
        saved = drafting.save_goal(goal=goal, year=year, body=body, by=actor(request), **form.values())
        return f"{links.plan(body.key, year)}#mal-{saved.key}"

    title = goal.name if goal else _("Nytt mål")
    page = page_around(
        form, body, year, title=title, remove=remove_action("goals", goal.key) if goal else None
    )
    return run(request, Editing(form, save, page, _("Målet är sparat."), goal_initial))


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_new(request: HttpRequest, body: str, year: int) -> HttpResponse:
    """Add an assignment, under ?goal= when one is given."""
    found = access.plan_of(request.user, body, year, Permission.PLAN)
    return _assignment(request, found, year, None)


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change an assignment."""
    assignment = access.assignment(request.user, key, Permission.PLAN)
    return _assignment(request, assignment.item.body, assignment.item.year_id, assignment)


def _assignment(request: HttpRequest, body: Body, year: int, assignment: Assignment | None) -> HttpResponse:
    model = cycle.model_for(year)
    initial = assignment_initial(assignment) if assignment else {"goal": request.GET.get("goal", "")}
    form = AssignmentForm(sent(request), initial=initial, model=model, body=body, year=year)

    def save() -> str:
        values = form.values()
        drafting.save_assignment(assignment=assignment, year=year, body=body, by=actor(request), **values)
        return links.plan(body.key, year) + (f"#mal-{values['goal'].key}" if values["goal"] else "")

    word = noun(model, "assignment")
    title = assignment.title if assignment else _("Nytt %(word)s") % {"word": word}
    remove = remove_action("assignments", assignment.item.key) if assignment else None
    page = page_around(form, body, year, title=title, remove=remove)
    return run(request, Editing(form, save, page, _("Sparat."), assignment_initial))


@require_POST
def row_remove(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Take something out of the plan. It can be put back from the message."""
    row = access.plan_row(request.user, kind, key)
    body, year = access.place_of(row)
    try:
        drafting.remove(row=row, by=actor(request))
    except InputError as error:
        notices.failed(request, "; ".join(map(str, error.problems)))
    else:
        undo = reverse("planning:row_restore", args=[kind, key])
        notices.done(
            request, _("”%(name)s” är borttagen ur planen.") % {"name": access.name_of(row)}, undo=undo
        )
    return redirect(request, links.plan(body.key, year))


@require_POST
def row_restore(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Put something back in the plan."""
    row = access.plan_row(request.user, kind, key, removed=True)
    body, year = access.place_of(row)
    try:
        drafting.restore(row=row, by=actor(request))
    except InputError as error:
        notices.failed(request, "; ".join(map(str, error.problems)))
    else:
        notices.done(request, _("”%(name)s” är tillbaka i planen.") % {"name": access.name_of(row)})
    return redirect(request, links.plan(body.key, year))


@require_POST
def row_move(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Move something one step up or down among its siblings."""
    row = access.plan_row(request.user, kind, key)
    body, year = access.place_of(row)
    try:
        drafting.move(row=row, way="up" if request.POST.get("way") == "up" else "down", by=actor(request))
    except InputError as error:
        notices.failed(request, "; ".join(map(str, error.problems)))
    return redirect(request, f"{links.plan(body.key, year)}#{kind}-{key}")


def page_around(form: Any, body: Body, year: int, **more: Any) -> Callable[[Conflict | None], EditPage]:
    """The page around a form of the plan, once it is known whether there are two versions."""
    name = bodies.body_name(body, dt.date(year, 12, 31))
    word = cycle.model_for(year).word("plan")
    return lambda conflict: edit_page(
        form=form, body=body, body_name=name, year=year, plan_word=word, conflict=conflict, **more
    )


def remove_action(kind: str, key: str) -> Action:
    """The button that takes something out of the plan."""
    return Action(
        _("Ta bort ur planen"),
        reverse("planning:row_remove", args=[kind, key]),
        post=True,
        danger=True,
        icon="trash-2",
    )
