"""Forms over reviews and recommendations."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from uppsikt.control import access
from uppsikt.control.actions import audit, audit_writing
from uppsikt.control.forms import audit as forms
from uppsikt.control.pages import audit_editing as pages
from uppsikt.control.pages.audit_words import recommendation_href, review_href
from uppsikt.control.selectors.audit import recommendation as recommendation_by_key
from uppsikt.control.selectors.audit import recommendation_facts, version_of
from uppsikt.control.views.editing import Editing, run, sent
from uppsikt.cycle import selectors as cycle
from uppsikt.history.rules import Actor
from uppsikt.organisation import access as organisation
from uppsikt.organisation.rules import Permission
from uppsikt.web import notices
from uppsikt.web.htmx import redirect

NAV = "control:reviews"
CONTROL, AUDIT = Permission.CONTROL, Permission.AUDIT
FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
def new(request: HttpRequest) -> HttpResponse:
    """A new review."""
    bodies = access.bodies_for(request.user, CONTROL, AUDIT)
    years = [row.year for row in cycle.years()]
    form = forms.ReviewForm(
        sent(request), bodies=bodies, years=years, initial={"year": years[0] if years else None}
    )

    def save(by: Actor) -> str:
        return review_href(audit_writing.add_review(values=form.values(), by=by).key)

    return run(
        request, Editing(form, save, pages.new_review(form), _("Granskningen är registrerad."), nav=NAV)
    )


@require_http_methods(FORM)
def change(request: HttpRequest, key: str) -> HttpResponse:
    """What is registered of a review."""
    row = access.review(request.user, key, CONTROL, AUDIT, whole=True)
    bodies = access.bodies_for(request.user, CONTROL, AUDIT, also=row.bodies.all())
    years = [one.year for one in cycle.years()]
    form = forms.ReviewForm(sent(request), bodies=bodies, years=years, initial=forms.review_initial(row))

    def save(by: Actor) -> str:
        write = partial(_saved_review, key, form)
        audit_writing.guarded(row=row, version=form.cleaned_data["version"], write=write, by=by)
        return review_href(key)

    page = pages.change_review(row, form)
    return run(
        request, Editing(form, save, page, _("Uppgifterna är sparade."), partial(version_of, row), NAV)
    )


@require_POST
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Take a review out; the notice offers to put it back."""
    row = access.review(request.user, key, CONTROL, AUDIT, whole=True)
    audit.remove_review(review=row, by=organisation.actor(request.user))
    notices.done(request, _("Granskningen är borttagen."), undo=pages.undo("review_restore", key))
    return redirect(request, pages.reviews())


