"""Indicators of a plan: finding or making a series, how the plan uses it, and its targets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from uppsikt.cycle import selectors as cycle
from uppsikt.organisation.rules import Permission
from uppsikt.organisation.selectors import Body
from uppsikt.planning import access, selectors
from uppsikt.planning.actions import drafting
from uppsikt.planning.forms.indicators import SeriesForm, TargetForm, UseForm, target_initial, use_initial
from uppsikt.planning.pages import links
from uppsikt.planning.pages.plan_indicators import pick_page, target_page, target_preview
from uppsikt.planning.rules.judgement import TargetFact
from uppsikt.planning.selectors import Goal, Indicator, IndicatorUse, Target
from uppsikt.planning.views.editing import NAV, Editing, actor, run, sent
from uppsikt.planning.views.plan_rows import page_around, remove_action
from uppsikt.web import notices
from uppsikt.web.htmx import redirect, wants_partial


@require_http_methods(["GET", "HEAD", "POST"])
def use_new(request: HttpRequest, body: str, year: int) -> HttpResponse:
    """Put an indicator in the plan under ?goal= or in ?section=.

    One searches among the series and chooses ?indicator=, or makes a new one.
    """
    found = access.plan_of(request.user, body, year, Permission.PLAN)
    model = cycle.model_for(year)
    goal = section = None
    if "section" in request.GET:
        section = access.section_in_plan(request.GET["section"], model)
    else:
        goal = access.goal_in_plan(request.GET.get("goal", ""), found, year)
    chosen = request.GET.get("indicator", "")
    if not chosen:
        page = pick_page(found, year, goal or section, request.GET.get("q", ""))
        return render(request, "planning/pick_indicator.html", {"page": page, **NAV})
    indicator = selectors.indicators().filter(key=chosen).first()
    form = (UseForm if indicator else SeriesForm)(sent(request), model=model)
    place = Place(found, year, goal, section.key if section else "")
    save = _saving(request, form, place, use=None, indicator=indicator)
    title = indicator.name if indicator else _("Ny indikator")
    lead = _("Under ”%(goal)s”.") % {"goal": goal.name if goal else section.label if section else ""}
    page_of = page_around(form, found, year, title=title, lead=lead, submit=_("Lägg till i planen"))
    return run(request, Editing(form, save, page_of, _("Indikatorn står i planen. Sätt mål för den nu.")))


@require_http_methods(["GET", "HEAD", "POST"])
def use_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change a series and how the plan uses it."""
    use = access.use(request.user, key, Permission.PLAN)
    form = SeriesForm(sent(request), initial=use_initial(use), model=cycle.model_for(use.year_id))
    save = _saving(request, form, Place(use.body, use.year_id, use.goal, use.section), use=use)
    lead = _(
        "Serien kan användas i flera planer. Det som ändras om serien gäller överallt; "
        "namn, eftersläpning och ansvarig gäller den här planen."
    )
    title = use.label or use.indicator.name
    around = {"title": title, "lead": lead, "remove": remove_action("uses", key)}
    page = page_around(form, use.body, use.year_id, **around)
    return run(request, Editing(form, save, page, _("Indikatorn är sparad."), use_initial))


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a plan an indicator stands."""

    body: Body
    year: int
    goal: Goal | None
    section: str

    @property
    def address(self) -> str:
        """The place in the plan's page."""
        where = f"#mal-{self.goal.key}" if self.goal else f"#avsnitt-{self.section}" if self.section else ""
        return links.plan(self.body.key, self.year) + where


def _saving(
    request: HttpRequest,
    form: UseForm,
    place: Place,
    *,
    use: IndicatorUse | None,
    indicator: Indicator | None = None,
) -> Callable[[], str]:
    """What saving the form does, and where it leads."""

    def save() -> str:
        drafting.save_use(
            use=use,
            year=place.year,
            body=place.body,
            goal=place.goal,
            section=place.section,
            indicator=indicator,
            series=form.series(),
            by=actor(request),
            **form.values(),
        )
        return place.address

    return save


@require_http_methods(["GET", "HEAD", "POST"])
def target_edit(request: HttpRequest, key: str, role: str) -> HttpResponse:
    """Set or end a target. With act=preview it is only shown how it will be printed and judged."""
    use = access.use(request.user, key, Permission.PLAN)
    model = cycle.model_for(use.year_id)
    standing = access.target_of(use, role, model)
    year = use.year_id if role == "milestone" else model.targets.final_year or use.year_id
    form = TargetForm(sent(request), initial=target_initial(standing, year), model=model, role=role)
    preview = target_preview(use, _shown(form, standing), model)
    page = target_page(use, role, form, preview)
    if request.POST.get("act") == "preview":
        if wants_partial(request):
            return render(request, "planning/_target_preview.html", {"preview": preview})
        return render(request, "planning/target.html", {"page": page(None), **NAV})

    def save() -> str:
        drafting.set_target(
            use=use, version=form.cleaned_data["version"], target=form.fact(), by=actor(request)
        )
        return Place(use.body, use.year_id, use.goal, use.section).address

    start = partial(target_initial, year=year)
    return run(request, Editing(form, save, page, _("Målet är satt."), start, "planning/target.html"))


def _shown(form: TargetForm, standing: Target | None) -> TargetFact | None:
    """The target to explain: what is being written, else what stands."""
    if form.is_bound:
        return form.fact() if form.is_valid() else None
    return selectors.fact_of(standing) if standing else None


@require_http_methods(["POST"])
def target_remove(request: HttpRequest, key: str, role: str) -> HttpResponse:
    """End a target; it stays on record."""
    use = access.use(request.user, key, Permission.PLAN)
    standing = access.target_of(use, role, cycle.model_for(use.year_id))
    if standing is not None:
        drafting.remove_target(target=standing, by=actor(request))
        notices.done(request, _("Målet är borttaget. Det tidigare finns kvar i historiken."))
    return redirect(request, reverse("planning:target_edit", args=[key, role]))
