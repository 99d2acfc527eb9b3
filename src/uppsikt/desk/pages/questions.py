"""Auditors' questions that wait for an answer, on the page of those who may give it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.control.pages.audit_words import due_words
from uppsikt.control.selectors.audit_questions import question_facts
from uppsikt.desk.pages.money import Errand
from uppsikt.organisation.rules import Grants, Permission

SHOWN = 5


def waiting_questions(held: Grants) -> tuple[Errand, ...]:
    """The questions that wait longest in the bodies where the person writes. At most two queries."""
    if not held.anywhere(Permission.WRITE):
        return ()
    rows = [
        fact
        for fact in question_facts(held.bodies(Permission.WRITE))
        if fact.state.waits and held.allows(Permission.WRITE, body=fact.question.body.key)
    ]
    found = [
        Errand(
            ", ".join(filter(None, (fact.question.subject, due_words(fact.clock, stopped=False)))),
            reverse("control:question", args=[fact.question.key]),
        )
        for fact in rows[:SHOWN]
    ]
    if len(rows) > SHOWN:
        more = _("%(count)s till") % {"count": len(rows) - SHOWN}
        found.append(Errand(more, reverse("control:questions")))
    return tuple(found)
