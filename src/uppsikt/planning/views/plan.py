"""Plans: the list, one plan, and what is done with it as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.context import context
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import access as organisation
from uppsikt.organisation import selectors as bodies
from uppsikt.organisation.rules import Permission
from uppsikt.organisation.selectors import Body
from uppsikt.planning import access, selectors
from uppsikt.planning.actions import drafting, plans
from uppsikt.planning.forms.plan import DecisionForm, PlanForm, ReasonForm, decision_initial
from uppsikt.planning.pages import links
from uppsikt.planning.pages.editing import Conflict, EditPage, edit_page
from uppsikt.planning.pages.plan import plan_page
from uppsikt.planning.pages.plans import plans_page, roll_page, rolled_words
from uppsikt.planning.views.editing import Editing, actor, run, sent
from uppsikt.web import notices
from uppsikt.web.htmx import redirect


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """Every body's plan for ?year=, else the chosen round's year."""
    access.anywhere(request.user, Permission.READ)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else context(request).year
    page = plans_page(year, organisation.readable_bodies(request.user))
    return render(request, "planning/plans.html", {"page": page})


@require_safe
def plan(request: HttpRequest, body: str, year: int) -> HttpResponse:
    """One body's plan for a year."""
    found = access.plan_of(request.user, body, year)
    held = organisation.grants(request.user)
    page = plan_page(
        found,
        year,
        may_plan=held.allows(Permission.PLAN, body=body),
        may_adopt=held.allows(Permission.ADOPT, body=body),
        may_steer=held.allows(Permission.STEER),
    )
    return render(request, "planning/plan.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def plan_roll(request: HttpRequest, body: str, year: int) -> HttpResponse:
    """See what comes along from ?from=, and bring it into the draft."""
    found = access.plan_of(request.user, body, year, Permission.PLAN)
    asked = (request.POST if request.method == "POST" else request.GET).get("from", "")
    from_year = int(asked) if asked.isdecimal() and len(asked) == 4 else None
    creates_for = access.planned_bodies(request.user)
    problems: list[str] = []
    if request.method == "POST" and from_year:
        try:
            drafting.require_draft(body=found, year=year)
            rolled = plans.roll_year(
                body=found, from_year=from_year, to_year=year, creates_for=creates_for, by=actor(request)
            )
        except InputError as error:
            problems = [str(problem) for problem in error.problems]
        else:
            notices.done(request, rolled_words(found, year, rolled.counts))
            return redirect(request, links.plan(body, year))
    page = roll_page(found, year, from_year, creates_for=creates_for, problems=problems)
    return render(
        request, "planning/roll.html", {"page": page}, status=422 if request.method == "POST" else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def plan_adopt(request: HttpRequest, body: str, year: int) -> HttpResponse:
    """Adopt the plan by a decision."""
    found = access.plan_of(request.user, body, year, Permission.ADOPT)
    standing = selectors.plan(found, year)
    name = bodies.body_name(found, dt.date(year, 12, 31))
    form = DecisionForm(sent(request), initial=decision_initial(standing, name))

    def save() -> str:
        row, _changed = (
            plans.save_plan(year=year, body=found, by=actor(request)) if not standing else (standing, False)
        )
        plans.adopt(plan=row, decision=form.decision(), by=actor(request))
        return links.plan(body, year)

    lead = _("Planen låses med beslutet. Den kan öppnas igen, med ett skäl som står kvar i historiken.")
    page = _page_for(found, name, year, form, title=_("Fastställ planen"), lead=lead, submit=_("Fastställ"))
    return run(request, Editing(form, save, page, _("Planen är fastställd.")))


@require_http_methods(["GET", "HEAD", "POST"])
def plan_reopen(request: HttpRequest, body: str, year: int) -> HttpResponse:
    """Open an adopted plan again, with a reason."""
    found = access.plan_of(request.user, body, year, Permission.ADOPT)
    standing = selectors.plan(found, year)
    name = bodies.body_name(found, dt.date(year, 12, 31))
    form = ReasonForm(sent(request))

    def save() -> str:
        if standing is not None and standing.adopted_at is not None:
            plans.reopen(plan=standing, reason=form.cleaned_data["reason"], by=actor(request))
        return links.plan(body, year)

    page = _page_for(found, name, year, form, title=_("Öppna planen igen"), submit=_("Öppna igen"))
    return run(request, Editing(form, save, page, _("Planen är öppen för ändring.")))


def _page_for(
    found: Body, name: str, year: int, form: PlanForm, **more: Any
) -> Callable[[Conflict | None], EditPage]:
    """The page around a form about the whole plan."""
    word = cycle.model_for(year).word("plan")
    return lambda conflict: edit_page(
        form=form, body=found, body_name=name, year=year, plan_word=word, conflict=conflict, **more
    )
