"""Forms over auditors' questions."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from uppsikt.control import access
from uppsikt.control.actions import audit_questions, audit_writing
from uppsikt.control.forms import audit as forms
from uppsikt.control.pages import audit_editing as pages
from uppsikt.control.selectors.audit import version_of
from uppsikt.control.selectors.audit_questions import question_facts
from uppsikt.control.views.editing import Editing, run, sent
from uppsikt.cycle.context import context
from uppsikt.history.rules import Actor
from uppsikt.organisation import access as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.web import notices
from uppsikt.web.htmx import redirect

NAV = "control:reviews"
FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
def new(request: HttpRequest) -> HttpResponse:
    """A question to a body; the address may say to whom, about what, as of when and in which review."""
    bodies = access.bodies_for(request.user, Permission.AUDIT)
    chosen = context(request).body
    initial = {"body": chosen.key if chosen else ""} | {
        name: request.GET[name] for name in ("body", "about", "as_of", "subject") if request.GET.get(name)
    }
    form = forms.QuestionForm(sent(request), bodies=bodies, initial=initial)
    asked = request.GET.get("review", "")
    review = access.review(request.user, asked, Permission.AUDIT) if asked else None

    def save(by: Actor) -> str:
        return pages.question(audit_questions.ask_question(review=review, by=by, **form.values()).key)

    page = pages.new_question(form, review)
    return run(request, Editing(form, save, page, _("Frågan är ställd."), nav=NAV))


@require_http_methods(FORM)
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """The body's answer to a question."""
    row = access.question(request.user, key, Permission.WRITE)
    facts = question_facts(None, key=key)[0]
    initial = {"version": version_of(row), "text": facts.answer.text if facts.answer else ""}
    form = forms.QuestionAnswerForm(sent(request), initial=initial)

    def save(by: Actor) -> str:
        write = partial(_answered, key, form)
        audit_writing.guarded(row=row, version=form.cleaned_data["version"], write=write, by=by)
        return pages.question(key)

    page, version = pages.answer_question(facts, form), partial(version_of, row)
    return run(request, Editing(form, save, page, _("Svaret är sparat."), version, NAV))


@require_POST
def close(request: HttpRequest, key: str) -> HttpResponse:
    """Let the auditor be done with a question."""
    row = access.question(request.user, key, Permission.AUDIT)
    audit_questions.close_question(question=row, by=organisation.actor(request.user))
    notices.done(request, _("Frågan är avslutad."))
    return redirect(request, pages.question(key))


def _answered(key: str, form: forms.QuestionAnswerForm, by: Actor) -> None:
    row = question_facts(None, key=key)[0].question
    audit_questions.answer_question(question=row, text=form.cleaned_data["text"], by=by)
