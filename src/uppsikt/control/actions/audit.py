"""Writing audit: reviews, recommendations, what bodies answer and what the auditor finds afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from uppsikt.control.models import AuditorFollowUp, AuditReview, Recommendation, RecommendationAnswer
from uppsikt.control.rules.audit import makes_circle
from uppsikt.control.rules.words import FollowUpVerdict, ReviewKind, Stance
from uppsikt.control.selectors import audit as selectors
from uppsikt.cycle import selectors as cycle
from uppsikt.history.actions import atomic, record
from uppsikt.history.changes import changed, plain
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.history.superseding import SupersedingRow, supersede
from uppsikt.kernel import clock
from uppsikt.kernel.decision import Decision
from uppsikt.kernel.problems import InputError, Problem, Where, refuse
from uppsikt.organisation.selectors import Body
from uppsikt.planning.rules.keys import new_key


@atomic
def save_review(
    *,
    key: str,
    kind: str,
    year: int,
    title: str,
    case_number: str = "",
    auditor: str = "",
    date: dt.date | None = None,
    judgement: str = "",
    summary: str = "",
    answer_due: dt.date | None = None,
    bodies: Iterable[Body] = (),
    by: Actor,
) -> tuple[AuditReview, bool]:
    """Register an audit report, a letter or an external review, or change one; one that was removed stands again.

    Raises: InputError when the kind is unknown, the year is not laid up, the title is empty or the answer is due
        before the review is dated.
    """
    problems = _review_problems(kind, year, title, date, answer_due)
    if problems:
        raise InputError(*problems)
    row = AuditReview.objects.filter(key=key).first() or AuditReview(key=key)
    adding = row.pk is None
    difference = changed(
        row,
        {
            "kind": ReviewKind(kind).value,
            "year_id": year,
            "title": title.strip(),
            "case_number": case_number.strip(),
            "auditor": auditor.strip(),
            "date": date,
            "judgement": judgement.strip(),
            "summary": summary.strip(),
            "answer_due": answer_due,
        },
    )
    chosen = {body.pk: body for body in bodies}
    wanted = sorted(body.key for body in chosen.values())
    before = None if adding else sorted(body.key for body in row.bodies.all())
    if before != wanted:
        difference["bodies"] = [before, wanted]
    if row.removed_at is not None:
        row.removed_at = None
        difference["removed"] = [True, False]
    if not difference:
        return row, False
    row.full_clean()
    row.save()
    row.bodies.set(chosen.values())
    _record(EventKind.REVIEW_SAVED, row, row.title, _body_of(wanted), by, difference)
    return row, True


@atomic
def remove_review(*, review: AuditReview, by: Actor) -> bool:
    """Take a review out with its recommendations. Nothing is lost: `restore_review` puts it back."""
    return _remove(EventKind.REVIEW_REMOVED, review, review.title, _review_body(review), by)


@atomic
def restore_review(*, review: AuditReview, by: Actor) -> bool:
    """Put a removed review back."""
    return _restore(EventKind.REVIEW_SAVED, review, review.title, _review_body(review), by)


@atomic
def save_recommendation(
    *,
    key: str,
    review: AuditReview,
    body: Body,
    text: str,
    number: str = "",
    background: str = "",
    theme: str = "",
    answer_due: dt.date | None = None,
    returns: Recommendation | None = None,
    position: int = 0,
    by: Actor,
) -> tuple[Recommendation, bool]:
    """Register a recommendation to a body, or change one; one that was removed stands again.

    Args: answer_due: where it is another day than the review's. returns: the earlier one that comes back.
    Raises: InputError when the text is empty, or it would return from itself.
    """
    if not text.strip():
        raise refuse("text", "Rekommendationen saknar text.", field="text", remedy="Skriv vad som ska göras.")
    _refuse_circle(key, returns)
    row = Recommendation.objects.filter(key=key).first() or Recommendation(key=key)
    difference = changed(
        row,
        {
            "review": review,
            "body": body,
            "text": text.strip(),
            "number": number.strip(),
            "background": background.strip(),
            "theme": theme.strip(),
            "answer_due": answer_due,
            "returns": returns,
            "position": position,
        },
    )
    if row.removed_at is not None:
        row.removed_at = None
        difference["removed"] = [True, False]
    if not difference:
        return row, False
    row.full_clean()
    row.save()
    _record(EventKind.RECOMMENDATION_SAVED, row, row.text, body.key, by, difference)
    return row, True


@atomic
def link_return(
    *, recommendation: Recommendation, earlier: Recommendation | None, by: Actor
) -> tuple[Recommendation, bool]:
    """Say that a recommendation is an earlier one come back under another name; None takes the link away.

    Raises: InputError when it would return from itself.
    """
    _refuse_circle(recommendation.key, earlier)
    difference = changed(recommendation, {"returns": earlier})
    if not difference:
        return recommendation, False
    recommendation.save(update_fields=["returns"])
    body = recommendation.body.key
    _record(EventKind.RECOMMENDATION_SAVED, recommendation, recommendation.text, body, by, difference)
    return recommendation, True


@atomic
def remove_recommendation(*, recommendation: Recommendation, by: Actor) -> bool:
    """Take a recommendation out. Nothing is lost: `restore_recommendation` puts it back."""
    row = recommendation
    return _remove(EventKind.RECOMMENDATION_REMOVED, row, row.text, row.body.key, by)


@atomic
def restore_recommendation(*, recommendation: Recommendation, by: Actor) -> bool:
    """Put a removed recommendation back."""
    row = recommendation
    return _restore(EventKind.RECOMMENDATION_SAVED, row, row.text, row.body.key, by)


@atomic
def answer_recommendation(
    *,
    recommendation: Recommendation,
    stance: str,
    text: str,
    answered_on: dt.date,
    decision: Decision | None = None,
    by: Actor,
) -> tuple[RecommendationAnswer, bool]:
    """Give the body's answer; a changed answer takes the earlier one's place, which is kept.

    Args: stance: a `Stance`, or empty where the answer takes none.
    Raises: InputError when the stance is unknown, the text is empty or the day is before the review's.
    """
    problems = _choice_problems("stance", stance, Stance, _STANCE) if stance else []
    problems += _text_problems(text, "Svaret")
    dated = recommendation.review.date
    if dated is not None and answered_on < dated:
        problems.append(
            Problem(
                "answered_on",
                Where(field="answered_on"),
                f"Svaret är daterat {answered_on}, före granskningen ({dated}).",
                "Rätta dagen.",
            )
        )
    if problems:
        raise InputError(*problems)
    reference = decision or Decision()
    values: dict[str, Any] = {
        "stance": stance,
        "text": text.strip(),
        "answered_on": answered_on,
        "decision_case": reference.case,
        "decision_body": reference.body,
        "decision_date": reference.date,
        "decision_section": reference.section,
    }
    standing = RecommendationAnswer.rows.all().current().filter(recommendation=recommendation).first()
    difference = _differs(standing, values)
    if standing is not None and not difference:
        return standing, False
    row = supersede(standing, RecommendationAnswer(recommendation=recommendation, **values), by=by)
    body = recommendation.body.key
    _record(EventKind.RECOMMENDATION_ANSWERED, recommendation, recommendation.text, body, by, difference)
    return row, True


@atomic
def follow_up_recommendation(
    *, recommendation: Recommendation, date: dt.date, verdict: str, comment: str = "", by: Actor
) -> tuple[AuditorFollowUp, bool]:
    """Note what the auditor found when looking again on a day; the same day again takes its place.

    Raises: InputError when the verdict is unknown or the day is before the review's.
    """
    problems = _choice_problems("verdict", verdict, FollowUpVerdict, _VERDICT)
    dated = recommendation.review.date
    if dated is not None and date < dated:
        problems.append(
            Problem(
                "date",
                Where(field="date"),
                f"Uppföljningen är daterad {date}, före granskningen ({dated}).",
                "Rätta dagen.",
            )
        )
    if problems:
        raise InputError(*problems)
    values: dict[str, Any] = {"verdict": verdict, "comment": comment.strip()}
    held = AuditorFollowUp.rows.all().current().filter(recommendation=recommendation, date=date)
    standing = held.first()
    difference = _differs(standing, values)
    if standing is not None and not difference:
        return standing, False
    new = AuditorFollowUp(recommendation=recommendation, date=date, **values)
    row = supersede(standing, new, by=by)
    data = {"date": date.isoformat(), **difference}
    body = recommendation.body.key
    _record(EventKind.RECOMMENDATION_FOLLOWED_UP, recommendation, recommendation.text, body, by, data)
    return row, True


def unused_review_key(year: int, title: str) -> str:
    """A readable key for a new review."""
    return new_key([str(year), title], AuditReview.objects.values_list("key", flat=True))


def unused_recommendation_key(review: AuditReview, body: Body, number: str) -> str:
    """A readable key for a new recommendation."""
    parts = [review.key, body.key, number or "rek"]
    return new_key(parts, Recommendation.objects.values_list("key", flat=True))


def last_position(review: AuditReview) -> int:
    """Where a new recommendation of the review is put: last."""
    listed = review.recommendations.order_by("-position").values_list("position", flat=True)
    return (listed.first() or 0) + 10


_STANCE = ("ställningstagande", ", ".join(Stance))
_VERDICT = ("bedömning", ", ".join(FollowUpVerdict))


def _review_problems(
    kind: str, year: int, title: str, date: dt.date | None, answer_due: dt.date | None
) -> list[Problem]:
    problems = _choice_problems("kind", kind, ReviewKind, ("slag av granskning", ", ".join(ReviewKind)))
    if cycle.year(year) is None:
        problems.append(
            Problem("year", Where(field="year"), f"Året {year} är inte upplagt.", "Lägg upp året först.")
        )
    if not title.strip():
        problems.append(
            Problem("title", Where(field="title"), "Granskningen saknar rubrik.", "Skriv vad den heter.")
        )
    if date is not None and answer_due is not None and answer_due < date:
        problems.append(
            Problem(
                "answer_due",
                Where(field="answer_due"),
                f"Svaret ska lämnas {answer_due}, före granskningens dag ({date}).",
                "Rätta någon av dagarna.",
            )
        )
    return problems


def _choice_problems(field: str, given: str, among: Any, words: tuple[str, str]) -> list[Problem]:
    if given in set(among):
        return []
    noun, choices = words
    return [Problem(field, Where(field=field), f"”{given}” är ingen {noun}.", f"Välj något av: {choices}.")]


def _text_problems(text: str, what: str) -> list[Problem]:
    if text.strip():
        return []
    return [Problem("text", Where(field="text"), f"{what} saknar text.", "Skriv svaret.")]


def _refuse_circle(key: str, earlier: Recommendation | None) -> None:
    if earlier is None:
        return
    rows = Recommendation.objects.filter(returns__isnull=False).values_list("key", "returns__key")
    links = {one: before for one, before in rows if before}
    if makes_circle(key, earlier.key, links):
        raise refuse(
            "returns",
            "Rekommendationen skulle återkomma från sig själv.",
            field="returns",
            remedy="Välj en tidigare rekommendation som inte i sin tur återkommer från den här.",
        )


def _differs(standing: SupersedingRow | None, values: dict[str, Any]) -> dict[str, Any]:
    """What differs from the row that stands, as the history keeps it; a first row differs in every field."""
    return {
        field: [plain(getattr(standing, field)) if standing else None, plain(value)]
        for field, value in values.items()
        if standing is None or getattr(standing, field) != value
    }


def _remove(kind: EventKind, row: AuditReview | Recommendation, label: str, body_key: str, by: Actor) -> bool:
    if row.removed_at is not None:
        return False
    row.removed_at = clock.now()
    row.save(update_fields=["removed_at"])
    _record(kind, row, label, body_key, by, {})
    return True


def _restore(
    kind: EventKind, row: AuditReview | Recommendation, label: str, body_key: str, by: Actor
) -> bool:
    if row.removed_at is None:
        return False
    row.removed_at = None
    row.save(update_fields=["removed_at"])
    _record(kind, row, label, body_key, by, {"removed": [True, False]})
    return True


def _review_body(review: AuditReview) -> str:
    return _body_of(sorted(body.key for body in review.bodies.all()))


def _body_of(keys: list[str]) -> str:
    """Whose history a review belongs to: the body's own when there is one only."""
    return keys[0] if len(keys) == 1 else ""


def _record(
    kind: EventKind,
    row: AuditReview | Recommendation,
    label: str,
    body_key: str,
    by: Actor,
    data: dict[str, Any],
) -> None:
    record(kind, by=by, subject=selectors.subject(row), label=label, body_key=body_key, data=data)
