"""Reporting: one goal, a section or all assignments at a time, each part saved by itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uppsikt.accounts.selectors import User
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.context import context
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.cycle.selectors import Round
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import access as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.planning import access
from uppsikt.planning.actions.reporting import carry_texts, drop_drafts, move_round
from uppsikt.planning.forms.reporting import MoveForm, forms_of
from uppsikt.planning.forms.reporting_submit import Submitted, asked, submit
from uppsikt.planning.pages.reporting_parts import Sent
from uppsikt.planning.pages.reporting_round import round_page
from uppsikt.planning.pages.reporting_sheet import (
    Asker,
    SheetPage,
    assignments_report_page,
    goal_report_page,
    section_report_page,
)
from uppsikt.planning.rules.reporting import PartKind
from uppsikt.planning.selectors import Goal
from uppsikt.planning.selectors.reporting_sheet import (
    Sheet,
    assignment_sheet,
    before,
    goal_sheet,
    section_sheet,
)
from uppsikt.texts.views import handle_autosave
from uppsikt.web import notices
from uppsikt.web.htmx import wants_partial

reading_and_writing = require_http_methods(["GET", "HEAD", "POST"])
Build = Callable[[Sheet, Sent, Asker], SheetPage]


@require_safe
def reporting(request: HttpRequest) -> HttpResponse:
    """The chosen body's page of the chosen round."""
    access.anywhere(request.user, Permission.READ)
    chosen = context(request)
    row = chosen.body or next(iter(chosen.bodies), None)
    if chosen.round is None or row is None:
        return redirect("planning:goals")
    return redirect("planning:report_body", round=chosen.round.key, body=row.key)


@require_safe
def body(request: HttpRequest, round: str, body: str) -> HttpResponse:  # noqa: A002  the address's own word
    """The round's start page for a body."""
    found, chosen = organisation.body(request.user, body), access.round_(request.user, round)
    page = round_page(
        found, chosen, today=clock.today(), may_run=access.may_run(request.user, chosen, found.key)
    )
    return render(request, "planning/report_round.html", {"page": page})


@require_POST
def move(request: HttpRequest, round: str, body: str) -> HttpResponse:  # noqa: A002
    """Open, close or reopen the round (state, reason)."""
    found = organisation.body(request.user, body, Permission.RUN_ROUND)
    chosen = access.round_(request.user, round)
    if not access.may_run(request.user, chosen, found.key):
        raise PermissionDenied(_("Tillfället gäller fler nämnder än din. Be den centrala controllern."))
    form = MoveForm(request.POST)
    try:
        if form.is_valid():
            move_round(round_=chosen, by=_user(request).actor, **form.cleaned_data)
            notices.done(request, f"{chosen.name}: {RoundState(chosen.state).label}.")
            return redirect("planning:report_body", round=round, body=body)
        fault = _("Välj vad som ska göras.")
    except InputError as error:
        fault = " ".join(f"{one.message} {one.remedy}" for one in error.problems)
    page = round_page(found, chosen, today=clock.today(), may_run=True, fault=fault)
    return render(request, "planning/report_round.html", {"page": page}, status=422)


@reading_and_writing
def goal(request: HttpRequest, round: str, key: str) -> HttpResponse:  # noqa: A002  the address's own word
    """Everything about one goal in the round, beside what is known."""
    found, chosen = _goal_in_round(request, key, round)
    earlier = before(found, chosen)
    return _answer(
        request,
        partial(goal_sheet, found, chosen, _user(request).key),
        lambda sheet, sent, asker: goal_report_page(sheet, sent, asker, earlier),
        "planning/report_sheet.html",
    )


@reading_and_writing
def section(request: HttpRequest, round: str, body: str, section: str) -> HttpResponse:  # noqa: A002
    """The indicators of a section, such as personnel. ?period= adds further months."""
    found, chosen = organisation.body(request.user, body), access.round_(request.user, round)
    periods = [code for code in request.GET.getlist("period") if _is_month(code, chosen)]
    if section not in {each.key for each in cycle.model_for(chosen.year_id).sections}:
        raise Http404
    read = partial(section_sheet, found, section, chosen, _user(request).key, periods)
    return _answer(
        request,
        read,
        lambda sheet, sent, asker: section_report_page(sheet, sent, asker, section, periods),
        "planning/report_sheet.html",
    )


