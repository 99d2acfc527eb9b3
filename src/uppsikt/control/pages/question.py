"""One question from an auditor, with the body's answer."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.control.pages.audit_words import due_words, question_symbol, review_href
from uppsikt.control.pages.evidence import EvidencePart, evidence_part
from uppsikt.control.pages.review import PROVING
from uppsikt.control.selectors.audit import subject
from uppsikt.control.selectors.audit_questions import QuestionFacts
from uppsikt.control.selectors.evidence import evidence_of
from uppsikt.history import selectors as history
from uppsikt.history.pages import Day, timeline
from uppsikt.kernel import clock
from uppsikt.kernel.period import format_date
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.rules import Grants, Permission
from uppsikt.texts.pages import moment_text
from uppsikt.web.parts import Action, Crumb, Fact, Symbol, Text


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """A question and its answer; `answered` says by whom and when. Template: control/question.html."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    actions: tuple[Action, ...]
    state: Symbol
    text: str
    answer: str
    answered: Text
    evidence: EvidencePart
    facts: tuple[Fact, ...]
    history: tuple[Day, ...]


def question_page(facts: QuestionFacts, held: Grants, about: Fact | None = None) -> QuestionPage:
    """The page. Args: about: what the question concerns, where it has a page."""
    row, answer = facts.question, facts.answer
    body = row.body.key
    return QuestionPage(
        title=row.subject,
        lead="",
        crumbs=(
            Crumb(_("Revision"), reverse("control:reviews")),
            Crumb(_("Frågor från revisorn"), reverse("control:questions")),
            Crumb(row.subject),
        ),
        actions=tuple(_actions(facts, held)),
        state=question_symbol(facts.state),
        text=row.text,
        answer=answer.text if answer else "",
        answered=_("%(who)s, %(when)s")
        % {"who": answer.recorded_by_name, "when": moment_text(answer.recorded_at)}
        if answer
        else "",
        evidence=evidence_part(
            row, evidence_of(row), may_change=any(held.allows(one, body=body) for one in PROVING)
        ),
        facts=tuple(_facts(facts, about)),
        history=timeline(history.about(subject(row)))
        if held.allows(Permission.READ_HISTORY, body=body)
        else (),
    )


def _actions(facts: QuestionFacts, held: Grants) -> list[Action]:
    row, found = facts.question, []
    if row.closed_at is None and held.allows(Permission.WRITE, body=row.body.key):
        label = _("Ändra svaret") if facts.answer else _("Svara")
        href = reverse("control:question_answer", args=[row.key])
        found.append(Action(label, href, icon="reply", primary=facts.answer is None))
    if row.closed_at is None and held.allows(Permission.AUDIT, body=row.body.key):
        href = reverse("control:question_close", args=[row.key])
        found.append(Action(_("Avsluta frågan"), href, icon="check", post=True))
    return found


def _facts(facts: QuestionFacts, about: Fact | None) -> list[Fact]:
    row = facts.question
    names = organisation.body_names(clock.today())
    asked = _("%(who)s, %(when)s") % {"who": row.asked_by_name, "when": moment_text(row.asked_at)}
    found = [
        Fact(_("Till"), names.get(row.body.key, row.body.key)),
        Fact(_("Ställd av"), asked),
        Fact(_("Svar senast"), due_words(facts.clock, stopped=not facts.state.waits) or "–"),
    ]
    if row.as_of:
        day = row.as_of.astimezone(clock.STOCKHOLM).date()
        found.append(Fact(_("Sett som det var den"), format_date(day)))
    if row.about:
        found.append(about or Fact(_("Gäller"), row.about))
    if row.review:
        found.append(Fact(_("Granskning"), row.review.title, href=review_href(row.review.key)))
    if row.closed_at:
        found.append(Fact(_("Avslutad"), moment_text(row.closed_at)))
    return found
