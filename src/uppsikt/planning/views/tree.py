"""The goal tree and one goal in it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from uppsikt.cycle.context import context
from uppsikt.organisation import access as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.planning import access
from uppsikt.planning.pages.goal import goal_page
from uppsikt.planning.pages.tree import tree_page
from uppsikt.planning.pages.tree_asked import asked
from uppsikt.web.htmx import wants_partial


@require_safe
def goals(request: HttpRequest) -> HttpResponse:
    """The tree for the chosen body and round; with htmx only the row group that was opened or closed."""
    access.anywhere(request.user, Permission.READ)
    page = tree_page(context(request), asked(request.GET, part=wants_partial(request)))
    if page.opened is not None:
        group = page.table.group(page.opened)
        return render(request, "web/components/table_group.html", {"table": page.table, "group": group})
    return render(request, "planning/goals.html", {"page": page})


@require_safe
def goal(request: HttpRequest, key: str) -> HttpResponse:
    """One goal in the chosen round."""
    found = access.goal(request.user, key)
    held = organisation.grants(request.user)
    page = goal_page(
        found,
        context(request),
        may_plan=held.allows(Permission.PLAN, body=found.body.key),
        may_assess=held.allows(Permission.ASSESS, body=found.body.key),
        readable=organisation.readable_bodies(request.user),
    )
    return render(request, "planning/goal.html", {"page": page})
