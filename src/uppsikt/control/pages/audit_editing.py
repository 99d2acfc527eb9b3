"""The pages around the forms of audit, with what one needs beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.control.pages.audit_words import due_words, named, recommendation_href, review_href, short
from uppsikt.control.pages.editing import EditPage, around
from uppsikt.control.selectors.audit import (
    AuditReview,
    Recommendation,
    RecommendationFacts,
    earlier_recommendations,
    return_suggestions,
)
from uppsikt.control.selectors.audit_questions import QuestionFacts
from uppsikt.kernel.period import format_date
from uppsikt.web.parts import Action, Crumb, Fact

Waiting = Callable[..., EditPage]


def reviews() -> str:
    """The list of reviews."""
    return reverse("control:reviews")


def question(key: str) -> str:
    """One question."""
    return reverse("control:question", args=[key])


def undo(view: str, key: str) -> str:
    """Where a removal is taken back."""
    return reverse(f"control:{view}", args=[key])


def new_review(form: Any) -> Waiting:
    """A new review."""
    return around(
        title=_("Registrera granskning"),
        lead=_("Rekommendationerna läggs till när granskningen är registrerad."),
        crumbs=(_root(), Crumb(_("Ny granskning"))),
        form=form,
        back=reviews(),
    )


def change_review(row: AuditReview, form: Any) -> Waiting:
    """What is registered of a review."""
    address = reverse("control:review_remove", args=[row.key])
    return around(
        title=_("Ändra uppgifter"),
        crumbs=(_root(), Crumb(row.title, review_href(row.key)), Crumb(_("Ändra uppgifter"))),
        form=form,
        back=review_href(row.key),
        what=_("granskningen"),
        remove=Action(_("Ta bort granskningen"), address, post=True, icon="trash-2", danger=True),
    )


def new_recommendation(review: AuditReview, form: Any) -> Waiting:
    """A new recommendation."""
    title = _("Lägg till rekommendation")
    return around(
        title=title,
        crumbs=(_root(), Crumb(review.title, review_href(review.key)), Crumb(title)),
        form=form,
        back=review_href(review.key),
    )


def change_recommendation(row: Recommendation, form: Any) -> Waiting:
    """What is registered of a recommendation."""
    address = reverse("control:recommendation_remove", args=[row.key])
    remove = Action(_("Ta bort rekommendationen"), address, post=True, icon="trash-2", danger=True)
    return _of(row, form, _("Ändra rekommendationen"), remove=remove)


def answer(facts: RecommendationFacts, form: Any) -> Waiting:
    """The body's answer."""
    return _of(
        facts.recommendation,
        form,
        _("Svara på rekommendationen"),
        lead=_("Ett ändrat svar ersätter det förra, som står kvar i historiken."),
        beside_title=_("Rekommendationen"),
        beside=_beside(facts),
    )


def follow_up(facts: RecommendationFacts, form: Any) -> Waiting:
    """What the auditor found."""
    return _of(
        facts.recommendation,
        form,
        _("Följ upp rekommendationen"),
        lead=_("Din bedömning går före nämndens egen. Samma dag igen ersätter den förra."),
        beside_title=_("Rekommendationen"),
        beside=_beside(facts),
    )


def link_return(row: Recommendation, form: Any) -> Waiting:
    """Which earlier recommendation this one is."""
    return _of(
        row,
        form,
        _("Återkommer rekommendationen?"),
        lead=_(
            "Förslagen har samma område eller liknande ordalydelse. Inget kopplas utan att du väljer det."
        ),
        beside_title=_("Rekommendationen"),
        beside=(Fact(_("Rekommendation"), row.text), Fact(_("Område"), row.theme or "–")),
    )


def offered(row: Recommendation) -> list[tuple[str, str]]:
    """The earlier recommendations to choose among: those that look alike first, each with why."""
    found = [
        (
            one.key,
            _("Förslag: %(what)s (%(why)s)")
            % {
                "what": _told(one),
                "why": _("samma område, %(percent)s %% lika ord") % {"percent": why.percent}
                if why.same_theme
                else _("%(percent)s %% lika ord") % {"percent": why.percent},
            },
        )
        for one, why in return_suggestions(row)
    ]
    known = {key for key, _label in found}
    rest = [one for one in earlier_recommendations(row) if one.key not in known]
    return [*found, *((one.key, _told(one)) for one in rest)]


def new_question(form: Any, review: AuditReview | None) -> Waiting:
    """A new question."""
    back = review_href(review.key) if review else reverse("control:questions")
    return around(
        title=_("Ställ en fråga"),
        lead=_(
            "Frågan syns för dem som svarar för nämnden, på deras egen sida. Den kan inte ändras efteråt."
        ),
        crumbs=(
            _root(),
            Crumb(_("Frågor från revisorn"), reverse("control:questions")),
            Crumb(_("Ny fråga")),
        ),
        form=form,
        back=back,
        submit=_("Ställ frågan"),
        beside_title=_("Granskning") if review else "",
        beside=(Fact(_("Granskning"), review.title),) if review else (),
    )


def answer_question(facts: QuestionFacts, form: Any) -> Waiting:
    """A body's answer to a question."""
    row = facts.question
    return around(
        title=_("Svara på frågan"),
        crumbs=(
            _root(),
            Crumb(_("Frågor från revisorn"), reverse("control:questions")),
            Crumb(row.subject, question(row.key)),
            Crumb(_("Svara")),
        ),
        form=form,
        back=question(row.key),
        what=_("svaret"),
        beside_title=row.subject,
        beside=(
            Fact(_("Fråga"), row.text),
            Fact(_("Svar senast"), due_words(facts.clock, stopped=False) or "–"),
        ),
    )


def _root() -> Crumb:
    return Crumb(_("Revision"), reviews())


def _of(row: Recommendation, form: Any, title: str, **more: Any) -> Waiting:
    return around(
        title=title,
        crumbs=(_root(), Crumb(row.review.title, recommendation_href(row)), Crumb(title)),
        form=form,
        back=recommendation_href(row),
        what=_("rekommendationen"),
        **more,
    )


def _beside(facts: RecommendationFacts) -> tuple[Fact, ...]:
    row, answer_ = facts.recommendation, facts.answer
    words = (
        (_("Rekommendation"), row.text),
        (_("Risk eller bakgrund"), row.background),
        (_("Svar senast"), due_words(facts.clock, stopped=answer_ is not None)),
        (_("Svar"), answer_.text if answer_ else ""),
        (_("Åtgärder"), ", ".join(str(one.mitigation) for one in facts.mitigations)),
    )
    return tuple(Fact(label, text) for label, text in words if text)


def _told(row: Recommendation) -> str:
    when = format_date(row.review.date) if row.review.date else str(row.review.year_id)
    return f"{row.review.title}, {when}: {short(named(row))}"
