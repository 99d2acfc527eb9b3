"""Audit, as rows: reviews, recommendations and what came of them."""

from __future__ import annotations

from uppsikt.control import selectors as control
from uppsikt.exchange.rules.rows import Values
from uppsikt.exchange.selectors.economy import DECISION, in_order

REVIEW = (
    "key", "kind", "title", "case_number", "auditor", "date", "judgement", "summary", "answer_due",
)  # fmt: skip
RECOMMENDATION = ("key", "number", "text", "background", "theme", "answer_due", "position")


def tables() -> dict[str, list[Values]]:
    """The tables of audit."""
    return {"reviews": _reviews(), **_recommendations()}


def _reviews() -> list[Values]:
    rows = control.AuditReview.objects.filter(removed_at__isnull=True).prefetch_related("bodies")
    return in_order(
        [
            {
                **{name: getattr(row, name) for name in REVIEW},
                "year": row.year_id,
                "bodies": ";".join(sorted(body.key for body in row.bodies.all())),
            }
            for row in rows
        ],
        "year",
        "key",
    )


def _recommendations() -> dict[str, list[Values]]:
    standing = control.Recommendation.objects.filter(removed_at__isnull=True, review__removed_at__isnull=True)
    rows = list(standing.select_related("review", "body", "returns"))
    keys = {row.pk: row.key for row in rows}
    answers = (
        control.RecommendationAnswer.objects.all()
        .current()
        .filter(recommendation__removed_at__isnull=True, recommendation__review__removed_at__isnull=True)
    )
    follow_ups = (
        control.AuditorFollowUp.objects.all()
        .current()
        .filter(recommendation__removed_at__isnull=True, recommendation__review__removed_at__isnull=True)
    )
    return {
        "recommendations": sorted(
            [
                {
                    **{name: getattr(row, name) for name in RECOMMENDATION},
                    "review": row.review.key,
                    "body": row.body.key,
                    "returns": keys.get(row.returns_id or 0, ""),
                }
                for row in rows
            ],
            key=lambda row: (row["review"], row["position"], row["key"]),
        ),
        "recommendation_answers": in_order(
            [
                {
                    **{name: getattr(row, name) for name in ("stance", "text", "answered_on", *DECISION)},
                    "recommendation": keys[row.recommendation_id],
                }
                for row in answers
            ],
            "recommendation",
        ),
        "auditor_follow_ups": in_order(
            [
                {
                    **{name: getattr(row, name) for name in ("date", "verdict", "comment")},
                    "recommendation": keys[row.recommendation_id],
                }
                for row in follow_ups
            ],
            "recommendation",
            "date",
        ),
    }