@reading_and_writing
def assignments(request: HttpRequest, round: str, body: str) -> HttpResponse:  # noqa: A002
    """Every assignment's status and comment in one table."""
    found, chosen = organisation.body(request.user, body), access.round_(request.user, round)
    return _answer(
        request,
        partial(assignment_sheet, found, chosen, _user(request).key),
        assignments_report_page,
        "planning/report_assignments.html",
    )


@require_POST
def carry(request: HttpRequest, round: str, key: str) -> HttpResponse:  # noqa: A002
    """Fetch last round's texts about the goal as drafts to go on from, where nothing is written yet."""
    found, chosen = _goal_in_round(request, key, round)
    user, may = _user(request), access.may_write(request.user)
    sheet = goal_sheet(found, chosen, user.key)
    if not any(may(part) for part in sheet.parts if part.kind is PartKind.TEXT):
        raise PermissionDenied
    earlier = before(found, chosen)
    try:
        count = carry_texts(sheet=sheet, earlier=earlier.texts if earlier else {}, by=user.actor)
        notices.done(
            request, _("Förra tillfällets text står nu som utkast.") if count else _("Inget fanns att hämta.")
        )
    except InputError as error:
        notices.failed(request, str(error))
    return redirect("planning:report_goal", round=round, key=key)


def _answer(request: HttpRequest, read: Callable[[], Sheet], build: Build, template: str) -> HttpResponse:
    """Show the page, keep a draft, or take in what was sent."""
    user = _user(request)
    asker = Asker(user.key, access.may_write(user))
    if request.method != "POST":
        sheet = read()
        return render(request, template, {"page": build(sheet, Sent(forms_of(sheet)), asker)})
    if request.POST.get("verb") == "autosave":
        return _keep_draft(request, read(), asker)
    result = submit(read, request.POST, may=asker.may, by=user.actor)
    if not any(asker.may(part) for part in result.sheet.parts):
        raise PermissionDenied
    page = build(result.sheet, _sent(result), asker)
    if wants_partial(request):
        context = {"page": page, "part": asked(request.POST).only}
        return render(request, "planning/report_saved.html", context, status=result.status)
    if result.status != 200:
        return render(request, template, {"page": page}, status=result.status)
    notices.done(request, _("Sparat.") if result.saved else _("Inget var ändrat."))
    return redirect(page.url)


def _sent(result: Submitted) -> Sent:
    return Sent(result.forms, result.stale, frozenset(result.refused), frozenset(result.saved))


def _keep_draft(request: HttpRequest, sheet: Sheet, asker: Asker) -> HttpResponse:
    """Keep what is being written in one field (?draft=part.field); what stands already needs no draft."""
    key, _dot, name = request.GET.get("draft", "").rpartition(".")
    part = sheet.part(key)
    if part is None or name not in part.slots:
        raise Http404
    if not asker.may(part):
        raise PermissionDenied
    user = _user(request)
    if part.kind is not PartKind.TEXT and request.POST.get("content", "").strip() == part.values[name]:
        drop_drafts(part=part, by=user.actor)
        return JsonResponse({"saved_at": "", "words": "", "draft": False})
    return handle_autosave(request, slot=part.slots[name], label=part.label, by=user.actor)


def _goal_in_round(request: HttpRequest, key: str, round_: str) -> tuple[Goal, Round]:
    found, chosen = access.goal(request.user, key), access.round_(request.user, round_)
    if found.year_id != chosen.year_id:
        raise Http404
    return found, chosen


def _is_month(code: str, round_: Round) -> bool:
    """Whether the code is a month of the round's year, up to its cut-off."""
    year, _dash, month = code.partition("-")
    return year == str(round_.year_id) and month.isdecimal() and 1 <= int(month) <= round_.cutoff.month


def _user(request: HttpRequest) -> User:
    """The signed-in person; the middleware has already turned everyone else away."""
    assert isinstance(request.user, User)
    return request.user