@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Put a removed review back."""
    row = access.review(request.user, key, CONTROL, AUDIT, removed=True, whole=True)
    audit.restore_review(review=row, by=organisation.actor(request.user))
    notices.done(request, _("Granskningen är tillbaka."))
    return redirect(request, review_href(key))


@require_http_methods(FORM)
def recommendation_new(request: HttpRequest, key: str) -> HttpResponse:
    """A new recommendation in a review."""
    review = access.review(request.user, key, CONTROL, AUDIT)
    bodies = access.bodies_for(request.user, CONTROL, AUDIT, among=review.bodies.all())
    form = forms.RecommendationForm(sent(request), bodies=bodies)

    def save(by: Actor) -> str:
        values, body = form.values(), form.chosen_body
        row = audit_writing.add_recommendation(review=review, body=body, values=values, by=by)
        return recommendation_href(row)

    page = pages.new_recommendation(review, form)
    return run(request, Editing(form, save, page, _("Rekommendationen är registrerad."), nav=NAV))


@require_http_methods(FORM)
def recommendation_change(request: HttpRequest, key: str) -> HttpResponse:
    """What is registered of a recommendation."""
    row = access.recommendation(request.user, key, CONTROL, AUDIT)
    bodies = access.bodies_for(request.user, CONTROL, AUDIT, among=row.review.bodies.all(), also=[row.body])
    form = forms.RecommendationForm(sent(request), bodies=bodies, initial=forms.recommendation_initial(row))

    def save(by: Actor) -> str:
        write = partial(_saved_recommendation, key, form)
        audit_writing.guarded(row=row, version=form.cleaned_data["version"], write=write, by=by)
        return recommendation_href(row)

    page, version = pages.change_recommendation(row, form), partial(version_of, row)
    return run(request, Editing(form, save, page, _("Uppgifterna är sparade."), version, NAV))


@require_POST
def recommendation_remove(request: HttpRequest, key: str) -> HttpResponse:
    """Take a recommendation out; the notice offers to put it back."""
    row = access.recommendation(request.user, key, CONTROL, AUDIT)
    audit.remove_recommendation(recommendation=row, by=organisation.actor(request.user))
    undo = pages.undo("recommendation_restore", key)
    notices.done(request, _("Rekommendationen är borttagen."), undo=undo)
    return redirect(request, review_href(row.review.key))


@require_POST
def recommendation_restore(request: HttpRequest, key: str) -> HttpResponse:
    """Put a removed recommendation back."""
    row = access.recommendation(request.user, key, CONTROL, AUDIT, removed=True)
    audit.restore_recommendation(recommendation=row, by=organisation.actor(request.user))
    notices.done(request, _("Rekommendationen är tillbaka."))
    return redirect(request, recommendation_href(row))


@require_http_methods(FORM)
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """The body's answer to a recommendation."""
    row = access.recommendation(request.user, key, CONTROL)
    facts = recommendation_facts(None, keys=[key])[0]
    form = forms.AnswerForm(sent(request), initial=forms.answer_initial(facts))

    def save(by: Actor) -> str:
        write = partial(_answered, key, form)
        audit_writing.guarded(row=row, version=form.cleaned_data["version"], write=write, by=by)
        return recommendation_href(row)

    page, version = pages.answer(facts, form), partial(version_of, row)
    return run(request, Editing(form, save, page, _("Svaret är sparat."), version, NAV))


@require_http_methods(FORM)
def follow_up(request: HttpRequest, key: str) -> HttpResponse:
    """What the auditor found when looking again."""
    row = access.recommendation(request.user, key, AUDIT)
    facts = recommendation_facts(None, keys=[key])[0]
    form = forms.FollowUpForm(sent(request), initial=forms.follow_up_initial())

    def save(by: Actor) -> str:
        audit.follow_up_recommendation(recommendation=row, by=by, **form.values())
        return recommendation_href(row)

    page = pages.follow_up(facts, form)
    return run(request, Editing(form, save, page, _("Uppföljningen är sparad."), nav=NAV))


@require_http_methods(FORM)
def link_return(request: HttpRequest, key: str) -> HttpResponse:
    """Which earlier recommendation this one is: those that look alike are offered first."""
    row = access.recommendation(request.user, key, CONTROL, AUDIT)
    initial = {"version": version_of(row), "earlier": row.returns.key if row.returns else ""}
    form = forms.ReturnForm(sent(request), offered=pages.offered(row), initial=initial)

    def save(by: Actor) -> str:
        write = partial(_linked, key, form)
        audit_writing.guarded(row=row, version=form.cleaned_data["version"], write=write, by=by)
        return recommendation_href(row)

    page, version = pages.link_return(row, form), partial(version_of, row)
    return run(request, Editing(form, save, page, _("Kopplingen är sparad."), version, NAV))


def _saved_review(key: str, form: forms.ReviewForm, by: Actor) -> None:
    audit.save_review(key=key, by=by, **form.values())


def _saved_recommendation(key: str, form: forms.RecommendationForm, by: Actor) -> None:
    row = recommendation_by_key(key)
    assert row is not None
    audit.save_recommendation(
        key=key, review=row.review, body=form.chosen_body, returns=row.returns, position=row.position, by=by,
        **form.values(),
    )  # fmt: skip


def _answered(key: str, form: forms.AnswerForm, by: Actor) -> None:
    row = recommendation_by_key(key)
    assert row is not None
    audit.answer_recommendation(recommendation=row, by=by, **form.values())


def _linked(key: str, form: forms.ReturnForm, by: Actor) -> None:
    row = recommendation_by_key(key)
    assert row is not None
    earlier = recommendation_by_key(form.cleaned_data["earlier"])
    audit.link_return(recommendation=row, earlier=earlier, by=by)
