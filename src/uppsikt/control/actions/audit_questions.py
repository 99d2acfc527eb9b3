"""Auditors' questions: asked, answered by the body, closed by the auditor."""

from __future__ import annotations

import datetime as dt

from uppsikt.control.models import AuditAnswer, AuditQuestion, AuditReview
from uppsikt.control.selectors import audit as selectors
from uppsikt.history.actions import atomic, record
from uppsikt.history.changes import changed
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.history.superseding import supersede
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError, Problem, Where, refuse
from uppsikt.organisation.selectors import Body
from uppsikt.planning.rules.keys import new_key


@atomic
def ask_question(
    *,
    body: Body,
    subject: str,
    text: str,
    key: str = "",
    about: str = "",
    as_of: dt.datetime | None = None,
    due: dt.date | None = None,
    review: AuditReview | None = None,
    by: Actor,
) -> AuditQuestion:
    """Ask a body something. A question that has been asked is never changed: ask another, and close the first.

    Args: about: the subject in the history that it concerns ("risk:KEY"). as_of: the moment the auditor looked at.
    Raises: InputError when the subject or the question is empty, or the answer is due before today.
    """
    problems = [
        Problem(field, Where(field=field), message, remedy)
        for field, given, message, remedy in (
            ("subject", subject, "Frågan saknar ämne.", "Skriv i några ord vad den gäller."),
            ("text", text, "Frågan är tom.", "Skriv vad du vill veta."),
        )
        if not given.strip()
    ]
    if due is not None and due < clock.today():
        problems.append(
            Problem("due", Where(field="due"), f"Svarsdagen {due} har redan passerat.", "Välj en senare dag.")
        )
    if problems:
        raise InputError(*problems)
    parts = ["fraga", body.key, subject]
    row = AuditQuestion(key=key or new_key(parts, AuditQuestion.objects.values_list("key", flat=True)))
    difference = changed(
        row,
        {
            "body": body,
            "review": review,
            "subject": subject.strip(),
            "text": text.strip(),
            "about": about.strip(),
            "as_of": as_of,
            "due": due,
        },
    )
    row.asked_at, row.asked_by_key, row.asked_by_name = clock.now(), by.key, by.name
    row.full_clean()
    row.save()
    record(
        EventKind.AUDIT_QUESTION_ASKED,
        by=by,
        subject=selectors.subject(row),
        label=row.subject,
        body_key=body.key,
        data=difference,
    )
    return row


@atomic
def answer_question(*, question: AuditQuestion, text: str, by: Actor) -> tuple[AuditAnswer, bool]:
    """Answer an auditor's question; a changed answer takes the earlier one's place, which is kept.

    Raises: InputError when the answer is empty or the question has been closed.
    """
    if question.closed_at is not None:
        raise refuse(
            "closed", "Frågan är avslutad av revisorn.", remedy="Be revisorn att ställa en ny fråga."
        )
    if not text.strip():
        raise refuse("text", "Svaret är tomt.", field="text", remedy="Skriv svaret.")
    standing = AuditAnswer.rows.all().current().filter(question=question).first()
    if standing is not None and standing.text == text.strip():
        return standing, False
    row = supersede(standing, AuditAnswer(question=question, text=text.strip()), by=by)
    record(
        EventKind.AUDIT_QUESTION_ANSWERED,
        by=by,
        subject=selectors.subject(question),
        label=question.subject,
        body_key=question.body.key,
        data={"text": [standing.text if standing else None, row.text]},
    )
    return row, True


@atomic
def close_question(*, question: AuditQuestion, by: Actor) -> bool:
    """Let an auditor be done with a question, answered or not. Nothing happens when it is closed already."""
    if question.closed_at is not None:
        return False
    question.closed_at = clock.now()
    question.save(update_fields=["closed_at"])
    record(
        EventKind.AUDIT_QUESTION_CLOSED,
        by=by,
        subject=selectors.subject(question),
        label=question.subject,
        body_key=question.body.key,
        data={"closed": [False, True]},
    )
    return True
