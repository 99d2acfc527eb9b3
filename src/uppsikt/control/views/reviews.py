"""The lists of audit, a review, and a question."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from uppsikt.control import access
from uppsikt.control.pages.question import question_page
from uppsikt.control.pages.review import review_page
from uppsikt.control.pages.reviews import questions_page, recommendations_page, reviews_page
from uppsikt.control.selectors.audit import review_facts
from uppsikt.control.selectors.audit_questions import question_facts
from uppsikt.cycle.context import context
from uppsikt.organisation import access as organisation
from uppsikt.organisation.rules import Permission

NAV = {"nav_current": "control:reviews"}


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """The reviews of the chosen body or of all one may read."""
    chosen = context(request)
    bodies, held = access.read(request.user, chosen), organisation.grants(request.user)
    may_add = held.anywhere(Permission.CONTROL) or held.anywhere(Permission.AUDIT)
    page = reviews_page(chosen, bodies, request.GET, may_add=may_add)
    return render(request, "control/audit_list.html", {"page": page, **NAV})


@require_safe
def recommendations(request: HttpRequest) -> HttpResponse:
    """Every recommendation, what waits for somebody first."""
    chosen = context(request)
    page = recommendations_page(chosen, access.read(request.user, chosen), request.GET)
    return render(request, "control/audit_list.html", {"page": page, **NAV})


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Auditors' questions, those that wait longest first."""
    chosen = context(request)
    may_ask = organisation.grants(request.user).anywhere(Permission.AUDIT)
    page = questions_page(chosen, access.read(request.user, chosen), request.GET, may_ask=may_ask)
    return render(request, "control/audit_list.html", {"page": page, **NAV})


@require_safe
def review(request: HttpRequest, key: str) -> HttpResponse:
    """One review, with what the reader may see of it."""
    found = access.review(request.user, key)
    readable = organisation.readable_bodies(request.user)
    facts = review_facts(None, readable, key=key)[0]
    page = review_page(facts, organisation.grants(request.user), question_facts(readable, review=found))
    return render(request, "control/review.html", {"page": page, **NAV})


@require_safe
def question(request: HttpRequest, key: str) -> HttpResponse:
    """One question with its answer."""
    access.question(request.user, key)
    page = question_page(question_facts(None, key=key)[0], organisation.grants(request.user))
    return render(request, "control/question.html", {"page": page, **NAV})
